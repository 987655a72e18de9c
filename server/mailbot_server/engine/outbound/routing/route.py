"""Which way mail for a domain goes, by the settings alone; nobody is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from mailbot_server import ways
from mailbot_server.config import Settings, host_port
from mailbot_server.ways import SmartHost

TARGETS_MAX: Final = 5
"""Addresses tried in one attempt; Postfix's smtp_mx_address_limit."""

EXCHANGES_MAX: Final = 10
"""MX hosts looked up in one attempt, so that a domain with hundreds is no burden."""

SMTP_PORT: Final = 25

_T = TypeVar("_T")


class Way(StrEnum):
    """How mail for a domain leaves."""

    LOCAL = "local"
    PINNED = "pinned"
    SMART_HOST = "smart_host"
    MX = "mx"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """
    The way to a domain; `destination` is what is known of its site without DNS.

    `host` and `port` are set when an operator named them, `relay` for the smart host.
    """

    way: Way
    domain: str
    destination: str
    host: str = ""
    port: int = SMTP_PORT
    relay: SmartHost | None = None

    @property
    def is_final(self) -> bool:
        """Whether who takes the message there is the recipient's own host."""
        return self.way is not Way.SMART_HOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """
    One address to connect to; `host` is its name, as MX records or settings give it.

    `canonical` is the name at the end of its aliases, "" when it has none; `authentic`:
    DNSSEC proves these and the address (RFC 7672 2.2).
    """

    host: str
    address: str
    port: int
    authentic: bool = False
    canonical: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unroutable:
    """
    Nobody can be asked to take mail for the domain.

    `enhanced` is ours (RFC 3463): 4.x may pass, 5.x will not.
    """

    enhanced: str
    diagnostic: str


def choose(settings: Settings, domain: str, sender: str = "") -> Route:
    """
    The way to a domain for what the domain `sender` sends (A-labels, lower case).

    An inbox of this server, else what `routes` says, else `sender_routes`, else
    `smart_host`, else MX; in both tables the domain itself, the nearest `*.parent`
    and at last `*`.
    """
    if domain == settings.sandbox_domain:
        return local(domain)
    by_domain = {route.domain: route for route in settings.routes}
    route = _first(by_domain, domain)
    if route is not None:
        return _chosen(route, domain)
    by_sender = {each.domain: each.smart_host for each in settings.sender_routes}
    relay = _first(by_sender, sender) if sender else None
    relay = relay or settings.smart_host
    if relay is not None:
        return _relayed(relay, domain)
    return _plain(Way.MX, domain)


def local(domain: str) -> Route:
    """The way to an inbox of this server, whatever its domain."""
    return _plain(Way.LOCAL, domain)


def sender_domain(reverse_path: str) -> str:
    """The domain that `sender_routes` is asked for; "" for the null reverse-path."""
    return reverse_path.rpartition("@")[2].lower().removeprefix("rp.")


def _chosen(route: ways.Route, domain: str) -> Route:
    if route.smart_host is not None:
        return _relayed(route.smart_host, domain)
    if not route.host:
        return _plain(Way(route.way), domain)
    return Route(
        way=Way.PINNED,
        domain=domain,
        destination=host_port(route.host, route.port),
        host=route.host,
        port=route.port,
    )


def _relayed(relay: SmartHost, domain: str) -> Route:
    return Route(
        way=Way.SMART_HOST,
        domain=domain,
        destination=host_port(relay.host, relay.port),
        host=relay.host,
        port=relay.port,
        relay=relay,
    )


def _plain(way: Way, domain: str) -> Route:
    destination = domain if way is Way.MX else way.value
    return Route(way=way, domain=domain, destination=destination, port=SMTP_PORT)


def _first(table: Mapping[str, _T], domain: str) -> _T | None:
    """What a table of patterns says for a domain; the most exact pattern counts."""
    if not table:
        return None
    return next((table[each] for each in _patterns(domain) if each in table), None)


def _patterns(domain: str) -> Iterator[str]:
    yield domain
    parent = domain
    while "." in parent:
        parent = parent.partition(".")[2]
        yield f"*.{parent}"
    yield "*"
