"""A database with messages that wait to be sent, made by the engine's own `submit`."""

import asyncio
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from mailbot_server.clock import entropy
from mailbot_server.core.account import Account, Principal
from mailbot_server.core.domain.domain import Domain
from mailbot_server.core.domain.key import KeyState
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.mail.draft import Draft
from mailbot_server.core.signed import reverse_path, server_key
from mailbot_server.engine.outbound.submission.submit import Submission, submit
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.engine.signing import keypair, sealing
from mailbot_server.engine.signing.keypair import NewKey
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.store import accounts, columns, inboxes, migrate
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.domains import keys as domain_keys
from mailbot_server.store.domains import rows as domains
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

LINE: Final = "The quick brown fox jumps over the lazy dog, once more and again.\n"
TEXT: Final = LINE * 70
"""What makes a message of about 5 KB."""

STEP: Final = timedelta(seconds=3)
"""Between messages, so that no limit of an inbox is reached: 25 a minute."""

PER_INBOX: Final = 240
"""250 a day."""


SERVER_KEY: Final = "k" * 32
"""The setting of a server that is to open the keys of `OWN_DOMAIN`."""

SANDBOX: Final = "mailbot.localhost"
OWN_DOMAIN: Final = "bench.example.net"


@dataclass(slots=True)
class Clock:
    """Moves when it is told to."""

    now: datetime = field(default_factory=lambda: datetime.now(tz=UTC))

    def __call__(self) -> datetime:
        return self.now


async def fill(
    url: str, count: int, domain: str = "example.com", *, signed: bool = False
) -> None:
    """
    A migrated database in which so many messages wait, due at once.

    Those that are to be signed come from a domain with an RSA key of 2048 bits.
    """
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
        if signed:
            await add_domain(db, owner.id, clock.now)
        who = Principal(
            account_id=owner.id, key_id=f"key_{1:026d}", scopes=frozenset({"admin"})
        )
        paths = ReversePaths(
            keys=server_key.keys_for([secrets.token_bytes(32)], reverse_path.PURPOSE),
            sandbox_domain=SANDBOX,
        )
        inbox = None
        for number in range(count):
            if number % PER_INBOX == 0:
                sender = OWN_DOMAIN if signed else SANDBOX
                inbox = _inbox(owner, number, sender, clock.now)
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


def _inbox(owner: Account, number: int, domain: str, now: datetime) -> Inbox:
    is_sandbox = domain == SANDBOX
    username = f"user{number}"
    local = f"{username}--{owner.sandbox_suffix}" if is_sandbox else username
    return Inbox(
        id=f"inb_{number:026d}",
        account_id=owner.id,
        address=f"{local}@{domain}",
        username=username,
        domain=domain,
        is_sandbox=is_sandbox,
        created_at=now,
        updated_at=now,
    )


async def add_domain(db: Database, account_id: str, now: datetime) -> None:
    """A verified domain of the account that signs, and whose DNS nobody looks at."""
    domain = Domain(
        id=f"dom_{1:026d}",
        account_id=account_id,
        name=OWN_DOMAIN,
        token="",
        created_at=now,
        verified_at=now,
        urgent_at=now,
        checks_at=now + timedelta(days=365),
    )
    new = NewKey(
        id=f"dky_{1:026d}",
        account_id=account_id,
        domain_id=domain.id,
        domain=OWN_DOMAIN,
        selector="s1",
        algorithm=Algorithm.RSA_SHA256,
        created_at=now,
    )
    masters = server_key.keys_for([SERVER_KEY.encode()], sealing.PURPOSE)
    key = await keypair.make(Vault(masters, entropy), new)
    await db.write(domains.add, domain)
    active = replace(key, state=KeyState.ACTIVE, activated_at=now)
    await db.write(domain_keys.add, active)


def run(folder: Path, count: int, *, signed: bool = False) -> Path:
    """The same for SQLite, in a file of a data folder."""
    path = folder / "mailbot.db"
    asyncio.run(fill(f"sqlite:///{path}", count, signed=signed))
    return path
