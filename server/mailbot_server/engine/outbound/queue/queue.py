"""
Leases due deliveries and runs their attempts, within the limits.

All that is known is in the rows: what this process has in hand is leased, comes back
when it dies, and is given back when it stops. Attempts are tasks of one group; what
one of them does never stops the queue.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache, partial
from time import perf_counter
from typing import Final

from mailbot_server.config import Settings, read_rules
from mailbot_server.core.delivery import Delivery, Outcome
from mailbot_server.core.domain.key import SigningUnavailable
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.shaping import SiteStatus
from mailbot_server.engine.outbound.queue import batch
from mailbot_server.engine.outbound.queue import lease as leases
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.batch import BATCH, Loaded
from mailbot_server.engine.outbound.queue.gate import Gate
from mailbot_server.engine.outbound.queue.lease import Begun
from mailbot_server.engine.outbound.queue.outcomes import Outcomes
from mailbot_server.engine.outbound.queue.planning import Planning
from mailbot_server.engine.outbound.queue.restraints import Restraints
from mailbot_server.engine.outbound.queue.schedule import WAIT_MAX, Planned, Schedule
from mailbot_server.engine.outbound.queue.sites import Sites
from mailbot_server.engine.outbound.queue.upkeep import Upkeep
from mailbot_server.engine.outbound.routing import route as routes
from mailbot_server.engine.outbound.routing import stays
from mailbot_server.engine.outbound.routing.route import Route, Way
from mailbot_server.engine.outbound.smtp.progress import Progress
from mailbot_server.store import deliveries
from mailbot_server.store.database import Database
from mailbot_server.store.database.topics import Watch
from mailbot_server.store.deliveries import Due, Turns
from mailbot_server.telemetry import log

POLL_SECONDS: Final = 1.0
"""A lost wake-up delays mail by no more than this."""

GATHER_SECONDS: Final = 0.05
"""After something was leased, what follows it gathers so long."""

CALL_OFF_AGAIN_SECONDS: Final = 0.5
LEAVE_SECONDS: Final = 5.0
LOW: Final = 25
"""With fewer than these waiting in hand, more is leased as attempts end."""

ROUTES_KEPT: Final = 4096

CLAIM_SHARE: Final = 10
"""Claiming may take one of so many parts of the time, should it become slow."""

CLAIM_PAUSE_MAX: Final = 10.0
"""A claim that once waited for a lock must not hold up everything for minutes."""

_logger: Final = log.get("queue")


class Queue:
    """The deliveries of one process."""

    def __init__(
        self, db: Database, settings: Settings, attempts: Attempts, node_id: str
    ) -> None:
        clock, metrics = db.clock, db.metrics
        self._db = db
        self._clock = clock
        self._settings = settings
        self._metrics = metrics
        self._node_id = node_id
        self._attempts = attempts
        self._sites = Sites(settings)
        self._restraints = Restraints(
            *(db, clock, metrics, self._sites),
            read_rules(settings.reply_rules),
            node_id,
        )
        self._schedule = Schedule(settings.delivery_concurrency, self._sites)
        self._planning = Planning(attempts.plan)
        self._outcomes = Outcomes(db, metrics, db.entropy)
        self._gate = Gate(self._sites, clock)
        self._upkeep = Upkeep(db, clock, settings, metrics, node_id)
        self._turns = Turns(site_of=self.site_of)
        # The settings stay as they are, and many deliveries go the same way.
        self._choose = lru_cache(ROUTES_KEPT)(partial(routes.choose, settings))
        self._starting: list[Planned] = []
        self._is_starting = False
        self._is_all_leased = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._watch: Watch | None = None
        self._draining = asyncio.Event()
        self._stirred = asyncio.Event()
        self._has_left = asyncio.Event()
        self._has_left.set()
        self._ended = 0

    async def run(self) -> None:
        """Delivers what is due, for ever; gives back what it had in hand at its end."""
        self._has_left.clear()
        with self._db.watch(deliveries.TOPIC) as self._watch:
            try:
                async with asyncio.TaskGroup() as group, self._calling_off():
                    while not self._draining.is_set():
                        await self._round(group, self._watch)
            finally:
                self._attempts.close()
                await self._outcomes.give_back(self._give_up())
                self._has_left.set()

    async def step(self) -> int:
        """Runs what is due now to its end; how many attempts that were."""
        before = self._ended
        async with asyncio.TaskGroup() as group, self._calling_off():
            await self._keep()
            await self._look_around(now=True)
            while await self._claim(group) or self._turns.is_cut_short or self._tasks:
                if self._tasks:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        self._attempts.close()
        # What a rate lets go later only.
        await self._outcomes.give_back(self._give_up())
        return self._ended - before

    def destinations(self) -> list[SiteStatus]:
        """Where mail of this process is under way or limited, busiest first."""
        waiting, open_ = self._schedule.counts, self._attempts.connections()
        return self._sites.statuses(waiting, open_, self._clock())

    async def drain(self, seconds: float) -> None:
        """
        Claims no more, lets attempts end for so long, then calls them off.

        When it returns, what a claim that was under way has leased is given back too,
        unless the database is away.
        """
        self._draining.set()
        self._wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(self._tasks)
        await self._call_off_all()
        self._attempts.close()
        await self._outcomes.give_back(self._give_up())
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                await self._has_left.wait()

    @asynccontextmanager
    async def _calling_off(self) -> AsyncIterator[None]:
        """Whoever leaves early ends the attempts, and lets them say how they ended."""
        try:
            yield
        except BaseException:
            self._draining.set()
            await self._call_off_all()
            raise

    async def _call_off_all(self) -> None:
        # More than once: on Python 3.11 wait_for loses a cancellation that comes
        # together with the result (python/cpython issue 86296).
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks, timeout=CALL_OFF_AGAIN_SECONDS)

    async def _round(self, group: asyncio.TaskGroup, watch: Watch) -> None:
        pause = POLL_SECONDS
        try:
            await self._keep()
            await self._look_around()
            if self._schedule.wait < WAIT_MAX:
                self._schedule.look_again()
            self._dispatch(group)
            started = perf_counter()
            if await self._claim(group):
                if self._is_all_leased:
                    await self._rest(GATHER_SECONDS)
                return
            if self._turns.is_cut_short:
                # Much was looked at, and nothing of it may go.
                pause = (CLAIM_SHARE - 1) * (perf_counter() - started)
                await self._rest(min(pause, CLAIM_PAUSE_MAX))
                return
            pause = min(await self._until_next_due(), self._schedule.wait)
        except Unavailable as error:
            _logger.warning("queue_waits_for_database", reason=error.message)
        await watch.changed(pause)

    async def _rest(self, seconds: float) -> None:
        """Until then, or until a destination can take more or the queue is to end."""
        self._stirred.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stirred.wait()

    async def _until_next_due(self) -> float:
        due = await self._db.read(deliveries.next_due)
        wait = (due - self._clock()).total_seconds() if due else POLL_SECONDS
        # What is due already could not be leased: something has to end first.
        return min(wait, POLL_SECONDS) if wait > 0 else POLL_SECONDS

    async def _keep(self) -> None:
        """What has to be done from time to time for leases to stay and holds to end."""
        await self._upkeep.step(lambda: self._schedule.in_hand)

    async def _look_around(self, *, now: bool = False) -> None:
        """Every second: what is suspended or limited; what waits for that goes back."""
        if await self._restraints.refresh(now=now):
            self._is_all_leased = False
            left = self._schedule.shed(self._clock())
            self._schedule.look_again()
            self._gate.look_again()
            await self._outcomes.give_back(left)

    async def _claim(self, group: asyncio.TaskGroup) -> int:
        """Leases what is due, as far as there is room, and begins what may begin."""
        now, turns = self._clock(), self._turns
        room = self._schedule.room(now)
        turns.is_cut_short = False
        if room <= 0:
            return 0
        domains = {f"@{name}" for name in self._sites.suspended_domains}
        turns.over = self._schedule.full | self._sites.left_alone(now) | domains
        turns.crowded = self._schedule.crowded
        turns.accounts_over = self._restraints.accounts
        turns.inboxes_over = self._restraints.inboxes
        seconds = self._settings.delivery_lease_seconds
        started = perf_counter()
        try:
            claimed = await leases.claim(self._db, self._node_id, room, seconds, turns)
        except Unavailable:
            turns.forget()
            raise
        self._metrics.queue_claim_duration.observe(perf_counter() - started)
        count = len(claimed.leases)
        if count:
            self._metrics.queue_claim_batch.observe(count)
        for lease in claimed.leases:
            self._take(lease, group, is_local=lease.recipient in claimed.hosted)
        self._dispatch(group)
        self._is_all_leased = count < room
        return count

    def _take(
        self, lease: Delivery, group: asyncio.TaskGroup, *, is_local: bool
    ) -> None:
        """Finds out where a lease leads, aside if somebody has to be asked."""
        route = routes.local(lease.domain) if is_local else self._route_of(lease)
        self._schedule.take(lease)
        if route.way is not Way.MX or stays.why_held(self._settings, route):
            planned = Planned(lease=lease, route=route, site=route.destination)
            self._schedule.add(planned)
        elif self._planning.wait(lease, route):
            self._track(group.create_task(self._plan(route, group), name="plan"))

    def _route_of(self, delivery: Delivery | Due) -> Route:
        own = delivery.sender_domain
        sender = own or routes.sender_domain(delivery.reverse_path)
        return self._choose(delivery.domain, sender)

    def site_of(self, delivery: Delivery | Due) -> str:
        """Where a delivery leads, as far as that is known without asking anybody."""
        route = self._route_of(delivery)
        if route.way is not Way.MX:
            return route.destination
        return self._planning.sites.get(delivery.domain) or delivery.site

    async def _plan(self, route: Route, group: asyncio.TaskGroup) -> None:
        try:
            found = await self._planning.look_up(route)
        except Exception as error:  # noqa: BLE001 - one domain's fault never stops the queue
            self._outcomes.note_fault("lookup_failed", error, domain=route.domain)
            found = self._planning.unknown(route)
        now, left = self._clock(), []
        for planned in found:
            if self._sites.is_left_alone(planned.site, now):
                self._schedule.drop(planned.lease)
                left.append(planned.lease)
            else:
                self._schedule.add(planned)
        self._dispatch(group)
        if left:
            await self._outcomes.give_back(left)

    def _dispatch(self, group: asyncio.TaskGroup) -> None:
        now = self._clock()
        while not self._draining.is_set() and (planned := self._schedule.next(now)):
            self._starting.append(planned)
        if self._starting and not self._is_starting:
            self._is_starting = True
            self._track(group.create_task(self._start(group), name="start"))

    async def _start(self, group: asyncio.TaskGroup) -> None:
        """Begins what was dispatched, in one operation what has come together."""
        try:
            while self._starting:
                its, self._starting = self._starting[:BATCH], self._starting[BATCH:]
                await self._begin_all(its, group)
        finally:
            self._is_starting = False
            left, self._starting = self._starting, []
            if left:
                await self._call_back(left)

    async def _begin_all(self, its: list[Planned], group: asyncio.TaskGroup) -> None:
        why = [(p.lease, stays.why_held(self._settings, p.route)) for p in its]
        free = [batch.ready(lease) for lease, reason in why if not reason]
        kept = [each for each in why if each[1]]
        begun, held = batch.NOTHING, frozenset[str]()
        try:
            if kept:
                held = await leases.hold_all(self._db, self._metrics, kept)
            if free:
                begun = await self._db.write(batch.begin, free)
        except (Unavailable, asyncio.CancelledError) as error:
            await self._call_back(its)
            if isinstance(error, Unavailable):
                return
            raise
        except Exception as error:  # noqa: BLE001 - one delivery's fault never stops the queue
            self._outcomes.note_fault("batch_not_begun", error)
        self._metrics.queue_fencing_rejections.inc(len(begun.lost))
        for planned in its:
            if planned.lease.id in begun.lost | held:
                self._schedule.unused(planned)
                self._schedule.ended(planned)
                continue
            loaded = begun.begun.get(planned.lease.id)
            run = self._run(planned, loaded, group)
            self._track(group.create_task(run, name="attempt"))

    async def _call_back(self, its: list[Planned]) -> None:
        for planned in its:
            self._schedule.unused(planned)
            self._schedule.ended(planned)
        await self._outcomes.give_back([planned.lease for planned in its])

    def _track(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _give_up(self) -> list[Delivery]:
        waited = self._planning.give_up()
        for lease in waited:
            self._schedule.drop(lease)
        return [*waited, *self._schedule.give_up()]

    async def _run(
        self, planned: Planned, loaded: Loaded | None, group: asyncio.TaskGroup
    ) -> None:
        lease, way = planned.lease, planned.route.way.value
        progress = Progress(self._clock, self._metrics, way)
        progress.site = planned.site
        outcome: Outcome | None = None
        has_gone_on = False
        try:
            outcome = await self._attempt(planned, loaded, progress)
            if outcome is not None:
                outcome = await self._restraints.learn(
                    planned.site, lease.domain, outcome, progress.connects
                )
                self._gate.leave(planned)
                self._go_on(group, is_free=self._schedule.freed(planned))
                has_gone_on = True
                await self._outcomes.settle(lease, outcome)
                self._ended += 1
            else:
                self._schedule.unused(planned)
        except asyncio.CancelledError:
            await self._outcomes.call_off(lease, outcome, progress)
            raise
        except Exception as error:  # noqa: BLE001 - one delivery's fault never stops the queue
            # Its lease ends by itself. Given back, a message that was taken would be
            # sent once more every time, and nobody would be told.
            self._outcomes.note_fault("attempt_failed", error, delivery_id=lease.id)
        finally:
            self._gate.leave(planned)
            is_free = self._schedule.ended(planned)
            if not has_gone_on:
                self._go_on(group, is_free=is_free)

    def _go_on(self, group: asyncio.TaskGroup, *, is_free: bool) -> None:
        """Begins what there is room for now, and has more leased."""
        self._dispatch(group)
        if is_free or (not self._is_all_leased and self._schedule.waiting < LOW):
            self._wake()

    async def _attempt(
        self, planned: Planned, loaded: Loaded | None, progress: Progress
    ) -> Outcome | None:
        """How the attempt ended; None when there was none."""
        lease, route = planned.lease, planned.route
        if loaded is None and not await self._may_begin(lease, route):
            return None
        try:
            outcome = await self._attempts.run(
                *(lease, route, progress),
                loaded=loaded,
                messages_max=self._sites.messages_max(planned.site),
                enter=partial(self._enter, planned),
            )
        except SigningUnavailable as error:
            await self._outcomes.hold_unsigned(lease, error)
            return None
        except Unavailable:
            return progress.failed("the database was away")
        except Exception as error:  # noqa: BLE001 - the same, and this one has an outcome
            self._outcomes.note_fault("attempt_failed", error, delivery_id=lease.id)
            return progress.failed("a fault of this server")
        if outcome is None:
            await self._outcomes.send_back(lease)
        return outcome

    async def _enter(self, planned: Planned) -> bool:
        """Whether a delivery that is ready to leave may; waits for room for it."""
        self._schedule.ready(planned)
        if await self._gate.enter(planned):
            self._observe_delay(planned.lease)
            return True
        self._schedule.sent_back(planned)
        return False

    async def _may_begin(self, lease: Delivery, route: Route) -> bool:
        """Has what speaks against an attempt written down; whether nothing does."""
        try:
            hold = stays.why_held(self._settings, route)
            begun = await leases.begin(self._db, self._metrics, lease, hold=hold)
        except Unavailable:
            await self._outcomes.give_back([lease])
            return False
        return begun is Begun.STARTED

    def _observe_delay(self, lease: Delivery) -> None:
        """From being due to the attempt: waiting for a retry or in a hold is wanted."""
        waited = (self._clock() - lease.due_at).total_seconds()
        attempt = "retry" if lease.attempts else "first"
        delay = self._metrics.queue_dispatch_delay.labels(lease.stream.value, attempt)
        delay.observe(max(waited, 0.0))

    def _wake(self) -> None:
        self._stirred.set()
        if self._watch is not None:
            self._watch.wake()
