"""
Does what the clock says: ends, resumptions, leases of lost nodes, forgetting, gauges.

Each job looks at rows and can be cut off anywhere; the next run goes on. Nothing is
kept in memory but when a job ran last, and how far a round through many rows is: who
takes over begins anew. Of several processes one leads, and does the jobs that are done
once for all.
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final

from mailbot_server.clock import SystemClock
from mailbot_server.config import Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.reputation import KEPT
from mailbot_server.core.timeline import replay
from mailbot_server.core.webhook import attempt
from mailbot_server.engine import inboxes as engine
from mailbot_server.engine import replaying, subscriptions, usage
from mailbot_server.engine.gauges import Gauges
from mailbot_server.engine.leading import RENEW_EVERY, Leading
from mailbot_server.engine.outbound.settle import settle_lost
from mailbot_server.engine.retention.keeping import Keeping
from mailbot_server.engine.upkeep import reindexing
from mailbot_server.engine.upkeep.auditing import Verification
from mailbot_server.store import (
    deliveries,
    inboxes,
    limits,
    nodes,
    reputations,
    requests,
    suppressions,
    uploads,
)
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import site_limits, suspensions
from mailbot_server.store.destinations import tls_faults, tls_policies
from mailbot_server.store.timeline import filling, replays
from mailbot_server.store.webhooks import attempts
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

TICK_SECONDS: Final = 1.0
BATCH: Final = 50
FORGET_ROWS: Final = 1000
REINDEXED_STEPS: Final = 5
FILLED_STEPS: Final = 20
FORGET_ROUNDS: Final = 20
WINDOWS_KEPT: Final = timedelta(days=2)
"""The longest window, a UTC day, and another one for whoever asks about yesterday."""

NODES_KEPT: Final = timedelta(hours=1)
CLOCK_ERROR_MAX: Final = 0.5
"""Seconds: a measurement that took longer says too little."""

Clock = Callable[[], datetime]
Work = Callable[[], Awaitable[None]]
_logger = log.get("timers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is done, how often at most, and by whom: all processes, or who leads."""

    work: Work
    every: timedelta
    is_everybodys: bool = False


class Timers:
    """The jobs of one process."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: Settings,
        metrics: Metrics,
        node_id: str,
        leading: Leading,
    ) -> None:
        self._db = db
        self._clock = clock
        self._metrics = metrics
        self._node_id = node_id
        self._leading = leading
        self._delivers = "delivery" in settings.roles
        self._gauges = Gauges(db, clock, settings, metrics)
        self._verification = Verification(db, metrics)
        self._keeping = Keeping(db, settings)
        self._replayed = ""
        self._ran_at: dict[Job, datetime] = {}
        self._beat_at: datetime | None = None
        self._silence_ended_at: datetime | None = None
        self._alive = (
            Job(work=self._set_clock, every=timedelta(seconds=30), is_everybodys=True),
            Job(work=self._heartbeat, every=timedelta(seconds=10), is_everybodys=True),
            Job(work=self._lead, every=RENEW_EVERY, is_everybodys=True),
        )
        self._jobs = (
            Job(work=self._take_back_leases, every=timedelta(seconds=5)),
            Job(work=self._expire, every=timedelta(seconds=1)),
            Job(work=self._resume, every=timedelta(seconds=1)),
            Job(work=self._finish, every=timedelta(seconds=30)),
            Job(work=self._forget, every=timedelta(seconds=30)),
            Job(work=self._reindex, every=timedelta(seconds=1)),
            Job(work=self._count_usage, every=timedelta(seconds=10)),
            Job(work=self._keep, every=timedelta(seconds=1)),
            Job(work=self._fill, every=timedelta(seconds=1)),
            Job(work=self._replay, every=timedelta(seconds=1)),
            Job(work=self._keep_up, every=timedelta(seconds=5)),
            Job(work=self._verify, every=timedelta(seconds=1)),
            Job(work=self._notice_failover, every=timedelta(seconds=30)),
            Job(work=self._gauges.read_shared, every=timedelta(seconds=15)),
            Job(
                work=self._gauges.read_own,
                every=timedelta(seconds=15),
                is_everybodys=True,
            ),
        )

    async def begin(self) -> None:
        """What must be true before this process leases anything: it is known alive."""
        await self._set_clock()
        await self._heartbeat()
        await self._lead()

    async def run(self) -> None:
        """Does what is due every second, for ever."""
        async with asyncio.TaskGroup() as group:
            # A long job must not make other nodes think that this one is dead.
            group.create_task(self._repeat(self._alive), name="timers-alive")
            group.create_task(self._repeat(self._jobs), name="timers-jobs")
            group.create_task(self._watch_loop(), name="timers-loop")

    async def step(self) -> None:
        """Does all that is due now."""
        await self._run_due(self._alive)
        await self._run_due(self._jobs)

    async def _repeat(self, jobs: Sequence[Job]) -> None:
        while True:
            await self._run_due(jobs)
            await asyncio.sleep(TICK_SECONDS)

    async def _watch_loop(self) -> None:
        while True:
            await self._gauges.tick()

    async def _run_due(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            now = self._clock()
            if self._is_mine(job) and self._is_due(job, now):
                self._ran_at[job] = now
                await self._attempt(job)

    def _is_mine(self, job: Job) -> bool:
        return job.is_everybodys or self._leading.leads

    def _is_due(self, job: Job, now: datetime) -> bool:
        last = self._ran_at.get(job)
        # A clock that was set back must not stop the jobs until it has caught up.
        return last is None or not last <= now < last + job.every

    async def _attempt(self, job: Job) -> None:
        name = getattr(job.work, "__name__", "job").strip("_")
        try:
            await job.work()
        except Unavailable as error:
            _logger.warning("timer_postponed", job=name, reason=error.reason)
        except Exception:
            # One row's fault stops no other job, nor the server at every start.
            self._metrics.unhandled_exceptions.labels("timers").inc()
            _logger.exception("timer_failed", job=name)

    async def _set_clock(self) -> None:
        """On PostgreSQL, all processes go by the database's time."""
        if not (self._db.is_postgres and isinstance(self._clock, SystemClock)):
            return
        started = perf_counter()
        shared = await self._db.read(nodes.shared_time)
        elapsed = perf_counter() - started
        if elapsed <= CLOCK_ERROR_MAX:
            moved = self._clock.adjust(shared + timedelta(seconds=elapsed / 2))
            self._metrics.clock_offset.set(moved)

    async def _notice_failover(self) -> None:
        """Only an operator knows whether what took over had everything."""
        if not self._db.is_postgres:
            return
        timeline = await self._db.read(nodes.timeline)
        if not timeline:
            return
        if await self._db.write(nodes.has_failed_over, timeline):
            self._metrics.db_failovers.inc()
            _logger.error("database_failed_over")

    async def _heartbeat(self) -> None:
        await self._db.write(
            nodes.seen, self._node_id, name=_own_name(), delivers=self._delivers
        )
        now = self._clock()
        if self._beat_at is not None and now - self._beat_at > deliveries.SILENT / 2:
            self._silence_ended_at = now
        self._beat_at = now

    async def _lead(self) -> None:
        """Who led and does not any more shows no numbers that another one shows."""
        if not await self._leading.renew():
            self._gauges.clear_shared()

    async def _take_back_leases(self) -> None:
        if self._may_all_have_been_silent():
            # Their holders may live: they renew them first, this process too.
            return
        lost = await self._db.read(deliveries.leases_lost, self._node_id, BATCH)
        for delivery in lost:
            try:
                await settle_lost(self._db, self._metrics, delivery, self._clock())
            except Unavailable:
                raise
            except Exception:
                # One delivery's fault stops no other, nor the server at every start.
                self._metrics.unhandled_exceptions.labels("timers").inc()
                _logger.exception("lease_not_taken_back", delivery_id=delivery.id)

    def _may_all_have_been_silent(self) -> bool:
        """
        Whether the database was away a moment ago, for other nodes as for this.

        Or the clock was set, or the machine slept, which looks the same.
        """
        now = self._clock()
        if self._beat_at is not None and now - self._beat_at > deliveries.SILENT / 2:
            return True
        ended_at = self._silence_ended_at
        return (
            ended_at is not None and timedelta() <= now - ended_at < deliveries.SILENT
        )

    async def _expire(self) -> None:
        for inbox in await self._db.read(inboxes.due_to_expire, BATCH):
            await engine.expire(self._db, inbox)

    async def _resume(self) -> None:
        for inbox in await self._db.read(inboxes.due_to_resume, BATCH):
            await engine.resume(self._db, inbox)

    async def _finish(self) -> None:
        """What a change of an inbox's state left in the queue when it was cut off."""
        for inbox in await self._left_holding():
            await engine.finish(self._db, inbox)

    async def _left_holding(self) -> list[Inbox]:
        reason = engine.HELD_BY_SUSPENSION
        return await self._db.read(inboxes.left_holding, reason, BATCH)

    async def _keep_up(self) -> None:
        await subscriptions.keep_up(self._db)

    async def _fill(self) -> None:
        """A few of them, so that they hold up nothing else that is due."""
        for _ in range(FILLED_STEPS):
            account_id = await self._db.read(filling.waiting)
            if not account_id:
                return
            await self._db.write(filling.fill, account_id)

    async def _replay(self) -> None:
        """Some of them have their turn, and then the next."""
        self._replayed = await replaying.run(self._db, self._replayed)

    async def _reindex(self) -> None:
        """A few of them, so that they hold up nothing else that is due."""
        for _ in range(REINDEXED_STEPS):
            if not await reindexing.step(self._db):
                return

    async def _verify(self) -> None:
        await self._verification.step()

    async def _keep(self) -> None:
        """A part of the round of what was kept for long enough."""
        await self._keeping.step()

    async def _count_usage(self) -> None:
        """What is to be counted again, and hours that are over."""
        await usage.go_on(self._db)
        await usage.fold(self._db)

    async def _forget(self) -> None:
        now = self._clock()
        await self._delete(requests.forget, now - requests.MEMORY)
        await self._delete(limits.forget, now - WINDOWS_KEPT)
        await self._delete(suspensions.forget, now)
        await self._db.write(site_limits.forget, now)
        await self._delete(suppressions.forget, now)
        await self._delete(tls_policies.forget, now)
        await self._delete(tls_faults.forget, now)
        await self._delete(reputations.forget, now - KEPT)
        await self._delete(attempts.forget, now - attempt.KEPT)
        await self._delete(replays.forget, now - replay.KEPT)
        for _ in range(FORGET_ROUNDS):
            if await self._db.write(uploads.delete_expired, BATCH) < BATCH:
                break
        await self._db.write(_forget_nodes, now - NODES_KEPT)

    async def _delete(
        self, forget: Callable[[Transaction, datetime, int], int], before: datetime
    ) -> None:
        """Deletes in small operations, and no more than a step may take."""
        for _ in range(FORGET_ROUNDS):
            if await self._db.write(forget, before, FORGET_ROWS) < FORGET_ROWS:
                return


def _own_name() -> str:
    """How operators find the process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _forget_nodes(tx: Transaction, before: datetime) -> None:
    nodes.forget(tx, nodes.silent(tx, before))
