"""Which policy holds: asked, fetched from a real server, remembered, replaced."""

import asyncio

import pytest

from mailbot_server.config import load
from mailbot_server.core.destination.mta_sts import Mode
from mailbot_server.engine.dns import Status
from mailbot_server.engine.outbound.routing.policies import Policies
from mailbot_server.store.destinations import tls_policies
from tests.fakes.policy_server import policy_text

DAY = 86_400


@pytest.fixture
def make(db, clock, metrics, resolver, trusting):
    """What one process knows, with these settings."""
    made: list[Policies] = []

    def policies(**settings) -> Policies:
        its = load(**(trusting | settings))
        made.append(Policies(db, clock, its, metrics, resolver))
        return made[-1]

    yield policies
    for each in made:
        each.close()


def publish(resolver, policy_id: str) -> None:
    record = f"v=STSv1; id={policy_id};".encode()
    resolver.texts_of["_mta-sts.example.com"] = [record]


def fetches(metrics, result: str) -> float:
    name = "mailbot_mta_sts_fetches_total"
    return metrics.registry.get_sample_value(name, {"result": result}) or 0


async def test_a_policy_is_fetched_once_and_kept_for_other_processes(
    make, web, db, metrics
):
    web.body = policy_text("mx.example.com")
    first = make()
    policy = await first.of("example.com")
    assert policy is not None
    assert (policy.mode, policy.patterns) == (Mode.ENFORCE, ("mx.example.com",))
    assert await first.of("example.com") == policy
    assert await make().of("example.com") == policy
    assert len(web.requests) == 1
    assert (await db.read(tls_policies.get, "example.com")).policy == policy
    assert fetches(metrics, "ok") == 1


async def test_a_domain_without_a_record_is_not_asked(make, web, resolver):
    assert await make().of("example.org") is None
    assert ("txt", "_mta-sts.example.org") in resolver.questions
    assert web.requests == []


async def test_the_setting_turns_it_off(make, web, resolver):
    assert await make(mta_sts=False).of("example.com") is None
    assert resolver.questions == []


async def test_several_that_want_one_fetch_it_once(make, web):
    web.body, web.gate = policy_text("mx.example.com"), asyncio.Event()
    subject = make()
    waiting = [asyncio.create_task(subject.of("example.com")) for _ in range(5)]
    await web.asked.wait()
    # Another domain waits for nobody.
    assert await subject.of("example.org") is None
    waiting[0].cancel()
    web.gate.set()
    found = await asyncio.gather(*waiting[1:])
    assert len({policy.id for policy in found}) == 1
    assert len(web.requests) == 1


async def test_a_new_id_means_a_new_policy(make, web, resolver, clock):
    web.body = policy_text("mx.example.com")
    subject = make()
    await subject.of("example.com")
    web.body = policy_text("mx.example.org", mode="testing")
    assert (await subject.of("example.com")).mode is Mode.ENFORCE
    publish(resolver, "2")
    policy = await subject.of("example.com")
    assert (policy.id, policy.mode) == ("2", Mode.TESTING)
    assert len(web.requests) == 2


async def test_mode_none_takes_a_policy_back(make, web, resolver):
    web.body = policy_text("mx.example.com")
    subject = make()
    await subject.of("example.com")
    web.body = policy_text(mode="none")
    publish(resolver, "2")
    assert await subject.of("example.com") is None


@pytest.mark.parametrize("trouble", ["status", "damage", "certificate"])
async def test_a_policy_stays_while_its_successor_cannot_be_fetched(
    make, web, resolver, clock, metrics, trouble
):
    web.body = policy_text("mx.example.com", max_age=DAY)
    await make().of("example.com")
    publish(resolver, "2")
    subject = make(tls_ca_file=None) if trouble == "certificate" else make()
    web.status = 500 if trouble == "status" else 200
    web.body = "<html>" if trouble == "damage" else policy_text("mx.example.org")
    for _ in range(3):
        policy = await subject.of("example.com")
        assert (policy.id, policy.patterns) == ("1", ("mx.example.com",))
    result = "invalid" if trouble == "damage" else "failed"
    assert fetches(metrics, result) == 1
    clock.advance(minutes=5)
    await subject.of("example.com")
    assert fetches(metrics, result) == 2
    clock.advance(days=1)
    assert await subject.of("example.com") is None


@pytest.mark.parametrize("found", [Status.FAILED, Status.NXDOMAIN, [b"v=spf1"]])
async def test_rfc8461_5_1_a_policy_holds_to_its_end_without_its_record(
    make, web, resolver, clock, found
):
    web.body = policy_text("mx.example.com", max_age=DAY)
    await make().of("example.com")
    resolver.texts_of["_mta-sts.example.com"] = found
    clock.advance(seconds=DAY - 1)
    assert (await make().of("example.com")).mode is Mode.ENFORCE
    clock.advance(seconds=1)
    assert await make().of("example.com") is None


async def test_one_that_has_ended_is_fetched_again(make, web, clock):
    web.body = policy_text("mx.example.com", max_age=60)
    subject = make()
    await subject.of("example.com")
    clock.advance(seconds=61)
    web.body = policy_text("mx.example.org", max_age=60)
    assert (await subject.of("example.com")).patterns == ("mx.example.org",)


async def test_one_that_holds_is_renewed_daily_and_nobody_waits_for_that(
    make, web, clock, db
):
    web.body = policy_text("mx.example.com")
    subject = make()
    before = await subject.of("example.com")
    clock.advance(days=1)
    web.gate = asyncio.Event()
    web.asked.clear()
    assert await subject.of("example.com") == before
    await web.asked.wait()
    assert await subject.of("example.com") == before
    [renewing] = subject._under_way.values()
    web.gate.set()
    await renewing
    assert len(web.requests) == 2
    kept = await db.read(tls_policies.get, "example.com")
    assert kept.fetched_at == clock()


async def test_a_first_policy_that_cannot_be_fetched_is_none(make, web, metrics):
    web.status = 404
    subject = make()
    assert await subject.of("example.com") is None
    assert await subject.of("example.com") is None
    assert len(web.requests) == 1
    assert fetches(metrics, "failed") == 1
