"""Domains with and without an `rp.` record, written as a verification leaves them."""

from mailbot_server.store import accounts
from mailbot_server.store.database import Database, Transaction
from tests.fakes.tenants import account

_INSERT = (
    "INSERT INTO domain (id, account_id, name, token, records, created_at, verified_at,"
    " return_path_at, checked_at, checks_at, deleted_at, version)"
    " VALUES (?, ?, ?, '', '[]', 1, ?, ?, 1, 1, ?, 1)"
)


async def add_domain(
    db: Database,
    name: str,
    *,
    verified: bool = True,
    return_path: bool = True,
    deleted: bool = False,
) -> None:
    """Adds a domain of the first account."""
    seen = [1 if flag else None for flag in (verified, return_path, deleted)]

    def add(tx: Transaction) -> None:
        if accounts.get(tx, account().id) is None:
            accounts.add(tx, account())
        tx.execute(_INSERT, f"dom_{name}", account().id, name, *seen)

    await db.write(add)
