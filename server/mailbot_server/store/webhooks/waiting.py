"""Lists what is on its way to an endpoint, and what was given up."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from mailbot_server.store import columns
from mailbot_server.store.database import Transaction


class State(StrEnum):
    """Where a delivery is; see WebhookDelivery.State in webhooks.proto."""

    WAITING = "waiting"
    LEASED = "leased"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """
    A delivery that is not done.

    `event_type` is "" for an event that is not kept any more; `due_at` None for what
    was given up, and for what waits behind another delivery of its thread.
    """

    event_id: str
    event_type: str
    position: int
    replay_id: str
    state: State
    attempts: int
    due_at: datetime | None
    last_result: str
    last_status: int


_BEHIND: Final = "behind"
# Not joined: PostgreSQL, which knows of no limit, would go through the whole log.
_TYPE: Final = (
    "(SELECT e.type FROM event AS e WHERE e.account_id = ? AND e.position = o.position)"
)
_SELECT: Final = (
    f"SELECT o.event_id, COALESCE({_TYPE}, ''), o.position, o.replay_id, o.state,"  # noqa: S608
    " o.attempts, o.due_at, o.last_result, o.last_status FROM handout AS o"
    " WHERE o.subscription_id = ? AND ({replay}, o.position) > (?, ?){narrowed}"
    " ORDER BY {replay}, o.position LIMIT ?"
)
_STATES: Final = {
    State.WAITING: " AND o.state IN ('waiting', 'behind')",
    # What is leased is due some day: the many that may be parked are not looked at,
    # nor read in an order in which they are between.
    State.LEASED: " AND o.state = 'leased' AND o.due_at > 0",
    State.PARKED: " AND o.state = 'parked'",
}


def list_(
    tx: Transaction,
    account_id: str,
    webhook_id: str,
    state: State | None,
    after: tuple[str, int],
    limit: int,
) -> list[Waiting]:
    """
    What the log handed out first, then replay by replay; oldest first.

    `after` is the replay and position of the last that was seen, ("", 0) for none.
    """
    narrowed = _STATES[state] if state else ""
    replay = "o.replay_id || ''" if state is State.LEASED else "o.replay_id"
    sql = _SELECT.format(replay=replay, narrowed=narrowed)
    found = tx.all(sql, account_id, webhook_id, *after, limit)
    return [_waiting(row) for row in found]


def free(tx: Transaction, webhook_id: str, holder: str) -> int:
    """Ends the leases of everybody but this holder; how many."""
    now = columns.write_time(tx.now)
    return tx.execute(
        "UPDATE handout SET due_at = ? WHERE subscription_id = ?"
        " AND state = 'leased' AND due_at > ? AND holder <> ?",
        *(now, webhook_id, now, holder),
    )


def _waiting(row: tuple[Any, ...]) -> Waiting:
    state = State.WAITING if row[4] == _BEHIND else State(row[4])
    return Waiting(
        event_id=row[0],
        event_type=row[1],
        position=row[2],
        replay_id=row[3],
        state=state,
        attempts=row[5],
        due_at=columns.read_time(row[6]),
        last_result=row[7],
        last_status=row[8],
    )
