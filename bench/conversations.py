"""
What lists of threads and of labelled messages cost in a large account.

A million messages in 200,000 threads of one inbox, and as many in 100 others, are
written as rows; then each list is read again and again, and what its thread of the
process spent is printed: CPU, because a shared machine's clock tells of others; and the
time that passed, which on PostgreSQL is its own work too. The
first page and one from the middle; what many threads have, what few, what none has. At
the end messages come in, the ways that mail does, and are put into their threads.
"""

import argparse
import asyncio
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, thread_time
from typing import Any, Final

from mailbot_server.clock import entropy
from mailbot_server.core import ids
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Direction, MessageFilter, ThreadFilter
from mailbot_server.store import (
    accounts,
    inboxes,
    mailboxes,
    message_rows,
    messages,
    migrate,
    threads,
)
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes import conversing, mail, tenants
from tests.servers import postgres

PER_THREAD: Final = 5
OTHERS: Final = 100
BATCH: Final = 2_000
PAGE: Final = 51
SINCE: Final = datetime(2026, 1, 1, tzinfo=UTC)
STEP: Final = timedelta(seconds=10)
FEW: Final = 0.0002
MANY: Final = 0.3
CHANCE: Final = random.Random(7)
INBOX: Final = tenants.inbox()
OWNER: Final = tenants.account()

_THREAD: Final = (
    *("id", "account_id", "inbox_id", "root_id", "subject", "created_at"),
    *("last_message_id", "last_message_at", "inbound_count", "outbound_count"),
    *("participants", "last_inbound_at", "snippet", "last_manual_id", "is_unreplied"),
)


def insert(table: str, names: tuple[str, ...]) -> str:
    """An INSERT of one row."""
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608


def conversation(number: int) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of one thread, of the large inbox or of one of the others."""
    inbox = INBOX if number % 2 else tenants.inbox(2 + number // 2 % OTHERS)
    thread_id = f"thr_{number:026d}"
    last = number * PER_THREAD + PER_THREAD - 1
    who = f"person{CHANCE.randrange(20_000)}@example.org"
    labels = [word for word, share in (("few", FEW), ("many", MANY)) if chance(share)]
    people = [who, "everybody@example.org"] if chance(MANY) else [who]
    shown = mailboxes.write(Mailbox(address=each) for each in people)
    facts = (
        *(thread_id, OWNER.id, inbox.id, thread_id, "Hello", at(number * PER_THREAD)),
        *(message_id(last), at(last), PER_THREAD, 0, shown, at(last), "Words"),
        *(message_id(last), int(chance(FEW) or not number % 1000)),
    )
    sent = [of(number * PER_THREAD + n, thread_id, inbox.id) for n in range(PER_THREAD)]
    return {
        insert("thread", _THREAD): [facts],
        insert("thread_participant", ("inbox_id", "address", "thread_id")): [
            (inbox.id, each, thread_id) for each in people
        ],
        insert("thread_label", ("inbox_id", "label", "thread_id")): [
            (inbox.id, each, thread_id) for each in labels
        ],
        insert("thread_tie", ("inbox_id", "tie", "thread_id")): [
            (inbox.id, f"{row[0]}@example.org", thread_id) for row in sent
        ],
        insert("message", message_rows.COLUMNS): sent,
        insert("message_label", ("inbox_id", "label", "message_id", "account_id")): [
            (inbox.id, each, sent[-1][0], OWNER.id) for each in labels
        ],
    }


def chance(share: float) -> bool:
    """True in that share of all cases."""
    return CHANCE.random() < share


def at(number: int) -> int:
    """The instant of a message, as columns have it."""
    return int((SINCE + number * STEP).timestamp()) * 1_000_000


def message_id(number: int) -> str:
    """Ids sort by time."""
    return ids.make("msg", SINCE + number * STEP, number.to_bytes(10, "big"))


def of(number: int, thread_id: str, inbox_id: str) -> tuple[Any, ...]:
    """The row of a message."""
    new = replace(
        TEMPLATE,
        id=message_id(number),
        inbox_id=inbox_id,
        thread_id=thread_id,
        created_at=SINCE + number * STEP,
        rfc822_message_id=f"{message_id(number)}@example.org",
    )
    return tuple(message_rows.row(new).values())


TEMPLATE: Final = mail.message(0, INBOX, direction=Direction.INBOUND)


def _tenants(tx: Transaction) -> None:
    accounts.add(tx, OWNER)
    for number in range(1, OTHERS + 2):
        inboxes.add(tx, tenants.inbox(number))


def _fill(tx: Transaction, first: int, count: int) -> None:
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for number in range(first, first + count):
        for sql, each in conversation(number).items():
            rows.setdefault(sql, []).extend(each)
    for sql, each in rows.items():
        tx.execute_many(sql, each)


async def fill(db: Database, count: int) -> None:
    """So many threads, half of them of one inbox."""
    await db.write(_tenants)
    for first in range(0, count, BATCH):
        await db.write(_fill, first, min(BATCH, count - first))


def _timed(tx: Transaction, ask: Callable[[Transaction], Any]) -> tuple[float, Any]:
    started = thread_time()
    found = ask(tx)
    return thread_time() - started, found


def middle(values: list[float]) -> str:
    """The median, in a column."""
    return f"{median(values):9.2f}"


def last(values: list[float]) -> str:
    """What one of a hundred exceeds, in a column."""
    return f"{quantiles(values, n=100)[98]:9.2f}"


async def show(
    db: Database, name: str, ask: Callable[[Transaction], Any], rounds: int
) -> None:
    """One line: what a question found, and the CPU of asking it."""
    taken, passed = [], []
    for _ in range(rounds):
        began = perf_counter()
        seconds, found = await db.read(_timed, ask)
        passed.append((perf_counter() - began) * 1000)
        taken.append(seconds * 1000)
    figures = [f"{middle(each)} {last(each)}" for each in (taken, passed)]
    print(f"{name:44} {len(found):4}", *figures)


def questions(total: int) -> Iterator[tuple[str, Callable[[Transaction], Any]]]:
    """Each list by its name."""
    halfway = message_id(total * PER_THREAD // 2)
    recent = SINCE + (total * PER_THREAD - 10_000) * STEP
    choices: dict[str, dict[str, Any]] = {
        "all": {},
        "label many": {"labels": ("many",)},
        "label few": {"labels": ("few",)},
        "label none": {"labels": ("none",)},
        "unreplied few": {"unreplied": True},
        "participant of 10": {"participant_address": "person7@example.org"},
        "participant of many": {"participant_address": "everybody@example.org"},
        "participant none": {"participant_address": "nobody@example.org"},
        "newer than a day": {"after": recent},
        "many and everybody": {
            "labels": ("many",),
            "participant_address": "everybody@example.org",
        },
        "all four": {
            "labels": ("many", "few"),
            "participant_address": "everybody@example.org",
            "unreplied": True,
            "after": SINCE,
        },
    }
    for name, fields in choices.items():
        for place, inbox_id in (("inbox", INBOX.id), ("account", "")):
            wanted = ThreadFilter(inbox_id=inbox_id, **fields)
            for page, before in (("first", ""), ("middle", halfway)):
                yield (
                    f"threads, {place}, {name}, {page}",
                    partial(_threads, wanted, before),
                )
    for name in ("many", "few", "none"):
        for place, inbox_id in (("inbox", INBOX.id), ("account", "")):
            carrying = MessageFilter(inbox_id=inbox_id, labels=(name,))
            yield (
                f"messages, {place}, label {name}",
                partial(_messages, carrying),
            )


def _threads(wanted: ThreadFilter, before: str, tx: Transaction) -> list[Any]:
    return threads.list_latest(tx, OWNER.id, wanted, before, PAGE)


def _messages(wanted: MessageFilter, tx: Transaction) -> list[Any]:
    return messages.list_(tx, OWNER.id, wanted, "", PAGE, oldest_first=False)


def _arrive(tx: Transaction, arrival: conversing.Arrival) -> float:
    started = thread_time()
    attached = threads.attach(tx, INBOX.id, arrival.ties)
    new = replace(
        TEMPLATE,
        id=tx.new_id("msg"),
        thread_id=attached.thread_id,
        created_at=tx.now,
        rfc822_message_id=arrival.ties[0],
    )
    people = [Mailbox(address=f"person{arrival.sender}@example.org")]
    threads.add_message(tx, attached, new, people, INBOX.address)
    return thread_time() - started


async def arrivals(db: Database, total: int, rounds: int) -> None:
    """What putting a message into its thread costs: a new one, an old one, a merge."""
    own = (f"new{number}@example.org" for number in range(10**9))
    known = [message_id(2 * n * PER_THREAD + PER_THREAD) for n in range(total // 2)]
    kinds = {"new thread": 0, "answer": 1, "joins two": 2}
    for name, count in kinds.items():
        taken = []
        for _ in range(rounds):
            old = [f"{CHANCE.choice(known)}@example.org" for _ in range(count)]
            ties = (*islice(own, 1), *old)
            arrival = conversing.Arrival(ties, sender=CHANCE.randrange(20_000))
            taken.append(await db.write(_arrive, arrival) * 1000)
        print(f"{'arrives: ' + name:44} {'':4} {middle(taken)} {last(taken)}")


async def run(url: str, total: int, rounds: int) -> None:
    """Fills the database of this address, and prints a line for each question."""
    db = Database(
        url, clock=lambda: datetime.now(tz=UTC), entropy=entropy, metrics=Metrics()
    )
    migrate.migrate(db.backend, datetime.now(tz=UTC), "bench")
    await db.start()
    try:
        started = perf_counter()
        await fill(db, total)
        seconds = perf_counter() - started
        print(f"{total} threads, {total * PER_THREAD} messages in {seconds:.0f} s")
        print(f"{'':44} rows   CPU p50   CPU p99  time p50  time p99, ms")
        for name, ask in questions(total):
            await show(db, name, ask, rounds)
        await arrivals(db, total, rounds * 5)
    finally:
        await db.stop()


@contextmanager
def database(*, is_postgres: bool) -> Iterator[str]:
    """An empty database of the bench's own."""
    if not is_postgres:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    binaries = postgres.binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL's server programs are not installed")
    server = postgres.PostgresServer(binaries)
    server.start()
    try:
        yield server.url("postgres")
    finally:
        server.stop()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()
    with database(is_postgres=given.postgresql) as url:
        asyncio.run(run(url, given.threads, given.rounds))


if __name__ == "__main__":
    main()
