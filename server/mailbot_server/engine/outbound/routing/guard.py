"""
Decides how well each host of a domain must be protected.

The first that speaks decides: DANE (RFC 7672), MTA-STS (RFC 8461), require_tls of the
message, and otherwise TLS where it can be had. A policy is never answered with
plaintext, not even once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.destination import tlsa
from mailbot_server.core.destination.mta_sts import Mode, Policy
from mailbot_server.engine.dns import Lookups
from mailbot_server.engine.outbound.routing import protection
from mailbot_server.engine.outbound.routing.faults import Faults
from mailbot_server.engine.outbound.routing.policies import Policies
from mailbot_server.engine.outbound.routing.protection import (
    ENFORCED,
    NO_TLS,
    OPPORTUNISTIC,
    VERIFIED,
    Protection,
)
from mailbot_server.engine.outbound.routing.route import Target, Unroutable, Way
from mailbot_server.engine.outbound.routing.site import Plan
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

NEEDED: Final = "4.7.10"
"""X.7.10 means "encryption needed"; 4, because it may be had later."""

_logger: Final = log.get("tls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A plan with what is asked of all of its hosts."""

    plan: Plan
    policy: Policy | None
    require_tls: bool


class Guard:
    """What this process knows of the TLS of others."""

    def __init__(
        self,
        db: Database,
        clock: Callable[[], datetime],
        settings: Settings,
        metrics: Metrics,
        resolver: Lookups,
    ) -> None:
        self._metrics = metrics
        self._resolver = resolver
        self._policies = Policies(db, clock, settings, metrics, resolver)
        self._faults = Faults(db, clock)

    async def admit(self, planned: Plan, *, require_tls: bool) -> Guarded | Unroutable:
        """
        The plan without hosts that may not be used; raises Unavailable.

        Where DNSSEC proves the hosts, each may still be proven by DANE.
        """
        route = planned.route
        if (
            require_tls
            and route.relay
            and route.relay.tls
            not in {
                "starttls",
                "implicit",
            }
        ):
            words = (
                f"the message requires TLS, and {route.destination} is used without a "
                "verified one; set its tls to starttls or implicit"
            )
            return Unroutable(enhanced=NEEDED, diagnostic=words)
        policy = None
        if route.way is Way.MX:
            policy = await self._policies.of(route.domain)
        if policy and policy.mode is Mode.ENFORCE and not planned.authentic:
            groups = (tuple(filter(policy.names, group)) for group in planned.groups)
            planned = replace(planned, groups=tuple(filter(None, groups)))
            if not planned.groups:
                return self._unnamed(policy, f"any mail host of {route.domain}")
        return Guarded(plan=planned, policy=policy, require_tls=require_tls)

    async def protection(
        self, guarded: Guarded, target: Target
    ) -> Protection | Unroutable:
        """What is asked of one address, or why it may not be used now."""
        relay, policy = guarded.plan.route.relay, guarded.policy
        if relay is not None:
            return await self._wanted(protection.by_setting(relay.tls), target)
        by_dane = await self._by_dane(guarded.plan, target)
        if isinstance(by_dane, Unroutable) or (by_dane and by_dane.level == "dane"):
            return by_dane
        if policy and policy.mode is Mode.ENFORCE:
            is_named = policy.names(target.host)
            return ENFORCED if is_named else self._unnamed(policy, target.host)
        if guarded.require_tls:
            return VERIFIED
        if by_dane is not None:
            return by_dane
        wanted = await self._wanted(OPPORTUNISTIC, target)
        if policy is None:
            return wanted
        if policy.names(target.host):
            return protection.on_trial(wanted)
        self._unnamed(policy, target.host)
        return wanted

    def failed(self, wanted: Protection, target: Target, reason: str) -> None:
        """A host did not do what is asked of it."""
        if wanted.policy is not None:
            self._violated(wanted.policy, "tls", target.host, reason)

    async def remember(self, target: Target, reason: str) -> None:
        """A host that nobody asks TLS of took mail only in plaintext."""
        await self._faults.remember(target, reason)

    def close(self) -> None:
        """Ends what is under way."""
        self._policies.close()

    async def _wanted(self, wanted: Protection, target: Target) -> Protection:
        if wanted.mode == "opportunistic" and await self._faults.has(target):
            return NO_TLS
        return wanted

    async def _by_dane(
        self, planned: Plan, target: Target
    ) -> Protection | Unroutable | None:
        """
        RFC 7672 2.2: only where DNSSEC proves the MX records, the address and these.

        They are looked for at the end of the host's aliases, then at its own name. That
        there are none must be proven too, or whoever can drop an answer could drop TLS.
        """
        if not (planned.authentic and target.authentic):
            return None
        for base in filter(None, (target.canonical, target.host)):
            answer = await self._resolver.tlsa(f"_{target.port}._tcp.{base}")
            if answer.status.may_pass:
                words = f"DNS gave no answer about the TLSA records of {base}"
                return Unroutable(enhanced=NEEDED, diagnostic=words)
            if answer.records and answer.authentic:
                names = (base, target.host, planned.route.domain)
                return protection.by_dane(base, tlsa.usable(answer.records), names)
        return None

    def _unnamed(self, policy: Policy, what: str) -> Unroutable:
        words = f"the domain's MTA-STS policy does not name {what}"
        self._violated(policy.mode, "host", what, words)
        return Unroutable(enhanced=NEEDED, diagnostic=words)

    def _violated(self, mode: Mode, kind: str, host: str, reason: str) -> None:
        self._metrics.mta_sts_violations.labels(mode.value, kind).inc()
        _logger.warning(
            "mta_sts_violated", mode=mode.value, kind=kind, host=host, reason=reason
        )
