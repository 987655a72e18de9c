"""
What an attempt means, written down: state, reply, next attempt and events at once.

Only who holds the lease writes. A result that comes after the lease was lost writes
nothing: somebody else has the delivery, or has ended it.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from mailbot_server.core.delivery import (
    CANCELLED_BY_CALLER,
    Accepted,
    Deferred,
    Delivery,
    Failed,
    Lost,
    Outcome,
    Refused,
    Stage,
    State,
    Step,
    Trace,
    advance,
)
from mailbot_server.core.destination.provider import provider_of
from mailbot_server.core.event import Detail, EventType, HoldDetail
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.judgement import Judgement, judge
from mailbot_server.core.reputation import Outcome as Counted
from mailbot_server.engine import suppressions
from mailbot_server.engine.inboxes import reputation
from mailbot_server.engine.inboxes.state import CANCELLED_BY_DISABLING
from mailbot_server.engine.outbound.announce import announce
from mailbot_server.engine.outbound.travel import Result
from mailbot_server.store import deliveries, inboxes, messages
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

_DISABLED: Final = HoldDetail(
    reason=CANCELLED_BY_DISABLING,
    explanation="the inbox was disabled before the message was delivered",
)
_CALLED_BACK: Final = HoldDetail(
    reason=CANCELLED_BY_CALLER,
    explanation="it was to be cancelled if the attempt under way failed",
)
_ACCEPTED: Final = (State.DELIVERED.value, State.SENT.value)
_ABANDONED: Final = "the process that was delivering it ended before it could say how"
_logger: Final = log.get("settle")


class Settled(NamedTuple):
    """
    What was written down, as much of it as anybody asks for.

    `outcome` is the one that counted, in the words of the metrics.
    """

    id: str
    state: State
    outcome: str
    attempts: int
    bounce_class: str


async def settle(
    db: Database, metrics: Metrics, lease: Delivery, outcome: Outcome, *, jitter: float
) -> Settled | None:
    """
    Writes down how an attempt ended; what became of the delivery.

    None when the lease was lost meanwhile. `jitter` in [-1, 1] spreads retries. One
    operation; touches "deliveries". Raises Unavailable.
    """
    result = Result(lease=lease, outcome=outcome, jitter=jitter)
    [settled] = await settle_all(db, metrics, [result])
    return settled


async def settle_all(
    db: Database, metrics: Metrics, results: Sequence[Result]
) -> list[Settled | None]:
    """The same for several results of one account, in the order given."""
    settled = await db.write(_settle, results)
    for result, each in zip(results, settled, strict=True):
        _tell(metrics, result, each)
    return settled


def _tell(metrics: Metrics, result: Result, settled: Settled | None) -> None:
    lease, trace = result.lease, result.outcome.trace
    if settled is None:
        metrics.queue_fencing_rejections.inc()
        _logger.warning("result_came_too_late", delivery_id=lease.id)
    else:
        _count(metrics, lease, trace, settled)
        if log.tells(logging.INFO):
            _note(lease, trace, settled)


async def settle_lost(
    db: Database, metrics: Metrics, lease: Delivery, now: datetime
) -> None:
    """
    Ends a lease whose holder is gone, unless that lives after all and has renewed it.

    What had not started goes back to the queue. What had may have been delivered:
    message.unknown, and another attempt or the end, as its guarantee says.
    """
    changed = await db.write(_settle_lost, lease, now)
    if changed is None:
        metrics.queue_fencing_rejections.inc()
        return
    metrics.queue_leases_expired.inc()
    has_begun = changed.attempts > lease.attempts
    if has_begun:
        unknown = State.UNKNOWN.value
        provider = provider_of(lease.domain)
        metrics.delivery_attempts.labels(provider, unknown).inc()
    _count_end(metrics, changed, changed.state, changed.attempts)
    _logger.warning("lease_lost", delivery_id=lease.id, started=has_begun)


def _settle(tx: Transaction, results: Sequence[Result]) -> list[Settled | None]:
    bearings = messages.bearings_of(tx, [each.lease.message_id for each in results])
    # Everybody who changes several deliveries does so in this order.
    judged = {
        result.lease.id: _settle_one(
            tx, result, bearings.get(result.lease.message_id, messages.NO_BEARINGS)
        )
        for result in sorted(results, key=lambda result: result.lease.id)
    }
    _count_for_reputation(tx, [each.changed for each in judged.values() if each])
    # All of a judgement costs more on its way from the writer's process than to judge.
    ours = (judged[result.lease.id] for result in results)
    return [_settled(each) if each else None for each in ours]


def _settled(judgement: Judgement) -> Settled:
    changed = judgement.changed
    return Settled(
        id=changed.id,
        state=changed.state,
        outcome=_name(judgement.outcome),
        attempts=changed.attempts,
        bounce_class=changed.bounce_class,
    )


def _settle_one(
    tx: Transaction, result: Result, bearings: messages.Bearings
) -> Judgement | None:
    lease, outcome = result.lease, result.outcome
    judgement = judge(lease, outcome, tx.now, result.jitter)
    facts: list[tuple[EventType, Detail]]
    facts = [(kind, judgement.detail) for kind in judgement.told]
    if judgement.step is Step.DEFER and (why := _why_called_back(tx, lease)):
        judgement, last = _called_back(judgement, lease, why)
        facts = [(EventType.MESSAGE_ATTEMPTED, judgement.detail), last]
    if not deliveries.write(tx, lease, judgement.changed):
        return None
    host_reports = outcome.trace.will_report
    announce(tx, lease, facts, host_reports=host_reports, bearings=bearings)
    if judgement.step is Step.BOUNCE:
        note = _said(judgement.outcome.trace)
        suppressions.suppress_refused(tx, lease, judgement.verdict, note)
    return judgement


def _count_for_reputation(tx: Transaction, changed: Sequence[Delivery]) -> None:
    counted = Counter(
        (each.inbox_id, each.account_id, how)
        for each in changed
        if (how := reputation.outcome_of(each.state, each.bounce_scope)) is not None
    )
    # By inbox, and first what speaks for it.
    for inbox_id, account_id, how in sorted(
        counted, key=lambda key: (key[0], key[2] is not Counted.OTHER)
    ):
        times = counted[inbox_id, account_id, how]
        reputation.settled(tx, account_id, inbox_id, how, times)


def _said(trace: Trace) -> str:
    """What was the cause, for the note of a suppression."""
    reply = trace.reply
    if reply is None or reply.code == 0:
        return trace.diagnostic
    words = (str(reply.code), reply.enhanced, reply.text)
    return " ".join(word for word in words if word)


def _why_called_back(tx: Transaction, lease: Delivery) -> HoldDetail | None:
    """Why a delivery has no next attempt: what was said while it was under way."""
    inbox = inboxes.get(tx, lease.account_id, lease.inbox_id)
    if inbox is None or inbox.state is InboxState.DISABLED:
        return _DISABLED
    return _CALLED_BACK if deliveries.is_called_back(tx, lease) else None


def _called_back(
    judgement: Judgement, lease: Delivery, why: HoldDetail
) -> tuple[Judgement, tuple[EventType, Detail]]:
    """There is no next attempt; what may have been taken is never called cancelled."""
    detail = replace(judgement.detail, next_attempt_at=None)
    step = Step.CANCEL
    last: tuple[EventType, Detail] = (EventType.MESSAGE_CANCELLED, why)
    if isinstance(judgement.outcome, Lost):
        step, last = Step.GIVE_UP_UNKNOWN, (EventType.MESSAGE_UNKNOWN, detail)
    changed = replace(judgement.changed, state=advance(lease.state, step))
    called_back = replace(judgement, step=step, changed=changed, detail=detail)
    return called_back, last


def _settle_lost(tx: Transaction, found: Delivery, now: datetime) -> Delivery | None:
    # Who holds it may have begun since: that is not to be sent as if it had not.
    lease = deliveries.still_lost(tx, found)
    if lease is None:
        return None
    if not lease.started:
        state = advance(lease.state, Step.RETURN)
        back = replace(lease, state=state, due_at=now)
        return back if deliveries.write(tx, lease, back) else None
    # As it was found it may say that it is to be cancelled.
    lease = replace(lease, hold_reason="")
    trace = Trace(stage=Stage.EOD, diagnostic=_ABANDONED, started_at=lease.updated_at)
    judgement = judge(lease, Lost(trace=trace), now, jitter=0.0)
    told = judgement.told
    if judgement.step is Step.DEFER and (why := _why_called_back(tx, lease)):
        judgement, _ = _called_back(judgement, lease, why)
        told = told[:2]
    if not deliveries.write(tx, lease, judgement.changed):
        return None
    # Whether and how it was attempted is what nobody knows.
    announce(tx, lease, [(kind, judgement.detail) for kind in told[1:]])
    _count_for_reputation(tx, [judgement.changed])
    return judgement.changed


def _count(metrics: Metrics, lease: Delivery, trace: Trace, settled: Settled) -> None:
    name, bounce_class = settled.outcome, settled.bounce_class
    provider = provider_of(trace.host or lease.domain)
    metrics.delivery_attempts.labels(provider, name).inc()
    metrics.delivery_attempt_duration.labels(name).observe(trace.duration_seconds)
    if bounce_class and name == State.DEFERRED.value:
        metrics.deferrals.labels(provider, bounce_class).inc()
    if bounce_class and name == State.BOUNCED.value:
        metrics.bounces.labels(provider, bounce_class, "sync").inc()
    if name in _ACCEPTED:
        waited = trace.started_at - lease.queued_at
        latency = waited.total_seconds() + trace.duration_seconds
        metrics.delivery_latency.labels(lease.stream.value).observe(latency)
    _count_end(metrics, lease, settled.state, settled.attempts)


def _count_end(metrics: Metrics, of: Delivery, state: State, attempts: int) -> None:
    if state.is_terminal:
        metrics.deliveries.labels(of.stream.value, state.value).inc()
        metrics.delivery_attempts_per_recipient.labels(state.value).observe(attempts)


def _name(outcome: Outcome) -> str:
    """An outcome in the words of the metrics."""
    match outcome:
        case Accepted(is_final=True):
            return State.DELIVERED.value
        case Accepted():
            return State.SENT.value
        case Deferred():
            return State.DEFERRED.value
        case Refused():
            return State.BOUNCED.value
        case Failed():
            return State.FAILED.value
        case Lost():
            return State.UNKNOWN.value


def _note(lease: Delivery, trace: Trace, settled: Settled) -> None:
    _logger.info(
        "delivery_attempted",
        account_id=lease.account_id,
        message_id=lease.message_id,
        delivery_id=lease.id,
        recipient=log.mask(lease.recipient),
        attempt=settled.attempts,
        outcome=settled.outcome,
        state=settled.state.value,
        route=trace.route,
        stage=trace.stage.value,
        host=trace.host,
        code=trace.reply.code if trace.reply else 0,
        enhanced=trace.reply.enhanced if trace.reply else "",
        bounce_class=settled.bounce_class,
        tls=trace.tls_level,
        seconds=round(trace.duration_seconds, 3),
    )
