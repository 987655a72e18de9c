"""
What somebody wants to have again: which events, for whom, and how many they are.

Planning reads, a bounded piece of the log at a time; only what it found is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.account import Principal
from mailbot_server.core.audit import Change
from mailbot_server.core.errors import LimitExceeded, NotFound
from mailbot_server.core.event import EventFilter
from mailbot_server.core.subscription import Subscription
from mailbot_server.core.timeline.replay import (
    COUNTED_MAX,
    RUNNING_MAX,
    Plan,
    Replay,
    ReplayState,
)
from mailbot_server.store import accounts, events, requests
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import rows
from mailbot_server.store.timeline import listing, replays
from mailbot_server.store.timeline.listing import Span

METHOD: Final = "ReplayEvents"
PIECE: Final = 500
"""Events that are handed over at a time."""

COUNTED: Final = 4_000
"""Events that are counted at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    Which events, by id or after `low` and up to `high` through `filter`.

    None is as far as the log is kept, or goes now. `digest` stands for the payload
    when `request_id` comes again.
    """

    target_ids: tuple[str, ...]
    filter: EventFilter
    event_ids: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    undelivered_only: bool = False
    request_id: str = ""
    digest: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A plan, and how many events it has for at least one of the targets."""

    plan: Plan
    event_count: int


async def count(db: Database, principal: Principal, asked: Asked) -> Counted:
    """
    What would be handed over; COUNTED_MAX stands for as many or more.

    Raises NotFound for an event or a target that the caller may not see, CursorGone.
    """
    plan = await db.read(_plan, principal, asked)
    position, total = plan.low, 0
    while position < plan.high and total < COUNTED_MAX:
        number, position = await db.read(_count, principal, asked, plan, position)
        total += number
    return Counted(plan=plan, event_count=min(total, COUNTED_MAX))


def earlier(
    tx: Transaction, principal: Principal, request_id: str, digest: bytes
) -> Replay | None:
    """
    The job that a call with this request_id has begun, whatever became of the log.

    Raises WrongState (REQUEST_ID_REUSED), and NotFound for one that is forgotten.
    """
    call = principal.account_id, METHOD, request_id
    found = requests.earlier(tx, *call, digest)
    return None if found is None else _made(tx, principal, found.result_id)


async def begin(
    db: Database, principal: Principal, asked: Asked
) -> tuple[Replay, bool]:
    """
    The new job, or the one that an earlier call made, and which it is.

    Raises as `count`, WrongState (REQUEST_ID_REUSED), and LimitExceeded.
    """
    if asked.request_id:
        made = await db.read(earlier, principal, asked.request_id, asked.digest)
        if made is not None:
            return made, True
    counted = await count(db, principal, asked)
    return await db.write(_create, principal, asked, counted)


def targets(
    tx: Transaction,
    principal: Principal,
    target_ids: Sequence[str],
    *,
    is_locked: bool = False,
) -> list[Subscription]:
    """The readers of these ids; raises NotFound for one that the caller may not see."""
    found = []
    for target_id in sorted(set(target_ids)):
        target = rows.get(tx, principal.account_id, target_id, is_locked=is_locked)
        if target is None or not principal.covers(target.filter.visible_inbox_ids):
            noun = "webhook" if target_id.startswith("whk_") else "subscription"
            raise NotFound(noun, target_id)
        found.append(target)
    return found


def _plan(tx: Transaction, principal: Principal, asked: Asked) -> Plan:
    targets(tx, principal, asked.target_ids)
    ends = events.ends(tx, principal.account_id)
    if asked.event_ids:
        found = sorted(_position(tx, principal, each) for each in set(asked.event_ids))
        return Plan(
            filter=EventFilter(visible_inbox_ids=principal.inbox_ids),
            positions=tuple(found),
            low=found[0] - 1,
            high=found[-1],
            undelivered_only=asked.undelivered_only,
        )
    low = ends.trimmed if asked.low is None else asked.low
    high = ends.head if asked.high is None else asked.high
    events.kept_after(tx, principal.account_id, low)
    return Plan(
        filter=asked.filter,
        low=low,
        high=max(low, high),
        undelivered_only=asked.undelivered_only,
    )


def _position(tx: Transaction, principal: Principal, event_id: str) -> int:
    found = events.find(tx, principal.account_id, event_id)
    if found is None or not principal.may_see(found.inbox_id):
        raise NotFound("event", event_id)
    return found.position


def _count(
    tx: Transaction, principal: Principal, asked: Asked, plan: Plan, position: int
) -> tuple[int, int]:
    """How many of the next piece are meant, and where it ends."""
    readers = targets(tx, principal, asked.target_ids)
    found = piece(tx, principal.account_id, plan, position, COUNTED)
    meant: set[int] = set()
    for target in readers:
        meant.update(replays.eligible(tx, target, found.positions, plan))
    return len(meant), found.scanned


def piece(
    tx: Transaction, account_id: str, plan: Plan, position: int, limit: int
) -> listing.Found:
    """The next events of a plan after `position`; at its end `scanned` is `high`."""
    if plan.positions:
        left = [each for each in plan.positions if each > position]
        shown = left[:limit]
        end = plan.high if len(left) <= limit else shown[-1]
        return listing.Found(positions=shown, scanned=end)
    # What was trimmed meanwhile is left out.
    low = max(position, events.ends(tx, account_id).trimmed)
    span = Span(low=min(low, plan.high), high=plan.high)
    return listing.positions(
        tx, account_id, plan.filter, span, limit, newest_first=False
    )


def _create(
    tx: Transaction, principal: Principal, asked: Asked, counted: Counted
) -> tuple[Replay, bool]:
    account_id, replay_id = principal.account_id, tx.new_id("rpl")
    if asked.request_id:
        call = (account_id, METHOD, asked.request_id)
        found = requests.claim(tx, *call, asked.digest, replay_id)
        if found is not None:
            return _made(tx, principal, found.result_id), True
    readers = targets(tx, principal, asked.target_ids)
    accounts.lock(tx, account_id)
    if replays.count_running(tx, account_id) >= RUNNING_MAX:
        raise _too_many(account_id)
    plan = counted.plan
    is_nothing = plan.low >= plan.high
    made = Replay(
        id=replay_id,
        account_id=account_id,
        state=ReplayState.DONE if is_nothing else ReplayState.RUNNING,
        plan=plan,
        target_ids=tuple(each.id for each in readers),
        position=plan.low,
        event_count=counted.event_count,
        created_by=principal.key_id,
        created_at=tx.now,
        ended_at=tx.now if is_nothing else None,
    )
    replays.add(tx, made)
    tx.audit(
        Change(
            account_id=account_id,
            action="replay.create",
            resource_type="replay",
            resource_id=replay_id,
            after={
                "target_ids": made.target_ids,
                "filter": plan.filter,
                "event_ids": asked.event_ids[:20],
                "event_count": made.event_count,
                "undelivered_only": plan.undelivered_only,
            },
        )
    )
    return made, False


def _made(tx: Transaction, principal: Principal, replay_id: str) -> Replay:
    found = replays.get(tx, principal.account_id, replay_id)
    if found is None:
        raise NotFound("replay", replay_id)
    return found


def _too_many(account_id: str) -> LimitExceeded:
    return LimitExceeded(
        f"the account has {RUNNING_MAX} replays that run, which is all it can have;"
        " wait for one, or cancel it",
        reason="TOO_MANY_REPLAYS",
        subject=f"account:{account_id}",
        details={"limit": str(RUNNING_MAX)},
    )
