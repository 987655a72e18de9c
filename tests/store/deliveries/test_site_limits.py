"""Limits of a destination hold for their time, in every process."""

from datetime import timedelta

from mailbot_server.core.shaping import LimitKind, SiteLimit
from mailbot_server.store.database import Database
from mailbot_server.store.deliveries import site_limits, suspensions
from tests.fakes.clock import FakeClock


def limit(clock: FakeClock, value: int = 2, minutes: int = 5, **changes) -> SiteLimit:
    plain = {
        "site": "google",
        "kind": LimitKind.CONNECTIONS,
        "value": value,
        "reason": "421 4.7.28 from mx.google.com: rule gmail-rate",
        "until": clock() + timedelta(minutes=minutes),
    }
    return SiteLimit(**(plain | changes))


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
