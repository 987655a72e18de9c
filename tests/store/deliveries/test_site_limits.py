"""Limits of a destination hold for their time, in every process."""

from dataclasses import replace
from datetime import timedelta

from mailbot_server.core.shaping import LimitKind, SiteLimit
from mailbot_server.store.database import Database
from mailbot_server.store.deliveries import site_limits, suspensions
from tests.fakes.clock import FakeClock


def limit(clock: FakeClock, value: int = 2, minutes: int = 5, **changes) -> SiteLimit:
    plain = SiteLimit(
        site="google",
        kind=LimitKind.CONNECTIONS,
        value=value,
        reason="421 4.7.28 from mx.google.com: rule gmail-rate",
        until=clock() + timedelta(minutes=minutes),
    )
    return replace(plain, **changes)


async def test_a_limit_comes_back_and_ends_by_itself(
    db: Database, clock: FakeClock
) -> None:
    its = limit(clock)
    with db.watch(suspensions.TOPIC) as watch:
        await db.write(site_limits.put, its)
        assert await watch.changed(5)
    assert await db.read(site_limits.list_active) == [its]
    clock.advance(minutes=5)
    assert await db.read(site_limits.list_active) == []


async def test_a_newer_one_of_its_kind_takes_its_place(
    db: Database, clock: FakeClock
) -> None:
    other = limit(clock, 60, kind=LimitKind.MESSAGES_PER_MINUTE)
    for each in (limit(clock, 2), other, limit(clock, 1)):
        await db.write(site_limits.put, each)
    assert await db.read(site_limits.list_active) == [limit(clock, 1), other]


async def test_a_weaker_one_does_not_take_the_place_of_a_stricter_one(
    db: Database, clock: FakeClock
) -> None:
    strict = limit(clock, 1)
    for each in (strict, limit(clock, 5, minutes=60)):
        await db.write(site_limits.put, each)
    assert await db.read(site_limits.list_active) == [strict]
    clock.advance(minutes=5)
    weaker = limit(clock, 5, minutes=60)
    await db.write(site_limits.put, weaker)
    assert await db.read(site_limits.list_active) == [weaker]


async def test_a_stricter_one_does_not_end_before_the_one_whose_place_it_takes(
    db: Database, clock: FakeClock
) -> None:
    for each in (limit(clock, 5, minutes=60), limit(clock, 2, minutes=5)):
        await db.write(site_limits.put, each)
    assert await db.read(site_limits.list_active) == [limit(clock, 2, minutes=60)]


async def test_limits_of_a_site_are_lifted_together(
    db: Database, clock: FakeClock
) -> None:
    await db.write(site_limits.put, limit(clock))
    await db.write(site_limits.put, limit(clock, kind=LimitKind.MESSAGES_PER_MINUTE))
    await db.write(site_limits.put, limit(clock, site="yahoo"))
    assert await db.write(site_limits.lift, "google") == 2
    assert [each.site for each in await db.read(site_limits.list_active)] == ["yahoo"]


async def test_what_ended_is_forgotten(db: Database, clock: FakeClock) -> None:
    await db.write(site_limits.put, limit(clock))
    await db.write(site_limits.put, limit(clock, minutes=90, site="yahoo"))
    clock.advance(hours=1)
    assert await db.write(site_limits.forget, clock()) == 1
    assert [each.site for each in await db.read(site_limits.list_active)] == ["yahoo"]
