"""
Which hosts to try for a domain: local, pinned, smart host, MX (RFC 5321 5.1, RFC 7505).

`choose` says which way without asking anybody; `find_targets` asks DNS for addresses.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from itertools import chain, zip_longest
from typing import Final, TypeVar

from mailbot_server import config
from mailbot_server.config import PRIVATE_NETWORKS, Settings, SmartHost, host_port
from mailbot_server.engine.dns import AddressAnswer, Exchange, Lookups, Status

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
    The way to a domain; `destination` is what attempts at the same time are counted by.

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
    """One address to connect to; `host` is its name."""

    host: str
    address: str
    port: int


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
        return _plain(Way.LOCAL, domain)
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


def sender_domain(reverse_path: str) -> str:
    """The domain that `sender_routes` is asked for; "" for the null reverse-path."""
    return reverse_path.rpartition("@")[2].lower().removeprefix("rp.")


def _chosen(route: config.Route, domain: str) -> Route:
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
    return Route(way=way, domain=domain, destination=destination)


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


async def find_targets(
    resolver: Lookups, settings: Settings, route: Route, seed: bytes
) -> tuple[Target, ...] | Unroutable:
    """
    At most 5 addresses in the order in which to try them.

    `seed` decides the order of MX hosts with equal preference.
    """
    if route.way is Way.MX:
        return await _by_mx(resolver, settings, route.domain, seed)
    return await _by_name(resolver, route)


async def _by_name(resolver: Lookups, route: Route) -> tuple[Target, ...] | Unroutable:
    """The addresses of a host that an operator named; private ones are welcome."""
    answer = await _addresses(resolver, route.host)
    if answer.status is not Status.OK:
        words = f"the configured host {route.host} has no address now"
        return Unroutable(enhanced="4.4.3", diagnostic=words)
    return tuple(
        Target(host=route.host, address=address, port=route.port)
        for address in _alternating(answer)
    )[:TARGETS_MAX]


async def _addresses(resolver: Lookups, host: str) -> AddressAnswer:
    try:
        address = ip_address(host)
    except ValueError:
        if host == "localhost" or host.endswith(".localhost"):
            # RFC 6761 6.3: these names are loopback without a question.
            return AddressAnswer(status=Status.OK, v4=("127.0.0.1",), v6=("::1",))
        return await resolver.addresses(host)
    if address.version == 6:
        return AddressAnswer(status=Status.OK, v6=(host,))
    return AddressAnswer(status=Status.OK, v4=(host,))


async def _by_mx(
    resolver: Lookups, settings: Settings, domain: str, seed: bytes
) -> tuple[Target, ...] | Unroutable:
    answer = await resolver.mx(domain)
    if answer.status.may_pass:
        # Never the domain's address instead: its MX records exist, unseen.
        return _no_answer(domain)
    if answer.status is Status.NXDOMAIN:
        words = f"the domain {domain} does not exist"
        return Unroutable(enhanced="5.1.2", diagnostic=words)
    if answer.status is Status.LOOP:
        return _circle(domain)
    if answer.is_null:
        words = f"the domain {domain} says that it takes no mail (null MX)"
        return Unroutable(enhanced="5.1.10", diagnostic=words)
    if answer.status is Status.NODATA:
        # RFC 5321 5.1: "treated as if it was associated with an implicit MX RR".
        return await _by_hosts(resolver, settings, domain, [domain])
    hosts = _in_order(answer.exchanges, settings.hostname, seed)
    if not hosts:
        words = f"this server is itself the mail exchanger of {domain}"
        return Unroutable(enhanced="5.4.6", diagnostic=words)
    return await _by_hosts(resolver, settings, domain, hosts)


def _in_order(exchanges: Iterable[Exchange], own: str, seed: bytes) -> list[str]:
    """
    Host names by preference, those of equal preference in an order that `seed` decides.

    RFC 5321 5.1: of a list that names this server, only better hosts are tried.
    """
    usable = [exchange for exchange in exchanges if exchange.host]
    ours = [e.preference for e in usable if own and e.host == own]
    limit = min(ours, default=1 << 16)
    better = [exchange for exchange in usable if exchange.preference < limit]
    better.sort(key=lambda e: (e.preference, _shuffled(e.host, seed)))
    return list(dict.fromkeys(exchange.host for exchange in better))


def _shuffled(host: str, seed: bytes) -> bytes:
    return hashlib.blake2b(host.encode(), key=seed[:64], digest_size=8).digest()


async def _by_hosts(
    resolver: Lookups, settings: Settings, domain: str, hosts: list[str]
) -> tuple[Target, ...] | Unroutable:
    targets: list[Target] = []
    statuses: set[Status] = set()
    has_private = False
    for host in hosts[:EXCHANGES_MAX]:
        answer = await resolver.addresses(host)
        statuses.add(answer.status)
        for address in _alternating(answer):
            if _may_connect(settings, address):
                targets.append(Target(host=host, address=address, port=SMTP_PORT))
            else:
                has_private = True
        if len(targets) >= TARGETS_MAX:
            break
    if targets:
        return tuple(targets[:TARGETS_MAX])
    return _no_target(domain, hosts, statuses, has_private=has_private)


def _no_target(
    domain: str, hosts: list[str], statuses: set[Status], *, has_private: bool
) -> Unroutable:
    if any(status.may_pass for status in statuses):
        return _no_answer(domain)
    if has_private:
        words = (
            f"the mail hosts of {domain} have only private addresses; the setting "
            "allow_private_destinations permits them"
        )
        return Unroutable(enhanced="5.4.6", diagnostic=words)
    if Status.LOOP in statuses:
        return _circle(domain)
    if hosts == [domain]:
        words = f"the domain {domain} has neither MX nor address records"
        return Unroutable(enhanced="5.1.2", diagnostic=words)
    words = f"none of the mail hosts of {domain} has an address"
    return Unroutable(enhanced="5.4.4", diagnostic=words)


def _no_answer(domain: str) -> Unroutable:
    words = f"DNS gave no answer about {domain}"
    return Unroutable(enhanced="4.4.3", diagnostic=words)


def _circle(domain: str) -> Unroutable:
    words = f"the DNS aliases of {domain} lead in a circle"
    return Unroutable(enhanced="5.4.6", diagnostic=words)


def _alternating(answer: AddressAnswer) -> list[str]:
    """IPv6 and IPv4 by turns, so that a broken family costs one try and not all."""
    pairs = zip_longest(answer.v6, answer.v4)
    return [address for address in chain.from_iterable(pairs) if address]


def _may_connect(settings: Settings, address: str) -> bool:
    """A stranger's DNS must not make this server talk to its own network."""
    if settings.allow_private_destinations:
        return True
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    is_private = any(
        parsed in network
        for network in PRIVATE_NETWORKS
        if network.version == parsed.version
    )
    return not is_private and str(parsed) != settings.mx_host
