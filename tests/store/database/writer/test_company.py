"""When a writer waits for company, by what it has seen."""

import pytest

from mailbot_server.store.database.writer.company import (
    BUSY,
    REST,
    VAIN_MAX,
    WAIT_SECONDS,
    Company,
)

COST = 0.001


def worked(
    known: Company, commits: int, interval: float, *, count: int = 1, began: float = 100
) -> None:
    """
    Commits, each of which took COST, of operations that come every `interval`.

    Each of `count`, or of two where it was waited for company.
    """
    for _ in range(commits):
        came = max(count, 2 if known.patience() else 1)
        began += interval * came
        known.wrote(came, began, began + COST)


def waits_of_a_lone_caller(known: Company, commits: int) -> int:
    """How often it is waited for nobody, by a caller that waits for each answer."""
    now, waits = 100.0, 0
    for _ in range(commits):
        waits += known.patience() > 0
        now += known.patience() + COST * 1.1
        known.wrote(1, now - COST, now)
    return waits


def test_nobody_waits_before_anything_is_known():
    assert Company().patience() == 0


@pytest.mark.parametrize(
    ("interval", "waits"),
    [
        (COST * 1.1, True),
        (COST / BUSY * 0.9, True),
        (COST / BUSY * 1.1, False),
        (COST * 5, False),
    ],
)
def test_who_would_be_busy_with_operations_one_by_one_waits(interval, waits):
    known = Company()
    worked(known, 400, interval)
    assert known.patience() == (WAIT_SECONDS if waits else 0)


def test_who_has_time_because_of_company_still_waits():
    known = Company()
    worked(known, 400, COST * 1.2)
    worked(known, 400, COST * 1.2, count=5)
    assert known.patience() == WAIT_SECONDS


def test_after_a_pause_nobody_waits():
    known = Company()
    worked(known, 400, COST * 1.1)
    known.wrote(1, 200.0, 200.0 + COST)
    assert known.patience() == 0


def test_a_pause_however_long_is_forgotten_again():
    known = Company()
    worked(known, 1, 1.0)
    known.wrote(1, 90_000.0, 90_000.0 + COST)
    worked(known, 200, COST * 1.1, began=90_000.0)
    assert known.patience() == WAIT_SECONDS


def test_who_is_alone_again_and_again_is_seldom_made_to_wait():
    known, commits = Company(), 10_000
    waits = waits_of_a_lone_caller(known, commits)
    assert VAIN_MAX < waits <= VAIN_MAX + commits / REST


def test_whoever_comes_after_all_is_waited_for_again():
    known = Company()
    waits_of_a_lone_caller(known, 1_000)
    worked(known, 400, COST * 1.1)
    assert known.patience() == WAIT_SECONDS


def test_a_writer_whose_operations_became_cheap_has_time_again():
    known = Company()
    worked(known, 400, COST * 1.1)
    for number in range(400):
        began = 200.0 + number * COST
        known.wrote(1, began, began + COST / 3)
    assert known.patience() == 0
