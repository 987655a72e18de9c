"""What is suspended, limited or said in certain words holds deliveries back."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot_server.config import BadSettings, load
from mailbot_server.core.delivery import State
from mailbot_server.core.event import AttemptDetail
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Stream
from mailbot_server.core.search.document import Document
from mailbot_server.core.shaping import LimitKind, Scope, Suspension
from mailbot_server.core.shaping.share import Share
from mailbot_server.engine.outbound.queue import restraints
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.store import accounts, deliveries, messages, nodes
from mailbot_server.store.deliveries import site_limits, suspensions
from tests.fakes import mail
from tests.fakes.copies import copies
from tests.fakes.drafts import DRAFT
from tests.fakes.remote_mta import After, RemoteMta
from tests.fakes.resolver import FakeResolver
from tests.fakes.tenants import account, add_account, add_inbox, principal

LATER = datetime(2027, 1, 1, tzinfo=UTC)
NODE = "nod_00000000000000000000000001"


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver()


@pytest.fixture
def make(db, clock, metrics, entropy, resolver, signer):
    """A queue with these settings."""

    def queue_with(**settings) -> Queue:
        made = load(**({"hostname": "mail.example.net"} | settings))
        attempts = Attempts(db, made, resolver, signer, copies(db))
        return Queue(db, made, attempts, NODE)

    return queue_with


def pinned(mta: RemoteMta, *domains: str) -> dict:
    return {
        "routes": [
            {"domain": domain, "host": mta.host, "port": mta.port}
            for domain in domains or ("example.com",)
        ]
    }


def to(address: str):
    return replace(DRAFT, to=(Mailbox(address=address),))


@pytest.fixture
def suspend(db, clock):
    """Suspends for five minutes."""

    async def until_later(scope: Scope, name: str):
        until = clock() + timedelta(minutes=5)
        return await db.write(
            suspensions.suspend, scope, name, "", "why", "operator", until
        )

    return until_later


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


# --- suspensions ----------------------------------------------------------------------


@pytest.mark.parametrize("scope", Scope)
async def test_d20_what_is_suspended_waits_in_the_database_and_goes_on(
    make, send, stored, suspend, inbox, clock, scope
):
    names = {
        Scope.DESTINATION: "example.com",
        Scope.ACCOUNT: inbox.account_id,
        Scope.INBOX: inbox.id,
    }
    submitted = await send()
    [delivery] = submitted.deliveries
    await suspend(scope, names[scope])
    async with RemoteMta() as mta:
        subject = make(**pinned(mta))
        assert await subject.step() == 0
        now = await stored(delivery)
        assert (now.state, now.lease_seq, mta.sessions) == (State.QUEUED, 0, [])
        clock.advance(minutes=5)
        assert await subject.step() == 1
    now = await stored(delivery)
    assert (now.state, now.attempts) == (State.DELIVERED, 1)


async def test_a_suspended_site_stops_all_of_its_domains_once_they_are_known(
    make, send, stored, suspend, resolver
):
    submitted = [await send(to(f"user@{name}.example")) for name in ("a", "b", "c")]
    for name in ("a", "b"):
        resolver.mx_of[f"{name}.example"] = [(10, "mx1.mail.example")]
    resolver.mx_of["c.example"] = [(0, "")]
    subject = make()
    await suspend(Scope.DESTINATION, "mx1.mail.example")
    assert await subject.step() == 1
    states = [(await stored(each.deliveries[0])).state for each in submitted]
    assert states == [State.QUEUED, State.QUEUED, State.BOUNCED]
    seqs = [(await stored(each.deliveries[0])).lease_seq for each in submitted[:2]]
    # Leased once to find out, and then passed over.
    assert seqs == [1, 1]
    await subject.step()
    assert (await stored(submitted[0].deliveries[0])).lease_seq == 1


async def test_a_dead_site_named_as_a_domain_of_others_does_not_stop_theirs(
    db, make, send, stored, clock, resolver
):
    submitted = await send(to("user@big.example"))
    resolver.mx_of["big.example"] = [(0, "")]
    until = clock() + timedelta(hours=1)
    await db.write(
        *(suspensions.suspend, Scope.DESTINATION, "big.example", "", "why"),
        *("automatic", until),
    )
    async with RemoteMta() as mta:
        routes = [{"domain": "big.example", "host": mta.host, "port": mta.port}]
        assert await make(routes=routes).step() == 1
    assert (await stored(submitted.deliveries[0])).state is State.DELIVERED


async def test_a_dead_destination_does_not_end_what_an_operator_wanted(
    db, make, send, clock, suspend
):
    for _ in range(25):
        await send()
    async with RemoteMta() as mta:
        pass
    subject, name = make(**pinned(mta)), f"{mta.host}:{mta.port}"
    learn = subject._restraints.learn
    wanted: list[Suspension] = []

    async def suspend_first(*arguments):
        if not wanted:
            wanted.append(await suspend(Scope.DESTINATION, name))
        return await learn(*arguments)

    subject._restraints.learn = suspend_first
    await subject.step()
    [holds] = await db.read(suspensions.list_active)
    assert (holds.by, holds.name) == ("operator", name)
    clock.advance(minutes=2)
    assert await subject.step() == 0


async def test_what_an_operator_suspends_holds_however_much_else_is_dead(
    db, make, send, stored, clock, suspend, monkeypatch
):
    monkeypatch.setattr(restraints, "_SUSPENSIONS_MAX", 3)
    until = clock() + timedelta(hours=1)
    for number in range(5):
        name = f"dead{number}.example"
        await db.write(
            *(suspensions.suspend, Scope.DESTINATION, name, "", "why"),
            *("automatic", until),
        )
    submitted = await send()
    await suspend(Scope.DESTINATION, "example.com")
    async with RemoteMta() as mta:
        assert await make(**pinned(mta)).step() == 0
    assert (await stored(submitted.deliveries[0])).state is State.QUEUED


async def test_resuming_ends_it_at_once(db, make, send, stored, suspend):
    submitted = await send()
    await suspend(Scope.DESTINATION, "example.com")
    async with RemoteMta() as mta:
        subject = make(**pinned(mta))
        await subject.step()
        await db.write(suspensions.resume, Scope.DESTINATION, "example.com")
        assert await subject.step() == 1
    assert (await stored(submitted.deliveries[0])).state is State.DELIVERED


async def test_a_suspended_account_sends_nothing_and_others_go_on(
    db, make, send, stored, inbox
):
    other = await add_inbox(db, 2, await add_account(db, 2))
    mine = await send()
    theirs = await send(inbox_id=other.id, who=principal(account(2)))
    await db.write(accounts.set_suspended, inbox.account_id, is_suspended=True)
    async with RemoteMta() as mta:
        subject = make(**pinned(mta))
        assert await subject.step() == 1
        assert (await stored(mine.deliveries[0])).state is State.QUEUED
        assert (await stored(theirs.deliveries[0])).state is State.DELIVERED
        await db.write(accounts.set_suspended, inbox.account_id, is_suspended=False)
        assert await subject.step() == 1


async def test_what_waits_for_too_long_in_a_suspension_expires(
    db, make, send, stored, clock, inbox, kinds
):
    submitted = await send(stream=Stream.BULK)
    until = clock() + timedelta(days=10)
    await db.write(
        suspensions.suspend, Scope.INBOX, inbox.id, "", "why", "operator", until
    )
    subject = make()
    clock.advance(days=5, minutes=11)
    await subject.step()
    assert (await stored(submitted.deliveries[0])).state is State.EXPIRED
    assert await kinds() == ["queued", "expired"]


# --- a destination that is dead --------------------------------------------------------


async def test_a_dead_destination_is_left_alone_and_one_attempt_looks_again(
    db, make, send, stored, clock, metrics
):
    for _ in range(25):
        await send()
    async with RemoteMta() as mta:
        pass
    subject = make(**pinned(mta))
    assert 9 <= await subject.step() < 20
    [its] = await db.read(suspensions.list_active)
    assert (its.name, its.by) == (f"{mta.host}:{mta.port}", "automatic")
    assert its.until == clock() + timedelta(minutes=1)
    assert await subject.step() == 0
    [status] = subject.destinations()
    assert (status.suspended, status.until) == (True, its.until)
    name = "mailbot_provider_suspensions_total"
    assert sample(metrics, name, provider="other", reason="dead") == 1
    clock.advance(minutes=1)
    assert await subject.step() == 1
    [again] = await db.read(suspensions.list_active)
    assert again.until == clock() + timedelta(minutes=2)


async def test_an_operator_ends_the_pause_of_a_dead_destination(
    db, make, send, stored, clock
):
    submitted = [await send() for _ in range(25)]
    async with RemoteMta() as mta:
        mta.script["greeting"] = ["421 4.3.2 Not now"] * 100
        subject = make(**pinned(mta))
        await subject.step()
        clock.advance(seconds=5)
        name = f"{mta.host}:{mta.port}"
        assert await db.write(suspensions.resume, Scope.DESTINATION, name)
        mta.script["greeting"] = []
        left = [(await stored(each.deliveries[0])).attempts for each in submitted]
        assert await subject.step() == left.count(0)
        clock.advance(minutes=3)
        await subject.step()
    states = Counter([(await stored(each.deliveries[0])).state for each in submitted])
    assert states == {State.DELIVERED: 25}


# --- rules ----------------------------------------------------------------------------


@pytest.fixture
def rules(tmp_path: Path):
    """A file of rules, as a setting."""

    def write(text: str) -> dict:
        path = tmp_path / "rules.toml"
        path.write_text(text)
        return {"reply_rules": path}

    return write


async def test_d17_a_provider_that_throttles_is_slowed_and_others_are_not(
    db, make, send, stored, clock, rules, metrics
):
    throttled = [await send(to("user@slow.example")) for _ in range(24)]
    setting = rules('[[rule]]\nid = "busy"\ncode = "421"\nenhanced = \'4\\.7\\.28\'\n'
                    'actions = [{ do = "suspend", minutes = 10 }]')  # fmt: skip
    async with RemoteMta() as slow, RemoteMta() as fast:
        slow.script["MAIL"] = ["421 4.7.28 Unusual rate"] * 100
        routes = pinned(slow, "slow.example")["routes"]
        routes += pinned(fast, "fast.example")["routes"]
        subject = make(routes=routes, **setting)
        first = await subject.step()
        assert first < 24
        quick = await send(to("user@fast.example"))
        assert await subject.step() == 1
        assert (await stored(quick.deliveries[0])).state is State.DELIVERED
        [its] = await db.read(suspensions.list_active)
        assert its.by == "rule"
        assert its.reason == "421 4.7.28 from 127.0.0.1: rule busy"
        name = "mailbot_provider_suspensions_total"
        assert sample(metrics, name, provider="other", reason="throttled") == 1
        slow.script["MAIL"] = []
        clock.advance(minutes=10)
        await subject.step()
        clock.advance(hours=1)
        await subject.step()
    for each in throttled:
        assert (await stored(each.deliveries[0])).state is State.DELIVERED


async def test_slow_halves_what_goes_there_for_its_time(db, make, send, clock, rules):
    setting = rules('[[rule]]\nid = "busy"\ncode = "450"\n'
                    'actions = [{ do = "slow", minutes = 10 }]')  # fmt: skip
    await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["450 4.2.0 Slow down"]
        subject = make(**pinned(mta), **setting, delivery_per_destination=8)
        await subject.step()
        [its] = await db.read(site_limits.list_active)
        assert (its.kind, its.value) == (LimitKind.CONNECTIONS, 4)
        assert its.until == clock() + timedelta(minutes=10)
        [status] = subject.destinations()
        assert (status.attempts_max, status.reason) == (4, its.reason)
        clock.advance(minutes=10)
        await subject.step()
        assert subject.destinations() == []


async def test_a_rule_limits_a_rate_in_every_process(
    db, make, send, stored, clock, rules
):
    setting = rules(
        '[[rule]]\nid = "rate"\ncode = "450"\nactions = [{ do = "limit",'
        ' what = "messages_per_minute", value = 20, minutes = 30 }]'
    )
    await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["450 4.2.0 Slow down"]
        await make(**pinned(mta), **setting).step()
        submitted = [await send() for _ in range(10)]
        # Another process, which reads what is limited.
        subject = make(**pinned(mta))
        assert await subject.step() == 2
        states = [(await stored(each.deliveries[0])).state for each in submitted]
        assert Counter(states) == {State.DELIVERED: 2, State.QUEUED: 8}
        clock.advance(seconds=3)
        assert await subject.step() == 1
        clock.advance(minutes=2)
        await subject.step()


async def test_a_rule_ends_a_delivery_and_suppresses_nobody(
    db, make, send, stored, log, kinds, rules
):
    setting = rules('[[rule]]\nid = "no-more"\ncode = "450"\n'
                    'actions = [{ do = "bounce" }]')  # fmt: skip
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["450 4.1.1 No such user, ever"]
        await make(**pinned(mta), **setting).step()
    now = await stored(submitted.deliveries[0])
    assert (now.state, now.permanent, now.rule_id) == (State.BOUNCED, True, "no-more")
    assert await kinds() == ["queued", "attempted", "bounced"]
    detail = (await log())[-1].detail
    assert isinstance(detail, AttemptDetail)
    assert (detail.bounce_scope, detail.rule_id) == ("policy", "no-more")


async def test_a_crowd_of_equal_answers_acts_once(db, make, send, rules, metrics):
    setting = rules('[[rule]]\nid = "busy"\ncode = "450"\n'
                    'actions = [{ do = "suspend", minutes = 10 }]')  # fmt: skip
    for _ in range(5):
        await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["450 4.2.0 Slow down"] * 5
        await make(**pinned(mta), **setting).step()
    name = "mailbot_provider_suspensions_total"
    assert sample(metrics, name, provider="other", reason="throttled") == 1


def test_bad_rules_stop_the_start_by_name(rules):
    setting = rules('[[rule]]\nid = "a"\ntext = "(b"')
    with pytest.raises(
        BadSettings, match=r"reply_rules: .*rule a: text: is no regular"
    ):
        load(**setting)


# --- fairness -------------------------------------------------------------------------


def _add_bulk(tx, of, count: int) -> None:
    """Many deliveries of one message, as an import would leave them."""
    message = mail.message(1, of)
    messages.add(tx, message, mail.RAW, (), Document())
    its = [
        mail.delivery(n, message, stream=Stream.TRANSACTIONAL, gives_up_at=LATER)
        for n in range(count)
    ]
    deliveries.add_many(tx, its)


@pytest.mark.slow
async def test_d18_a_bulk_of_one_account_delays_another_s_message_by_seconds(
    db, make, send, stored, inbox
):
    other = await add_inbox(db, 2, await add_account(db, 2))
    await db.write(_add_bulk, inbox, 3000)
    async with RemoteMta() as mta:
        subject = make(**pinned(mta), delivery_per_destination=2)
        task = asyncio.create_task(subject.run())
        await mta.reached("EOD")
        sent = await send(inbox_id=other.id, who=principal(account(2)))
        before = len(mta.accepted)
        [delivery] = sent.deliveries
        async with asyncio.timeout(20):
            with db.watch(f"events:{other.account_id}") as watch:
                while not (await stored(delivery)).state.is_terminal:
                    await watch.changed(1)
        task.cancel()
        await asyncio.wait([task])
    senders = [other.address.encode() in each.data for each in mta.accepted]
    ahead = senders.index(True) - before
    # This one takes a thousand a second: what passes while one message is written,
    # claimed and begun is little beside the 3,000 that were there before it.
    assert ahead < 600


# --- seen from outside ------------------------------------------------------------------


async def test_destinations_tell_what_is_under_way(make, send):
    gate = asyncio.Event()
    for _ in range(3):
        await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [After(gate, "250 OK")]
        subject = make(**pinned(mta), delivery_per_destination=1)
        step = asyncio.create_task(subject.step())
        await mta.reached("RCPT")
        [status] = subject.destinations()
        assert (status.name, status.attempts, status.attempts_max) == (
            *(f"{mta.host}:{mta.port}", 1, 1),
        )
        assert (status.connections, status.waiting, status.suspended) == (1, 2, False)
        gate.set()
        assert await step == 3
    assert subject.destinations() == []


async def test_the_site_of_an_attempt_is_stored(make, send, stored, resolver):
    submitted = await send(to("user@a.example"))
    resolver.mx_of["a.example"] = [(10, "mx2.mail.example"), (10, "mx1.mail.example")]
    await make().step()
    assert (await stored(submitted.deliveries[0])).site == "(mx1|mx2).mail.example"


async def test_equal_domains_are_looked_up_once(make, send, resolver):
    resolver.mx_of["a.example"] = [(0, "")]
    for number in range(5):
        await send(to(f"user{number}@a.example"))
    subject = make()
    assert await subject.step() == 5
    assert await subject._db.read(deliveries.next_due) is None


async def test_processes_that_deliver_divide_what_a_destination_gets(make, db, clock):
    if not db.is_postgres:
        pytest.skip("SQLite has one process")
    queue = make()
    await queue.step()
    assert queue._sites.share == Share(index=0, count=1)
    others = ["nod_0", "nod_1"]
    for name in others:
        await db.write(nodes.seen, name)
    await db.write(nodes.seen, "nod_api", delivers=False)
    await queue.step()
    assert queue._sites.share.count == 3
    # The one is gone for certain; the other one fell silent.
    await db.write(nodes.forget, ["nod_0"])
    await queue.step()
    assert queue._sites.share.count == 2
    clock.advance(seconds=deliveries.SILENT.total_seconds() + 1)
    await queue.step()
    assert queue._sites.share == Share(index=0, count=1)
