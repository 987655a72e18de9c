"""
For those who receive webhooks: whether a request is the server's, and what it tells.

    from mailbot import webhooks

    told = webhooks.verify(request.headers, request.body, secret)
    if told.type == "message.received":
        print(told.event.content.subject)

Needs the body as it came, byte for byte. The signature is that of Standard Webhooks.
"""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from google.protobuf import json_format

from mailbot.convert import result
from mailbot.types import Event
from mailbot.v1 import events_pb2

TOLERANCE_SECONDS = 300.0
"""So much older or newer than now a request may be; a recorded one is refused later."""

_PREFIX = "whsec_"
_VERSION = "v1,"


class WebhookVerificationError(ValueError):
    """The request is not one that the server has sent a moment ago: answer 400."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPayload:
    """What a request tells. Its `id` is the same when it is sent again: remember it."""

    id: str
    """The event's."""
    type: str
    """For example "message.received"."""
    timestamp: datetime
    """When it was sent."""
    data: Mapping[str, Any] = field(repr=False)
    """The event as JSON."""

    @property
    def event(self) -> Event:
        """The event as `MailBot.events` gives it, as far as this version knows it."""
        proto = events_pb2.Event()
        json_format.ParseDict(dict(self.data), proto, ignore_unknown_fields=True)
        return result(Event, proto)


def verify(
    headers: Mapping[str, str],
    body: bytes | str,
    secrets: str | Iterable[str],
    *,
    tolerance: float = TOLERANCE_SECONDS,
    now: float | None = None,
) -> WebhookPayload:
    """
    What a request tells, if one of the secrets has signed it a moment ago.

    `headers` in any case; `secrets` one "whsec_..." or, while it is being replaced,
    both; `now` seconds since 1970, for tests. Raises WebhookVerificationError.
    """
    known = {name.lower(): value for name, value in headers.items()}
    event_id, stamp, signatures = (
        _field(known, name)
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    )
    sent_at = _checked_time(stamp, time.time() if now is None else now, tolerance)
    raw = body.encode() if isinstance(body, str) else bytes(body)
    signed = f"{event_id}.{stamp}.".encode() + raw
    given = [each for each in signatures.split(" ") if each.startswith(_VERSION)]
    # Everything is compared, however early one fits.
    fits = [
        hmac.compare_digest(_signature(secret, signed), each.encode())
        for secret in _secrets(secrets)
        for each in given
    ]
    if not any(fits):
        raise WebhookVerificationError("no signature fits: is it the right secret?")
    return _payload(event_id, sent_at, raw)


def _field(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "")
    if not value:
        raise WebhookVerificationError(f"the header field {name} is missing")
    return value


def _checked_time(stamp: str, now: float, tolerance: float) -> datetime:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        raise WebhookVerificationError("webhook-timestamp is not a number of seconds")
    seconds = int(stamp)
    if abs(now - seconds) > tolerance:
        raise WebhookVerificationError("webhook-timestamp is too far from now")
    return datetime.fromtimestamp(seconds, tz=UTC)


def _secrets(secrets: str | Iterable[str]) -> list[bytes]:
    texts = [secrets] if isinstance(secrets, str) else list(secrets)
    if not texts:
        raise ValueError("give at least one secret")
    return [_key(text) for text in texts]


def _key(text: str) -> bytes:
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a secret looks like whsec_...") from error


def _signature(secret: bytes, signed: bytes) -> bytes:
    digest = hmac.digest(secret, signed, hashlib.sha256)
    return _VERSION.encode() + base64.b64encode(digest)


def _payload(event_id: str, sent_at: datetime, raw: bytes) -> WebhookPayload:
    try:
        told = json.loads(raw)
        kind, data = str(told["type"]), dict(told["data"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise WebhookVerificationError("the body is not a webhook's") from error
    return WebhookPayload(id=event_id, type=kind, timestamp=sent_at, data=data)
