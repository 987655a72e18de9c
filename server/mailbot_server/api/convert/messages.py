"""Messages, recipients and drafts."""

from collections.abc import Iterable, Sequence
from typing import Final

from mailbot.v1 import inboxes_pb2, messages_pb2
from mailbot_server.api.convert import contents, times
from mailbot_server.api.convert.events import attachment, mailbox, reply
from mailbot_server.api.convert.screening import KIND
from mailbot_server.api.convert.verdicts import authentication
from mailbot_server.core.account import Principal
from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.mail.address import Mailbox, fold
from mailbot_server.core.mail.draft import AttachmentBody
from mailbot_server.core.message import (
    Direction,
    Guarantee,
    Message,
    MessageFilter,
    Overflow,
    Quarantine,
    Stream,
)
from mailbot_server.core.tracking import asked
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.engine.content import Content

_DIRECTION: Final = {
    Direction.INBOUND: messages_pb2.DIRECTION_INBOUND,
    Direction.OUTBOUND: messages_pb2.DIRECTION_OUTBOUND,
}
_DIRECTION_OF: Final = {number: way for way, number in _DIRECTION.items()}
_STREAM: Final = {
    Stream.TRANSACTIONAL: messages_pb2.MESSAGE_STREAM_TRANSACTIONAL,
    Stream.BULK: messages_pb2.MESSAGE_STREAM_BULK,
}
_STREAM_OF: Final = {number: stream for stream, number in _STREAM.items()}
_GUARANTEE: Final = {
    Guarantee.AT_LEAST_ONCE: messages_pb2.DELIVERY_GUARANTEE_AT_LEAST_ONCE,
    Guarantee.AT_MOST_ONCE: messages_pb2.DELIVERY_GUARANTEE_AT_MOST_ONCE,
}
_GUARANTEE_OF: Final = {number: choice for choice, number in _GUARANTEE.items()}
_STATE: Final = {
    State.QUEUED: messages_pb2.DELIVERY_STATE_QUEUED,
    State.LEASED: messages_pb2.DELIVERY_STATE_LEASED,
    State.DEFERRED: messages_pb2.DELIVERY_STATE_DEFERRED,
    State.HELD: messages_pb2.DELIVERY_STATE_HELD,
    State.SENT: messages_pb2.DELIVERY_STATE_SENT,
    State.DELIVERED: messages_pb2.DELIVERY_STATE_DELIVERED,
    State.BOUNCED: messages_pb2.DELIVERY_STATE_BOUNCED,
    State.FAILED: messages_pb2.DELIVERY_STATE_FAILED,
    State.SUPPRESSED: messages_pb2.DELIVERY_STATE_SUPPRESSED,
    State.CANCELLED: messages_pb2.DELIVERY_STATE_CANCELLED,
    State.EXPIRED: messages_pb2.DELIVERY_STATE_EXPIRED,
    State.UNKNOWN: messages_pb2.DELIVERY_STATE_UNKNOWN,
}
_STATE_OF: Final = {number: state for state, number in _STATE.items()}
_OVERFLOW_OF: Final = {
    messages_pb2.LIMIT_OVERFLOW_REJECT: Overflow.REJECT,
    messages_pb2.LIMIT_OVERFLOW_QUEUE: Overflow.QUEUE,
    messages_pb2.LIMIT_OVERFLOW_HOLD: Overflow.HOLD,
}
_WAITING: Final = frozenset({State.QUEUED, State.DEFERRED})


def to_proto(
    message: Message,
    deliveries: Sequence[Delivery] = (),
    content: Content | None = None,
) -> messages_pb2.Message:
    """A message; with `content` the full view."""
    result = messages_pb2.Message(
        id=message.id,
        inbox_id=message.inbox_id,
        thread_id=message.thread_id,
        direction=_DIRECTION[message.direction],
        sender=mailbox(message.sender) if message.sender else None,
        to=_mailboxes(message.addressees.to),
        cc=_mailboxes(message.addressees.cc),
        bcc=_mailboxes(message.addressees.bcc),
        reply_to=_mailboxes(message.addressees.reply_to),
        subject=message.subject,
        snippet=message.snippet,
        rfc822_message_id=message.rfc822_message_id,
        in_reply_to=message.in_reply_to,
        references=message.references,
        attachments=[attachment(item) for item in message.attachments],
        labels=message.labels,
        metadata=dict(message.metadata),
        size_bytes=message.size_bytes,
        sha256=message.sha256,
        recipients=[recipient(delivery) for delivery in deliveries],
        create_time=times.to_proto(message.created_at) if message.id else None,
        date=times.to_proto(message.date_at),
        envelope_recipient=message.envelope_recipient,
        tag=message.tag,
        automated=message.automated,
        duplicate_of=message.duplicate_of,
        defects=message.defects,
        kind=KIND[message.kind],
        quarantine=_quarantine(message.quarantine),
        authentication=authentication(message.verdicts),
        redacted=message.is_redacted,
        legal_hold=message.legal_hold,
    )
    _set_way(result, message)
    if content is not None:
        contents.fill(result, content)
    return result


def _quarantine(found: Quarantine | None) -> messages_pb2.Quarantine | None:
    if found is None:
        return None
    return messages_pb2.Quarantine(
        reason=found.reason,
        explanation=found.explanation,
        release_time=times.to_proto(found.released_at),
        released_by=found.released_by,
    )


def _set_way(result: messages_pb2.Message, message: Message) -> None:
    if message.direction is Direction.OUTBOUND:
        result.stream = _STREAM[message.stream]
        result.guarantee = _GUARANTEE[message.guarantee]
        if (asked_for := tracking(message.tracking)) is not None:
            result.tracking.CopyFrom(asked_for)
    else:
        result.envelope_sender = message.envelope_sender


def recipient(delivery: Delivery) -> messages_pb2.RecipientStatus:
    """How it stands with one recipient."""
    waits = delivery.state in _WAITING
    return messages_pb2.RecipientStatus(
        delivery_id=delivery.id,
        address=delivery.recipient,
        state=_STATE[delivery.state],
        attempts=delivery.attempts,
        next_attempt_time=times.to_proto(delivery.due_at) if waits else None,
        expire_time=times.to_proto(delivery.gives_up_at),
        last_reply=reply(delivery.last_reply, delivery.last_host),
        hold_reason=delivery.hold_reason if delivery.state is State.HELD else "",
        diagnostic=delivery.diagnostic,
        bounce_class=delivery.bounce_class,
        update_time=times.to_proto(delivery.updated_at),
        opens=delivery.opens,
        clicks=delivery.clicks,
        reply_time=times.to_proto(delivery.replied_at),
    )


def tracking(asked_for: Tracking) -> messages_pb2.Tracking | None:
    """What is learnt of recipients, None for nothing."""
    if asked_for == asked.NOTHING:
        return None
    return messages_pb2.Tracking(
        opens=asked_for.opens,
        clicks=asked_for.clicks,
        text_clicks=asked_for.text_clicks,
    )


def tracking_of(
    resource: messages_pb2.DeliveryOptions | inboxes_pb2.Inbox,
) -> Tracking | None:
    """What is asked for, None where nothing is said."""
    if not resource.HasField("tracking"):
        return None
    wanted = resource.tracking
    return Tracking(
        opens=wanted.opens, clicks=wanted.clicks, text_clicks=wanted.text_clicks
    )


def mailboxes_of(boxes: Sequence[messages_pb2.Mailbox]) -> tuple[Mailbox, ...]:
    """Addresses as the caller wrote them; `draft.check` judges them."""
    return tuple(
        Mailbox(address=box.address.strip(), display_name=box.display_name)
        for box in boxes
    )


def inline_attachment(item: messages_pb2.OutgoingAttachment) -> AttachmentBody:
    """An attachment whose bytes came with the request."""
    return AttachmentBody(
        filename=item.filename,
        content_type=item.content_type,
        content_id=item.content_id,
        data=item.data,
    )


def stream(kind: Stream) -> messages_pb2.MessageStream:
    """The kind of traffic."""
    return _STREAM[kind]


def stream_named(number: messages_pb2.MessageStream) -> Stream | None:
    """The kind of traffic that a filter names, None for any."""
    return _STREAM_OF.get(number)


def states_named(
    numbers: Iterable[messages_pb2.DeliveryState],
) -> tuple[State, ...]:
    """The states that a filter names."""
    return tuple(_STATE_OF[number] for number in numbers)


def stream_of(options: messages_pb2.DeliveryOptions) -> Stream:
    """Transactional unless said otherwise."""
    return _STREAM_OF.get(options.stream, Stream.TRANSACTIONAL)


def guarantee_of(options: messages_pb2.DeliveryOptions) -> Guarantee:
    """At least once unless said otherwise."""
    return _GUARANTEE_OF.get(options.guarantee, Guarantee.AT_LEAST_ONCE)


def overflow_of(options: messages_pb2.DeliveryOptions) -> Overflow:
    """Refused unless said otherwise."""
    return _OVERFLOW_OF.get(options.overflow, Overflow.REJECT)


def filter_of(
    wanted: messages_pb2.MessageFilter, inbox_id: str, principal: Principal
) -> MessageFilter:
    """The filter, narrowed to what the key may see; `inbox_id` is never an address."""
    return MessageFilter(
        inbox_id=inbox_id,
        thread_id=wanted.thread_id,
        direction=_DIRECTION_OF.get(wanted.direction),
        sender_address=fold(wanted.sender_address),
        labels=tuple(wanted.labels),
        after=times.from_proto(wanted, "filter.after_time"),
        before=times.from_proto(wanted, "filter.before_time"),
        rfc822_message_id=wanted.rfc822_message_id.strip().strip("<>"),
        is_quarantined=wanted.quarantined,
        visible_inbox_ids=principal.inbox_ids,
    )


def _mailboxes(boxes: Sequence[Mailbox]) -> list[messages_pb2.Mailbox]:
    return [mailbox(box) for box in boxes]
