"""What is limited at a destination, by whom and why, and how it stands there now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from mailbot_server.core.destination.provider import OTHER, PROVIDERS, provider_of


class LimitKind(StrEnum):
    """What a rule or an operator can limit at a destination for a time."""

    CONNECTIONS = "connections"
    MESSAGES_PER_MINUTE = "messages_per_minute"
    CONNECTIONS_PER_MINUTE = "connections_per_minute"
    MESSAGES_PER_CONNECTION = "messages_per_connection"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLimit:
    """At most `value` of `kind` at `site` until then, and why."""

    site: str
    kind: LimitKind
    value: int
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus:
    """
    One destination as it is now, in this process; see Destination in deliveries.proto.

    `messages_per_minute` is 0 where there is no limit.
    """

    name: str
    attempts: int
    attempts_max: int
    connections: int = 0
    waiting: int = 0
    messages_per_minute: int = 0
    reason: str = ""
    until: datetime | None = None
    suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that a provider is given, whatever it answers."""

    attempts: int
    messages_per_connection: int


CAPS: Final = {
    # Beyond these their answers become 421 for senders that they do not know well.
    "apple": Cap(attempts=10, messages_per_connection=50),
    "comcast": Cap(attempts=10, messages_per_connection=100),
    "google": Cap(attempts=20, messages_per_connection=100),
    "ionos": Cap(attempts=10, messages_per_connection=50),
    "mailru": Cap(attempts=10, messages_per_connection=50),
    "microsoft": Cap(attempts=20, messages_per_connection=50),
    # Two connections of one sender is what it publishes.
    "orange": Cap(attempts=2, messages_per_connection=100),
    "telekom": Cap(attempts=10, messages_per_connection=50),
    "tencent": Cap(attempts=5, messages_per_connection=20),
    # "Requeue after 20 messages on a connection", its sender page says.
    "yahoo": Cap(attempts=10, messages_per_connection=20),
}


def provider_at(site: str) -> str:
    """The metric label of a site: sites of the large ones are named like them."""
    name = site.partition("-")[0]
    return name if name in PROVIDERS and name != OTHER else provider_of(site)


def cap_of(site: str) -> Cap | None:
    """What the site is given at most; None where nothing is known of it."""
    return CAPS.get(provider_at(site))
