"""Webhooks, what waits for them, and attempts to reach them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.v1 import webhooks_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """
    An endpoint that gets events.

    `state` is "active", "failing", "disabled" or "expired"; backlog_events, lag and
    parked_events are set by `get` only. The filter is in `raw.filter`.
    """

    id: str
    url: str
    display_name: str
    message_view: str
    ordered_by_thread: bool
    max_concurrency: int
    timeout: timedelta | None
    headers: Mapping[str, str] = field(repr=False, hash=False)
    state: str
    disable_reason: str
    consecutive_failures: int
    success_time: datetime | None
    failing_since_time: datetime | None
    acked_cursor: str
    backlog_events: int
    lag: timedelta | None
    parked_events: int
    former_secret_expire_time: datetime | None
    create_time: datetime | None
    update_time: datetime | None
    etag: str
    raw: webhooks_pb2.Webhook = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWebhook:
    """
    A webhook with the secret that signs for it, which cannot be read again.

    `secret` is "" when an earlier call with the same request_id had made it.
    """

    webhook: Webhook
    secret: str = field(repr=False)
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDelivery:
    """An event on its way: `state` is "waiting", "leased" or "parked"."""

    event_id: str
    event_type: str
    state: str
    attempts: int
    next_attempt_time: datetime | None
    last_result: str
    last_status: int
    replay_id: str
    raw: webhooks_pb2.WebhookDelivery = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAttempt:
    """
    One request. `result` is "success", "timeout", "server_error" and so on.

    What was sent and the answer's header fields are there after `attempt` and `test`.
    """

    id: str
    webhook_id: str
    event_id: str
    event_type: str
    attempt: int
    replay_id: str
    create_time: datetime | None
    duration: timedelta | None
    result: str
    status: int
    diagnostic: str
    remote_address: str
    url: str
    request_headers: Mapping[str, str] = field(repr=False, hash=False)
    request_body: bytes = field(repr=False)
    request_sha256: str
    response_headers: Mapping[str, str] = field(repr=False, hash=False)
    response_body: bytes
    next_attempt_time: datetime | None
    raw: webhooks_pb2.WebhookAttempt = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDifference:
    """A value that is not the same in two attempts."""

    path: str
    first: str
    second: str
