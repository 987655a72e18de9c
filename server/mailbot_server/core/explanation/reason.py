"""What an explanation consists of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a reason is about; see DeliveryReason in deliveries.proto."""

    HOLD = "hold"
    CANCEL_REQUESTED = "cancel_requested"
    ACCOUNT = "account"
    INBOX = "inbox"
    SUSPENSION = "suspension"
    DESTINATION_LIMIT = "destination_limit"
    ATTEMPT = "attempt"
    SCHEDULE = "schedule"
    LAST_REPLY = "last_reply"
    LAST_ATTEMPT = "last_attempt"
    LIFETIME = "lifetime"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that decides, in words, and until when if that is known."""

    kind: Kind
    text: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All of it in a sentence or two, and what decides, the most important first."""

    summary: str
    reasons: tuple[Reason, ...]
