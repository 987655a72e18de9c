"""Messages come back whole, are accepted once, and are listed by any filter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from mailbot_server.core import ids
from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.inbox import Inbox, InboxCounts
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.parse import Part
from mailbot_server.core.message import (
    Addressees,
    Direction,
    Guarantee,
    Message,
    MessageFilter,
    ParseState,
    Stream,
    ThreadFilter,
    Via,
)
from mailbot_server.core.search.document import Document
from mailbot_server.store import inboxes, messages, threads
from mailbot_server.store.database import Database, Transaction
from tests.fakes.clock import FakeClock
from tests.fakes.mail import RAW, message
from tests.fakes.searching import found
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox

PART = Part(
    path="1",
    offset=43,
    length=7,
    encoding="",
    content_type="text/plain",
    charset="utf-8",
    filename="",
    content_id="",
    disposition="",
    size_bytes=7,
    sha256="0" * 64,
    is_body=True,
)


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def add(
    db: Database, new: Message, text: str = "", parts: Sequence[Part] = ()
) -> None:
    assert await db.write(messages.add, new, RAW, parts, Document(body=text))


async def stored(db: Database, like: Message) -> Message | None:
    return await db.read(messages.get, like.account_id, like.id)


async def listed(
    db: Database, wanted: MessageFilter, *, oldest_first: bool = False
) -> list[int]:
    found = await db.read(
        messages.list_, account().id, wanted, "", 50, oldest_first=oldest_first
    )
    return [number_of(each) for each in found]


def number_of(each: Message) -> int:
    return int(each.id.removeprefix("msg_"))


def full(inbox: Inbox) -> Message:
    return Message(
        id=f"msg_{7:026d}",
        account_id=inbox.account_id,
        inbox_id=inbox.id,
        thread_id=f"thr_{7:026d}",
        direction=Direction.INBOUND,
        created_at=BEGINNING + timedelta(microseconds=1),
        date_at=BEGINNING - timedelta(days=9),
        sender=Mailbox(address="zoë@example.org", display_name="Zoë, 100 % ?"),
        addressees=Addressees(
            to=(Mailbox(address="a@example.com", display_name='"A"'),),
            cc=(Mailbox(address="b@example.com"), Mailbox(address="no address")),
            bcc=(Mailbox(address="c@example.com"),),
            reply_to=(Mailbox(address="d@example.com"),),
        ),
        subject="Rechnung № 4521 🙂",
        snippet="Guten Tag\n",
        rfc822_message_id="1@example.org",
        in_reply_to="0@example.org",
        references=("00@example.org", "0@example.org"),
        size_bytes=len(RAW),
        sha256="1" * 64,
        content_sha256="2" * 64,
        attachments=(
            AttachmentSummary(
                id="att_1-2",
                filename="ä.pdf",
                content_type="application/pdf",
                size_bytes=3,
                sha256="3" * 64,
                content_id="c@x",
                inline=True,
            ),
            AttachmentSummary(id="att_1-3"),
        ),
        labels=("a", "b"),
        metadata={"ticket": "100 % ?", "ä": ""},
        envelope_sender="bounce@example.org",
        envelope_recipient="user1+tag@mailbot.localhost",
        tag="tag",
        automated=True,
        duplicate_of="msg_0",
        defects=("no_date",),
        stream=Stream.BULK,
        guarantee=Guarantee.AT_MOST_ONCE,
        parse_state=ParseState.ACCEPTED,
    )


async def test_a_message_comes_back_as_it_was_added(db: Database, inbox: Inbox) -> None:
    new = full(inbox)
    await add(db, new)
    assert await stored(db, new) == new


async def test_a_message_of_defaults_comes_back_as_it_was_added(
    db: Database, inbox: Inbox
) -> None:
    new = Message(
        id="msg_1",
        account_id=inbox.account_id,
        inbox_id=inbox.id,
        thread_id="thr_1",
        direction=Direction.OUTBOUND,
        created_at=BEGINNING,
    )
    await add(db, new)
    assert await stored(db, new) == new


async def test_another_accounts_message_does_not_exist(
    db: Database, inbox: Inbox
) -> None:
    await add(db, message(1, inbox))
    stranger = await add_account(db, 2)
    assert await db.read(messages.get, stranger.id, message(1, inbox).id) is None
    for wanted in (
        MessageFilter(),
        MessageFilter(inbox_id=inbox.id),
        MessageFilter(rfc822_message_id="1@mailbot.localhost"),
        MessageFilter(inbox_id=inbox.id, rfc822_message_id="1@mailbot.localhost"),
        MessageFilter(visible_inbox_ids=(inbox.id,)),
    ):
        found = await db.read(
            messages.list_, stranger.id, wanted, "", 5, oldest_first=True
        )
        assert found == [], wanted


async def test_messages_are_counted_by_direction(db: Database, inbox: Inbox) -> None:
    await add(db, message(1, inbox))
    await add(db, message(2, inbox, direction=Direction.INBOUND))
    await add(db, message(3, inbox, direction=Direction.INBOUND))
    counts = await db.read(inboxes.counts, inbox.id)
    assert counts == InboxCounts(inbound_messages=2, outbound_messages=1)


# --- accepted once -----------------------------------------------------------------------


async def test_what_a_local_delivery_brought_is_accepted_once(
    db: Database, inbox: Inbox
) -> None:
    first, again = message(1, inbox), message(2, inbox)
    assert await db.read(messages.accepted_as, "dlv_1") is None
    assert await db.write(
        messages.add, first, RAW, [PART], Document(body="word"), "dlv_1"
    )
    assert not await db.write(
        messages.add, again, RAW, [PART], Document(body="word"), "dlv_1"
    )
    assert await db.read(messages.accepted_as, "dlv_1") == first.id
    assert await stored(db, again) is None
    assert await db.read(messages.raw, again.id) is None
    assert await db.read(messages.parts, again.id) == []
    assert await found(db, inbox, "word") == [first.id]
    assert (await db.read(inboxes.counts, inbox.id)).outbound_messages == 1


async def test_messages_from_outside_have_no_delivery_to_repeat(
    db: Database, inbox: Inbox
) -> None:
    await add(db, message(1, inbox))
    await add(db, message(2, inbox))
    assert await listed(db, MessageFilter()) == [2, 1]


# --- read later --------------------------------------------------------------------------


def attach(tx: Transaction, of: Inbox) -> Message:
    attached = threads.attach(tx, of.id, ())
    state = ParseState.ACCEPTED
    thread_id = attached.thread_id
    new = message(1, of, thread_id=thread_id, parse_state=state, snippet="")
    messages.add(tx, new, RAW, [], Document(body="first"))
    threads.add_message(tx, attached, new, [], of.address)
    return new


async def test_reading_that_ends_later_completes_the_message(
    db: Database, inbox: Inbox
) -> None:
    accepted = await db.write(attach, inbox)
    assert await db.read(messages.unparsed, 5) == [accepted]
    read = replace(
        full(inbox),
        id=accepted.id,
        thread_id=accepted.thread_id,
        parse_state=ParseState.PARSED,
    )
    assert await db.write(messages.complete, read, [PART], Document(body="second"))
    assert await db.read(messages.unparsed, 5) == []
    assert await db.read(messages.parts, read.id) == [PART]
    assert await found(db, inbox, "second") == [read.id]
    assert await found(db, inbox, "first") == []
    now = await stored(db, accepted)
    assert now is not None
    # What the envelope and the sender's own request said does not change.
    kept = ("created_at", "labels", "metadata", "direction", "size_bytes", "sha256")
    assert [getattr(now, name) for name in kept] == [
        getattr(accepted, name) for name in kept
    ]
    given = ("subject", "snippet", "sender", "addressees", "references", "attachments")
    assert [getattr(now, name) for name in given] == [
        getattr(read, name) for name in given
    ]
    in_list = await db.read(
        threads.list_latest, inbox.account_id, ThreadFilter(), "", 1
    )
    assert in_list[0][0].snippet == read.snippet


async def test_a_message_is_completed_once(db: Database, inbox: Inbox) -> None:
    accepted = await db.write(attach, inbox)
    failed = replace(accepted, parse_state=ParseState.FAILED)
    assert await db.write(messages.complete, failed, [], Document(body="one"))
    late = replace(accepted, subject="late", parse_state=ParseState.PARSED)
    assert not await db.write(messages.complete, late, [PART], Document(body="two"))
    assert await stored(db, accepted) == failed
    assert await db.read(messages.parts, accepted.id) == []
    assert await found(db, inbox, "one") == [accepted.id]


async def test_the_oldest_unread_messages_come_first(
    db: Database, inbox: Inbox
) -> None:
    for number in (3, 1, 2):
        await add(db, message(number, inbox, parse_state=ParseState.ACCEPTED))
    await add(db, message(4, inbox))
    found = await db.read(messages.unparsed, 2)
    assert [number_of(each) for each in found] == [1, 2]


# --- one Message-ID ------------------------------------------------------------------------


async def repeated(db: Database, again: Message) -> str:
    since = again.created_at - timedelta(hours=24)
    return await db.read(messages.repeated_by, again, since)


def copy(number: int, of: Inbox, **fields: Any) -> Message:
    same = {"rfc822_message_id": "same@x", "content_sha256": "c", **fields}
    return message(number, of, direction=Direction.INBOUND, **same)


async def test_a_copy_names_the_oldest_it_repeats(db: Database, inbox: Inbox) -> None:
    for number in (2, 1):
        await add(db, copy(number, inbox))
    assert await repeated(db, copy(3, inbox)) == copy(1, inbox).id
    assert await repeated(db, copy(1, inbox)) == copy(2, inbox).id


async def test_a_copy_of_a_copy_names_the_original(db: Database, inbox: Inbox) -> None:
    await add(db, copy(1, inbox, duplicate_of="msg_first"))
    assert await repeated(db, copy(2, inbox)) == "msg_first"


@pytest.mark.parametrize(
    "other",
    [
        {"content_sha256": "other"},
        {"rfc822_message_id": "other@x"},
        {"rfc822_message_id": "SAME@x"},
        {"envelope_sender": "other@example.org"},
        {"envelope_recipient": "other@example.org"},
        {"created_at": BEGINNING - timedelta(hours=25)},
    ],
    ids=lambda other: next(iter(other)),
)
async def test_what_differs_is_no_copy(
    db: Database, inbox: Inbox, other: dict[str, Any]
) -> None:
    await add(db, copy(1, inbox, **other))
    assert await repeated(db, copy(2, inbox, created_at=BEGINNING)) == ""


async def test_a_message_that_we_sent_is_not_repeated_by_one_that_came(
    db: Database, inbox: Inbox
) -> None:
    await add(db, replace(copy(1, inbox), direction=Direction.OUTBOUND))
    assert await repeated(db, copy(2, inbox)) == ""


async def test_of_a_flood_of_one_message_id_the_newest_hundred_count(
    db: Database, inbox: Inbox
) -> None:
    await db.write(_flood, inbox, 101)
    assert await repeated(db, copy(500, inbox)) == copy(1, inbox).id


def _flood(tx: Transaction, of: Inbox, count: int) -> None:
    for number in range(count):
        messages.add(tx, copy(number, of), b"", (), Document())


async def test_messages_that_an_inbox_sent_are_found_by_their_message_ids(
    db: Database, inbox: Inbox
) -> None:
    other = await add_inbox(db, 2)
    long = ["é" * 990 + end for end in ("1@x", "2@x")]
    way = Direction.OUTBOUND
    for number, of, named in (
        *((1, inbox, "one@x"), (2, inbox, "two@x"), (3, inbox, "one@x")),
        *((4, other, "three@x"), (5, inbox, long[0]), (6, inbox, long[1])),
    ):
        await add(db, message(number, of, direction=way, rfc822_message_id=named))
    await add(db, copy(7, inbox, rfc822_message_id="four@x"))
    wanted = ["two@x", "four@x", "three@x", "one@x", long[1], "ONE@x"]
    found = await db.read(messages.sent_as, inbox.id, wanted)
    assert [(name, number_of(each)) for name, each in found.items()] == [
        ("two@x", 2),
        ("one@x", 1),
        (long[1], 6),
    ]
    assert await db.read(messages.sent_as, inbox.id, []) == {}


# --- lists ---------------------------------------------------------------------------------


@pytest.mark.parametrize("oldest_first", [True, False], ids=["oldest", "newest"])
@pytest.mark.parametrize("size", [1, 2, 5, 9])
async def test_pages_give_every_message_once_in_order(
    db: Database, inbox: Inbox, size: int, oldest_first: bool
) -> None:
    for number in (3, 5, 1, 4, 2):
        await add(db, message(number, inbox))
    seen: list[str] = []
    after = ""
    while page := await db.read(
        messages.list_,
        inbox.account_id,
        MessageFilter(inbox_id=inbox.id),
        after,
        size,
        oldest_first=oldest_first,
    ):
        assert len(page) <= size
        after = page[-1].id
        seen += [each.id for each in page]
    expected = [message(number, inbox).id for number in range(1, 6)]
    assert seen == (expected if oldest_first else expected[::-1])


HOUR = timedelta(hours=1)
FIRST, SECOND = f"inb_{1:026d}", f"inb_{2:026d}"
FILTERS: dict[str, tuple[dict[str, Any], list[int]]] = {
    "nothing": ({}, [1, 2, 3, 4]),
    "inbox": ({"inbox_id": FIRST}, [1, 2, 3]),
    "thread": ({"thread_id": "thr_a"}, [2, 3]),
    "thread elsewhere": ({"thread_id": "thr_a", "inbox_id": SECOND}, []),
    "unknown thread": ({"thread_id": "thr_x"}, []),
    "inbound": ({"direction": Direction.INBOUND}, [2, 4]),
    "outbound": ({"direction": Direction.OUTBOUND}, [1, 3]),
    "sender": ({"sender_address": "Ann@Example.ORG"}, [2]),
    "part of a sender": ({"sender_address": "nn@example.org"}, []),
    "label": ({"labels": ("red",)}, [1, 2]),
    "any of two labels": ({"labels": ("red", "blue")}, [1, 2, 3]),
    "part of a label": ({"labels": ("re",)}, []),
    "wildcards in a label": ({"labels": ("r%", "re_")}, []),
    "after": ({"after": BEGINNING + 2 * HOUR}, [2, 3, 4]),
    "before": ({"before": BEGINNING + 2 * HOUR}, [1]),
    "between": (
        {"after": BEGINNING + 2 * HOUR, "before": BEGINNING + 4 * HOUR},
        [2, 3],
    ),
    "message id": ({"rfc822_message_id": "3@mailbot.localhost"}, [3]),
    "message id in inbox": (
        {"rfc822_message_id": "3@mailbot.localhost", "inbox_id": FIRST},
        [3],
    ),
    "message id in thread": (
        {"rfc822_message_id": "3@mailbot.localhost", "thread_id": "thr_a"},
        [3],
    ),
    "key of one inbox": ({"visible_inbox_ids": (SECOND,)}, [4]),
    "key of two inboxes": ({"visible_inbox_ids": (SECOND, FIRST)}, [1, 2, 3, 4]),
    "key of no inbox": ({"visible_inbox_ids": ()}, []),
    "inbox that the key may see": (
        {"visible_inbox_ids": (SECOND, FIRST), "inbox_id": SECOND},
        [4],
    ),
    "inbox that the key may not see": (
        {"visible_inbox_ids": (SECOND,), "inbox_id": FIRST},
        [],
    ),
    "thread that the key may not see": (
        {"visible_inbox_ids": (SECOND,), "thread_id": "thr_a"},
        [],
    ),
    "message id that the key may not see": (
        {"visible_inbox_ids": (SECOND,), "rfc822_message_id": "3@mailbot.localhost"},
        [],
    ),
    "all at once": (
        {
            "inbox_id": FIRST,
            "thread_id": "thr_a",
            "direction": Direction.INBOUND,
            "sender_address": "ann@example.org",
            "labels": ("red",),
            "after": BEGINNING,
            "before": BEGINNING + 9 * HOUR,
            "rfc822_message_id": "2@mailbot.localhost",
            "visible_inbox_ids": (FIRST,),
        },
        [2],
    ),
}


def _conversation(tx: Transaction, inbox: Inbox, other: Inbox) -> None:
    _thread(tx, inbox, "thr_a")
    ann = Mailbox(address="ann@Example.org", display_name="Ann")
    inward = {"direction": Direction.INBOUND}
    for new in (
        message(1, inbox, created_at=BEGINNING + HOUR, labels=("green", "red")),
        message(
            2,
            inbox,
            thread_id="thr_a",
            created_at=BEGINNING + 2 * HOUR,
            sender=ann,
            labels=("red",),
            **inward,
        ),
        message(
            3,
            inbox,
            thread_id="thr_a",
            created_at=BEGINNING + 3 * HOUR,
            labels=("blue", "redder"),
        ),
        message(4, other, created_at=BEGINNING + 4 * HOUR, sender=None, **inward),
    ):
        at_its_time = replace(new, id=_id_at(new))
        messages.add(tx, at_its_time, RAW, (), Document())


def _id_at(new: Message) -> str:
    """The lists look at ids for times, so they have to agree."""
    return ids.make("msg", new.created_at, number_of(new).to_bytes(10, "big"))


def _thread(tx: Transaction, of: Inbox, thread_id: str) -> None:
    tx.execute(
        "INSERT INTO thread (id, account_id, inbox_id, root_id, subject, created_at,"
        " last_message_id, last_message_at, inbound_count, outbound_count,"
        " participants, snippet, last_manual_id, is_unreplied)"
        " VALUES (?, ?, ?, ?, '', 0, '', 0, 0, 0, '', '', '', 0)",
        thread_id,
        of.account_id,
        of.id,
        thread_id,
    )


@pytest.mark.parametrize(("wanted", "expected"), FILTERS.values(), ids=FILTERS)
async def test_each_filter_of_messages_holds(
    db: Database, inbox: Inbox, wanted: dict[str, Any], expected: list[int]
) -> None:
    other = await add_inbox(db, 2)
    await db.write(_conversation, inbox, other)
    found = await db.read(
        messages.list_,
        inbox.account_id,
        MessageFilter(**wanted),
        "",
        50,
        oldest_first=True,
    )
    numbers = [int(each.rfc822_message_id.partition("@")[0]) for each in found]
    assert numbers == expected


async def test_a_thread_filter_follows_merges_from_any_id(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    came = []
    for number, ties in enumerate((["1@x"], ["2@x"], ["3@x", "1@x", "2@x"])):
        came.append(await db.write(_arrive, inbox, number, ties))
        clock.advance(seconds=1)
    assert len({each.thread_id for each in came}) == 2
    for arrived in came:
        assert await listed(db, MessageFilter(thread_id=arrived.thread_id)) == [2, 1, 0]


def _arrive(tx: Transaction, of: Inbox, number: int, ties: list[str]) -> Message:
    attached = threads.attach(tx, of.id, ties)
    new = message(number, of, thread_id=attached.thread_id)
    messages.add(tx, new, RAW, (), Document())
    threads.add_message(tx, attached, new, [], of.address)
    return new


# --- the index is the one that was meant -----------------------------------------------


def plans_of(tx: Transaction, account_id: str, wanted: MessageFilter) -> list[str]:
    """The plans of the list's queries."""
    how = "EXPLAIN" if tx.is_postgres else "EXPLAIN QUERY PLAN"
    plans: list[str] = []
    look = tx.all

    def explain(sql: str, *parameters: Any) -> list[Any]:
        plans.append(str(look(f"{how} {sql}", *parameters)))
        return look(sql, *parameters)

    tx.all = explain  # type: ignore[method-assign]
    tx.query = lambda query: explain(*_compiled(tx, query))  # type: ignore[method-assign]
    messages.list_(tx, account_id, wanted, "msg_9", 50, oldest_first=False)
    return plans


def plan_of(tx: Transaction, account_id: str, wanted: MessageFilter) -> str:
    """The plan of the last query."""
    return plans_of(tx, account_id, wanted)[-1]


def _compiled(tx: Transaction, query: Any) -> tuple[Any, ...]:
    sql, parameters = tx.connection.compile(query)
    return (sql, *parameters)


INDEXES = {
    "message_account": MessageFilter(),
    "message_inbox": MessageFilter(inbox_id=FIRST),
    "message_thread": MessageFilter(thread_id="thr_a", inbox_id=FIRST),
    "message_rfc822": MessageFilter(inbox_id=FIRST, rfc822_message_id="1@x"),
    "message_quarantined": MessageFilter(inbox_id=FIRST, is_quarantined=True),
}


# PostgreSQL chooses by what it knows of the rows.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("index", "wanted"), INDEXES.items(), ids=INDEXES)
async def test_a_list_reads_no_more_than_its_narrowest_index(
    db: Database, inbox: Inbox, index: str, wanted: MessageFilter
) -> None:
    await db.write(_thread, inbox, "thr_a")
    plan = await db.read(plan_of, inbox.account_id, wanted)
    assert f"USING INDEX {index} (" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_an_account_has_in_quarantine_is_read_by_what_is_in_it(
    db: Database, inbox: Inbox
) -> None:
    wanted = MessageFilter(is_quarantined=True)
    plan = await db.read(plan_of, inbox.account_id, wanted)
    assert "USING INDEX message_quarantined (inbox_id=?" in plan
    assert "SCAN" not in plan


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_several_inboxes_are_each_read_in_the_order_of_their_index(
    db: Database, inbox: Inbox
) -> None:
    await add(db, message(1, inbox))
    wanted = MessageFilter(visible_inbox_ids=(FIRST, SECOND))
    plans = await db.read(plans_of, inbox.account_id, wanted)
    *each, last = plans
    assert len(each) == len((FIRST, SECOND))
    for plan in each:
        assert "INDEX message_inbox (inbox_id=?" in plan
        assert "TEMP B-TREE" not in plan
    assert "(id=?)" in last


@pytest.mark.parametrize("oldest_first", [False, True])
async def test_pages_of_several_inboxes_follow_each_other(
    db: Database, inbox: Inbox, *, oldest_first: bool
) -> None:
    of = [inbox, await add_inbox(db, 2), await add_inbox(db, 3)]
    for number in range(1, 15):
        await add(db, message(number, of[number % 3]))
    wanted = MessageFilter(visible_inbox_ids=(FIRST, SECOND))
    seen: list[int] = []
    after_id = ""
    while page := await db.read(
        partial(messages.list_, oldest_first=oldest_first),
        *(inbox.account_id, wanted, after_id, 4),
    ):
        seen += map(number_of, page)
        after_id = page[-1].id
    own = [1, 3, 4, 6, 7, 9, 10, 12, 13]
    assert seen == (own if oldest_first else own[::-1])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_several_inboxes_no_more_is_read_than_can_be_first(
    db: Database, inbox: Inbox
) -> None:
    other = await add_inbox(db, 2)
    for number in range(1, 9):
        await add(db, message(number, other if number % 2 else inbox))

    def lengths(tx: Transaction) -> list[int]:
        found: list[int] = []
        look = tx.all

        def count(sql: str, *parameters: Any) -> list[Any]:
            rows = look(sql, *parameters)
            found.append(len(rows))
            return rows

        tx.all = count  # type: ignore[method-assign]
        wanted = MessageFilter(visible_inbox_ids=(FIRST, SECOND))
        of = (inbox.account_id, wanted, "", 3)
        messages.list_(tx, *of, oldest_first=False)
        return found

    assert await db.read(lengths) == [3, 2]


MANY = """
    INSERT INTO message ({names})
    SELECT {values} FROM message, generate_series(1, 5000) AS n WHERE message.seq = 1
"""
ALL_DIFFERENT = {
    "id": "'msg_0' || md5(n::text)",
    "sender_address": "'a' || n % 50 || '@example.org'",
}
WALKED: dict[str, MessageFilter] = {
    "inbox": MessageFilter(inbox_id=FIRST),
    "account": MessageFilter(sender_address="a1@example.org"),
    "inboxes": MessageFilter(visible_inbox_ids=(FIRST, SECOND)),
}


@pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
@pytest.mark.parametrize("wanted", WALKED.values(), ids=WALKED)
async def test_postgresql_walks_an_index_up_to_a_page_s_end(
    db: Database, inbox: Inbox, wanted: MessageFilter
) -> None:
    await add(db, message(1, inbox))

    def explained(tx: Transaction) -> str:
        columns = tx.all(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'message'"
            " AND column_name NOT IN ('seq', 'source_delivery_id')"
        )
        values = [ALL_DIFFERENT.get(name, f"message.{name}") for (name,) in columns]
        names = ", ".join(name for (name,) in columns)
        tx.execute(MANY.format(names=names, values=", ".join(values)))
        tx.execute("ANALYZE message")
        return plans_of(tx, inbox.account_id, wanted)[0]

    plan = await db.write(explained)
    assert "Sort" not in plan
    assert "Index Scan Backward" in plan


async def test_what_events_carry_of_many_messages_is_read_at_once(
    db: Database, inbox: Inbox
) -> None:
    plain = replace(message(1, inbox), metadata={})
    told = replace(message(2, inbox), metadata={"a": "b"}, via=Via.SMTP)
    for each in (plain, told):
        await add(db, each)
    found = await db.read(
        messages.bearings_of, [told.id, plain.id, "msg_gone", told.id]
    )
    assert found == {plain.id: ({}, plain.via), told.id: ({"a": "b"}, Via.SMTP)}
    assert await db.read(messages.bearings, told.id) == found[told.id]
    assert await db.read(messages.bearings, "msg_gone") == messages.NO_BEARINGS
    assert await db.read(messages.bearings_of, []) == {}
