"""Remembers rules for mail that comes in, in the order in which they are asked."""

import json
from dataclasses import asdict
from typing import Any, Final

from mailbot_server.core.message import Kind
from mailbot_server.core.screening.rule import (
    Actions,
    Conditions,
    HeaderCondition,
    Proof,
    Rule,
)
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.screening import CHANGED
from mailbot_server.store.statements import marks, rows

_NAMES: Final = (
    *("id", "account_id", "inbox_id", "display_name", "priority", "is_disabled"),
    *("conditions", "actions", "created_at", "updated_at", "version"),
)
_CHANGING: Final = _NAMES[3:]
_COLUMNS: Final = ", ".join(_NAMES)
_SELECT: Final = f"SELECT {_COLUMNS} FROM rule"  # noqa: S608
_INSERT: Final = f"INSERT INTO rule ({_COLUMNS}) VALUES {rows(1, len(_NAMES))}"  # noqa: S608
_UPDATE: Final = (
    f"UPDATE rule SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?"  # noqa: S608
)


def add(tx: Transaction, new: Rule) -> None:
    """Keeps a new rule."""
    tx.touch(CHANGED)
    tx.execute(_INSERT, *_row(new))


def get(
    tx: Transaction, account_id: str, rule_id: str, *, is_locked: bool = False
) -> Rule | None:
    """One rule of the account; locked, nobody else changes it meanwhile."""
    lock = " FOR UPDATE" if is_locked and tx.is_postgres else ""
    sql = f"{_SELECT} WHERE id = ? AND account_id = ?{lock}"
    row = tx.one(sql, rule_id, account_id)
    return _rule(row) if row else None


def update(tx: Transaction, changed: Rule) -> None:
    """Writes everything of a rule that can change."""
    tx.touch(CHANGED)
    tx.execute(_UPDATE, *_row(changed)[-len(_CHANGING) :], changed.id)


def delete(tx: Transaction, rule_id: str) -> None:
    """Forgets a rule."""
    tx.touch(CHANGED)
    tx.execute("DELETE FROM rule WHERE id = ?", rule_id)


def count(tx: Transaction, account_id: str) -> int:
    """How many rules the account has."""
    row = tx.one("SELECT COUNT(*) FROM rule WHERE account_id = ?", account_id)
    return int(row[0]) if row else 0


def list_(
    tx: Transaction,
    account_id: str,
    inbox_ids: tuple[str, ...] | None,
    beyond: tuple[int, str] | None,
    limit: int,
) -> list[Rule]:
    """
    The account's in the order in which they are asked.

    `inbox_ids`: only of these, "" being the account's own; None: all. `beyond` are
    priority and id of the last that was seen.
    """
    conditions, values = ["account_id = ?"], [account_id]
    if inbox_ids is not None:
        conditions.append(f"inbox_id IN ({marks(max(len(inbox_ids), 1))})")
        values += inbox_ids or (account_id,)
    if beyond is not None:
        conditions.append("(priority, id) > (?, ?)")
    found = tx.all(
        f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY priority, id LIMIT ?",
        *(*values, *(beyond or ()), limit),
    )
    return [_rule(row) for row in found]


def asked_for(tx: Transaction, account_id: str, inbox_id: str) -> list[Rule]:
    """The rules that mail to an inbox meets, in their order."""
    found = tx.all(
        f"{_SELECT} WHERE account_id = ? AND inbox_id IN ('', ?) AND is_disabled = 0"
        " ORDER BY priority, id",
        *(account_id, inbox_id),
    )
    return [_rule(row) for row in found]


def _row(rule: Rule) -> list[Any]:
    """The values of _NAMES, in their order."""
    return [
        *(rule.id, rule.account_id, rule.inbox_id, rule.display_name, rule.priority),
        *(int(rule.is_disabled), _write(rule.conditions), _write(rule.actions)),
        *(columns.write_time(rule.created_at), columns.write_time(rule.updated_at)),
        rule.version,
    ]


def _write(set_: Conditions | Actions) -> str:
    """Compact JSON of what is not as it is by default."""
    default = asdict(type(set_)())
    return columns.write_json(
        {k: v for k, v in asdict(set_).items() if v != default[k]}
    )


def _rule(row: tuple[Any, ...]) -> Rule:
    values = dict(zip(_NAMES, row, strict=True))
    values["is_disabled"] = bool(values["is_disabled"])
    values["conditions"] = _conditions(json.loads(values["conditions"]))
    values["actions"] = Actions(**_tuples(json.loads(values["actions"])))
    for name in ("created_at", "updated_at"):
        values[name] = columns.read_time(values[name])
    return Rule(**values)


def _conditions(written: dict[str, Any]) -> Conditions:
    values = _tuples(written)
    values["headers"] = tuple(HeaderCondition(**e) for e in written.get("headers", ()))
    values["kinds"] = tuple(Kind(each) for each in written.get("kinds", ()))
    proof = written.get("authentication")
    values["authentication"] = Proof(proof) if proof else None
    return Conditions(**values)


def _tuples(written: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in written.items()}
