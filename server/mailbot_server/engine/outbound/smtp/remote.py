"""
Hands one message to another host: address by address, at most two sessions.

What is tried next follows Postfix: an address that cannot be reached costs nothing, a
host that answers "not now" leaves one more to ask, a refusal or a loss ends it.
"""

from collections.abc import Sequence
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.delivery import (
    Accepted,
    Deferred,
    Outcome,
    Refused,
    Stage,
)
from mailbot_server.engine.dns import Lookups
from mailbot_server.engine.outbound.routing.route import (
    Route,
    Target,
    Unroutable,
    find_targets,
)
from mailbot_server.engine.outbound.smtp.ending import Ended
from mailbot_server.engine.outbound.smtp.handshake import Contexts, TlsMode
from mailbot_server.engine.outbound.smtp.opening import Opening
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status
from mailbot_server.engine.outbound.smtp.session import Transaction
from mailbot_server.telemetry.metrics import Metrics

SESSIONS_MAX: Final = 2
"""Hosts that are spoken to in one attempt; Postfix's smtp_mx_session_limit."""

_STAGES: Final = tuple(Stage)


class Remote:
    """The way out: DNS, TLS and the hosts of others."""

    def __init__(self, settings: Settings, metrics: Metrics, resolver: Lookups) -> None:
        self._settings = settings
        self._metrics = metrics
        self._resolver = resolver
        self._contexts = Contexts()

    async def deliver(
        self, route: Route, transaction: Transaction, progress: Progress, seed: bytes
    ) -> Outcome:
        """One attempt; never raises for what DNS or the other side does."""
        found = await find_targets(self._resolver, self._settings, route, seed)
        if isinstance(found, Unroutable):
            return _unroutable(found, progress)
        return await self._try(found, route, transaction, progress)

    async def _try(
        self,
        targets: Sequence[Target],
        route: Route,
        transaction: Transaction,
        progress: Progress,
    ) -> Outcome:
        told: list[Outcome] = []
        sessions = 0
        for target in targets:
            outcome = await self._one(target, route, transaction, progress)
            told.append(outcome)
            if not _may_differ_elsewhere(outcome):
                return outcome
            sessions += _was_session(outcome)
            if sessions == SESSIONS_MAX:
                break
        return _most_telling(told)

    async def _one(
        self,
        target: Target,
        route: Route,
        transaction: Transaction,
        progress: Progress,
    ) -> Outcome:
        """
        Tries one address.

        Where TLS is opportunistic and fails, once more without it, on a new connection:
        the one on which a handshake broke belongs to nobody.
        """
        mode: TlsMode = route.relay.tls if route.relay else "opportunistic"
        outcome = await self._session(target, route, transaction, progress, mode)
        trace = outcome.trace
        if mode == "opportunistic" and trace.stage is Stage.TLS and not trace.tls_level:
            outcome = await self._session(target, route, transaction, progress, "none")
        return outcome

    async def _session(
        self,
        target: Target,
        route: Route,
        transaction: Transaction,
        progress: Progress,
        mode: TlsMode,
    ) -> Outcome:
        opening = Opening(self._settings, self._metrics, progress, target, mode)
        try:
            session = await opening.run(self._contexts.of(mode), route.relay)
        except Ended as ended:
            return ended.outcome
        try:
            reply = await session.transact(transaction, progress)
        except Ended as ended:
            return ended.outcome
        finally:
            session.close()
        return Accepted(trace=progress.trace(reply), is_final=route.is_final)


def _unroutable(found: Unroutable, progress: Progress) -> Outcome:
    trace = progress.trace(own_status(found.enhanced), found.diagnostic)
    if found.enhanced.startswith("5"):
        return Refused(trace=trace)
    return Deferred(trace=trace)


def _may_differ_elsewhere(outcome: Outcome) -> bool:
    """Whether another host of the domain may answer otherwise."""
    if isinstance(outcome, Deferred):
        return True
    # RFC 7504 3: 521 says that this host takes no mail, and nothing of the others.
    return isinstance(outcome, Refused) and outcome.trace.stage is Stage.GREETING


def _was_session(outcome: Outcome) -> bool:
    return outcome.trace.stage not in {Stage.CONNECT, Stage.GREETING}


def _most_telling(told: Sequence[Outcome]) -> Outcome:
    """
    The outcome that stands for all: of the host that the attempt came furthest with.

    One host that may still take the message outweighs another that never will.
    """
    passing = [outcome for outcome in told if isinstance(outcome, Deferred)]
    return max(passing or told, key=lambda o: _STAGES.index(o.trace.stage))
