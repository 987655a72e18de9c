"""
Search and lists at size: fills a database with rows and index, and prints percentiles.

    python -m bench.search [--messages 200000] [--repeats 100] [--postgresql]

Messages are made of words whose frequencies follow Zipf's law, 2 KB each. Half of them
lie in one large inbox, the rest in 1,000 small ones of the same account and 100 of
another. Bodies are indexed; raw bytes are not kept, because no query here reads them.
"""

import argparse
import asyncio
import itertools
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from mailbot_server.clock import entropy
from mailbot_server.core import ids
from mailbot_server.core.account import Account
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Addressees, Direction, Message, MessageFilter
from mailbot_server.core.search import document, grammar
from mailbot_server.core.search.document import Document
from mailbot_server.store import accounts, inboxes, messages, migrate, search
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.search import Scope
from mailbot_server.telemetry.metrics import Metrics
from tests.servers import postgres

BATCH: Final = 500
BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)
VOCABULARY: Final = 30_000
WORDS: Final = 300
SENDERS: Final = 5_000
SMALL: Final = 1_000
FOREIGN: Final = 100
QUERIES: Final = (
    ("rare word", "large", "{rare}"),
    ("medium word", "large", "{medium}"),
    ("very common word", "large", "{common}"),
    ("two medium words", "large", "{medium} {medium2}"),
    ("rare and very common", "large", "{rare} {common}"),
    ("two very common words", "large", "{common} {common2}"),
    ("phrase of common words", "large", '"{common} {common2}"'),
    ("phrase of medium words", "large", '"{medium} {medium2}"'),
    ("beginning of 4 letters*", "large", "{prefix}*"),
    ("from: an address", "large", "from:{sender}"),
    ("from: and a medium word", "large", "from:{sender} {medium}"),
    ("subject: a common word", "large", "subject:{common}"),
    ("without a very common word", "large", "{medium} -{common}"),
    ("medium OR medium", "large", "{medium} OR {medium2}"),
    ("larger: (few)", "large", "larger:60K"),
    ("label: (none)", "large", "label:none"),
    ("before: a date", "large", "before:2026-01-02"),
    ("common before: a date", "large", "{common} before:2026-01-02"),
    ("label: OR a rare word", "large", "label:none OR {rare}"),
    ("rare word, one small inbox", "small", "{rare}"),
    ("medium word, one small inbox", "small", "{medium}"),
    ("very common, one small inbox", "small", "{common}"),
    ("very common, whole account", "account", "{common}"),
    ("very common, small account", "foreign", "{common}"),
)
"""What is measured: its name, where, and the query in words of a frequency."""


class Text:
    """Words by Zipf's law, the same ones for each run."""

    def __init__(self) -> None:
        self.chance = random.Random(4)
        letters = "etaoinshrdlucmfwypvbgk"
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            length = self.chance.randint(4, 11)
            words["".join(self.chance.choices(letters, k=length))] = None
        self.words = list(words)
        weights = [1 / (place + 1) for place in range(VOCABULARY)]
        self._weights = list(itertools.accumulate(weights))

    def some(self, count: int) -> str:
        """So many words."""
        found = self.chance.choices(self.words, cum_weights=self._weights, k=count)
        return " ".join(found)

    def asked(self) -> dict[str, str]:
        """Words for one query: in about 1 of 20 messages, 1 of 300, 1 of 10,000 …"""
        pick = self.chance.choice
        return {
            "common": pick(self.words[3:12]),
            "common2": pick(self.words[12:24]),
            "medium": pick(self.words[500:1_000]),
            "medium2": pick(self.words[1_000:2_000]),
            "rare": pick(self.words[20_000:]),
            "prefix": pick(self.words[500:5_000])[:4],
            "sender": f"person{self.chance.randrange(SENDERS)}@example.org",
        }


class Rows:
    """Messages to be, a second apart, with ids that tell their number."""

    def __init__(self, text: Text, large: Inbox, small: list[Inbox]) -> None:
        self._text = text
        self._large = large
        self._small = small

    def batch(self, start: int, count: int) -> list[tuple[Message, Document]]:
        """The messages of these numbers."""
        return [self._one(number) for number in range(start, start + count)]

    def _one(self, number: int) -> tuple[Message, Document]:
        chance = self._text.chance
        inbox = self._large if number % 2 else chance.choice(self._small)
        name = f"person{chance.randrange(SENDERS)}@example.org"
        sender = Mailbox(address=name, display_name=self._text.some(2))
        subject = self._text.some(6)
        at = BEGINNING + timedelta(seconds=number)
        message = Message(
            id=ids.make("msg", at, number.to_bytes(10, "big")),
            account_id=inbox.account_id,
            inbox_id=inbox.id,
            thread_id=ids.make("thr", at, number.to_bytes(10, "big")),
            direction=Direction.INBOUND,
            created_at=at,
            sender=sender,
            addressees=Addressees(to=(Mailbox(address=inbox.address),)),
            subject=subject,
            snippet=self._text.some(15),
            rfc822_message_id=f"{number}@example.org",
            size_bytes=70_000 if number % 5_000 == 1 else 2_500,
        )
        found = document.write(
            body=self._text.some(WORDS),
            subject=subject,
            sender=f"{sender.display_name} {name}",
            recipients=[inbox.address],
        )
        return message, found


def _inbox(account: Account, number: int) -> Inbox:
    username = f"box{number}"
    return Inbox(
        id=ids.make("inb", BEGINNING, number.to_bytes(10, "big")),
        account_id=account.id,
        address=f"{username}--{account.sandbox_suffix}@mailbot.localhost",
        username=username,
        domain="mailbot.localhost",
        is_sandbox=True,
        created_at=BEGINNING,
        updated_at=BEGINNING,
    )


def _account(number: int) -> Account:
    return Account(
        id=ids.make("acc", BEGINNING, number.to_bytes(10, "big")),
        display_name=f"Account {number}",
        sandbox_suffix=f"{number:08d}",
        daily_send_limit=10_000,
        created_at=BEGINNING,
    )


def _add_owner(tx: Transaction, account: Account, its: list[Inbox]) -> None:
    accounts.add(tx, account)
    for inbox in its:
        inboxes.add(tx, inbox)


def _add(tx: Transaction, batch: list[tuple[Message, Document]]) -> None:
    for message, found in batch:
        messages.add(tx, message, b"", (), found)


def _cpu() -> float:
    mine, children = (
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return mine.ru_utime + mine.ru_stime + children.ru_utime + children.ru_stime


async def _fill(db: Database, text: Text, count: int) -> dict[str, Scope]:
    own, foreign = _account(1), _account(2)
    large = _inbox(own, 0)
    small = [_inbox(own, number + 1) for number in range(SMALL)]
    theirs = [_inbox(foreign, number + 1 + SMALL) for number in range(FOREIGN)]
    await db.write(_add_owner, own, [large, *small])
    await db.write(_add_owner, foreign, theirs)
    rows = Rows(text, large, small + theirs)
    started, cpu = time.perf_counter(), _cpu()
    for start in range(0, count, BATCH):
        await db.write(_add, rows.batch(start, min(BATCH, count - start)))
    seconds = time.perf_counter() - started
    cpu = (_cpu() - cpu) / count * 1e6
    print(f"filled with {count} in {seconds:.0f} s, {cpu:.0f} us CPU each", flush=True)
    return {
        "large": Scope(account_id=own.id, inbox_ids=(large.id,)),
        "small": Scope(account_id=own.id, inbox_ids=(small[7].id,)),
        "account": Scope(account_id=own.id),
        "foreign": Scope(account_id=foreign.id),
    }


async def _measure(
    db: Database, repeats: int, runs: Iterator[tuple[Callable[..., Any], Any]]
) -> tuple[list[float], int]:
    seconds: list[float] = []
    hits = 0
    for operation, arguments in itertools.islice(runs, repeats):
        started = time.perf_counter()
        found = await db.read(operation, *arguments)
        seconds.append(time.perf_counter() - started)
        hits += len(found)
    return seconds, hits


def _print(name: str, seconds: list[float], hits: int) -> None:
    ordered = sorted(seconds)
    half, most = (
        ordered[min(int(len(ordered) * part), len(ordered) - 1)] * 1000
        for part in (0.5, 0.99)
    )
    each = hits / max(len(seconds), 1)
    print(f"{name:<42} {half:9.2f} {most:9.2f}   {each:6.1f} hits", flush=True)


async def _queries(
    db: Database, text: Text, scopes: dict[str, Scope], repeats: int
) -> None:
    print(f"{'':<42} {'p50 ms':>9} {'p99 ms':>9}")
    for name, where, pattern in QUERIES:
        for order in ("newest", "relevance"):
            runs = _asked(text, scopes[where], pattern, order)
            count = repeats if order == "newest" else max(repeats // 5, 10)
            _print(f"{name}, {order}", *await _measure(db, count, runs))
    large = scopes["large"]
    for name, wanted in (
        ("list latest 50, large inbox", MessageFilter(inbox_id=large.owners[0])),
        ("list latest 50, account", MessageFilter()),
    ):
        runs = itertools.repeat((_list, (large.account_id, wanted)))
        _print(name, *await _measure(db, repeats, runs))


def _asked(
    text: Text, scope: Scope, pattern: str, order: str
) -> Iterator[tuple[Callable[..., Any], Any]]:
    while True:
        node = grammar.read(pattern.format(**text.asked()))
        if order == "newest":
            yield search.newest, (scope, node, None, 50)
        else:
            yield search.ranked, (scope, node, 0)


def _list(tx: Transaction, account_id: str, wanted: MessageFilter) -> list[Message]:
    return messages.list_(tx, account_id, wanted, "", 50, oldest_first=False)


async def _run(count: int, repeats: int, url: str) -> None:
    db = Database(url, clock=_now, entropy=entropy, metrics=Metrics())
    migrate.migrate(db.backend, _now(), "bench-epoch")
    text = Text()
    await db.start()
    try:
        scopes = await _fill(db, text, count)
        await _queries(db, text, scopes, repeats)
    finally:
        await db.stop()


def _now() -> datetime:
    return datetime.now(tz=UTC)


@contextmanager
def _database(*, is_postgres: bool) -> Iterator[str]:
    if not is_postgres:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/mail.db"
        return
    binaries = postgres.binaries()
    if binaries is None:
        sys.exit("PostgreSQL is not installed here")
    server = postgres.PostgresServer(binaries)
    server.start()
    try:
        yield server.url("postgres")
    finally:
        server.stop()


def main() -> None:
    """Fills a database, measures each query, and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--postgresql", action="store_true")
    chosen = parser.parse_args()
    with _database(is_postgres=chosen.postgresql) as url:
        asyncio.run(_run(chosen.messages, chosen.repeats, url))


if __name__ == "__main__":
    main()
