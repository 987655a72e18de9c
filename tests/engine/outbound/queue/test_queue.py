"""Rows in, rows and events out: the queue with real servers, and when things break."""

import asyncio
import threading
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.event import AttemptDetail, EventType
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.mail.address import Mailbox, domain_of
from mailbot_server.core.message import Guarantee, Stream
from mailbot_server.engine import inboxes as engine
from mailbot_server.engine.dns import Status
from mailbot_server.engine.outbound.queue import (
    attempt,
    batch,
    gate,
    outcomes,
    queue,
    schedule,
    settling,
)
from mailbot_server.engine.outbound.queue import lease as leases
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.outbound.queue.settling import Settling
from mailbot_server.engine.outbound.settle import settle_all, settle_lost
from mailbot_server.store import deliveries, inboxes, nodes
from tests.fakes.copies import copies
from tests.fakes.drafts import DRAFT
from tests.fakes.remote_mta import CLOSE, SILENCE, After, RemoteMta
from tests.fakes.resolver import FakeResolver
from tests.fakes.tenants import add_account, add_inbox, principal

NODE = "nod_00000000000000000000000001"


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver()


@pytest.fixture
def make(db, clock, metrics, entropy, resolver, signer):
    """A queue with these settings."""

    def queue_with(*, node_id: str = NODE, **settings) -> Queue:
        made = load(**({"hostname": "mail.example.net"} | settings))
        attempts = Attempts(db, made, resolver, signer, copies(db))
        return Queue(db, made, attempts, node_id)

    return queue_with


def pinned(mta: RemoteMta, *domains: str) -> dict:
    """Settings that send these domains, or example.com, to a server."""
    return {
        "routes": [
            {"domain": domain, "host": mta.host, "port": mta.port}
            for domain in domains or ("example.com",)
        ]
    }


@asynccontextmanager
async def running(subject: Queue):
    """The queue, running; cancelled at the end."""
    task = asyncio.create_task(subject.run())
    try:
        yield task
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def eventually(db, condition) -> None:
    """Waits for a row to become what it should; woken by the queue's topic."""
    async with asyncio.timeout(10):
        with db.watch("deliveries") as watch:
            while not await condition():
                await watch.changed(0.2)


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


# --- the way of a message ---


async def test_a_message_goes_out_and_every_step_is_told(
    make, send, stored, log, kinds, metrics
):
    submitted = await send()
    async with RemoteMta() as mta:
        assert await make(**pinned(mta)).step() == 1
    [delivery] = submitted.deliveries
    now = await stored(delivery)
    assert (now.state, now.attempts) == (State.DELIVERED, 1)
    assert await kinds() == ["queued", "attempted", "sent", "delivered"]
    delivered = (await log())[-1]
    assert isinstance(delivered.detail, AttemptDetail)
    assert delivered.detail.reply is not None
    assert delivered.detail.reply.text == "Queued as 42"
    assert delivered.detail.remote_address == f"127.0.0.1:{mta.port}"
    [taken] = mta.accepted
    assert f"Message-ID: <{submitted.message.rfc822_message_id}>".encode() in taken.data
    name = "mailbot_queue_dispatch_delay_seconds_count"
    assert sample(metrics, name, stream="transactional", attempt="first") == 1


async def test_d6_recipients_are_told_apart(make, send, stored):
    names = ("ok", "full", "away", "gone")
    draft = replace(
        DRAFT, to=tuple(Mailbox(address=f"{name}@example.com") for name in names)
    )
    submitted = await send(draft)
    answers = {
        "full": "452 4.2.2 Over quota",
        "away": "450 4.2.0 Greylisted",
        "gone": "550 5.1.1 No such user",
    }
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [answers.get(name, "250 OK") for name in names]
        subject = make(**pinned(mta), delivery_concurrency=1)
        assert await subject.step() == 4
    states = {d.recipient: (await stored(d)).state for d in submitted.deliveries}
    assert Counter(states.values()) == {
        State.DELIVERED: 1,
        State.DEFERRED: 2,
        State.BOUNCED: 1,
    }
    assert len(mta.accepted) == 1


async def test_mail_between_inboxes_is_accepted_and_settled(
    db, make, send, stored, kinds
):
    other = await add_inbox(db, 2, await add_account(db, 2))
    submitted = await send(replace(DRAFT, to=(Mailbox(address=other.address),)))
    assert await make(hostname="").step() == 1
    assert (await stored(submitted.deliveries[0])).state is State.DELIVERED
    assert await kinds() == ["queued", "attempted", "sent", "delivered"]
    counts = await db.read(inboxes.counts, other.id)
    assert counts.inbound_messages == 1


async def test_a_smart_host_gets_everything_else(make, send, stored):
    submitted = await send()
    async with RemoteMta() as mta:
        relay = {"host": "127.0.0.1", "port": mta.port, "tls": "none"}
        await make(smart_host=relay, hostname="").step()
    assert (await stored(submitted.deliveries[0])).state is State.SENT
    assert mta.accepted[0].helo == "[127.0.0.1]"


@pytest.mark.parametrize(
    ("records", "state", "enhanced"),
    [
        pytest.param(Status.NXDOMAIN, State.BOUNCED, "5.1.2", id="d1-nxdomain"),
        pytest.param([(0, "")], State.BOUNCED, "5.1.10", id="d1-null-mx"),
        pytest.param(Status.FAILED, State.DEFERRED, "4.4.3", id="d2-servfail"),
        pytest.param(Status.TIMEOUT, State.DEFERRED, "4.4.3", id="d2-timeout"),
    ],
)
async def test_what_dns_says_is_settled(
    make, send, log, resolver, records, state, enhanced
):
    resolver.mx_of["example.com"] = records
    await send()
    await make().step()
    told = [e for e in await log() if e.type.value.startswith("message.")]
    assert told[-1].type.value == f"message.{state.value}"
    detail = told[-1].detail
    assert isinstance(detail, AttemptDetail)
    assert detail.reply is not None
    assert (detail.reply.code, detail.reply.enhanced) == (0, enhanced)
    assert detail.stage == "route"


# --- trying again ---


async def test_d14_greylisted_mail_is_delivered_on_the_next_attempt(
    make, send, stored, kinds, clock
):
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["450 4.2.0 Greylisted, try again in 60 seconds"]
        subject = make(**pinned(mta))
        assert await subject.step() == 1
        assert await subject.step() == 0
        clock.advance(minutes=2)
        assert await subject.step() == 1
    assert (await stored(submitted.deliveries[0])).state is State.DELIVERED
    assert await kinds() == [
        *("queued", "attempted", "deferred", "attempted", "sent", "delivered"),
    ]
    first, second = mta.sessions
    assert first[-1] == second[-1] == "QUIT"


async def test_d15_a_dead_host_is_tried_for_five_days_and_then_given_up(
    db, make, send, stored, log, clock
):
    submitted = await send(stream=Stream.BULK)
    [delivery] = submitted.deliveries
    async with RemoteMta() as mta:
        pass
    subject = make(**pinned(mta))
    began, waits = clock(), []
    while not (now := await stored(delivery)).state.is_terminal:
        waits.append((now.due_at - clock()).total_seconds() / 60)
        clock.now = now.due_at
        assert await subject.step() == 1
    assert now.state is State.EXPIRED
    assert timedelta(days=4, hours=20) < clock() - began <= timedelta(days=5)
    expected = [0, 1, 5, 15, 30, 60, 120, *[240] * 40]
    for wait, planned in zip(waits[:-1], expected, strict=False):
        assert planned * 0.8 <= wait <= planned * 1.2
    told = Counter(event.type for event in await log())
    assert told[EventType.MESSAGE_DELAYED] == 2
    assert told[EventType.MESSAGE_EXPIRED] == 1
    assert told[EventType.MESSAGE_DEFERRED] == told[EventType.MESSAGE_ATTEMPTED] - 1
    assert 30 <= now.attempts <= 45


async def test_d15_transactional_mail_is_given_up_after_three_days(
    make, send, stored, clock
):
    submitted = await send()
    [delivery] = submitted.deliveries
    async with RemoteMta() as mta:
        pass
    subject = make(**pinned(mta))
    began = clock()
    while not (now := await stored(delivery)).state.is_terminal:
        clock.now = now.due_at
        await subject.step()
    assert timedelta(hours=68) < clock() - began <= timedelta(hours=72)


async def test_d8_a_loss_after_the_final_dot_makes_at_most_one_more_copy(
    make, send, stored, kinds, clock
):
    submitted = await send()
    [delivery] = submitted.deliveries
    async with RemoteMta() as mta:
        mta.script["EOD"] = [CLOSE]
        subject = make(**pinned(mta))
        await subject.step()
        assert (await stored(delivery)).state is State.DEFERRED
        clock.advance(minutes=6)
        await subject.step()
    assert (await stored(delivery)).state is State.DELIVERED
    assert await kinds() == [
        *("queued", "attempted", "unknown", "attempted", "sent", "delivered"),
    ]
    first, second = mta.transactions
    assert first.data == second.data


async def test_d8_at_most_once_ends_as_unknown(make, send, stored, kinds, clock):
    submitted = await send(guarantee=Guarantee.AT_MOST_ONCE)
    async with RemoteMta() as mta:
        mta.script["EOD"] = [CLOSE]
        subject = make(**pinned(mta))
        await subject.step()
        clock.advance(days=1)
        assert await subject.step() == 0
    assert (await stored(submitted.deliveries[0])).state is State.UNKNOWN
    assert await kinds() == ["queued", "attempted", "unknown"]
    assert len(mta.transactions) == 1


# --- holds ---


async def test_without_a_hostname_mail_to_an_mx_is_held_until_there_is_one(
    make, send, stored, kinds, resolver
):
    submitted = await send()
    [delivery] = submitted.deliveries
    nameless = make(hostname="")
    assert await nameless.step() == 0
    assert (await stored(delivery)).hold_reason == "hostname_unset"
    assert resolver.questions == []
    named = make()
    assert await named.step() == 1
    assert (await stored(delivery)).state is State.BOUNCED
    assert await kinds() == ["queued", "held", "released", "attempted", "bounced"]


async def test_where_nothing_may_leave_mail_waits_until_it_has_another_way(
    make, send, stored, kinds, resolver
):
    submitted = await send()
    [delivery] = submitted.deliveries
    async with RemoteMta() as mta:
        way = {"domain": "*", "way": "hold"}
        relay = {"host": mta.host, "port": mta.port, "tls": "none"}
        assert await make(routes=[way], smart_host=relay).step() == 0
        assert (await stored(delivery)).hold_reason == "route_hold"
        assert mta.sessions == []
        assert await make(smart_host=relay).step() == 1
    assert resolver.questions == []
    assert (await stored(delivery)).state is State.SENT
    assert await kinds() == ["queued", "held", "released", "attempted", "sent"]


async def test_the_senders_domain_has_a_relay_of_its_own(make, send, inbox):
    await send()
    domain = domain_of(inbox.address)
    async with RemoteMta() as own, RemoteMta() as general:
        relays = [
            {"host": mta.host, "port": mta.port, "tls": "none"}
            for mta in (own, general)
        ]
        sender_routes = [{"domain": domain, "smart_host": relays[0]}]
        await make(sender_routes=sender_routes, smart_host=relays[1]).step()
    assert (len(own.accepted), len(general.accepted)) == (1, 0)


async def test_d20_a_suspended_inbox_sends_nothing_and_resumes_intact(
    db, make, send, stored, inbox, clock
):
    submitted = await send()
    [delivery] = submitted.deliveries
    await engine.suspend(db, principal(), inbox.id)
    async with RemoteMta() as mta:
        subject = make(**pinned(mta))
        assert await subject.step() == 0
        assert (await stored(delivery)).state is State.HELD
        assert mta.sessions == []
        await engine.activate(db, principal(), inbox.id)
        assert await subject.step() == 1
    assert (await stored(delivery)).state is State.DELIVERED


async def test_d20_a_disabled_inbox_sends_nothing(db, make, send, stored, inbox):
    submitted = await send()
    await db.write(inboxes.update, replace(inbox, state=InboxState.DISABLED))
    async with RemoteMta() as mta:
        assert await make(**pinned(mta)).step() == 0
    assert (await stored(submitted.deliveries[0])).state is State.CANCELLED
    assert mta.sessions == []


async def test_all_that_was_held_for_too_long_expires_at_once(
    make, send, stored, clock, monkeypatch
):
    monkeypatch.setattr(leases, "BATCH", 2)
    submitted = [await send() for _ in range(3)]
    subject = make(hostname="")
    await subject.step()
    clock.advance(hours=73)
    for _ in range(2):
        await subject.step()
    states = [(await stored(each.deliveries[0])).state for each in submitted]
    assert states == [State.EXPIRED] * 3


async def test_held_mail_expires(make, send, stored, clock):
    submitted = await send()
    subject = make(hostname="")
    await subject.step()
    clock.advance(hours=73)
    await subject.step()
    assert (await stored(submitted.deliveries[0])).state is State.EXPIRED


# --- faults of ours ---


async def test_a_fault_of_ours_defers_and_the_queue_goes_on(
    make, send, stored, log, metrics, monkeypatch
):
    broken, fine = await send(), await send()
    run = attempt.Attempts.run

    async def run_or_fail(self, lease, route, progress, **more):
        if lease.message_id == broken.message.id:
            raise ZeroDivisionError
        return await run(self, lease, route, progress, **more)

    monkeypatch.setattr(attempt.Attempts, "run", run_or_fail)
    async with RemoteMta() as mta:
        assert await make(**pinned(mta)).step() == 2
    assert (await stored(fine.deliveries[0])).state is State.DELIVERED
    now = await stored(broken.deliveries[0])
    assert (now.state, now.bounce_class) == (State.DEFERRED, "other")
    name = "mailbot_unhandled_exceptions_total"
    assert sample(metrics, name, component="queue") == 1
    texts = str([event.detail for event in await log()])
    assert "ZeroDivision" not in texts


async def test_a_delivery_that_cannot_begin_stops_no_other(
    make, send, stored, metrics, monkeypatch
):
    broken, fine = await send(), await send()
    begin, begin_one = batch.begin, leases._begin_attempt

    def begin_or_fail(tx, its):
        if broken.deliveries[0].id in {lease.id for lease in its}:
            raise ZeroDivisionError
        return begin(tx, its)

    def begin_one_or_fail(tx, lease, hold):
        if lease.id == broken.deliveries[0].id:
            raise ZeroDivisionError
        return begin_one(tx, lease, hold)

    monkeypatch.setattr(batch, "begin", begin_or_fail)
    monkeypatch.setattr(leases, "_begin_attempt", begin_one_or_fail)
    async with RemoteMta() as mta:
        assert await make(**pinned(mta)).step() == 1
    assert (await stored(fine.deliveries[0])).state is State.DELIVERED
    # Its lease ends by itself: given back, it would go in a circle.
    assert (await stored(broken.deliveries[0])).state is State.LEASED
    name = "mailbot_unhandled_exceptions_total"
    assert sample(metrics, name, component="queue") == 2


async def test_a_destination_that_cannot_be_found_out_stops_no_other(
    make, send, stored, metrics, monkeypatch, resolver
):
    to = (Mailbox(address="user@broken.example"),)
    broken, fine = await send(replace(DRAFT, to=to)), await send()
    resolver.mx_of |= {"broken.example": [(0, "")], "example.com": [(0, "")]}
    plan = attempt.Attempts.plan

    async def plan_or_fail(self, route):
        if route.domain == "broken.example":
            raise ZeroDivisionError
        return await plan(self, route)

    monkeypatch.setattr(attempt.Attempts, "plan", plan_or_fail)
    subject = make()
    await subject.step()
    assert (await stored(fine.deliveries[0])).state is State.BOUNCED
    # What its attempt says of the fault is settled as of any other.
    assert (await stored(broken.deliveries[0])).state is not State.LEASED
    name = "mailbot_unhandled_exceptions_total"
    assert sample(metrics, name, component="queue") >= 1


async def test_a_lease_that_cannot_be_given_back_stops_nothing(
    make, send, stored, metrics, monkeypatch
):
    submitted = await send()

    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(leases, "_give_back", fail)
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [SILENCE]
        subject = make(**pinned(mta))
        task = asyncio.create_task(subject.run())
        await mta.reached("RCPT")
        await subject.drain(0.01)
        await task
    assert (await stored(submitted.deliveries[0])).state is State.LEASED
    name = "mailbot_unhandled_exceptions_total"
    assert sample(metrics, name, component="queue") == 1


async def test_a14_an_outcome_that_cannot_be_written_does_not_go_in_a_circle(
    db, make, send, stored, kinds, clock, monkeypatch
):
    submitted = await send(guarantee=Guarantee.AT_MOST_ONCE)
    [delivery] = submitted.deliveries

    async def fail(*arguments, **keywords):
        raise ZeroDivisionError

    monkeypatch.setattr(settling, "settle_all", fail)
    async with RemoteMta() as mta:
        subject = make(**pinned(mta))
        await subject.step()
        assert (await stored(delivery)).state is State.LEASED
        clock.advance(minutes=16)
        await subject.step()
        await take_back(db, clock)
        await subject.step()
        assert len(mta.accepted) == 1
    assert (await stored(delivery)).state is State.UNKNOWN
    assert await kinds() == ["queued", "unknown"]
    name = "mailbot_unhandled_exceptions_total"
    assert sample(db.metrics, name, component="queue") == 1


async def test_the_delay_of_a_retry_is_counted_from_when_it_was_due(
    make, send, stored, clock, metrics
):
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["451 4.3.0 Local error"]
        subject = make(**pinned(mta))
        await subject.step()
        due = (await stored(submitted.deliveries[0])).due_at
        clock.now = due + timedelta(seconds=7)
        await subject.step()
    name = "mailbot_queue_dispatch_delay_seconds"
    retry = {"stream": "transactional", "attempt": "retry"}
    assert sample(metrics, f"{name}_count", **retry) == 1
    assert sample(metrics, f"{name}_sum", **retry) == 7
    assert sample(metrics, f"{name}_count", **(retry | {"attempt": "first"})) == 1


async def test_a12_an_outcome_is_written_once_the_database_is_back(
    make, send, stored, monkeypatch
):
    submitted = await send()
    tries = []

    async def settle_later(*arguments, **keywords):
        tries.append(arguments)
        if len(tries) < 3:
            raise Unavailable("away")
        return await settle_all(*arguments, **keywords)

    monkeypatch.setattr(settling, "settle_all", settle_later)
    monkeypatch.setattr(outcomes, "AGAIN_SECONDS", 0)
    async with RemoteMta() as mta:
        assert await make(**pinned(mta)).step() == 1
    assert (await stored(submitted.deliveries[0])).state is State.DELIVERED
    assert len(mta.accepted) == 1


async def test_a12_the_queue_survives_a_database_that_is_away(
    db, make, send, stored, monkeypatch
):
    submitted = await send()
    [delivery] = submitted.deliveries
    name = "lease_due" if db.is_postgres else "lease"
    lease = getattr(deliveries, name)
    failures: list[int] = []

    def fail_twice(*arguments):
        if len(failures) < 2:
            failures.append(1)
            raise Unavailable("away")
        return lease(*arguments)

    monkeypatch.setattr(deliveries, name, fail_twice)
    monkeypatch.setattr(queue, "POLL_SECONDS", 0.01)

    async def is_delivered() -> bool:
        return (await stored(delivery)).state is State.DELIVERED

    async with RemoteMta() as mta, running(make(**pinned(mta))):
        await eventually(db, is_delivered)


# --- many at a time ---


async def test_the_next_attempt_does_not_wait_for_the_last_to_be_written_down(
    make, send, stored, monkeypatch
):
    submitted = [await send() for _ in range(2)]
    go, settle = asyncio.Event(), Settling.settle

    async def late(self, result):
        await go.wait()
        return await settle(self, result)

    monkeypatch.setattr(Settling, "settle", late)
    async with RemoteMta() as mta:
        step = asyncio.create_task(
            make(**pinned(mta), delivery_per_destination=1).step()
        )
        while len(mta.accepted) < 2:
            await mta.progressed()
        go.set()
        assert await step == 2
    for each in submitted:
        assert (await stored(each.deliveries[0])).state is State.DELIVERED


async def test_attempts_to_one_destination_stay_few(make, send, stored):
    submitted = [await send() for _ in range(6)]
    gate = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [After(gate, "250 OK")] * 6
        subject = make(**pinned(mta), delivery_per_destination=2)
        step = asyncio.create_task(subject.step())
        await mta.reached("RCPT")
        while len(mta.sessions) < 2:
            await mta.progressed()
        # What may begin begins at once, so that a third would be under way by now.
        assert len(subject._tasks) == 2
        gate.set()
        assert await step == 6
    for each in submitted:
        assert (await stored(each.deliveries[0])).state is State.DELIVERED


async def test_d17_a_host_that_hangs_does_not_hold_up_another(
    db, make, send, stored, monkeypatch
):
    slow = [await send() for _ in range(3)]
    elsewhere = replace(DRAFT, to=(Mailbox(address="user@example.org"),))
    fast = await send(elsewhere)
    gate = asyncio.Event()
    async with RemoteMta() as hanging, RemoteMta() as quick:
        hanging.script["greeting"] = [After(gate, "220 hello")] * 3
        routes = pinned(hanging)["routes"] + pinned(quick, "example.org")["routes"]
        subject = make(routes=routes, delivery_per_destination=1)

        async def is_delivered() -> bool:
            return (await stored(fast.deliveries[0])).state is State.DELIVERED

        async with running(subject):
            await eventually(db, is_delivered)
            assert len(hanging.sessions) == 1
            gate.set()
            for each in slow:

                async def is_over(each=each) -> bool:
                    return (await stored(each.deliveries[0])).state.is_terminal

                await eventually(db, is_over)


async def test_d18_a_long_queue_for_one_domain_leaves_room_for_another(
    db, make, send, stored, monkeypatch
):
    monkeypatch.setattr(schedule, "CLAIM_MAX", 2)
    monkeypatch.setattr(schedule, "CROWD", 4)
    slow = [await send() for _ in range(10)]
    elsewhere = replace(DRAFT, to=(Mailbox(address="user@example.org"),))
    fast = await send(elsewhere)
    async with RemoteMta() as hanging, RemoteMta() as quick:
        hanging.script["greeting"] = [SILENCE] * 10
        routes = pinned(hanging)["routes"] + pinned(quick, "example.org")["routes"]
        subject = make(routes=routes, delivery_per_destination=1)

        async def is_delivered() -> bool:
            return (await stored(fast.deliveries[0])).state is State.DELIVERED

        async with running(subject):
            await eventually(db, is_delivered)
            states = [(await stored(each.deliveries[0])).state for each in slow]
    assert 2 <= Counter(states)[State.LEASED] <= 6


async def test_a_running_queue_is_woken_by_what_is_sent(db, make, send, stored):
    async with RemoteMta() as mta, running(make(**pinned(mta))):
        submitted = await send()

        async def is_delivered() -> bool:
            return (await stored(submitted.deliveries[0])).state is State.DELIVERED

        await eventually(db, is_delivered)


async def test_two_queues_never_deliver_one_message_twice(make, send, stored):
    submitted = [await send() for _ in range(20)]
    async with RemoteMta() as mta:
        both = [make(node_id=f"nod_{n}", **pinned(mta)) for n in (1, 2)]
        ended = await asyncio.gather(*(each.step() for each in both))
    assert sum(ended) == len(mta.accepted) == 20
    for each in submitted:
        assert (await stored(each.deliveries[0])).state is State.DELIVERED


async def test_a_long_attempt_keeps_its_lease(db, make, send, stored, clock):
    submitted = await send()
    [delivery] = submitted.deliveries
    gate = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [After(gate, "250 OK")]
        subject = make(**pinned(mta))
        step = asyncio.create_task(subject.step())
        await mta.reached("RCPT")
        clock.advance(minutes=10)
        await subject._keep()
        assert (await stored(delivery)).lease_until == clock() + timedelta(minutes=15)
        gate.set()
        assert await step == 1


async def test_a_lease_that_was_forgotten_ends(db, make, send, stored, clock):
    submitted = await send()
    # Leased by this process, whose answer was lost with the database.
    [lease] = await db.write(deliveries.lease_due, NODE, 10, 900)
    subject = make()
    clock.advance(minutes=10)
    await subject._keep()
    assert (await stored(lease)).lease_until == lease.lease_until
    clock.advance(minutes=5)
    await take_back(db, clock)
    assert (await stored(submitted.deliveries[0])).state is State.QUEUED


# --- stopping ---


async def test_a7_draining_lets_attempts_end_and_claims_no_more(db, make, send, stored):
    under_way = await send()
    gate = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [After(gate, "250 OK")]
        subject = make(**pinned(mta))
        task = asyncio.create_task(subject.run())
        await mta.reached("RCPT")
        draining = asyncio.create_task(subject.drain(10))
        later = await send()
        gate.set()
        await draining
        await task
    assert (await stored(under_way.deliveries[0])).state is State.DELIVERED
    assert (await stored(later.deliveries[0])).state is State.QUEUED


async def test_a7_what_a_claim_under_way_had_leased_goes_back(
    db, make, send, stored, monkeypatch
):
    submitted = await send()
    asked, go = threading.Event(), threading.Event()
    name = "lease_due" if db.is_postgres else "lease"
    lease = getattr(deliveries, name)

    def slowly(*arguments):
        asked.set()
        assert go.wait(10)
        return lease(*arguments)

    monkeypatch.setattr(deliveries, name, slowly)
    subject = make()
    task = asyncio.create_task(subject.run())
    assert await asyncio.to_thread(asked.wait, 10)
    draining = asyncio.create_task(subject.drain(0.01))
    await asyncio.sleep(0)
    go.set()
    await draining
    task.cancel()
    await asyncio.wait([task])
    now = await stored(submitted.deliveries[0])
    assert (now.state, now.lease_seq) == (State.QUEUED, 1)


async def test_a7_what_does_not_end_in_time_goes_back_unharmed(
    make, send, stored, kinds
):
    submitted = await send()
    [delivery] = submitted.deliveries
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [SILENCE]
        subject = make(**pinned(mta))
        task = asyncio.create_task(subject.run())
        await mta.reached("RCPT")
        await subject.drain(0.01)
        await task
    now = await stored(delivery)
    assert (now.state, now.attempts, now.lease_owner) == (State.QUEUED, 0, "")
    assert await kinds() == ["queued"]


async def test_a7_what_is_called_off_after_the_final_dot_is_unknown(
    make, send, stored, kinds
):
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script["EOD"] = [SILENCE]
        subject = make(**pinned(mta))
        task = asyncio.create_task(subject.run())
        await mta.reached("EOD")
        await subject.drain(0.01)
        await task
    now = await stored(submitted.deliveries[0])
    assert (now.state, now.attempts) == (State.DEFERRED, 1)
    assert await kinds() == ["queued", "attempted", "unknown"]


async def test_a7_what_is_still_looked_up_goes_back(make, send, stored, monkeypatch):
    submitted = await send()
    asked = asyncio.Event()

    async def hang(self, route):
        asked.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(attempt.Attempts, "plan", hang)
    subject = make()
    task = asyncio.create_task(subject.run())
    await asked.wait()
    await subject.drain(0.01)
    await task
    now = await stored(submitted.deliveries[0])
    assert (now.state, now.lease_owner) == (State.QUEUED, "")


async def test_a7_a_cancelled_queue_gives_back_what_it_had_in_hand(make, send, stored):
    submitted = [await send() for _ in range(5)]
    async with RemoteMta() as mta:
        mta.script["greeting"] = [SILENCE] * 5
        subject = make(**pinned(mta), delivery_per_destination=1)
        async with running(subject):
            await mta.reached("greeting")
    for each in submitted:
        now = await stored(each.deliveries[0])
        assert (now.state, now.lease_owner) == (State.QUEUED, "")


# --- a killed process ---


async def take_back(db, clock) -> None:
    """What the timers of another process do."""
    for lost in await db.read(deliveries.leases_lost, "nod_other", 10):
        await settle_lost(db, db.metrics, lost, clock())


async def test_a5_killed_before_the_final_dot_the_message_arrives_once(
    db, make, send, stored, clock
):
    submitted = await send()
    await db.write(nodes.seen, NODE)
    # Leased by a process that was killed before it could begin.
    await db.write(deliveries.lease_due, NODE, 10, 900)
    clock.advance(seconds=61)
    await take_back(db, clock)
    async with RemoteMta() as mta:
        assert await make(**pinned(mta), node_id="nod_other").step() == 1
    assert (await stored(submitted.deliveries[0])).state is State.DELIVERED
    assert len(mta.accepted) == 1


async def test_a6_killed_after_the_final_dot_one_more_copy_has_the_same_message_id(
    db, make, send, stored, kinds, clock
):
    submitted = await send()
    [lease] = await db.write(deliveries.lease_due, NODE, 10, 900)
    # Begun, and then the process was killed: nobody knows how far it came.
    assert await db.write(deliveries.start, lease)
    clock.advance(minutes=16)
    await take_back(db, clock)
    clock.advance(minutes=6)
    async with RemoteMta() as mta:
        assert await make(**pinned(mta), node_id="nod_other").step() == 1
    assert (await stored(submitted.deliveries[0])).state is State.DELIVERED
    assert await kinds() == ["queued", "unknown", "attempted", "sent", "delivered"]
    [taken] = mta.accepted
    assert f"Message-ID: <{submitted.message.rfc822_message_id}>".encode() in taken.data


async def test_what_is_ready_and_finds_no_room_goes_back_and_is_sent_later(
    make, send, stored, kinds, metrics, monkeypatch
):
    monkeypatch.setattr(gate, "READY_SECONDS", 0)
    names = [Mailbox(address=f"user{number}@example.com") for number in range(6)]
    submitted = await send(replace(DRAFT, to=tuple(names)))
    async with RemoteMta() as mta:
        subject = make(
            **pinned(mta), delivery_per_destination=2, delivery_per_destination_max=2
        )
        # As if many had ended while one was made ready.
        monkeypatch.setattr(schedule.Schedule, "_ahead", lambda *_: 2)
        sent_back = []
        monkeypatch.setattr(
            schedule.Schedule, "sent_back", lambda _, each: sent_back.append(each)
        )
        await subject.step()
        assert sent_back
        assert len(mta.accepted) == 6
    # What went back was no attempt: only those that were made are measured.
    sample = metrics.registry.get_sample_value
    delays = "mailbot_queue_dispatch_delay_seconds_count"
    found = sample(delays, {"stream": "transactional", "attempt": "first"})
    assert found == 6
    stages = "mailbot_delivery_stage_duration_seconds_count"
    assert sample(stages, {"stage": "route"}) == 6
    for each in submitted.deliveries:
        now = await stored(each)
        assert (now.state, now.attempts) == (State.DELIVERED, 1)
    assert Counter(await kinds()) == {
        "queued": 1,
        **dict.fromkeys(("attempted", "sent", "delivered"), 6),
    }


async def test_what_is_ready_goes_back_although_the_database_is_away_for_a_moment(
    make, send, stored, monkeypatch
):
    """It had begun; of a message that is sent at most once, that would be its end."""
    monkeypatch.setattr(gate, "READY_SECONDS", 0)
    monkeypatch.setattr(outcomes, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(schedule.Schedule, "_ahead", lambda *_: 1)
    give_back = leases.give_back
    failed: list[Delivery] = []

    async def failing_first(db, its):
        its = list(its)
        if its and not failed:
            failed.extend(its)
            raise Unavailable("away")
        await give_back(db, its)

    monkeypatch.setattr(leases, "give_back", failing_first)
    names = [Mailbox(address=f"user{number}@example.com") for number in range(3)]
    submitted = await send(replace(DRAFT, to=tuple(names)))
    async with RemoteMta() as mta:
        subject = make(
            **pinned(mta), delivery_per_destination=1, delivery_per_destination_max=1
        )
        await subject.step()
    assert failed
    for each in submitted.deliveries:
        assert (await stored(each)).state is State.DELIVERED
