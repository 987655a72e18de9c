"""Accounts and inboxes as tests need them: valid, short, and told apart by a number."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mailbot_server.core.account import Account, Principal
from mailbot_server.core.inbox import Inbox
from mailbot_server.store import accounts, inboxes
from mailbot_server.store.database import Database

BEGINNING = datetime(2026, 3, 1, tzinfo=UTC)


def account(number: int = 1, **changes: Any) -> Account:
    """The account of that number."""
    plain = Account(
        id=f"acc_{number:026d}",
        display_name=f"Account {number}",
        sandbox_suffix=f"{number:08d}",
        daily_send_limit=10_000,
        created_at=BEGINNING,
    )
    return replace(plain, **changes)


def inbox(number: int = 1, of: Account | None = None, **changes: Any) -> Inbox:
    """The inbox of that number, of the first account unless told."""
    owner = of or account()
    username = f"user{number}"
    sandbox = "mailbot.localhost"
    plain = Inbox(
        id=f"inb_{number:026d}",
        account_id=owner.id,
        address=f"{username}--{owner.sandbox_suffix}@{sandbox}",
        username=username,
        domain=sandbox,
        is_sandbox=changes.get("domain", sandbox) == sandbox,
        created_at=BEGINNING,
        updated_at=BEGINNING,
    )
    return replace(plain, **changes)


def principal(of: Account | None = None, **changes: Any) -> Principal:
    """Who calls with a key of the account that may do everything."""
    owner = of or account()
    plain = Principal(
        account_id=owner.id, key_id=f"key_{1:026d}", scopes=frozenset({"admin"})
    )
    return replace(plain, **changes)


async def add_account(db: Database, number: int = 1) -> Account:
    """The account of that number, stored."""
    new = account(number)
    await db.write(accounts.add, new)
    return new


async def add_inbox(
    db: Database, number: int = 1, of: Account | None = None, **changes: Any
) -> Inbox:
    """The inbox of that number, stored; its account must be there."""
    new = inbox(number, of, **changes)
    assert await db.write(inboxes.add, new)
    return new
