"""
Remembers replays, and says which events a target may have, or still lacks.

What was handed over are rows of `handout`: what became of it is counted there.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from mailbot_server.core.event import filter_from_json, filter_to_json
from mailbot_server.core.subscription import Kind, Subscription
from mailbot_server.core.timeline.replay import Plan, Progress, Replay, ReplayState
from mailbot_server.store import columns
from mailbot_server.store.conditions import conditions
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded, rows

_NAMES: Final = (
    *("id", "account_id", "target_ids", "filter", "positions", "undelivered_only"),
    *("low", "high", "created_by", "created_at", "event_count"),
    *("state", "position", "handed_over", "handed", "ended_at"),
)
_CHANGING: Final = _NAMES[-6:]
_COLUMNS: Final = ", ".join(_NAMES)
_SELECT: Final = f"SELECT {_COLUMNS} FROM replay"  # noqa: S608
_INSERT: Final = f"INSERT INTO replay ({_COLUMNS}) VALUES {rows(1, len(_NAMES))}"  # noqa: S608
_UPDATE: Final = (
    f"UPDATE replay SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?"  # noqa: S608
)
_LEFT: Final = (
    "SELECT subscription_id, replay_id, CASE state WHEN 'parked' THEN 1 ELSE 0 END,"
    " COUNT(*) FROM handout WHERE subscription_id IN ({}) AND replay_id IN ({})"
    " GROUP BY 1, 2, 3"
)
_WAITING: Final = (
    "SELECT COUNT(*) FROM (SELECT 1 FROM handout WHERE subscription_id = ?"
    " AND replay_id = ? AND state <> 'parked' LIMIT ?) AS ahead"
)
# A reader is never told of itself.
_OF_OTHERS: Final = (
    "NOT (substr(type, 1, 8) IN ('webhook.', 'subscrip') AND detail LIKE ?)"
)
_HELD: Final = (
    "EXISTS (SELECT 1 FROM handout WHERE handout.subscription_id = ?"
    " AND handout.replay_id = '' AND handout.position = event.position"
    " AND handout.state {} 'parked')"
)
_SUCCEEDED: Final = (
    "EXISTS (SELECT 1 FROM webhook_attempt WHERE webhook_attempt.webhook_id = ?"
    " AND webhook_attempt.event_id = event.id AND webhook_attempt.result = 'success')"
)


def add(tx: Transaction, new: Replay) -> None:
    """Keeps a new replay."""
    tx.execute(_INSERT, *_row(new))


def get(
    tx: Transaction, account_id: str, replay_id: str, *, is_locked: bool = False
) -> Replay | None:
    """One replay of the account; locked, nobody else changes it meanwhile."""
    lock = " FOR UPDATE" if is_locked and tx.is_postgres else ""
    row = tx.one(
        f"{_SELECT} WHERE id = ? AND account_id = ?{lock}", replay_id, account_id
    )
    return _replay(row) if row else None


def update(tx: Transaction, changed: Replay) -> None:
    """Writes how far a replay has come."""
    tx.execute(_UPDATE, *_row(changed)[-len(_CHANGING) :], changed.id)


def list_(tx: Transaction, account_id: str, before_id: str, limit: int) -> list[Replay]:
    """The account's, newest first; `before_id` is the last that was seen, or ""."""
    sql, values = f"{_SELECT} WHERE account_id = ?", [account_id]
    if before_id:
        sql, values = f"{sql} AND id < ?", [account_id, before_id]
    return [
        _replay(row)
        for row in tx.all(f"{sql} ORDER BY id DESC LIMIT ?", *values, limit)
    ]


def running(tx: Transaction, after_id: str, limit: int) -> list[Replay]:
    """Replays of any account that are not at their end, oldest first."""
    sql = f"{_SELECT} WHERE state = 'running' AND id > ? ORDER BY id LIMIT ?"
    return [_replay(row) for row in tx.all(sql, after_id, limit)]


def count_running(tx: Transaction, account_id: str) -> int:
    """How many of an account's are not at their end."""
    row = tx.one(
        "SELECT COUNT(*) FROM replay WHERE account_id = ? AND state = 'running'",
        account_id,
    )
    return int(row[0]) if row else 0


def forget(tx: Transaction, before: datetime, limit: int) -> int:
    """Deletes at most `limit` of those that ended before; how many."""
    return tx.execute(
        "DELETE FROM replay WHERE id IN (SELECT id FROM replay"
        " WHERE ended_at IS NOT NULL AND ended_at < ? ORDER BY ended_at LIMIT ?)",
        *(columns.write_time(before), limit),
    )


def waiting(tx: Transaction, target_id: str, replay_id: str, most: int) -> int:
    """How many events of a replay a target has before it, counted up to `most`."""
    row = tx.one(_WAITING, target_id, replay_id, most)
    return int(row[0]) if row else 0


def progress(
    tx: Transaction, account_id: str, replays: Sequence[Replay]
) -> dict[str, Progress]:
    """What became of what these replays have handed over, by id."""
    named = sorted({each for replay in replays for each in replay.target_ids})
    if not named:
        return {}
    asked = padded(named)
    there = {
        row[0]
        for row in tx.all(
            "SELECT id FROM subscription WHERE account_id = ?"  # noqa: S608
            f" AND id IN ({marks(len(asked))})",
            *(account_id, *asked),
        )
    }
    counts = _left(tx, named, [replay.id for replay in replays])
    return {replay.id: _progress(replay, there, counts) for replay in replays}


def eligible(
    tx: Transaction, target: Subscription, positions: Sequence[int], plan: Plan
) -> list[int]:
    """Those of the positions whose events this target may have, or still lacks."""
    if not positions:
        return []
    asked = padded(positions)
    sql = [f"position IN ({marks(len(asked))})", _OF_OTHERS]
    values: list[Any] = [target.account_id, *asked, f'%"consumer_id":"{target.id}"%']
    for condition, bound in _lacking(tx, target, plan):
        sql.append(condition)
        values += bound
    found = tx.all(
        "SELECT position FROM event WHERE account_id = ?"  # noqa: S608
        f" AND {' AND '.join(sql)} ORDER BY position",
        *values,
    )
    return [int(row[0]) for row in found]


def _lacking(
    tx: Transaction, target: Subscription, plan: Plan
) -> list[tuple[str, Sequence[Any]]]:
    """What else must hold: what the target may see, and what it did not get."""
    wanted = conditions(tx, target.account_id, target.filter)
    seen = [each for each in wanted if each.field == "visible_inbox_ids"]
    parked = _HELD.format("=")
    if not plan.undelivered_only:
        return [(each.sql, each.parameters) for each in seen]
    allowed: list[tuple[str, Sequence[Any]]] = [
        (each.sql, each.parameters) for each in seen
    ]
    if target.kind is not Kind.WEBHOOK:
        return [*allowed, (parked, (target.id,))]
    # What was given up, or what it asks for and was never sent with success; what
    # it will be sent anyway is not meant.
    asked = " AND ".join(each.sql for each in wanted) or "1 = 1"
    either = f"({parked} OR ({asked}))"
    bound = (target.id, *(value for each in wanted for value in each.parameters))
    return [
        *allowed,
        ("position <= ?", (target.handed,)),
        (f"NOT {_HELD.format('<>')}", (target.id,)),
        (f"NOT {_SUCCEEDED}", (target.id,)),
        (either, bound),
    ]


def _left(
    tx: Transaction, target_ids: Sequence[str], replay_ids: Sequence[str]
) -> Mapping[tuple[str, str], tuple[int, int]]:
    """By target and replay: how many handouts are left, and how many are parked."""
    targets, asked = padded(target_ids), padded(replay_ids)
    sql = _LEFT.format(marks(len(targets)), marks(len(asked)))
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for target_id, replay_id, is_parked, count in tx.all(sql, *targets, *asked):
        counts[target_id, replay_id][is_parked] = int(count)
    return {key: (each[0] + each[1], each[1]) for key, each in counts.items()}


def _progress(
    replay: Replay,
    there: set[str],
    counts: Mapping[tuple[str, str], tuple[int, int]],
) -> Progress:
    delivered = parked = 0
    for target_id in there.intersection(replay.target_ids):
        left, given_up = counts.get((target_id, replay.id), (0, 0))
        delivered += max(0, replay.handed.get(target_id, 0) - left)
        parked += given_up
    return Progress(delivered=delivered, parked=parked)


def _row(replay: Replay) -> list[Any]:
    """The values of _NAMES, in their order."""
    plan = replay.plan
    return [
        *(replay.id, replay.account_id, columns.write_list(replay.target_ids)),
        *(filter_to_json(plan.filter), columns.write_json(plan.positions)),
        *(int(plan.undelivered_only), plan.low, plan.high, replay.created_by),
        *(columns.write_time(replay.created_at), replay.event_count),
        *(replay.state.value, replay.position, replay.handed_over),
        *(columns.write_json(dict(replay.handed)), columns.write_time(replay.ended_at)),
    ]


def _replay(row: tuple[Any, ...]) -> Replay:
    values = dict(zip(_NAMES, row, strict=True))
    plan = Plan(
        filter=filter_from_json(values.pop("filter")),
        positions=tuple(json.loads(values.pop("positions"))),
        undelivered_only=bool(values.pop("undelivered_only")),
        low=values.pop("low"),
        high=values.pop("high"),
    )
    values["state"] = ReplayState(values["state"])
    values["target_ids"] = columns.read_list(values["target_ids"])
    values["handed"] = json.loads(values["handed"])
    for name in ("created_at", "ended_at"):
        values[name] = columns.read_time(values[name])
    return Replay(plan=plan, **values)
