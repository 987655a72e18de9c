"""
The timeline at ten million events: the first page, a late one, and what events cost.

`python -m bench.timeline --events 10000000` fills a SQLite file (or, with --postgres
URL, an empty database of yours) with made-up mail, then reads pages by every filter.
"""

import argparse
import asyncio
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from mailbot_server.clock import entropy
from mailbot_server.core import ids
from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.engine.timeline import paging
from mailbot_server.store import events, migrate
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.migrations import m0001_begin, m0006_log
from mailbot_server.store.timeline.listing import Span
from mailbot_server.telemetry.metrics import Metrics

ACCOUNT: Final = "acc_00000000000000000000000001"
BEGINNING: Final = datetime(2026, 3, 1, tzinfo=UTC)
BATCH: Final = 20_000
PAGE: Final = 100
LATE: Final = 10_000
ROUNDS: Final = 5
WRITTEN: Final = 200_000
INBOXES: Final = 2_000
RECIPIENTS: Final = 500_000
TOOK: Final = (
    '{"attempt":1,"route":"mx","remote_host":"mx1.example.com","remote_address":'
    '"192.0.2.1:25","stage":"eod","reply":{"code":250,"enhanced":"2.0.0","text":"ok '
    'queued as ABCDEF0123456789"},"tls_level":"verified","duration_seconds":0.12}'
)
REFUSED: Final = (
    '{"attempt":1,"route":"mx","remote_host":"mx1.example.com","stage":"rcpt","reply":'
    '{"code":550,"enhanced":"5.1.1","text":"no such user"},"permanent":true,'
    '"bounce_class":"invalid_recipient"}'
)
QUEUED: Final = '{"subject":"Your order","snippet":"words","size_bytes":1234}'
INSERT: Final = (
    "INSERT INTO event (account_id, position, id, type, created_at, inbox_id,"
    " thread_id, message_id, delivery_id, recipient, metadata, request_id, detail,"
    " recipient_domain, smtp_code, bounce_class)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?, ?, ?, ?)"
)
FILTERS: Final[dict[str, EventFilter]] = {
    "everything": EventFilter(),
    "type (a quarter)": EventFilter(types=(EventType.MESSAGE_DELIVERED,)),
    "type (1 in 100,000)": EventFilter(types=(EventType.MESSAGE_COMPLAINED,)),
    "inbox": EventFilter(inbox_ids=("inb_00000000000000000000000007",)),
    "domain (common)": EventFilter(recipient_domains=("gmail.com",)),
    "domain (rare)": EventFilter(recipient_domains=("d2999.example",)),
    "recipient": EventFilter(recipients=("user77@gmail.com",)),
    "code": EventFilter(smtp_codes=(550,)),
    "class": EventFilter(bounce_classes=("invalid_recipient",)),
    "class and inbox": EventFilter(
        bounce_classes=("invalid_recipient",),
        inbox_ids=("inb_00000000000000000000000007",),
    ),
    "domain and type": EventFilter(
        recipient_domains=("gmail.com",), types=(EventType.MESSAGE_BOUNCED,)
    ),
    "label": EventFilter(message_labels=("red",)),
    "an hour": EventFilter(
        starts_at=BEGINNING + timedelta(hours=5), ends_at=BEGINNING + timedelta(hours=6)
    ),
    "nothing": EventFilter(types=(EventType.MESSAGE_EXPIRED,), smtp_codes=(250,)),
}


def made(count: int, first: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """So many rows of mail that was queued, tried and taken or refused."""
    position = first
    while position < first + count:
        now = BEGINNING + timedelta(milliseconds=position * 20)
        at = int(now.timestamp() * 1_000_000)
        message, thread, delivery = (
            ids.make(kind, now, chance.randbytes(10)) for kind in ("msg", "thr", "dlv")
        )
        inbox = f"inb_{chance.randrange(INBOXES):026d}"
        domain = "gmail.com"
        if chance.random() > 0.4:
            domain = f"d{int(chance.paretovariate(1)) % 3000}.example"
        recipient = f"user{chance.randrange(RECIPIENTS)}@{domain}"
        is_refused = chance.random() < 0.03
        detail, code = (REFUSED, 550) if is_refused else (TOOK, 250)
        word = "invalid_recipient" if is_refused else ""
        last = "message.bounced" if is_refused else "message.delivered"
        if chance.random() < 0.00004:
            last = "message.complained"
            detail, code, word = "{}", 0, ""
        head = (at, inbox, thread, message)
        its = (delivery, recipient, detail, domain, code, word)
        for kind, rest in (
            ("message.queued", ("", "", QUEUED, "", 0, "")),
            ("message.attempted", its),
            ("message.sent", its),
            (last, its),
        ):
            position += 1
            event_id = ids.make("evt", now, chance.randbytes(10))
            yield (ACCOUNT, position, event_id, kind, *head, *rest)


def begin(tx: Transaction) -> None:
    """The account's log."""
    events.open_log(tx, ACCOUNT)


def write(tx: Transaction, rows: list[tuple[Any, ...]]) -> None:
    """Rows of the log, and labels of one message in twenty thousand."""
    tx.execute_many(INSERT, rows)
    tx.execute(
        "UPDATE event_head SET position = ? WHERE account_id = ?", rows[-1][1], ACCOUNT
    )
    labelled = [row for row in rows if row[1] % 80_000 == 1]
    tx.execute_many(
        "INSERT INTO message_label (inbox_id, label, message_id, account_id)"
        " VALUES (?, 'red', ?, ?)",
        [(row[5], row[7], ACCOUNT) for row in labelled],
    )


COPY: Final = (
    "INSERT INTO event SELECT account_id, position + {shift}, 'evt_' || {block} ||"
    " substr(id, 6), type, created_at + {later}, inbox_id, 'thr_' || {block} ||"
    " substr(thread_id, 6), 'msg_' || {block} || substr(message_id, 6), delivery_id,"
    " recipient, metadata, request_id, detail, recipient_domain, smtp_code,"
    " bounce_class FROM event WHERE account_id = ? AND position <= {written}"
)


def indexes() -> list[str]:
    """How the log's indexes are made."""
    told = [
        *m0001_begin.statements(is_postgres=False),
        *m0006_log.statements(is_postgres=False),
    ]
    return [each for each in told if " ON event (" in each]


def multiply(db: Database, written: int, blocks: int) -> None:
    """Copies what was written so often; its indexes are made anew when all is there."""
    with db.backend.exclusive() as connection:
        for each in indexes():
            connection.execute(f"DROP INDEX {each.split()[2]}", ())
    for block in range(1, blocks):
        shift = block * written
        later = shift * 20_000
        sql = COPY.format(shift=shift, block=block, later=later, written=written)
        with db.backend.exclusive() as connection:
            connection.execute(sql, (ACCOUNT,))
    for each in indexes():
        began = time.perf_counter()
        with db.backend.exclusive() as connection:
            connection.execute(each, ())
        took = time.perf_counter() - began
        print(f"{each.split()[2]:<18}{took:6.1f} s", flush=True)
    with db.backend.exclusive() as connection:
        sql = "UPDATE event_head SET position = ? WHERE account_id = ?"
        connection.execute(sql, (written * blocks, ACCOUNT))
        if connection.is_postgres:
            connection.execute("ANALYZE event", ())


async def fill(db: Database, count: int) -> None:
    """Writes so many events, and says what one costs."""
    chance = random.Random(1)
    for first in range(0, count, BATCH):
        rows = list(made(BATCH, first, chance))
        before = time.process_time()
        await db.write(write, rows)
        cost = (time.process_time() - before) / len(rows) * 1_000_000
        if first % (10 * BATCH) == 0:
            print(f"{first + BATCH:>12,} events, {cost:5.1f} us an event", flush=True)


async def pages(db: Database, wanted: EventFilter, *, newest_first: bool) -> str:
    """The first page, and one that lies 10,000 pages, or most of the log, behind it."""
    head = await db.read(events.head, ACCOUNT)
    late = min(LATE * PAGE, head * 9 // 10)
    found = []
    for behind in (0, late):
        took = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            if newest_first:
                span = Span(low=0, high=head - behind)
                page = await paging.older(db, ACCOUNT, span, wanted, PAGE)
            else:
                page = await paging.newer(db, ACCOUNT, behind, wanted, PAGE)
            took.append((time.perf_counter() - began) * 1000)
        found.append(f"{statistics.median(took):8.2f} ms {len(page.events):>4}")
    return "  ".join(found)


async def show(db: Database) -> None:
    """Pages through every filter."""
    print(f"{'filter':<22}{'oldest first: page 1 and late':<44}newest first")
    for name, wanted in FILTERS.items():
        up = await pages(db, wanted, newest_first=False)
        down = await pages(db, wanted, newest_first=True)
        print(f"{name:<22}{up}    {down}", flush=True)


async def run(url: str, count: int) -> None:
    """Fills the database and reads it."""

    def clock() -> datetime:
        return BEGINNING + timedelta(days=90)

    def opened() -> Database:
        metrics = Metrics()
        return Database(
            url, clock=clock, entropy=entropy, metrics=metrics, writer="thread"
        )

    db = opened()
    migrate.migrate(db.backend, clock(), "bench")
    await db.start()
    written = min(count, WRITTEN)
    await db.write(begin)
    await fill(db, written)
    await db.stop()
    if count > written:
        multiply(opened(), written, count // written)
    db = opened()
    await db.start()
    try:
        await show(db)
    finally:
        await db.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--postgres", default="", help="an empty database's URL")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.postgres or f"sqlite:///{Path(folder) / 'timeline.db'}"
        asyncio.run(run(url, asked.events))


if __name__ == "__main__":
    main()
