"""One request to an endpoint, with everything that was sent and came back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.webhook.result import Result

PREFIX: Final = "wat"
"""Of the ids of attempts."""

KEPT: Final = timedelta(days=30)
RESPONSE_BYTES_MAX: Final = 1024
RESPONSE_FIELDS_MAX: Final = 50
DIAGNOSTIC_MAX: Final = 300
HIDDEN: Final = "…"
"""In place of the values that callers gave for header fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request, before anybody says what that means for a delivery."""

    result: Result
    status: int = 0
    diagnostic: str = ""
    remote_address: str = ""
    duration_seconds: float = 0.0
    retry_after: timedelta | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """
    A request that was sent, or would have been had the address allowed it.

    `request_headers` hold no value that a caller gave; `number` is 1 for the first.
    """

    id: str
    account_id: str
    webhook_id: str
    event_id: str
    event_type: str
    number: int
    replay_id: str
    started_at: datetime
    url: str
    request_headers: Mapping[str, str]
    request_body: bytes
    answer: Answer
    next_at: datetime | None = None
