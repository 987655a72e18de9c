"""Which ways lead to what is wanted, and along which index each of them goes."""

import pytest

from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.timeline import lanes as module
from mailbot_server.store.timeline.lanes import Lane, lanes, whole
from tests.fakes.tenants import account, add_account

OWN = account().id


def _label(tx: Transaction, count: int) -> None:
    for number in range(count):
        tx.execute(
            "INSERT INTO message_label (inbox_id, label, message_id, account_id)"
            " VALUES ('inb_1', 'red', ?, ?)",
            *(f"msg_{number}", OWN),
        )


async def ways(db: Database, wanted: EventFilter) -> dict[str, Lane]:
    return {each.field: each for each in await db.read(lanes, OWN, wanted)}


async def test_each_condition_is_a_way_once_for_each_value(db: Database) -> None:
    await add_account(db)
    wanted = EventFilter(
        types=(EventType.MESSAGE_SENT, EventType.MESSAGE_SENT),
        inbox_ids=("inb_1", "inb_2"),
        recipients=("a@example.com",),
        smtp_codes=(550, 450),
        visible_inbox_ids=("inb_1",),
    )
    found = await ways(db, wanted)
    assert list(found) == [
        *("recipients", "smtp_codes", "types", "inbox_ids", "visible_inbox_ids")
    ]
    assert found["types"].each == ((OWN, "message.sent"),)
    assert found["inbox_ids"].each == ((OWN, "inb_1"), (OWN, "inb_2"))
    assert await ways(db, EventFilter()) == {}


async def test_what_nearly_all_of_a_log_has_is_no_way(db: Database) -> None:
    await add_account(db)
    assert await ways(db, EventFilter(smtp_codes=(250, 550))) == {}


async def test_labels_lead_to_what_carries_them_unless_that_is_a_lot(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_account(db)
    await db.write(_label, 5)
    monkeypatch.setattr(module, "TOGETHER", 2)
    red, blue = EventFilter(message_labels=("red",)), EventFilter(message_labels=("b",))
    found = (await ways(db, red))["message_labels"]
    assert sorted({value for each in found.each for value in each[1:]}) == [
        f"msg_{number}" for number in range(5)
    ]
    # One statement serves all groups.
    assert {len(each) for each in found.each} == {3}
    assert (await ways(db, blue))["message_labels"].each == ()
    monkeypatch.setattr(module, "VALUES_MAX", 4)
    assert await ways(db, red) == {}


async def test_a_key_that_may_see_nothing_has_a_way_to_nothing(db: Database) -> None:
    await add_account(db)
    found = await ways(db, EventFilter(visible_inbox_ids=()))
    assert found["visible_inbox_ids"].each == ()


def test_only_sqlite_is_told_which_index_to_take() -> None:
    assert whole(OWN).table(is_postgres=False) == "event"
    lane = Lane(field="types", sql="", each=())
    assert lane.table(is_postgres=True) == "event"
    assert lane.table(is_postgres=False) == "event INDEXED BY event_type"
