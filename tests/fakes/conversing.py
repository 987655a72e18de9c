"""Messages that come into conversations, and a count of what conversations add up to."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail import address
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Addressees, Direction, Message
from mailbot_server.core.search.document import Document
from mailbot_server.store import accounts, columns, mailboxes, messages, threads
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import Attached
from tests.fakes.mail import RAW, message
from tests.fakes.tenants import account, add_inbox

IN, OUT = Direction.INBOUND, Direction.OUTBOUND
_inbox_numbers = itertools.count(100)


@dataclass(frozen=True)
class Arrival:
    """A message to be; participants are told apart by a number."""

    ties: tuple[str, ...]
    direction: Direction = IN
    automated: bool = False
    sender: int = 0


@dataclass(frozen=True)
class Arrived:
    """A message that is there, and where it belonged when it came."""

    message: Message
    attached: Attached


def arrive(tx: Transaction, inbox: Inbox, arrival: Arrival) -> Arrived:
    """Puts a message into its thread, as accept and submit do."""
    attached = threads.attach(tx, inbox.id, arrival.ties)
    message_id = tx.new_id("msg")
    person = Mailbox(address=f"person{arrival.sender}@example.org")
    is_inbound = arrival.direction is IN
    new = message(
        0,
        inbox,
        id=message_id,
        thread_id=attached.thread_id,
        subject=f"about {arrival.ties[:1]}",
        direction=arrival.direction,
        sender=person if is_inbound else Mailbox(address=inbox.address),
        addressees=Addressees(to=() if is_inbound else (person,)),
        created_at=tx.now,
        automated=arrival.automated,
        snippet=f"words of {message_id}",
        rfc822_message_id="".join(arrival.ties[:1]),
        references=arrival.ties[:0:-1],
    )
    threads.add_message(tx, attached, new, [person], inbox.address)
    assert messages.add(tx, new, RAW, (), Document())
    return Arrived(new, attached)


async def receive(db: Database, inbox: Inbox, *ties: str, **more: Any) -> Arrived:
    """`arrive`, in an operation of its own."""
    return await db.write(arrive, inbox, Arrival(ties, **more))


async def own_inbox(db: Database) -> Inbox:
    """A new inbox of the first account, which may have been there."""
    await db.write(_account_once)
    return await add_inbox(db, next(_inbox_numbers))


def _account_once(tx: Transaction) -> None:
    if accounts.get(tx, account().id) is None:
        accounts.add(tx, account())


def recount(tx: Transaction, inbox_id: str) -> None:
    """Asserts that every count, sum and filter row of an inbox is what messages say."""
    each = "SELECT id FROM thread WHERE inbox_id = ? AND root_id = id"
    roots = [row[0] for row in tx.all(each, inbox_id)]
    for root in roots:
        _recount_thread(tx, root)
    unreplied = tx.all(f"{each} AND is_unreplied = 1", inbox_id)
    counted = tx.one(
        "SELECT threads, unreplied_threads, inbound_messages, outbound_messages"
        " FROM inbox_count WHERE inbox_id = ?",
        inbox_id,
    )
    by_direction: dict[str, int] = dict(
        tx.all(
            "SELECT direction, COUNT(*) FROM message WHERE inbox_id = ?"
            " GROUP BY direction",
            inbox_id,
        )
    )
    inbound, outbound = by_direction.get("inbound", 0), by_direction.get("outbound", 0)
    assert counted == (len(roots), len(unreplied), inbound, outbound)
    _recount_rows(tx, inbox_id)
    apart = set(tx.all("SELECT one_id, other_id FROM thread_apart"))
    assert apart == {(other, one) for one, other in apart}
    known: dict[str, str] = dict(tx.all("SELECT id, root_id FROM thread"))
    assert all(known[one] == one != other for one, other in apart)


def _recount_thread(tx: Transaction, root: str) -> None:
    found = _messages(tx, threads.ids_of(tx, root))
    assert found, f"{root} is empty"
    newest = found[-1]
    manual = [row for row in found if not row[3]]
    last_in = max((row[2] for row in found if row[1] == "inbound"), default=None)
    last_out = max((row[2] for row in found if row[1] == "outbound"), default=None)
    inbound = sum(row[1] == "inbound" for row in found)
    assert tx.one(
        "SELECT last_message_id, last_message_at, snippet, inbound_count,"
        " outbound_count, last_inbound_at, last_outbound_at, last_manual_id,"
        " is_unreplied FROM thread WHERE id = ?",
        root,
    ) == (
        *(newest[0], newest[2], newest[4], inbound, len(found) - inbound),
        *(last_in, last_out, manual[-1][0] if manual else ""),
        int(bool(manual) and manual[-1][1] == "inbound"),
    )
    shown = tx.one("SELECT participants FROM thread WHERE id = ?", root)
    assert shown is not None
    people = {address.fold(box.address) for box in mailboxes.read(shown[0])}
    assert people == {person for row in found for person in row[5]}


def _messages(tx: Transaction, thread_ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Oldest first: id, direction, instant, automated, snippet, who else."""
    rows = [
        row
        for thread_id in thread_ids
        for row in tx.all(
            "SELECT id, direction, created_at, automated, snippet, sender_address,"
            " addressees FROM message WHERE thread_id = ?",
            thread_id,
        )
    ]
    return [(*row[:5], _people(row[1], row[5], row[6])) for row in sorted(rows)]


def _people(direction: str, sender: str, addressees: str) -> list[str]:
    if direction == IN.value:
        return [sender]
    return [box.address for box in mailboxes.read_addressees(addressees).to]


def _recount_rows(tx: Transaction, inbox_id: str) -> None:
    rows = tx.all(
        "SELECT id, participants, labels FROM thread"
        " WHERE inbox_id = ? AND root_id = id",
        inbox_id,
    )
    people = {
        (address.fold(box.address), row[0])
        for row in rows
        for box in mailboxes.read(row[1])
    }
    labels = {(label, row[0]) for row in rows for label in columns.read_list(row[2])}
    for table, column, expected in (
        ("thread_participant", "address", people),
        ("thread_label", "label", labels),
    ):
        sql = f"SELECT {column}, thread_id FROM {table} WHERE inbox_id = ?"
        assert set(tx.all(sql, inbox_id)) == expected, table
