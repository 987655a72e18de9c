"""A database with messages that wait to be sent, made by the engine's own `submit`."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from mailbot_server.core.account import Account, Principal
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.draft import Draft
from mailbot_server.core.signed import reverse_path
from mailbot_server.core.signed.server_key import keys_for
from mailbot_server.engine.outbound.submission.submit import Submission, submit
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.store import accounts, columns, inboxes, migrate
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

LINE: Final = "The quick brown fox jumps over the lazy dog, once more and again.\n"
TEXT: Final = LINE * 70
"""What makes a message of about 5 KB."""

STEP: Final = timedelta(seconds=3)
"""Between messages, so that no limit of an inbox is reached: 25 a minute."""

PER_INBOX: Final = 240
"""250 a day."""


@dataclass(slots=True)
class Clock:
    """Moves when it is told to."""

    now: datetime = field(default_factory=lambda: datetime.now(tz=UTC))

    def __call__(self) -> datetime:
        return self.now


async def fill(url: str, count: int, domain: str = "example.com") -> None:
    """A migrated database in which so many messages wait, due at once."""
    began = datetime.now(tz=UTC)
    clock = Clock(now=began - STEP * count - timedelta(minutes=1))
    metrics = Metrics()
    log.set_up("error", as_json=False, metrics=metrics)
    db = Database(url, clock=clock, entropy=secrets.token_bytes, metrics=metrics)
    migrate.migrate(db.backend, clock(), "bench-epoch")
    await db.start()
    try:
        owner = _account(clock.now)
        await db.write(accounts.add, owner)
        who = Principal(
            account_id=owner.id, key_id=f"key_{1:026d}", scopes=frozenset({"admin"})
        )
        paths = ReversePaths(
            keys=keys_for([secrets.token_bytes(32)], reverse_path.PURPOSE),
            sandbox_domain="mailbot.localhost",
        )
        inbox = None
        for number in range(count):
            if number % PER_INBOX == 0:
                inbox = _inbox(owner, number, clock.now)
                await db.write(inboxes.add, inbox)
            assert inbox is not None
            draft = Draft(
                sender=Mailbox(address=""),
                to=(Mailbox(address=f"user{number}@{domain}"),),
                subject=f"Message {number}",
                text=TEXT,
            )
            submission = Submission(inbox_id=inbox.id, draft=draft)
            await submit(db, paths, metrics, who, submission)
            clock.now += STEP
        await db.write(due_at, began)
    finally:
        await db.stop()


def due_at(tx: Transaction, instant: datetime) -> None:
    """Everything that waits is due at this instant, and has five days from then."""
    due = columns.write_time(instant)
    end = columns.write_time(instant + timedelta(days=5))
    tx.execute("UPDATE delivery SET due_at = ?, gives_up_at = ?", due, end)


def _account(now: datetime) -> Account:
    return Account(
        id=f"acc_{1:026d}",
        display_name="Bench",
        sandbox_suffix=f"{1:08d}",
        daily_send_limit=10_000_000,
        created_at=now,
    )


def _inbox(owner: Account, number: int, now: datetime) -> Inbox:
    username = f"user{number}"
    return Inbox(
        id=f"inb_{number:026d}",
        account_id=owner.id,
        address=f"{username}--{owner.sandbox_suffix}@mailbot.localhost",
        username=username,
        domain="mailbot.localhost",
        created_at=now,
        updated_at=now,
    )


def run(folder: Path, count: int) -> Path:
    """The same for SQLite, in a file of a data folder."""
    path = folder / "mailbot.db"
    asyncio.run(fill(f"sqlite:///{path}", count))
    return path
