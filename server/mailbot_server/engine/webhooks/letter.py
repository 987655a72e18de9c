"""What is sent to an endpoint: its header fields, signed for every valid secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.webhook import signature
from mailbot_server.core.webhook.attempt import HIDDEN
from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.engine.webhooks.client import Request
from mailbot_server.engine.webhooks.sealing import Safe

_ALWAYS: Final = {
    "content-type": "application/json",
    "user-agent": "mailbot-webhooks/1",
    "accept-encoding": "identity",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An endpoint with what only the engine sees of it."""

    endpoint: Endpoint
    secret: bytes
    former_secret: bytes | None
    headers: Mapping[str, str]

    def secrets(self, now: datetime) -> list[bytes]:
        """Those that sign now, the current one first."""
        former = self.former_secret
        is_valid = former is not None and self.endpoint.former_secret(now) is not None
        return [self.secret, former] if is_valid and former else [self.secret]


def opened(safe: Safe, endpoint: Endpoint) -> Opened:
    """The endpoint with its secrets; raises SealBroken."""
    return Opened(
        endpoint=endpoint,
        secret=safe.secret(endpoint.id, endpoint.sealed_secret),
        former_secret=safe.former_secret(endpoint),
        headers=safe.headers(endpoint),
    )


def compose(
    to: Opened, event_id: str, body: bytes, now: datetime
) -> tuple[Request, dict[str, str]]:
    """The request, and its header fields as they may be shown: no caller's values."""
    signed = signature.fields(to.secrets(now), event_id, int(now.timestamp()), body)
    ours = _ALWAYS | signed
    request = Request(
        url=to.endpoint.url,
        body=body,
        headers={**to.headers, **ours},
        timeout=to.endpoint.timeout,
    )
    hidden = dict.fromkeys((name.lower() for name in to.headers), HIDDEN)
    return request, {**ours, **hidden}
