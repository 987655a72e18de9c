"""Only what differs is told, and what is nothing is no entry."""

from typing import Any

from mailbot_server.core.audit import Change
from mailbot_server.core.audit.change import difference


def change(**values: Any) -> Change:
    return Change(
        account_id="acc_1",
        action="inbox.update",
        resource_type="inbox",
        resource_id="inb_1",
        **values,
    )


def test_fields_that_are_as_they_were_are_left_out() -> None:
    made = change(before={"b": 1, "a": "x"}, after={"a": "y", "b": 1})
    assert difference(made) == ('{"a":"x"}', '{"a":"y"}')


def test_what_is_new_has_no_before_and_what_is_gone_no_after() -> None:
    assert difference(change(after={"b": "ö", "a": []})) == ("{}", '{"a":[],"b":"ö"}')
    assert difference(change(before={"a": None})) == ('{"a":null}', "{}")
    assert difference(change(before={"a": 1}, after={"b": 2})) == ('{"a":1}', '{"b":2}')


def test_a_secret_that_changed_is_told_as_changed_only() -> None:
    made = change(before={"secret": "old"}, after={"secret": "new"})
    assert difference(made) == ('{"secret":"…"}', '{"secret":"…"}')


def test_an_update_that_changes_nothing_is_none_and_a_deed_without_fields_is_one() -> (
    None
):
    assert change(before={"a": (1,)}, after={"a": (1,)}).is_none
    assert not change(before={"a": 1}, after={"a": 2}).is_none
    assert not change(before={"a": 1}).is_none
    assert not change().is_none
