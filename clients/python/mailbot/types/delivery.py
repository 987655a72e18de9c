"""What calls about deliveries return."""

from dataclasses import dataclass, field
from datetime import datetime

from google.protobuf.message import Message as Protobuf

from mailbot.types.message import RecipientStatus
from mailbot.v1 import deliveries_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to one recipient."""

    id: str
    account_id: str
    inbox_id: str
    message_id: str
    status: RecipientStatus
    domain: str
    destination: str
    stream: str
    create_time: datetime | None
    release_time: datetime | None
    cancel_requested: bool
    raw: deliveries_pb2.Delivery = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReason:
    """One thing that decides what happens to a delivery."""

    kind: str
    text: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryExplanation:
    """Why a delivery is where it is, in words; `reasons`, the most important first."""

    delivery: Delivery
    summary: str
    reasons: tuple[DeliveryReason, ...]
    raw: deliveries_pb2.ExplainDeliveryResponse = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDeliveries:
    """What became of a call that moves deliveries."""

    changed: int
    """How many were moved: at most 10,000 a call."""
    more: bool
    """Whether there may be more: call again."""
    under_way: int = 0
    """Of those cancelled, such as end only if their attempt fails."""
    over_limit: int = 0
    """How many were not released, because a limit has no room for them."""
    raw: Protobuf = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryScope:
    """What a suspension stops; one of the three is set."""

    destination: str
    account_id: str
    inbox_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySuspension:
    """New attempts are stopped for a time."""

    scope: DeliveryScope
    reason: str
    suspended_by: str
    suspend_time: datetime | None
    resume_time: datetime | None
    raw: deliveries_pb2.DeliverySuspension = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where mail goes: the hosts that take it for one or many domains."""

    name: str
    attempts: int
    attempts_max: int
    connections: int
    waiting: int
    messages_per_minute: int
    reason: str
    until: datetime | None
    suspended: bool
    raw: deliveries_pb2.Destination = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueLine:
    """One line of an SMTP dialogue; `speaker` is client, server or note."""

    time: datetime
    host: str
    delivery_id: str
    speaker: str
    text: str
    raw: deliveries_pb2.TraceDestinationResponse = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassification:
    """How far stored refusals were classified again."""

    examined: int
    """Deliveries looked at so far."""
    changed: int
    """Of these, such as mean something else now."""
    lifted: int
    """Suppressions that a reply should not have caused."""
    raw: deliveries_pb2.ReclassifyDeliveriesResponse = field(repr=False, compare=False)
