"""
Suspensions, limits and reply rules: what is read, learnt and written of destinations.

The database is asked once a second at most; what a rule of this process does holds here
at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from mailbot_server.core.delivery import Deferred, Outcome, Refused
from mailbot_server.core.destination.provider import provider_of
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.shaping import (
    LimitKind,
    Scope,
    SiteLimit,
    Suspension,
    reply_rule,
    share,
)
from mailbot_server.core.shaping.flow import Flow
from mailbot_server.core.shaping.limit import provider_at
from mailbot_server.core.shaping.reply_rule import Action, Do, ReplyRule
from mailbot_server.core.shaping.suspension import BY_ITSELF, BY_RULE
from mailbot_server.engine.outbound.queue.sites import Sites
from mailbot_server.store import accounts, nodes
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import SILENT, site_limits, suspensions
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

EVERY_SECONDS: Final = 1.0
AGAIN: Final = timedelta(minutes=1)
"""One rule acts once in so long at a destination: answers come in crowds."""

SLOWED_MIN: Final = 10
"""Messages a minute: below it only connections are limited."""

_SUSPENSIONS_MAX: Final = 10_000
_ACTED_MAX: Final = 10_000

Clock = Callable[[], datetime]
_logger: Final = log.get("restraints")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the database says is held back."""

    at: datetime
    suspensions: tuple[Suspension, ...]
    limits: tuple[SiteLimit, ...]
    accounts: tuple[str, ...]
    nodes: tuple[str, ...]


class Restraints:
    """What holds deliveries back in this process."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        metrics: Metrics,
        sites: Sites,
        rules: tuple[ReplyRule, ...],
        node_id: str,
    ) -> None:
        self._db = db
        self._clock = clock
        self._metrics = metrics
        self._sites = sites
        self._rules = rules
        self._node_id = node_id
        self._read_at: float | None = None
        self._acted: dict[tuple[str, str], datetime] = {}
        self._paused: dict[str, datetime] = {}
        self.accounts: frozenset[str] = frozenset()
        self.inboxes: frozenset[str] = frozenset()

    async def refresh(self, *, now: bool = False) -> bool:
        """Reads what holds, if it was not read just now; whether it was read."""
        last = None if now else self._read_at
        if last is not None and monotonic() - last < EVERY_SECONDS:
            return False
        seen = await self._db.read(_read)
        self._read_at = monotonic()
        by_scope: dict[Scope, dict[str, Suspension]] = {scope: {} for scope in Scope}
        for each in seen.suspensions:
            by_scope[each.scope][each.name] = each
        self._sites.suspended = by_scope[Scope.DESTINATION]
        self._sites.divide(share.among(self._node_id, seen.nodes))
        self._sites.limit(seen.limits)
        self.accounts = frozenset((*by_scope[Scope.ACCOUNT], *seen.accounts))
        self.inboxes = frozenset(by_scope[Scope.INBOX])
        self._lift(seen)
        self._measure()
        return True

    async def learn(
        self, site: str, domain: str, outcome: Outcome, connects: int
    ) -> Outcome:
        """
        Takes from an attempt what it says of its destination; the outcome that counts.

        Never raises Unavailable: what could not be written holds in this process.
        """
        dead = self._sites.learn(site, outcome, connects, self._clock())
        if dead is not None and dead.paused_until is not None:
            await self._suspend_dead(site, dead, dead.paused_until, outcome)
        reply = outcome.trace.reply
        if (
            reply is None
            or reply.code < 400
            or not isinstance(outcome, Deferred | Refused)
        ):
            return outcome
        provider = provider_of(outcome.trace.host or domain)
        names = reply_rule.names_of(site, provider, outcome.trace.host)
        rule = reply_rule.find(self._rules, names, reply)
        if rule is None:
            return outcome
        await self._apply(rule, site, outcome.trace.host, reply)
        if any(action.do is Do.BOUNCE for action in rule.actions):
            return Refused(trace=outcome.trace, rule_id=rule.id)
        return outcome

    def _lift(self, seen: _Seen) -> None:
        """Pauses whose suspension somebody ended before its time are over."""
        held = {each.name for each in seen.suspensions}
        now = self._clock()
        for name, written_at in list(self._paused.items()):
            if name in held or seen.at <= written_at:
                continue
            del self._paused[name]
            if self._sites.is_left_alone(name, now):
                self._sites.lift(name)

    async def _suspend_dead(
        self, site: str, dead: Flow, until: datetime, outcome: Outcome
    ) -> None:
        words = outcome.trace.diagnostic or "it does not answer"
        reason = f"{dead.pauses} times in a row: {words}" if dead.pauses > 1 else words
        await self._suspend(site, reason, BY_ITSELF, "dead", until)

    async def _suspend(
        self, site: str, reason: str, by: str, kind: str, until: datetime
    ) -> None:
        provider = provider_at(site)
        self._metrics.provider_suspensions.labels(provider, kind).inc()
        _logger.warning("site_suspended", site=site, by=by, until=until, reason=reason)
        try:
            made = await self._db.write(
                suspensions.suspend, Scope.DESTINATION, site, "", reason, by, until
            )
        except Unavailable:
            return
        if made.by == BY_ITSELF:
            self._paused[site] = self._clock()
        self._sites.suspended = {**self._sites.suspended, site: made}

    async def _apply(self, rule: ReplyRule, site: str, host: str, reply: Reply) -> None:
        now = self._clock()
        last = self._acted.get((site, rule.id))
        if last is not None and timedelta() <= now - last < AGAIN:
            return
        if len(self._acted) >= _ACTED_MAX:
            self._acted.clear()
        self._acted[site, rule.id] = now
        said = " ".join(filter(None, (str(reply.code), reply.enhanced)))
        reason = f"{said} from {host or site}: rule {rule.id}"
        for action in rule.actions:
            if action.do is Do.SUSPEND:
                until = now + action.length
                await self._suspend(site, reason, BY_RULE, "throttled", until)
            for limit in self._limits(action, site, reason, now):
                await self._limit(limit)

    def _limits(
        self, action: Action, site: str, reason: str, now: datetime
    ) -> list[SiteLimit]:
        wanted: list[tuple[LimitKind, int]] = []
        if action.do is Do.LIMIT and action.what is not None:
            wanted = [(action.what, action.value)]
        if action.do is Do.SLOW:
            # What this process does, all others do, too, as far as it can know.
            all_ = self._sites.share.whole
            half = max(all_(self._sites.attempts_max(site, now)) // 2, 1)
            wanted = [(LimitKind.CONNECTIONS, half)]
            rate = all_(self._sites.rate(site, now)) // 2
            if rate >= SLOWED_MIN:
                wanted.append((LimitKind.MESSAGES_PER_MINUTE, rate))
        until = now + action.length
        return [
            SiteLimit(site=site, kind=kind, value=value, reason=reason, until=until)
            for kind, value in wanted
        ]

    async def _limit(self, limit: SiteLimit) -> None:
        self._sites.add_limit(limit)
        _logger.warning(
            "site_limited",
            site=limit.site,
            kind=limit.kind.value,
            value=limit.value,
            until=limit.until,
            reason=limit.reason,
        )
        try:
            await self._db.write(site_limits.put, limit)
        except Unavailable:
            return

    def _measure(self) -> None:
        """How much of what they bear is used, and which are left alone, by provider."""
        used: dict[str, int] = {}
        most: dict[str, int] = {}
        for name, busy, window in self._sites.known():
            provider = provider_at(name)
            used[provider] = used.get(provider, 0) + busy
            most[provider] = most.get(provider, 0) + window
        self._metrics.provider_concurrency_limit.clear()
        self._metrics.provider_concurrency_in_use.clear()
        self._metrics.provider_suspended.clear()
        for provider, count in used.items():
            self._metrics.provider_concurrency_in_use.labels(provider).set(count)
            self._metrics.provider_concurrency_limit.labels(provider).set(
                most[provider]
            )
        for each in self._sites.suspended.values():
            kind = _KINDS.get(each.by, "manual")
            self._metrics.provider_suspended.labels(provider_at(each.name), kind).inc()


_KINDS: Final = {BY_ITSELF: "dead", BY_RULE: "throttled"}


def _read(tx: Transaction) -> _Seen:
    # With SQLite there is one process; it is not among those that are known.
    alive = nodes.delivering(tx, tx.now - SILENT) if tx.is_postgres else []
    return _Seen(
        at=tx.now,
        suspensions=tuple(suspensions.list_holding(tx, _SUSPENSIONS_MAX)),
        limits=tuple(site_limits.list_active(tx)),
        accounts=tuple(accounts.suspended(tx)),
        nodes=tuple(alive),
    )
