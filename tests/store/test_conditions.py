"""Everything that a filter can say is compared with every row, whoever wrote it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbot_server.core.event import (
    AttemptDetail,
    ContentDetail,
    Event,
    EventFilter,
    EventType,
    ReclassificationDetail,
)
from mailbot_server.core.mail.reply import Reply
from mailbot_server.store import events
from mailbot_server.store.conditions import with_merged
from mailbot_server.store.database import Database, Transaction
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import account, add_account

OWN = account().id
FIRST = Event(
    type=EventType.MESSAGE_QUEUED,
    account_id=OWN,
    detail=ContentDetail(subject="Hello"),
    inbox_id="inb_1",
    thread_id="thr_1",
    message_id="msg_1",
)
REFUSED = replace(
    FIRST,
    type=EventType.MESSAGE_BOUNCED,
    recipient='"a@b"@Example.com',
    detail=AttemptDetail(
        reply=Reply(code=550, enhanced="5.1.1", text="no"),
        bounce_class="invalid_recipient",
    ),
)
JUDGED = replace(
    FIRST,
    type=EventType.MESSAGE_RECLASSIFIED,
    inbox_id="inb_2",
    thread_id="thr_2",
    message_id="msg_2",
    recipient="carol@example.org",
    detail=ReclassificationDetail(bounce_class="policy"),
)
LOG = (FIRST, REFUSED, JUDGED)
LABELS = (
    "INSERT INTO inbox_label (account_id, label, inbox_id) VALUES (?, 'vip', 'inb_2')",
    (
        "INSERT INTO message_label (inbox_id, label, message_id, account_id)"
        " VALUES ('inb_1', 'red', 'msg_1', ?)"
    ),
)
# What a program of before this version leaves.
OLD = "UPDATE event SET recipient_domain = NULL, smtp_code = NULL, bounce_class = NULL"
CASES = [
    (EventFilter(), {1, 2, 3}),
    (EventFilter(inbox_ids=("inb_2", "inb_9")), {3}),
    (EventFilter(types=(EventType.MESSAGE_QUEUED,)), {1}),
    (EventFilter(thread_ids=("thr_1",)), {1, 2}),
    (EventFilter(message_ids=("msg_2", "msg_1", "msg_0")), {1, 2, 3}),
    (EventFilter(recipients=('"a@b"@example.com',)), {2}),
    (EventFilter(recipient_domains=("example.com",)), {2}),
    (EventFilter(recipient_domains=("example.com", "example.org")), {2, 3}),
    (EventFilter(recipient_domains=("b",)), set()),
    (EventFilter(smtp_codes=(550, 551)), {2}),
    (EventFilter(smtp_codes=(55,)), set()),
    (EventFilter(bounce_classes=("invalid_recipient",)), {2}),
    (EventFilter(bounce_classes=("policy", "other")), {3}),
    (EventFilter(inbox_labels=("vip",)), {3}),
    (EventFilter(inbox_labels=("none", "vip", "one")), {3}),
    (EventFilter(message_labels=("red",)), {1, 2}),
    (EventFilter(message_labels=("vip",)), set()),
    (EventFilter(visible_inbox_ids=("inb_1",)), {1, 2}),
    (EventFilter(visible_inbox_ids=()), set()),
    (EventFilter(inbox_ids=("inb_2",), visible_inbox_ids=("inb_1",)), set()),
    (EventFilter(message_labels=("red",), smtp_codes=(550,)), {2}),
]


def _append(tx: Transaction) -> None:
    for event in LOG:
        tx.emit(event)


def _label(tx: Transaction) -> None:
    for sql in LABELS:
        tx.execute(sql, OWN)


def _age(tx: Transaction) -> None:
    tx.execute(OLD)


async def positions(db: Database, wanted: EventFilter, owner: str = OWN) -> set[int]:
    up = await db.read(events.after, owner, 0, wanted, 50)
    return {each.position for each in up.events}


@pytest.mark.parametrize("is_old", [False, True], ids=["filled", "unfilled"])
async def test_each_condition_holds_however_old_the_row_is(
    db: Database,
    is_old: bool,
) -> None:
    await add_account(db)
    await add_account(db, 2)
    await db.write(_append)
    await db.write(_label)
    if is_old:
        await db.write(_age)
    for wanted, expected in CASES:
        assert await positions(db, wanted) == expected, wanted
        assert await positions(db, wanted, account(2).id) == set()


async def test_times_are_compared_to_the_microsecond(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    moments: list[datetime] = []
    for _ in LOG:
        moments.append(clock())
        await db.write(_append)
        clock.advance(microseconds=1)
    tick = timedelta(microseconds=1)
    second = EventFilter(starts_at=moments[1], ends_at=moments[1] + tick)
    assert await positions(db, second) == {4, 5, 6}
    assert await positions(db, EventFilter(starts_at=moments[1])) == set(range(4, 10))
    assert await positions(db, EventFilter(ends_at=moments[1])) == {1, 2, 3}


def _merge(tx: Transaction) -> None:
    for own, root in (("thr_1", "thr_1"), ("thr_2", "thr_1"), ("thr_3", "thr_3")):
        tx.execute(
            "INSERT INTO thread (id, account_id, inbox_id, root_id, subject,"
            " created_at, last_message_id, last_message_at, inbound_count,"
            " outbound_count, participants, snippet, last_manual_id, is_unreplied)"
            " VALUES (?, ?, 'inb_1', ?, '', 0, '', 0, 0, 0, '', '', '', 0)",
            *(own, OWN, root),
        )


async def test_threads_are_meant_with_what_was_merged_into_them(db: Database) -> None:
    await add_account(db)
    await db.write(_append)
    await db.write(_merge)
    assert await db.read(with_merged, ["thr_2"]) == ("thr_1", "thr_2")
    assert await db.read(with_merged, []) == ()
    assert await positions(db, EventFilter(thread_ids=("thr_2",))) == {1, 2, 3}
    assert await positions(db, EventFilter(thread_ids=("thr_3", "thr_4"))) == set()
