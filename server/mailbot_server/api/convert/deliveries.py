"""Deliveries, suspensions, destinations and dialogues, to protobuf and back."""

from dataclasses import fields
from datetime import timedelta
from typing import Final

from mailbot.v1 import deliveries_pb2
from mailbot_server.api.convert import messages, times
from mailbot_server.core import ids
from mailbot_server.core.account import Principal
from mailbot_server.core.delivery import (
    CANCEL_REQUESTED,
    Delivery,
    DeliveryFilter,
    State,
)
from mailbot_server.core.errors import one_field
from mailbot_server.core.explanation import Explanation
from mailbot_server.core.mail.address import ascii_domain, fold
from mailbot_server.core.shaping import Scope, SiteStatus, Suspension
from mailbot_server.engine.outbound.smtp.dialogue import Direction, Line

TRACE_DEFAULT: Final = timedelta(minutes=5)
TRACE_MIN: Final = timedelta(seconds=1)
TRACE_MAX: Final = timedelta(hours=1)

_SCHEDULED: Final = timedelta(seconds=1)
"""What leaves so much later than it was accepted was meant to."""

_SCOPE_FIELD: Final = {
    Scope.DESTINATION: "destination",
    Scope.ACCOUNT: "account_id",
    Scope.INBOX: "inbox_id",
}
_SCOPE_OF: Final = {name: scope for scope, name in _SCOPE_FIELD.items()}
_Trace = deliveries_pb2.TraceDestinationResponse
_SPEAKER: Final = {
    Direction.SENT: _Trace.SPEAKER_CLIENT,
    Direction.HEARD: _Trace.SPEAKER_SERVER,
    Direction.NOTE: _Trace.SPEAKER_NOTE,
}


def to_proto(delivery: Delivery) -> deliveries_pb2.Delivery:
    """A delivery."""
    made_at = ids.made_at(delivery.id)
    is_later = delivery.queued_at - made_at >= _SCHEDULED
    is_leased = delivery.state is State.LEASED
    return deliveries_pb2.Delivery(
        id=delivery.id,
        account_id=delivery.account_id,
        inbox_id=delivery.inbox_id,
        message_id=delivery.message_id,
        status=messages.recipient(delivery),
        domain=delivery.domain,
        destination=delivery.site,
        stream=messages.stream(delivery.stream),
        create_time=times.to_proto(made_at),
        release_time=times.to_proto(delivery.queued_at) if is_later else None,
        cancel_requested=is_leased and delivery.hold_reason == CANCEL_REQUESTED,
    )


def filter_of(
    asked: deliveries_pb2.DeliveryFilter, inbox_id: str, principal: Principal
) -> DeliveryFilter:
    """The filter, narrowed to what the key may see; `inbox_id` is never an address."""
    return DeliveryFilter(
        account_id=None if asked.all_accounts else principal.account_id,
        ids=tuple(dict.fromkeys(asked.delivery_ids)),
        message_id=asked.message_id,
        inbox_id=inbox_id,
        states=messages.states_named(asked.states),
        domain=_domain(asked.recipient_domain),
        recipient=fold(asked.recipient.strip()),
        hold_reason=asked.hold_reason,
        bounce_class=asked.bounce_class,
        stream=messages.stream_named(asked.stream),
        after=times.from_proto(asked, "filter.after_time"),
        before=times.from_proto(asked, "filter.before_time"),
        visible_inbox_ids=principal.inbox_ids,
    )


def check_narrow(asked: deliveries_pb2.DeliveryFilter) -> None:
    """Raises InvalidInput for a filter that everything matches."""
    if not [field for field, _ in asked.ListFields() if field.name != "all_accounts"]:
        words = "must have a condition other than all_accounts, states for example"
        raise one_field("filter", words)


def explanation(
    delivery: Delivery, found: Explanation
) -> deliveries_pb2.ExplainDeliveryResponse:
    """Why a delivery is where it is."""
    reasons = [
        deliveries_pb2.DeliveryReason(
            kind=each.kind.value, text=each.text, until=times.to_proto(each.until)
        )
        for each in found.reasons
    ]
    return deliveries_pb2.ExplainDeliveryResponse(
        delivery=to_proto(delivery), summary=found.summary, reasons=reasons
    )


def scope_of(asked: deliveries_pb2.DeliveryScope) -> tuple[Scope, str]:
    """What is to be suspended or resumed; raises InvalidInput for nothing."""
    name = asked.WhichOneof("scope") or "destination"
    value = str(getattr(asked, name)).strip()
    if not value:
        words = "must name a destination, an account or an inbox"
        raise one_field(f"scope.{name}", words)
    return _SCOPE_OF[name], value


def suspension(found: Suspension) -> deliveries_pb2.DeliverySuspension:
    """A suspension."""
    scope = deliveries_pb2.DeliveryScope()
    setattr(scope, _SCOPE_FIELD[found.scope], found.name)
    return deliveries_pb2.DeliverySuspension(
        scope=scope,
        reason=found.reason,
        suspended_by=found.by if ids.is_id("key", found.by) else "mailbot",
        suspend_time=times.to_proto(found.created_at),
        resume_time=times.to_proto(found.until),
    )


def destination(found: SiteStatus) -> deliveries_pb2.Destination:
    """A destination as it is now."""
    values = {each.name: getattr(found, each.name) for each in fields(found)}
    values["until"] = times.to_proto(found.until)
    return deliveries_pb2.Destination(**values)


def trace_length(request: deliveries_pb2.TraceDestinationRequest) -> timedelta:
    """How long to watch; raises InvalidInput."""
    length = times.duration_of(request, "duration")
    if length is None:
        return TRACE_DEFAULT
    if not TRACE_MIN <= length <= TRACE_MAX:
        raise one_field("duration", "must be from 1 s to 1 h")
    return length


def line(said: Line) -> deliveries_pb2.TraceDestinationResponse:
    """A line of a dialogue."""
    return _Trace(
        time=times.to_proto(said.at),
        host=said.host,
        delivery_id=said.delivery_id,
        speaker=_SPEAKER[said.direction],
        text=said.text,
    )


def _domain(text: str) -> str:
    text = text.strip().lower()
    return ascii_domain(text) or text
