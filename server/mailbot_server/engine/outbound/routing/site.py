"""
Where a route leads before any address is known: its site and its hosts in order.

That is enough to count, limit and reuse connections by; addresses are looked up only
for a new connection.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from mailbot_server.config import Settings
from mailbot_server.core.destination.site import site_of
from mailbot_server.engine.dns import Exchange, Lookups, Status
from mailbot_server.engine.outbound.routing.route import Route, Unroutable, Way

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    A route whose hosts are known.

    `site` names where it leads, for all that is limited by destination. `groups` are
    the hosts to try, best preference first, in no order within a group; none for mail
    that stays here. `authentic`: DNSSEC proves that these are the hosts.
    """

    route: Route
    site: str
    groups: Groups = ()
    authentic: bool = False


async def plan(
    resolver: Lookups, settings: Settings, route: Route
) -> Plan | Unroutable:
    """
    The hosts of a route; asks DNS for the MX records where nobody named a host.

    A failure of DNS is never taken for "no MX records": they exist, unseen.
    """
    if route.way is not Way.MX:
        named: Groups = ((route.host,),) if route.host else ()
        return Plan(route=route, site=route.destination, groups=named)
    domain = route.domain
    answer = await resolver.mx(domain)
    if answer.status.may_pass:
        return no_answer(domain)
    if answer.status is Status.NXDOMAIN:
        words = f"the domain {domain} does not exist"
        return Unroutable(enhanced="5.1.2", diagnostic=words)
    if answer.status is Status.LOOP:
        return circle(domain)
    if answer.is_null:
        words = f"the domain {domain} says that it takes no mail (null MX)"
        return Unroutable(enhanced="5.1.10", diagnostic=words)
    # RFC 5321 5.1: without MX records "treated as if it was associated with an
    # implicit MX RR".
    exchanges = answer.exchanges or (Exchange(preference=0, host=domain),)
    groups = _groups(exchanges, settings.hostname)
    if not groups:
        return itself(domain)
    return Plan(
        route=route,
        site=site_of(groups[0]),
        groups=groups,
        authentic=answer.authentic,
    )


def no_answer(domain: str) -> Unroutable:
    """DNS is broken: later."""
    words = f"DNS gave no answer about {domain}"
    return Unroutable(enhanced="4.4.3", diagnostic=words)


def circle(domain: str) -> Unroutable:
    """Aliases without an end."""
    words = f"the DNS aliases of {domain} lead in a circle"
    return Unroutable(enhanced="5.4.6", diagnostic=words)


def itself(domain: str) -> Unroutable:
    """The way leads back here."""
    words = f"this server is itself the mail exchanger of {domain}"
    return Unroutable(enhanced="5.4.6", diagnostic=words)


def _groups(exchanges: Iterable[Exchange], own: str) -> Groups:
    """
    Host names by preference, each once.

    RFC 5321 5.1: of a list that names this server, only better hosts are tried.
    """
    usable = sorted(
        (exchange for exchange in exchanges if exchange.host),
        key=lambda exchange: (exchange.preference, exchange.host),
    )
    seen: set[str] = set()
    groups = []
    for _, group in groupby(usable, key=lambda exchange: exchange.preference):
        hosts = {exchange.host for exchange in group}
        if own in hosts:
            break
        if new := sorted(hosts - seen):
            groups.append(tuple(new))
        seen |= hosts
    return tuple(groups)
