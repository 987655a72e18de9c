"""Policies come back as they were fetched, and are forgotten after their end."""

from datetime import timedelta

from mailbot_server.core.destination.mta_sts import Mode, Policy
from mailbot_server.store.destinations import tls_policies

POLICY = Policy(
    id="1", mode=Mode.ENFORCE, patterns=("*.example.com", "mx"), max_age_seconds=60
)
NONE = Policy(id="2", mode=Mode.NONE, patterns=(), max_age_seconds=120)


async def test_a_policy_comes_back_as_it_was_also_after_its_end(db, clock):
    put = await db.write(tls_policies.put, "example.com", POLICY)
    assert put.policy == POLICY
    assert put.expires_at - put.fetched_at == timedelta(minutes=1)
    clock.advance(hours=1)
    assert await db.read(tls_policies.get, "example.com") == put
    assert await db.read(tls_policies.get, "example.org") is None


async def test_a_new_one_takes_the_place_of_the_one_before(db, clock):
    await db.write(tls_policies.put, "example.com", POLICY)
    clock.advance(seconds=30)
    put = await db.write(tls_policies.put, "example.com", NONE)
    found = await db.read(tls_policies.get, "example.com")
    assert found == put
    assert found.policy == NONE
    assert found.fetched_at == clock()


async def test_those_that_have_ended_are_forgotten_a_few_at_a_time(db, clock):
    for domain in ("a.example", "b.example"):
        await db.write(tls_policies.put, domain, POLICY)
    await db.write(tls_policies.put, "c.example", NONE)
    now = clock.advance(seconds=61)
    assert await db.write(tls_policies.forget, now, 1) == 1
    assert await db.write(tls_policies.forget, now, 5) == 1
    assert await db.read(tls_policies.get, "c.example") is not None
