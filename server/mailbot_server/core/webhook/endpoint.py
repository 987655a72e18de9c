"""An endpoint as it is kept: where it is, how it is spoken to, and how it fares."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.webhook.health import Health

TIMEOUT: Final = timedelta(seconds=15)
TIMEOUT_MIN: Final = timedelta(seconds=1)
TIMEOUT_MAX: Final = timedelta(seconds=30)
CONCURRENCY: Final = 8
CONCURRENCY_MAX: Final = 64
OVERLAP: Final = timedelta(hours=24)
OVERLAP_MAX: Final = timedelta(days=7)
WEBHOOKS_MAX: Final = 100
"""Of one account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """
    The posting half of a webhook; the reading half is the subscription of its id.

    Secrets and header values are sealed: nothing but the engine opens them.
    """

    id: str
    account_id: str
    url: str
    sealed_headers: bytes
    sealed_secret: bytes
    sealed_former_secret: bytes | None = None
    former_secret_ends_at: datetime | None = None
    timeout: timedelta = TIMEOUT
    max_concurrency: int = CONCURRENCY
    health: Health = field(default_factory=Health)

    def former_secret(self, now: datetime) -> bytes | None:
        """The secret that signs too for a while, as it is sealed."""
        ends_at = self.former_secret_ends_at
        is_valid = ends_at is not None and now < ends_at
        return self.sealed_former_secret if is_valid else None
