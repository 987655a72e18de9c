"""
What a report says of a delivery that had left us, written down.

It comes after the end: `core/delivery.AFTER` says what it may still change. The same
report may come twice; the second changes nothing.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from mailbot_server.core import bounce
from mailbot_server.core.bounce import Verdict
from mailbot_server.core.delivery import AFTER, Delivery, Stage, State
from mailbot_server.core.destination.provider import provider_of
from mailbot_server.core.event import AttemptDetail, EventType
from mailbot_server.core.mail.dsn import Action
from mailbot_server.core.mail.dsn.request import RcptRequest
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.reputation import Outcome
from mailbot_server.engine import suppressions
from mailbot_server.engine.inboxes import reputation
from mailbot_server.engine.outbound import notices
from mailbot_server.engine.outbound.announce import announce
from mailbot_server.store import deliveries, messages
from mailbot_server.store.database import Transaction
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

_TOLD: Final = {
    State.BOUNCED: EventType.MESSAGE_BOUNCED,
    State.DELIVERED: EventType.MESSAGE_DELIVERED,
}
_logger: Final = log.get("reported")


class Result(StrEnum):
    """What a report did; the label of a metric."""

    APPLIED = "applied"
    REPEATED = "repeated"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a report says of one recipient."""

    action: Action
    reply: Reply
    remote_host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """
    What was written down; `delivery` as it is now.

    `verdict` is None unless something was refused.
    """

    result: Result
    delivery: Delivery
    verdict: Verdict | None = None


def settle_report(
    tx: Transaction, delivery: Delivery, claim: Claim, *, proven: bool
) -> Settled:
    """
    Writes down what a report says of a delivery of ours, in its account.

    `proven`: it came to the delivery's own reverse-path. Any recipient of the message
    can write one that is not; that changes this delivery and nothing beyond it.

    Failed: message.bounced, and a suppression when the recipient is the reason.
    Delivered: message.delivered. Delayed: message.delayed, once for the same words,
    never a bounce. What has not left us yet is not changed by anybody's report.
    """
    # Two reports of the same may come at once; the second sees what the first did.
    delivery = deliveries.lock(tx, delivery)
    if claim.action is Action.DELAYED:
        return _delay(tx, delivery, claim)
    if _is_confirmation(delivery, claim):
        return _confirm(tx, delivery, claim)
    state = AFTER.get((delivery.state, claim.action))
    if state is None:
        done = delivery.state in _TOLD and delivery.state.is_terminal
        result = Result.REPEATED if done else Result.IGNORED
        return Settled(result=result, delivery=delivery)
    verdict = _verdict(claim)
    changed = replace(_with(delivery, claim, verdict), state=state)
    if not deliveries.correct(tx, delivery, changed):
        return Settled(result=Result.REPEATED, delivery=delivery)
    announce(tx, delivery, [(_TOLD[state], _detail(delivery, claim, verdict))])
    if proven and verdict is not None:
        _follow(tx, changed, verdict, claim.reply)
    return Settled(result=Result.APPLIED, delivery=changed, verdict=verdict)


def count(metrics: Metrics, settled: Settled) -> None:
    """Counts and logs what `settle_report` wrote, once that is durable."""
    metrics.reports.labels(settled.result.value).inc()
    delivery, verdict = settled.delivery, settled.verdict
    if verdict is not None:
        provider = provider_of(delivery.last_host or delivery.domain)
        metrics.bounces.labels(provider, verdict.bounce_class, "async").inc()
    _logger.info(
        "delivery_reported",
        account_id=delivery.account_id,
        message_id=delivery.message_id,
        delivery_id=delivery.id,
        recipient=log.mask(delivery.recipient),
        result=settled.result.value,
        state=delivery.state.value,
        bounce_class=verdict.bounce_class if verdict else "",
    )


def _follow(tx: Transaction, bounced: Delivery, verdict: Verdict, said: Reply) -> None:
    """What a bounce means for the inbox and for other mail to the recipient."""
    how = reputation.outcome_of(bounced.state, verdict.scope)
    if how is Outcome.HARD_BOUNCE:
        # As an outcome it was counted when the host took it.
        late = Outcome.LATE_BOUNCE
        reputation.settled(tx, bounced.account_id, bounced.inbox_id, late)
    suppressions.suppress_refused(tx, bounced, verdict, said.wire())


def _delay(tx: Transaction, delivery: Delivery, claim: Claim) -> Settled:
    if delivery.state is not State.SENT:
        return Settled(result=Result.IGNORED, delivery=delivery)
    changed = replace(delivery, last_reply=claim.reply)
    is_known = delivery.last_reply == claim.reply
    if is_known or not deliveries.correct(tx, delivery, changed):
        return Settled(result=Result.REPEATED, delivery=delivery)
    detail = _detail(delivery, claim, None)
    announce(tx, delivery, [(EventType.MESSAGE_DELAYED, detail)])
    return Settled(result=Result.APPLIED, delivery=changed)


def _is_confirmation(delivery: Delivery, claim: Claim) -> bool:
    """Whether it is the first report of what only an attempt had told."""
    is_so = claim.action is Action.DELIVERED and delivery.state is State.DELIVERED
    return is_so and delivery.last_stage == Stage.EOD


def _confirm(tx: Transaction, delivery: Delivery, claim: Claim) -> Settled:
    """
    A host reports what its own word had told already: nothing new but to a submitter.

    Who asked for a report of success waits for this one (RFC 3461 5.2.1).
    """
    changed = _with(delivery, claim, None)
    if not deliveries.correct(tx, delivery, changed):
        return Settled(result=Result.REPEATED, delivery=delivery)
    message = messages.get(tx, delivery.account_id, delivery.message_id)
    if message is not None and RcptRequest(notify=delivery.dsn_notify).wants_success:
        detail = _detail(delivery, claim, None)
        notices.tell(tx, delivery, message, [(EventType.MESSAGE_DELIVERED, detail)])
    return Settled(result=Result.REPEATED, delivery=changed)


def _verdict(claim: Claim) -> Verdict | None:
    if claim.action is not Action.FAILED:
        return None
    return bounce.classify(claim.reply, Stage.RCPT)


def _with(delivery: Delivery, claim: Claim, verdict: Verdict | None) -> Delivery:
    changed = replace(
        delivery,
        last_reply=claim.reply,
        last_host=claim.remote_host or delivery.last_host,
        last_stage=Stage.RCPT.value,
    )
    if verdict is None:
        return changed
    return replace(
        changed,
        bounce_class=verdict.bounce_class,
        bounce_scope=verdict.scope,
        rule_id=verdict.rule_id,
        permanent=verdict.permanent,
    )


def _detail(delivery: Delivery, claim: Claim, verdict: Verdict | None) -> AttemptDetail:
    return AttemptDetail(
        attempt=delivery.attempts,
        remote_host=claim.remote_host,
        stage=Stage.RCPT.value,
        reply=claim.reply,
        bounce_class=verdict.bounce_class if verdict else "",
        bounce_scope=verdict.scope if verdict else "",
        permanent=verdict.permanent if verdict else False,
        rule_id=verdict.rule_id if verdict else "",
        reported=True,
    )
