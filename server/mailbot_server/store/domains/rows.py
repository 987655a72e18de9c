"""Remembers domains; a name is verified by one account at a time."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from mailbot_server.core.domain.domain import Domain
from mailbot_server.core.domain.record import Finding, RecordState
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

_NAMES: Final = (
    *("id", "account_id", "name", "token", "records", "created_at", "verified_at"),
    *("return_path_at", "lost_at", "urgent_at", "checked_at", "checks_at", "version"),
)
_INSTANTS: Final = tuple(name for name in _NAMES if name.endswith("_at"))
_CHANGING: Final = (
    *("records", "verified_at", "return_path_at", "lost_at", "urgent_at"),
    *("checked_at", "checks_at", "version"),
)
_SELECT: Final = f"SELECT {', '.join(_NAMES)} FROM domain"  # noqa: S608
_INSERT: Final = (
    f"INSERT INTO domain ({', '.join(_NAMES)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(_NAMES))})"
    " ON CONFLICT (account_id, name) WHERE deleted_at IS NULL DO NOTHING RETURNING id"
)
_UPDATE: Final = (
    f"UPDATE domain SET {', '.join(f'{name} = ?' for name in _CHANGING)}"  # noqa: S608
    " WHERE id = ? AND account_id = ? AND version = ? AND deleted_at IS NULL"
)
_OWNER: Final = (
    "SELECT account_id FROM domain WHERE name = ? AND verified_at IS NOT NULL"
    " AND deleted_at IS NULL"
)
_IN_USE: Final = (
    "SELECT COUNT(*) FROM inbox WHERE account_id = ? AND domain = ?"
    " AND is_sandbox = 0 AND state <> 'disabled'"
)
DUE_OF_ACCOUNT: Final = 4
_DUE: Final = (
    f"SELECT {', '.join(_NAMES)} FROM (SELECT {', '.join(_NAMES)}, ROW_NUMBER()"  # noqa: S608
    " OVER (PARTITION BY account_id ORDER BY checks_at, id) AS turn FROM domain"
    " WHERE deleted_at IS NULL AND checks_at <= ?) AS due"
    " WHERE turn <= ? ORDER BY checks_at, id LIMIT ?"
)
_UNSIGNED: Final = (
    "SELECT i.account_id, i.domain, MIN(i.id) FROM inbox i WHERE i.id IN"
    " (SELECT inbox_id FROM delivery WHERE state = 'held' AND hold_reason = ?)"
    " AND (i.account_id, i.domain) > (?, ?)"
    " GROUP BY i.account_id, i.domain ORDER BY i.account_id, i.domain LIMIT ?"
)


def add(tx: Transaction, domain: Domain) -> bool:
    """Adds a domain; False when the account has one of this name."""
    values = _row(domain)
    return tx.one(_INSERT, *(values[name] for name in _NAMES)) is not None


def get(tx: Transaction, account_id: str, id_or_name: str) -> Domain | None:
    """One domain of the account, by its id or its name as it is stored."""
    return _find(tx, account_id, id_or_name, "")


def lock(tx: Transaction, account_id: str, id_or_name: str) -> Domain | None:
    """As `get`; nobody else changes it, or makes inboxes in it, until the end."""
    # SQLite has one writer, which is lock enough.
    suffix = " FOR UPDATE" if tx.is_postgres else ""
    return _find(tx, account_id, id_or_name, suffix)


def list_newest(
    tx: Transaction, account_id: str, before_id: str, limit: int
) -> list[Domain]:
    """The account's domains made before `before_id` ("" for all), newest first."""
    where, of = f"{_SELECT} WHERE account_id = ? AND deleted_at IS NULL", [account_id]
    if before_id:
        where, of = f"{where} AND id < ?", [account_id, before_id]
    rows = tx.all(f"{where} ORDER BY id DESC LIMIT ?", *of, limit)
    return [_domain(row) for row in rows]


def write(tx: Transaction, domain: Domain) -> bool:
    """Writes what can change; False when it was changed or deleted meanwhile."""
    values = _row(domain)
    values["version"] = domain.version + 1
    changing = (values[name] for name in _CHANGING)
    known = (domain.id, domain.account_id, domain.version)
    return tx.execute(_UPDATE, *changing, *known) == 1


def delete(tx: Transaction, domain: Domain) -> None:
    """Gives a locked domain up, with its keys; its row stays, for nobody to find."""
    of = (domain.id, domain.account_id)
    tx.execute("DELETE FROM domain_key WHERE domain_id = ? AND account_id = ?", *of)
    sql = "UPDATE domain SET deleted_at = ? WHERE id = ? AND account_id = ?"
    tx.execute(sql, columns.write_time(tx.now), *of)


def owner(tx: Transaction, name: str) -> str | None:
    """The account that has verified a name, None while nobody has."""
    row = tx.one(_OWNER, name)
    return row[0] if row else None


def reserve(tx: Transaction, name: str) -> None:
    """Has other operations that may verify the same name wait for the end of this."""
    if tx.is_postgres:
        tx.all("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", f"domain:{name}")


def inboxes_in(tx: Transaction, domain: Domain) -> int:
    """How many inboxes it has that are not disabled."""
    row = tx.one(_IN_USE, domain.account_id, domain.name)
    return int(row[0]) if row else 0


def due(tx: Transaction, limit: int) -> list[Domain]:
    """
    Domains of any accounts whose records should be looked at, longest due first.

    Of one account only a few at once, so that the many of one hold up nobody else's.
    """
    now = columns.write_time(tx.now)
    return [_domain(row) for row in tx.all(_DUE, now, DUE_OF_ACCOUNT, limit)]


def count(tx: Transaction, account_id: str) -> int:
    """How many domains an account has; nobody else adds one until the end."""
    reserve(tx, account_id)
    sql = "SELECT COUNT(*) FROM domain WHERE account_id = ? AND deleted_at IS NULL"
    row = tx.one(sql, account_id)
    return int(row[0]) if row else 0


def postpone(tx: Transaction, domain: Domain, until: datetime) -> bool:
    """Takes a due domain for whoever looks at it now; False: somebody else has."""
    sql = (
        "UPDATE domain SET checks_at = ? WHERE id = ? AND account_id = ?"
        " AND checks_at = ? AND deleted_at IS NULL"
    )
    at = map(columns.write_time, (until, domain.checks_at))
    later, due_at = at
    return tx.execute(sql, later, domain.id, domain.account_id, due_at) == 1


def waiting_for_keys(
    tx: Transaction, reason: str, after: tuple[str, str], limit: int
) -> list[tuple[str, str, str]]:
    """
    (account, domain, one of its inboxes) of what is held for `reason`, anybody's.

    In order; those that come `after` an account and its domain, ("", "") for all.
    """
    found = tx.all(_UNSIGNED, reason, *after, limit)
    return [(row[0], row[1], row[2]) for row in found]


def _find(
    tx: Transaction, account_id: str, id_or_name: str, suffix: str
) -> Domain | None:
    column = "name" if "." in id_or_name else "id"
    sql = (
        f"{_SELECT} WHERE {column} = ? AND account_id = ?"
        f" AND deleted_at IS NULL{suffix}"
    )
    row = tx.one(sql, id_or_name, account_id)
    return _domain(row) if row else None


def _row(domain: Domain) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(domain, name, None) for name in _NAMES}
    values["records"] = _write_findings(domain.findings)
    for name in _INSTANTS:
        values[name] = columns.write_time(values[name])
    return values


def _domain(row: tuple[Any, ...]) -> Domain:
    values = dict(zip(_NAMES, row, strict=True))
    values["findings"] = _read_findings(values.pop("records"))
    for name in _INSTANTS:
        values[name] = columns.read_time(values[name])
    return Domain(**values)


def _write_findings(findings: Mapping[str, Finding]) -> str:
    values = {
        key: {
            "state": finding.state.value,
            "known": finding.known.value,
            "problem": finding.problem,
            "found": list(finding.found),
            "proposal": finding.proposal,
        }
        for key, finding in findings.items()
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _read_findings(text: str) -> dict[str, Finding]:
    values = json.loads(text) if text else {}
    return {
        key: Finding(
            state=RecordState(each["state"]),
            known=RecordState(each["known"]),
            problem=each["problem"],
            found=tuple(each["found"]),
            proposal=each["proposal"],
        )
        for key, each in dict(values).items()
    }
