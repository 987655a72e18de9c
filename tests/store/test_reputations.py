from datetime import timedelta

import pytest

from mailbot_server.core.reputation import (
    KEPT,
    OUTCOMES,
    WINDOW,
    Outcome,
    Tally,
    hour_of,
)
from mailbot_server.store import columns, reputations

INBOX = "inb_1"


async def hours(db, clock, inbox_id=INBOX):
    """The hours that are not too old, newest first."""
    sql = (
        "SELECT starts_at, outcomes, hard_bounces, complaints FROM inbox_hour"
        " WHERE inbox_id = ? AND starts_at >= ? ORDER BY starts_at DESC"
    )
    since = columns.write_time(clock() - KEPT)
    rows = await db.read(lambda tx: tx.all(sql, inbox_id, since))
    return [
        (
            columns.read_time(at),
            Tally(outcomes=outcomes, hard_bounces=hard, complaints=complaints),
        )
        for at, outcomes, hard, complaints in rows
    ]


def added_up(found, now):
    """The rule as it is written."""
    total = Tally()
    for start, tally in found:
        if start < hour_of(now) - WINDOW and total.outcomes >= OUTCOMES:
            break
        total += tally
    return total


async def test_each_outcome_counts_in_its_hour(db, clock):
    first = hour_of(clock())
    for outcome in Outcome:
        await db.write(reputations.count, INBOX, outcome)
    clock.advance(hours=1)
    await db.write(reputations.count, INBOX, Outcome.OTHER)
    assert await hours(db, clock) == [
        (first + timedelta(hours=1), Tally(outcomes=1)),
        (first, Tally(outcomes=2, hard_bounces=2, complaints=1)),
    ]
    assert await hours(db, clock, "inb_2") == []


async def test_what_is_older_than_a_month_does_not_count(db, clock):
    await db.write(reputations.count, INBOX, Outcome.OTHER)
    assert await db.read(reputations.tally, INBOX, clock()) == Tally(outcomes=1)
    clock.advance(days=31)
    assert await db.read(reputations.tally, INBOX, clock()) == Tally()


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param([], id="nothing"),
        pytest.param([(0, 600), (24, 600), (25, 500)], id="a-busy-day"),
        pytest.param([(0, 999), (24, 1), (25, 7)], id="a-thousand-in-a-day"),
        pytest.param([(0, 1), (100, 998), (200, 1), (300, 50)], id="the-last-1000"),
        pytest.param([(0, 1), (100, 998), (200, 2), (300, 50)], id="one-hour-more"),
        pytest.param([(30, 1000), (31, 9)], id="nothing-today"),
        pytest.param([(n, 1) for n in range(0, 800, 2)], id="a-few-each-day"),
    ],
)
async def test_the_hours_are_added_up_as_the_rule_says(db, clock, sent):
    now = clock()

    def write(tx):
        for ago, outcomes in sent:
            at = columns.write_time(hour_of(now) - timedelta(hours=ago))
            counts = outcomes, outcomes // 3, ago % 5
            sql = "INSERT INTO inbox_hour VALUES (?, ?, ?, ?, ?)"
            tx.execute(sql, INBOX, at, *counts)
            tx.execute(sql, "inb_2", at, *counts)

    await db.write(write)
    expected = added_up(await hours(db, clock), now)
    assert await db.read(reputations.tally, INBOX, now) == expected
    assert (expected.outcomes > 0) == bool(sent)


async def test_an_inbox_is_warned_once_until_it_is_unwarned(db):
    assert await db.write(reputations.warn, INBOX)
    assert not await db.write(reputations.warn, INBOX)
    await db.write(reputations.unwarn, INBOX)
    assert await db.write(reputations.warn, INBOX)


async def test_beginning_anew_forgets_this_inbox_only(db, clock):
    for inbox_id in (INBOX, "inb_2"):
        await db.write(reputations.count, inbox_id, Outcome.HARD_BOUNCE)
        await db.write(reputations.warn, inbox_id)
    await db.write(reputations.begin_anew, INBOX)
    assert await hours(db, clock) == []
    assert len(await hours(db, clock, "inb_2")) == 1
    assert await db.write(reputations.warn, INBOX)
    assert not await db.write(reputations.warn, "inb_2")


async def test_old_hours_are_deleted_a_few_at_a_time(db, clock):
    for _ in range(3):
        await db.write(reputations.count, INBOX, Outcome.OTHER)
        clock.advance(hours=1)
    clock.advance(days=30)
    before = clock() - KEPT
    assert await db.write(reputations.forget, before, 2) == 2
    assert await db.write(reputations.forget, before, 2) == 1
    assert await db.write(reputations.forget, before, 2) == 0


async def test_so_many_hours_are_there_or_they_are_not(db, clock):
    for _ in range(3):
        await db.write(reputations.count, INBOX, Outcome.OTHER)
        clock.advance(hours=1)
    found = [await db.read(reputations.has_hours, INBOX, n) for n in (1, 3, 4)]
    assert found == [True, True, False]
    assert not await db.read(reputations.has_hours, "inb_2", 1)
