"""
Hosts that get too much and say so: D5's share of attempts, and D17.

The other parts of D5 are in test_faults.py; the arithmetic is beside core/shaping.
"""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import State
from mailbot_server.core.shaping import SiteStatus
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.outbound.routing import route
from tests.fakes.copies import copies
from tests.fakes.mail import add_deliveries
from tests.fakes.remote_mta import After, RemoteMta
from tests.fakes.resolver import FakeResolver

NODE = "nod_00000000000000000000000001"
BUSY = "421 4.3.2 Too busy"
GOOGLE = "421 4.7.28 Our system has detected an unusual rate of mail"
START = 8


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver()


@pytest.fixture
def make(db, clock, metrics, entropy, resolver, signer):
    """A queue with these settings."""

    def queue_with(**settings) -> Queue:
        made = load(
            hostname="mail.example.net", allow_private_destinations=True, **settings
        )
        attempts = Attempts(db, made, resolver, signer, copies(db))
        return Queue(db, made, attempts, NODE)

    return queue_with


@pytest.fixture
def add(db, inbox, clock):
    """Puts so many deliveries to a domain in the queue, due now."""
    numbers = iter(range(1, 100_000, 1000))

    async def queue_up(count: int, domain: str = "example.com"):
        first = next(numbers)
        its = range(first, first + count)
        return await add_deliveries(
            *(db, inbox, its),
            domain=domain,
            due_at=clock(),
            queued_at=clock(),
            gives_up_at=clock() + timedelta(days=3),
        )

    return queue_up


async def share(subject: Queue, mta: RemoteMta, add, domain="example.com"):
    """What the destination bears now, as operators see it; costs one good answer."""
    gate = asyncio.Event()
    mta.script["RCPT"] = [After(gate, "250 OK")]
    await add(1, domain)
    step = asyncio.create_task(subject.step())
    while not (found := under_way(subject)):
        await mta.progressed()
    gate.set()
    await step
    return found[0]


def under_way(subject: Queue) -> list[SiteStatus]:
    return [status for status in subject.destinations() if status.attempts]


@pytest.mark.parametrize("verb", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "EOD"])
async def test_d5_whoever_says_421_gets_less_and_slowly_more_again(make, add, verb):
    async with RemoteMta() as mta:
        way = {"domain": "example.com", "host": mta.host, "port": mta.port}
        subject = make(routes=[way], delivery_per_destination=START)
        assert (await share(subject, mta, add)).attempts_max == START
        mta.script[verb] = [BUSY] * START
        await add(START)
        await subject.step()
        assert mta.script[verb] == []
        seen = [(await share(subject, mta, add)).attempts_max]
        assert 1 <= seen[0] < START
        while seen[-1] < START:
            # So many answers are one step up, never more.
            await add(seen[-1] - 1)
            await subject.step()
            seen.append((await share(subject, mta, add)).attempts_max)
        steps = [after - before for before, after in pairwise(seen)]
    assert max(steps) == 1
    assert min(steps) >= 0


@pytest.fixture
async def gmail(monkeypatch, resolver):
    """What answers for Google's hosts, and for another site's."""
    async with RemoteMta(host="127.0.0.2") as throttling:
        other = RemoteMta(host="127.0.0.3")
        other.port = throttling.port
        async with other:
            hosts = {
                "gmail.com": "gmail-smtp-in.l.google.com",
                "b.example": "mx.b.example",
            }
            for (domain, host), mta in zip(
                hosts.items(), (throttling, other), strict=True
            ):
                resolver.mx_of[domain] = [(10, host)]
                resolver.addresses_of[host] = [mta.host]
            monkeypatch.setattr(route, "SMTP_PORT", throttling.port)
            yield throttling, other


async def test_d17_a_provider_that_throttles_slows_alone_and_recovers_step_by_step(
    make, add, gmail, stored, clock, metrics
):
    """Gmail says for ten minutes that it gets too much."""
    throttling, other = gmail
    subject = make(delivery_per_destination=START, delivery_per_destination_max=20)
    assert (await share(subject, throttling, add, "gmail.com")).attempts_max <= START
    await share(subject, other, add, "b.example")
    throttling.script["MAIL"] = [GOOGLE] * 10_000
    waiting = await add(100, "gmail.com")
    begun, tries = clock(), []
    while clock() - begun < timedelta(minutes=10):
        its = await add(5, "b.example")
        before = len(throttling.sessions)
        await subject.step()
        tries.append(len(throttling.sessions) - before)
        # Whatever goes elsewhere leaves in the moment in which it came.
        states = {(await stored(each)).state for each in its}
        assert states == {State.DELIVERED}
        [slowed] = subject.destinations()
        assert slowed.name.startswith("google")
        assert "421 4.7.28" in slowed.reason
        clock.advance(seconds=30)
    assert len(other.accepted) == 1 + 5 * 20
    # At first what was under way; then one that looks, at growing distances.
    assert sum(tries[1:]) <= 6
    assert max(tries[1:]) == 1
    throttling.script["MAIL"] = []
    at_a_time = []
    while {(await stored(each)).state for each in waiting} != {State.DELIVERED}:
        clock.advance(seconds=30)
        assert clock() - begun < timedelta(hours=6)
        step = asyncio.create_task(subject.step())
        while not step.done():
            at_a_time.append(throttling.open_sessions)
            await asyncio.wait([step], timeout=0.001)
    assert max(at_a_time) == 1
    assert len(throttling.accepted) == 101
    # When the rule's time is over, step by step.
    clock.advance(minutes=10)
    most = [START - 1]
    for _ in range(5):
        await add(most[-1], "gmail.com")
        await subject.step()
        most.append((await share(subject, throttling, add, "gmail.com")).attempts_max)
    assert all(0 <= after - before <= 1 for before, after in pairwise(most))
    assert START <= most[1] < most[-1] <= 20
