"""
Deliveries that the settings let nothing come of are held from their beginning.

The queue would find the same when it had leased them: two operations more, one of them
after the caller was told that they are queued.
"""

from collections.abc import Sequence
from dataclasses import replace

from mailbot_server.core.delivery import Delivery, State, Step, advance
from mailbot_server.core.event import Event, EventType, HoldDetail
from mailbot_server.core.message import Message
from mailbot_server.engine.outbound.routing import stays
from mailbot_server.engine.outbound.submission.order import Order
from mailbot_server.store import inboxes
from mailbot_server.store.database import Transaction


def held(tx: Transaction, order: Order, made: Sequence[Delivery]) -> list[Delivery]:
    """
    New deliveries, held where they could leave now and the settings do not let them.

    What waits for its time is looked at then, and for inboxes of this server no way is
    asked for.
    """
    why = dict(order.stays)
    ready = [each.recipient for each in made if _is_ready(tx, each)]
    staying = [recipient for recipient in ready if recipient in why]
    here = inboxes.hosted(tx, staying)
    kept = {recipient: why[recipient] for recipient in staying if recipient not in here}
    return [
        _held(each, kept[each.recipient]) if each.recipient in kept else each
        for each in made
    ]


def tell(
    tx: Transaction, order: Order, message: Message, made: Sequence[Delivery]
) -> None:
    """An event for each that is held so."""
    if not order.stays:
        return
    for delivery in made:
        if delivery.hold_reason in stays.WORDS:
            tx.emit(_event(message, delivery))


def _is_ready(tx: Transaction, delivery: Delivery) -> bool:
    return delivery.state is State.QUEUED and delivery.due_at <= tx.now


def _held(delivery: Delivery, reason: str) -> Delivery:
    state = advance(delivery.state, Step.HOLD)
    words = stays.WORDS[reason]
    return replace(delivery, state=state, hold_reason=reason, diagnostic=words)


def _event(message: Message, delivery: Delivery) -> Event:
    detail = HoldDetail(reason=delivery.hold_reason, explanation=delivery.diagnostic)
    return Event(
        type=EventType.MESSAGE_HELD,
        account_id=message.account_id,
        inbox_id=message.inbox_id,
        thread_id=message.thread_id,
        message_id=message.id,
        delivery_id=delivery.id,
        recipient=delivery.recipient,
        metadata=message.metadata,
        detail=detail,
    )
