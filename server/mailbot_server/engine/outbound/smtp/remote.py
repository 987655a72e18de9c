"""
Hands one message to another host: address by address, at most two sessions.

What is tried next follows Postfix: an address that cannot be reached costs nothing, a
host that answers "not now" leaves one more to ask, a refusal or a loss ends it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from mailbot_server.engine.outbound.routing.guard import Guard, Guarded
from mailbot_server.engine.outbound.routing.protection import Protection
from mailbot_server.engine.outbound.routing.route import (
    Route,
    Target,
    Unroutable,
)
from mailbot_server.engine.outbound.routing.site import plan
from mailbot_server.engine.outbound.routing.targets import plan_targets
from mailbot_server.engine.outbound.smtp.dialogue import Dialogues
from mailbot_server.engine.outbound.smtp.ending import Ended
from mailbot_server.engine.outbound.smtp.handshake import Contexts
from mailbot_server.engine.outbound.smtp.opening import Opening
from mailbot_server.engine.outbound.smtp.pool import Place, Pool
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status
from mailbot_server.engine.outbound.smtp.session import Session, Transaction
from mailbot_server.telemetry.metrics import Metrics

SESSIONS_MAX: Final = 2
"""Hosts that are spoken to in one attempt; Postfix's smtp_mx_session_limit."""

_STAGES: Final = tuple(Stage)


class Remote:
    """The way out: DNS, TLS and the hosts of others."""

    def __init__(
        self,
        settings: Settings,
        metrics: Metrics,
        resolver: Lookups,
        dialogues: Dialogues,
        guard: Guard,
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._resolver = resolver
        self._dialogues = dialogues
        self._guard = guard
        self._contexts = Contexts(settings.tls_ca_file)
        self._pool = Pool(settings, metrics)

    async def deliver(
        self,
        route: Route,
        transaction: Transaction,
        progress: Progress,
        seed: bytes,
        messages_max: int | None = None,
    ) -> Outcome:
        """
        One attempt; never raises for what DNS or the other side does.

        `messages_max` allows fewer messages on one connection than the setting does.
        """
        planned = await plan(self._resolver, self._settings, route)
        if isinstance(planned, Unroutable):
            return _unroutable(planned, progress)
        progress.tap = self._dialogues.tap(
            transaction.delivery_id, route.domain, planned.site
        )
        guarded = await self._guard.admit(planned, require_tls=transaction.require_tls)
        if isinstance(guarded, Unroutable):
            return _unroutable(guarded, progress)
        found = await plan_targets(self._resolver, self._settings, guarded.plan, seed)
        if isinstance(found, Unroutable):
            return _unroutable(found, progress)
        attempt = _Attempt(
            route=route,
            guarded=guarded,
            transaction=transaction,
            progress=progress,
            messages_max=messages_max,
        )
        return await self._try(found, attempt)

    def connections(self) -> Counter[str]:
        """Open connections to each site, those that wait included."""
        return self._pool.connections()

    def close(self) -> None:
        """Takes leave of every host that nothing is said to now, without waiting."""
        self._pool.close()
        self._guard.close()

    async def _try(self, targets: Sequence[Target], attempt: "_Attempt") -> Outcome:
        told: list[Outcome] = []
        sessions = 0
        places: list[tuple[Place, Target]] = []
        for target in targets:
            wanted = await self._guard.protection(attempt.guarded, target)
            if isinstance(wanted, Unroutable):
                told.append(_unroutable(wanted, attempt.progress))
            else:
                places.append((attempt.place(target, wanted), target))
        # A host that we are connected to already is as good as its neighbours.
        places.sort(key=lambda each: not self._pool.has(each[0]))
        for place, target in places:
            outcome = await self._one(target, place, attempt)
            told.append(outcome)
            if not _may_differ_elsewhere(outcome):
                return outcome
            sessions += _was_session(outcome)
            if sessions == SESSIONS_MAX:
                break
        return _most_telling(told)

    async def _one(self, target: Target, place: Place, attempt: "_Attempt") -> Outcome:
        """
        Tries one address, over an open connection if there is one that still stands.

        Where the protection that is wanted fails and another one does too, it is tried
        once more, on a new connection: one whose handshake broke belongs to nobody.
        """
        wanted = place.protection
        outcome = await self._straight(target, place, attempt)
        if not _is_unprotected(outcome):
            return outcome
        why, is_lasting = outcome.trace.diagnostic, attempt.progress.is_tls_broken
        self._guard.failed(wanted, target, why)
        if wanted.otherwise is None:
            return outcome
        outcome = await self._one(
            target, replace(place, protection=wanted.otherwise), attempt
        )
        stood = wanted.otherwise.mode == "none" and bool(outcome.trace.tls_level)
        if is_lasting and stood:
            await self._guard.remember(target, why)
        return outcome

    async def _straight(
        self, target: Target, place: Place, attempt: "_Attempt"
    ) -> Outcome:
        if session := self._pool.take(place):
            peer, protected = session.peer, session.peer.protected
            attempt.progress.take_up(peer.host, peer.address)
            attempt.progress.secure(
                protected.level, protected.protocol, protected.cipher
            )
            outcome = await self._transact(place, session, attempt)
            if not _was_stale(outcome):
                return outcome
            self._pool.stale(place)
        return await self._anew(target, place, attempt)

    async def _anew(self, target: Target, place: Place, attempt: "_Attempt") -> Outcome:
        wanted = place.protection
        opening = Opening(
            *(self._settings, self._metrics, attempt.progress), target, wanted
        )
        self._pool.enter(place)
        try:
            session = await opening.run(self._contexts.of(wanted), attempt.route.relay)
        except BaseException as error:
            self._pool.leave(place)
            if isinstance(error, Ended):
                return error.outcome
            raise
        return await self._transact(place, session, attempt)

    async def _transact(
        self, place: Place, session: Session, attempt: "_Attempt"
    ) -> Outcome:
        try:
            reply = await session.transact(attempt.transaction, attempt.progress)
        except Ended as ended:
            return ended.outcome
        finally:
            self._pool.give(place, session, attempt.messages_max)
        return Accepted(
            trace=attempt.progress.trace(reply), is_final=attempt.route.is_final
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """What stays the same from address to address."""

    route: Route
    guarded: Guarded
    transaction: Transaction
    progress: Progress
    messages_max: int | None

    def place(self, target: Target, protection: Protection) -> Place:
        relay = self.route.relay
        return Place(
            site=self.guarded.plan.site,
            host=target.host,
            address=target.address,
            port=target.port,
            protection=protection,
            login=relay.username if relay else "",
        )


def _unroutable(found: Unroutable, progress: Progress) -> Outcome:
    trace = progress.trace(own_status(found.enhanced), found.diagnostic)
    if found.enhanced.startswith("5"):
        return Refused(trace=trace)
    return Deferred(trace=trace)


def _is_unprotected(outcome: Outcome) -> bool:
    """Whether TLS is what the connection came to its end by."""
    return outcome.trace.stage is Stage.TLS and not outcome.trace.tls_level


def _was_stale(outcome: Outcome) -> bool:
    """
    Whether a connection that had waited was of no use: nothing was answered to MAIL.

    Nothing was accepted either, so trying again on another costs nobody anything.
    """
    if not isinstance(outcome, Deferred) or outcome.trace.stage is not Stage.MAIL:
        return False
    reply = outcome.trace.reply
    return reply is not None and reply.code in {0, 421}


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
