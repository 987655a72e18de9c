"""The addresses to connect to: few, of both families, none of our own network."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from itertools import chain, zip_longest

from mailbot_server.config import Settings
from mailbot_server.core.destination.networks import is_private, unmapped
from mailbot_server.engine.dns import AddressAnswer, Lookups, Status
from mailbot_server.engine.outbound.routing.own import is_own
from mailbot_server.engine.outbound.routing.route import (
    EXCHANGES_MAX,
    TARGETS_MAX,
    Route,
    Target,
    Unroutable,
    Way,
)
from mailbot_server.engine.outbound.routing.site import (
    Plan,
    circle,
    itself,
    no_answer,
)


async def plan_targets(
    resolver: Lookups, settings: Settings, planned: Plan, seed: bytes
) -> tuple[Target, ...] | Unroutable:
    """
    At most 5 addresses in the order in which to try them.

    Where there is a second host or a second family of addresses, both are among them.
    `seed` decides the order of hosts of equal preference and of a host's addresses.
    """
    if planned.route.way is not Way.MX:
        return await _by_name(resolver, planned.route, seed)
    found = await _search(resolver, settings, planned, seed)
    if found.targets:
        return _chosen(found.targets)
    return _why_none(planned, found)


@dataclass(slots=True)
class _Found:
    targets: list[Target] = field(default_factory=list)
    statuses: set[Status] = field(default_factory=set)
    leads_back: bool = False
    has_private: bool = False


async def _search(
    resolver: Lookups, settings: Settings, planned: Plan, seed: bytes
) -> _Found:
    """Looks hosts up, best first, until there are enough addresses to choose from."""
    found = _Found()
    left = EXCHANGES_MAX
    for group in planned.groups:
        better = len(found.targets)
        for host in sorted(group, key=_shuffled(seed))[:left]:
            if _is_enough(found.targets):
                return found
            left -= 1
            answer = await resolver.addresses(host)
            found.statuses.add(answer.status)
            if _leads_back(settings, answer):
                # RFC 5321 5.1: of a list with this server in it only better ones count.
                del found.targets[better:]
                found.leads_back = True
                return found
            targets = _of(answer, host, planned.route.port, seed)
            allowed = [each for each in targets if _may_connect(settings, each)]
            found.has_private |= len(allowed) < len(targets)
            found.targets += allowed
    return found


def _why_none(planned: Plan, found: _Found) -> Unroutable:
    domain = planned.route.domain
    if any(status.may_pass for status in found.statuses):
        return no_answer(domain)
    if found.leads_back:
        return itself(domain)
    if found.has_private:
        words = (
            f"the mail hosts of {domain} have only private addresses; the setting "
            "allow_private_destinations permits them"
        )
        return Unroutable(enhanced="5.4.6", diagnostic=words)
    if Status.LOOP in found.statuses:
        return circle(domain)
    if planned.groups == ((domain,),):
        words = f"the domain {domain} has neither MX nor address records"
        return Unroutable(enhanced="5.1.2", diagnostic=words)
    words = f"none of the mail hosts of {domain} has an address"
    return Unroutable(enhanced="5.4.4", diagnostic=words)


async def _by_name(
    resolver: Lookups, route: Route, seed: bytes
) -> tuple[Target, ...] | Unroutable:
    """The addresses of a host that an operator named; private ones are welcome."""
    answer = await _addresses(resolver, route.host)
    if answer.status is not Status.OK:
        words = f"the configured host {route.host} has no address now"
        return Unroutable(enhanced="4.4.3", diagnostic=words)
    return _chosen(_of(answer, route.host, route.port, seed))


async def _addresses(resolver: Lookups, host: str) -> AddressAnswer:
    return _literal(host) or await resolver.addresses(host)


@lru_cache(maxsize=256)
def _literal(host: str) -> AddressAnswer | None:
    """What needs no question; operators name few hosts, and each for much mail."""
    try:
        address = ip_address(host)
    except ValueError:
        if host == "localhost" or host.endswith(".localhost"):
            # RFC 6761 6.3: these names are loopback without a question.
            return AddressAnswer(status=Status.OK, v4=("127.0.0.1",), v6=("::1",))
        return None
    if address.version == 6:
        return AddressAnswer(status=Status.OK, v6=(host,))
    return AddressAnswer(status=Status.OK, v4=(host,))


def _of(answer: AddressAnswer, host: str, port: int, seed: bytes) -> list[Target]:
    """
    IPv6 and IPv4 by turns, so that a broken family costs one try and not all.

    Within a family in an order that `seed` decides, for the cache gives one for hours.
    """
    v6, v4 = (_in_turn(each, seed) for each in (answer.v6, answer.v4))
    return [
        Target(
            host=host,
            address=address,
            port=port,
            authentic=answer.authentic,
            canonical="" if answer.canonical == host else answer.canonical,
        )
        for address in chain.from_iterable(zip_longest(v6, v4))
        if address
    ]


def _in_turn(addresses: Sequence[str], seed: bytes) -> Sequence[str]:
    if len(addresses) < 2:
        return addresses
    return sorted(addresses, key=_shuffled(seed))


def _chosen(targets: Sequence[Target]) -> tuple[Target, ...]:
    """
    The first five, the last places given up for another host and the other family.

    A host with five addresses may be down altogether, and a family unreachable.
    """
    if len(targets) == 1:
        return tuple(targets)
    first = targets[0]
    others = (
        next((each for each in targets if each.host != first.host), first),
        next((each for each in targets if _is_v6(each) != _is_v6(first)), first),
    )
    wanted = list(dict.fromkeys((first, *others, *targets)))[:TARGETS_MAX]
    return tuple(each for each in dict.fromkeys(targets) if each in wanted)


def _is_enough(targets: Sequence[Target]) -> bool:
    return (
        len(targets) >= TARGETS_MAX
        and len({each.host for each in targets}) > 1
        and len({_is_v6(each) for each in targets}) > 1
    )


def _is_v6(target: Target) -> bool:
    return ":" in target.address


def _shuffled(seed: bytes) -> Callable[[str], bytes]:
    def digest(text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=seed[:64], digest_size=8).digest()

    return digest


def _leads_back(settings: Settings, answer: AddressAnswer) -> bool:
    if settings.allow_private_destinations:
        return False
    return any(is_own(settings, unmapped(address)) for address in answer.v4 + answer.v6)


def _may_connect(settings: Settings, target: Target) -> bool:
    """A stranger's DNS must not make this server talk to its own network."""
    return settings.allow_private_destinations or not is_private(target.address)
