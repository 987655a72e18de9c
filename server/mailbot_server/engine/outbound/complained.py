"""
What a recipient's complaint about a delivery means, written down (RFC 5965).

Somebody complains once: while the address is suppressed for it, the same report again
changes nothing, and one about another message is told of but not counted.
"""

from dataclasses import dataclass
from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.core.destination.provider import provider_of
from mailbot_server.core.event import ComplaintDetail, EventType
from mailbot_server.core.mail.feedback.complaint import Complaint
from mailbot_server.core.reputation import Outcome
from mailbot_server.core.suppression import SuppressionReason
from mailbot_server.engine import suppressions
from mailbot_server.engine.inboxes import reputation
from mailbot_server.engine.outbound.announce import announce
from mailbot_server.engine.outbound.reported import Result
from mailbot_server.store import deliveries
from mailbot_server.store import suppressions as rows
from mailbot_server.store.database import Transaction
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

_logger: Final = log.get("complained")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What became of a complaint about a delivery."""

    result: Result
    delivery: Delivery
    feedback_type: str


def settle_complaint(
    tx: Transaction,
    delivery: Delivery,
    found: Complaint,
    *,
    proven: bool,
    report_message_id: str = "",
) -> Noted:
    """
    Writes down what a provider's feedback says of a delivery of ours, in its account.

    `proven`: it names the delivery's own reverse-path. Any recipient of the message can
    write one that does not; of that only message.complained tells.

    Proven: message.complained, a suppression of the recipient, and the inbox's
    reputation. Who only wants no more (opt-out) is suppressed and nothing else;
    feedback that blames nobody changes nothing.
    """
    if found.is_opt_out:
        result = _unsubscribe(tx, delivery, found) if proven else Result.IGNORED
    elif not found.is_complaint:
        result = Result.IGNORED
    else:
        result = _complain(tx, delivery, found, report_message_id, proven=proven)
    return Noted(result=result, delivery=delivery, feedback_type=found.feedback_type)


def count(metrics: Metrics, noted: Noted) -> None:
    """Counts and logs what `settle_complaint` wrote, once that is durable."""
    delivery = noted.delivery
    if noted.result is Result.APPLIED:
        provider = provider_of(delivery.last_host or delivery.domain)
        metrics.complaints.labels(provider).inc()
    _logger.info(
        "delivery_complained_about",
        account_id=delivery.account_id,
        message_id=delivery.message_id,
        delivery_id=delivery.id,
        recipient=log.mask(delivery.recipient),
        result=noted.result.value,
        feedback_type=noted.feedback_type,
    )


def _complain(
    tx: Transaction,
    delivery: Delivery,
    found: Complaint,
    report_message_id: str,
    *,
    proven: bool,
) -> Result:
    reason = SuppressionReason.COMPLAINT
    # Two reports of the same may come at once; the second sees what the first did.
    deliveries.lock(tx, delivery)
    if rows.caused(tx, delivery.account_id, delivery.id, reason):
        return Result.REPEATED
    detail = ComplaintDetail(
        feedback_type=found.feedback_type,
        reporter=found.reporter,
        arrived_at=found.arrived_at,
        report_message_id=report_message_id,
    )
    announce(tx, delivery, [(EventType.MESSAGE_COMPLAINED, detail)])
    if not proven:
        return Result.APPLIED
    added = suppressions.suppress_recipient(tx, delivery, reason, note=_note(found))
    if added is not None:
        # Once for each address: one recipient alone cannot ruin an inbox.
        complained = Outcome.COMPLAINT
        reputation.settled(tx, delivery.account_id, delivery.inbox_id, complained)
    return Result.APPLIED


def _unsubscribe(tx: Transaction, delivery: Delivery, found: Complaint) -> Result:
    reason = SuppressionReason.UNSUBSCRIBE
    added = suppressions.suppress_recipient(tx, delivery, reason, note=_note(found))
    return Result.REPEATED if added is None else Result.APPLIED


def _note(found: Complaint) -> str:
    return f"{found.feedback_type} reported by {found.reporter or 'a provider'}"
