"""List-* fields as lists and newsletters write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.content import mailing_list
from mailbot_server.core.mail.mime.header import Header


def read(*lines):
    pairs = (line.partition(":") for line in lines)
    headers = [Header(name=name, value=value.strip()) for name, _, value in pairs]
    return mailing_list.read(headers)


def test_every_field_is_read():
    found = read(
        'List-Id: "All of us" <announce.example.com>',
        "List-Unsubscribe: <mailto:leave@example.com?subject=x>, <https://example.com/u>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "List-Post: <mailto:announce@example.com> (only members)",
        "list-archive: <https://example.com/archive>",
        "List-Help: <mailto:help@example.com>",
        "List-Owner: <mailto:owner@example.com>",
        "List-Subscribe: <https://example.com/join>",
    )
    assert found is not None
    assert (found.id, found.name) == ("announce.example.com", "All of us")
    assert found.unsubscribe_urls == (
        "mailto:leave@example.com?subject=x",
        "https://example.com/u",
    )
    assert found.one_click
    assert found.post_url == "mailto:announce@example.com"
    assert found.archive_url == "https://example.com/archive"
    assert found.help_url == "mailto:help@example.com"
    assert found.owner_url == "mailto:owner@example.com"
    assert found.subscribe_url == "https://example.com/join"


@pytest.mark.parametrize(
    ("value", "identity", "name"),
    [
        pytest.param("<a.example.com>", "a.example.com", "", id="rfc2919-3"),
        pytest.param("Words <a.example.com>", "a.example.com", "Words", id="phrase"),
        pytest.param("a.example.com", "a.example.com", "", id="bare"),
        pytest.param('"A, B" <x.y>', "x.y", "A, B", id="quoted"),
        pytest.param("only words here", "", "only words here", id="no-id"),
        pytest.param("<a.example.com", "a.example.com", "", id="not-closed"),
    ],
)
def test_ids_and_names(value, identity, name):
    found = read(f"List-Id: {value}")
    assert found is not None
    assert (found.id, found.name) == (identity, name)


def test_who_may_not_post_is_told_so():
    found = read("List-Id: <a.b>", "List-Post: NO (announcements only)")
    assert found is not None
    assert found.post_url == ""


def test_one_click_needs_https():
    post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    plain = read("List-Unsubscribe: <mailto:a@example.com>", post)
    assert plain is not None
    assert not plain.one_click
    both = read("List-Unsubscribe: <https://example.com/>", post)
    assert both is not None
    assert both.one_click
    alone = read("List-Unsubscribe: <https://example.com/>")
    assert alone is not None
    assert not alone.one_click


@pytest.mark.parametrize(
    "value",
    ["https://example.com/u", "<https://example.com/u >", "< https://example.com/u>"],
)
def test_targets_are_read_as_they_come(value):
    assert mailing_list.targets(value) == ("https://example.com/u",)


@pytest.mark.parametrize("value", ["<javascript:x>", "<data:x>", "no", "<>", ""])
def test_other_targets_are_none(value):
    assert mailing_list.targets(value) == ()


def test_mail_of_no_list_has_none():
    assert read("Subject: x", "X-List: y") is None
    assert read("List-Unsubscribe: <javascript:x>") is None


@given(st.text(max_size=300))
def test_any_value_can_be_read(value):
    read(f"List-Id: {value}", f"List-Unsubscribe: {value}", f"List-Post: {value}")
