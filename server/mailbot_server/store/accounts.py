"""Remembers accounts: each opens an event log of its own."""

from typing import Any, Final

from mailbot_server.core.account import Account
from mailbot_server.store import columns, events
from mailbot_server.store.database import Transaction

_NAMES: Final = (
    "id, display_name, sandbox_suffix, daily_send_limit, created_at, is_suspended"
)
_SELECT: Final = f"SELECT {_NAMES} FROM account"  # noqa: S608
_AFTER_ALL: Final = "z"
"""Sorts after every id."""


def add(tx: Transaction, account: Account) -> None:
    """Adds a new account and opens its log."""
    tx.execute(
        f"INSERT INTO account ({_NAMES}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
        account.id,
        account.display_name,
        account.sandbox_suffix,
        account.daily_send_limit,
        columns.write_time(account.created_at),
        int(account.is_suspended),
    )
    events.open_log(tx, account.id)


def get(tx: Transaction, account_id: str) -> Account | None:
    """One account."""
    row = tx.one(f"{_SELECT} WHERE id = ?", account_id)
    return _account(row) if row else None


def lock(tx: Transaction, account_id: str) -> None:
    """
    Has those who make what an account may have so many of come one after the other.

    Until the operation ends; inboxes and events of the account are added meanwhile.
    """
    if tx.is_postgres:
        tx.one("SELECT 1 FROM account WHERE id = ? FOR NO KEY UPDATE", account_id)


def claim_first(tx: Transaction) -> bool:
    """True once in a database's life, however many ask at once: make its first one."""
    sql = (
        "INSERT INTO setting (name, value) VALUES ('first_account', ?)"
        " ON CONFLICT (name) DO NOTHING"
    )
    return tx.execute(sql, str(columns.write_time(tx.now))) == 1


def set_suspended(tx: Transaction, account_id: str, *, is_suspended: bool) -> bool:
    """Whether there is such an account; it is suspended now, or not any more."""
    sql = "UPDATE account SET is_suspended = ? WHERE id = ?"
    return tx.execute(sql, int(is_suspended), account_id) == 1


def suspended(tx: Transaction) -> list[str]:
    """The ids of accounts that are suspended now."""
    rows = tx.all("SELECT id FROM account WHERE is_suspended = 1 ORDER BY id")
    return [str(row[0]) for row in rows]


def next_id(tx: Transaction, after_id: str) -> str:
    """The id of the account that comes after it, "" after the last one."""
    row = tx.one("SELECT id FROM account WHERE id > ? ORDER BY id LIMIT 1", after_id)
    return str(row[0]) if row else ""


def list_newest(tx: Transaction, before_id: str, limit: int) -> list[Account]:
    """Accounts made before `before_id` ("" for all), newest first."""
    sql = f"{_SELECT} WHERE id < ? ORDER BY id DESC LIMIT ?"
    rows = tx.all(sql, before_id or _AFTER_ALL, limit)
    return [_account(row) for row in rows]


def _account(row: tuple[Any, ...]) -> Account:
    account_id, display_name, suffix, limit, created_at, is_suspended = row
    return Account(
        id=account_id,
        display_name=display_name,
        sandbox_suffix=suffix,
        daily_send_limit=limit,
        created_at=columns.read_time(created_at),
        is_suspended=bool(is_suspended),
    )
