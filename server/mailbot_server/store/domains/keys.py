"""Remembers the DKIM keys of domains; the private half as it was sealed."""

import base64
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from mailbot_server.core.domain.key import KeyState, StoredKey
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks

_NAMES: Final = (
    *("id", "account_id", "domain_id", "domain_name", "selector", "algorithm"),
    *("public_key", "sealed", "state", "created_at", "activated_at", "retired_at"),
)
_COLUMNS: Final = ", ".join(f"k.{name}" for name in _NAMES)
_INSERT: Final = (
    f"INSERT INTO domain_key ({', '.join(_NAMES)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(_NAMES))})"
)
_UPDATE: Final = (
    "UPDATE domain_key SET sealed = ?, state = ?, activated_at = ?, retired_at = ?"
    " WHERE id = ? AND account_id = ?"
)
_OF_DOMAIN: Final = (
    f"SELECT {_COLUMNS} FROM domain_key k"  # noqa: S608
    " WHERE k.domain_id = ? AND k.account_id = ? ORDER BY k.id"
)
_OF_INBOX: Final = (
    f"SELECT {_COLUMNS} FROM inbox i JOIN domain_key k"  # noqa: S608
    " ON k.domain_name = i.domain AND ((i.is_sandbox = 0"
    " AND k.account_id = i.account_id) OR (i.is_sandbox = 1"
    " AND k.activated_at IS NOT NULL AND EXISTS (SELECT 1 FROM domain d"
    " WHERE d.id = k.domain_id AND d.verified_at IS NOT NULL)"
    " AND EXISTS (SELECT 1 FROM domain_key r WHERE r.domain_id = k.domain_id"
    " AND r.algorithm = 'rsa-sha256' AND r.activated_at IS NOT NULL)))"
    " WHERE i.id = ? AND i.account_id = ? ORDER BY k.id"
)


def add(tx: Transaction, key: StoredKey) -> None:
    """Adds a key; its domain must be there, and its selector new in it."""
    tx.execute(
        _INSERT,
        *(key.id, key.account_id, key.domain_id, key.domain, key.selector),
        key.algorithm.value,
        base64.b64encode(key.public).decode(),
        *(key.sealed_private, key.state.value),
        *map(columns.write_time, (key.created_at, key.activated_at, key.retired_at)),
    )


def write(tx: Transaction, key: StoredKey) -> bool:
    """Writes the state of a key, when it changed, and its seal; False: it is gone."""
    times = map(columns.write_time, (key.activated_at, key.retired_at))
    values = (key.sealed_private, key.state.value, *times, key.id, key.account_id)
    return tx.execute(_UPDATE, *values) == 1


def delete(tx: Transaction, key: StoredKey) -> None:
    """Destroys a key, its sealed half too."""
    sql = "DELETE FROM domain_key WHERE id = ? AND account_id = ?"
    tx.execute(sql, key.id, key.account_id)


def of_domain(
    tx: Transaction, account_id: str, domain_id: str
) -> tuple[StoredKey, ...]:
    """Every key of a domain in every state, oldest first."""
    return tuple(map(_key, tx.all(_OF_DOMAIN, domain_id, account_id)))


def of_inbox(tx: Transaction, account_id: str, inbox_id: str) -> tuple[StoredKey, ...]:
    """
    The same for the domain of an inbox; none where that is not the account's.

    The sandbox's domain serves all accounts and sends unsigned until its operator has
    verified it and an RSA key of it has begun to sign.
    """
    return tuple(map(_key, tx.all(_OF_INBOX, inbox_id, account_id)))


@lru_cache(maxsize=1_000)
def _key(row: tuple[Any, ...]) -> StoredKey:
    """The key of a row; few rows are read for much mail."""
    values = dict(zip(_NAMES, row, strict=True))
    return StoredKey(
        id=values["id"],
        account_id=values["account_id"],
        domain_id=values["domain_id"],
        domain=values["domain_name"],
        selector=values["selector"],
        algorithm=Algorithm(values["algorithm"]),
        public=base64.b64decode(values["public_key"]),
        sealed_private=bytes(values["sealed"]),
        state=KeyState(values["state"]),
        created_at=columns.read_time(values["created_at"]),
        activated_at=columns.read_time(values["activated_at"]),
        retired_at=columns.read_time(values["retired_at"]),
    )


def sealed_by_others(tx: Transaction, key_ids: Sequence[int]) -> int:
    """How many were sealed by another server key than these; see engine/signing."""
    known = [bytes((key_id,)) for key_id in key_ids]
    sql = (
        "SELECT COUNT(*) FROM domain_key WHERE LENGTH(sealed) > 1"  # noqa: S608
        f" AND SUBSTR(sealed, 2, 1) NOT IN ({marks(len(known))})"
    )
    row = tx.one(sql, *known)
    return int(row[0]) if row else 0
