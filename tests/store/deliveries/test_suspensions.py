"""Suspensions hold for their time, say why, and end by themselves or by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.shaping import Scope, Suspension
from mailbot_server.store.database import Database
from mailbot_server.store.deliveries import suspensions
from tests.fakes.clock import FakeClock
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import add_account, add_inbox


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def suspend(db: Database, scope: Scope, name: str, until, account: str = ""):
    return await db.write(
        suspensions.suspend, scope, name, account, "why", "operator", until
    )


async def test_a_suspension_comes_back_as_it_was_and_ends_by_itself(
    db: Database, clock: FakeClock
) -> None:
    until = clock() + timedelta(minutes=5)
    with db.watch(suspensions.TOPIC) as watch:
        made = await suspend(db, Scope.DESTINATION, "google", until)
        assert await watch.changed(5)
    assert (made.name, made.reason, made.by, made.until) == (
        *("google", "why", "operator", until),
    )
    assert await db.read(suspensions.list_active) == [made]
    clock.advance(minutes=5)
    assert await db.read(suspensions.list_active) == []


async def test_again_changes_reason_and_end_and_keeps_the_id(
    db: Database, clock: FakeClock
) -> None:
    first = await suspend(db, Scope.DESTINATION, "a.example", clock())
    until = clock() + timedelta(hours=1)
    again = await db.write(
        suspensions.suspend, Scope.DESTINATION, "a.example", "", "else", "rule", until
    )
    assert (again.id, again.reason, again.by) == (first.id, "else", "rule")
    assert await db.read(suspensions.list_active) == [again]


@pytest.mark.parametrize("by", ["automatic", "rule"])
@pytest.mark.parametrize("minutes", [5, 600])
async def test_what_nobody_asked_for_leaves_what_an_operator_wanted(
    db: Database, clock: FakeClock, by: str, minutes: int
) -> None:
    wanted = await suspend(
        db, Scope.DESTINATION, "a.example", clock() + timedelta(hours=6)
    )
    assert await _unasked(db, by, clock() + timedelta(minutes=minutes)) == wanted
    assert await db.read(suspensions.list_active) == [wanted]
    clock.advance(hours=6)
    until = clock() + timedelta(minutes=minutes)
    again = await _unasked(db, by, until)
    assert (again.by, again.until, again.created_at) == (by, until, clock())


async def test_what_nobody_asked_for_ends_nothing_early_and_an_operator_may(
    db: Database, clock: FakeClock
) -> None:
    long = await _unasked(db, "rule", clock() + timedelta(hours=6))
    clock.advance(minutes=1)
    assert await _unasked(db, "automatic", clock() + timedelta(minutes=1)) == long
    longer = await _unasked(db, "automatic", clock() + timedelta(hours=7))
    assert (longer.by, longer.created_at) == ("automatic", long.created_at)
    until = clock() + timedelta(minutes=2)
    wanted = await suspend(db, Scope.DESTINATION, "a.example", until)
    assert (wanted.by, wanted.until) == ("operator", until)


async def _unasked(db: Database, by: str, until: datetime) -> Suspension:
    return await db.write(
        suspensions.suspend, Scope.DESTINATION, "a.example", "", "why", by, until
    )


async def test_what_a_site_did_says_nothing_of_a_domain_of_its_name(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    (its,) = await add_deliveries(
        db, inbox, range(1, 2), domain="a.example", site="place"
    )
    until = clock() + timedelta(hours=1)
    await _unasked(db, "automatic", until)
    assert await db.read(suspensions.active_for, its) == []
    there = replace(its, site="a.example")
    assert len(await db.read(suspensions.active_for, there)) == 1
    wanted = await suspend(db, Scope.DESTINATION, "a.example", until)
    assert await db.read(suspensions.active_for, its) == [wanted]


async def test_it_ends_by_hand_once(db: Database, clock: FakeClock) -> None:
    await suspend(db, Scope.INBOX, "inb_1", clock() + timedelta(hours=1), "acc_1")
    assert not await db.write(suspensions.resume, Scope.ACCOUNT, "inb_1")
    with db.watch(suspensions.TOPIC) as watch:
        assert await db.write(suspensions.resume, Scope.INBOX, "inb_1")
        assert await watch.changed(5)
    assert not await db.write(suspensions.resume, Scope.INBOX, "inb_1")
    assert await db.read(suspensions.list_active) == []


async def test_an_account_sees_its_own_in_pages(db: Database, clock: FakeClock) -> None:
    until = clock() + timedelta(hours=1)
    await suspend(db, Scope.DESTINATION, "google", until)
    first = await suspend(db, Scope.INBOX, "inb_1", until, "acc_1")
    second = await suspend(db, Scope.ACCOUNT, "acc_1", until, "acc_1")
    await suspend(db, Scope.INBOX, "inb_2", until, "acc_2")
    assert len(await db.read(suspensions.list_active)) == 4
    its = sorted((first, second), key=lambda each: each.id)
    page = await db.read(suspensions.list_active, "acc_1", "", 1)
    assert page == its[:1]
    assert await db.read(suspensions.list_active, "acc_1", page[0].id, 5) == its[1:]


async def test_what_keeps_a_delivery_is_found_the_longest_first(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    (its,) = await add_deliveries(db, inbox, range(1, 2), site="place")
    for hours, (scope, name) in enumerate(
        (
            *((Scope.DESTINATION, its.domain), (Scope.DESTINATION, "place")),
            *((Scope.ACCOUNT, inbox.account_id), (Scope.INBOX, inbox.id)),
            *((Scope.DESTINATION, inbox.id), (Scope.INBOX, "place")),
        )
    ):
        await suspend(db, scope, name, clock() + timedelta(hours=hours, minutes=1))
    found = await db.read(suspensions.active_for, its)
    assert [each.name for each in found] == [
        *(inbox.id, inbox.account_id, "place", its.domain)
    ]
    clock.advance(hours=2)
    found = await db.read(suspensions.active_for, its)
    assert [each.scope for each in found] == [Scope.INBOX, Scope.ACCOUNT]


async def test_what_ended_long_ago_is_forgotten(db: Database, clock: FakeClock) -> None:
    until = clock() + timedelta(minutes=5)
    await suspend(db, Scope.DESTINATION, "a.example", until)
    await suspend(db, Scope.DESTINATION, "b.example", until + timedelta(hours=1))
    clock.advance(minutes=30)
    assert await db.write(suspensions.forget, clock(), 10) == 1
    [left] = await db.read(suspensions.list_active)
    assert left.name == "b.example"


async def test_the_newest_come_first_and_only_one_s_own(
    db: Database, clock: FakeClock
) -> None:
    until = clock() + timedelta(hours=1)
    made = []
    for scope, name, account_id in (
        (Scope.DESTINATION, "google", ""),
        (Scope.ACCOUNT, "acc_1", "acc_1"),
        (Scope.INBOX, "inb_1", "acc_1"),
        (Scope.INBOX, "inb_2", "acc_1"),
        (Scope.INBOX, "inb_3", "acc_2"),
    ):
        clock.advance(seconds=1)
        made.append(await suspend(db, scope, name, until, account_id))
    newest = suspensions.list_newest
    assert await db.read(newest, None, None, "", 10) == made[::-1]
    assert await db.read(newest, None, None, made[3].id, 2) == [made[2], made[1]]
    assert await db.read(newest, "acc_1", None, "", 10) == made[3:0:-1]
    assert await db.read(newest, "acc_1", ("inb_2",), "", 10) == [made[3]]
    assert await db.read(newest, "acc_2", ("inb_2",), "", 10) == []
    clock.advance(hours=2)
    assert await db.read(newest, None, None, "", 10) == []


async def test_what_was_asked_for_comes_first_and_then_the_newest(
    db: Database, clock: FakeClock
) -> None:
    until = clock() + timedelta(hours=1)
    made = [await _unasked(db, "automatic", until)]
    for number, by in enumerate(("operator", "rule", "operator", "automatic")):
        clock.advance(seconds=1)
        name = f"{number}.example"
        made.append(
            await db.write(
                suspensions.suspend, Scope.DESTINATION, name, "", "why", by, until
            )
        )
    in_order = [made[at] for at in (3, 1, 4, 2, 0)]
    assert await db.read(suspensions.list_holding, 10) == in_order
    assert await db.read(suspensions.list_holding, 3) == in_order[:3]
    clock.advance(hours=1)
    assert await db.read(suspensions.list_holding, 10) == []


async def test_one_is_found_by_its_name_while_it_holds(
    db: Database, clock: FakeClock
) -> None:
    until = clock() + timedelta(hours=1)
    made = await suspend(db, Scope.INBOX, "inb_1", until, "acc_1")
    assert await db.read(suspensions.find, Scope.INBOX, "inb_1") == made
    assert await db.read(suspensions.find, Scope.ACCOUNT, "inb_1") is None
    clock.advance(hours=1)
    assert await db.read(suspensions.find, Scope.INBOX, "inb_1") is None
