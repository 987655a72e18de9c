"""When a writer waits for company, by what it has seen."""

import pytest

from mailbot_server.store.database.writer.company import (
    BUSY,
    WAIT_SECONDS,
    Company,
)

COST = 0.001


def worked(known: Company, operations: int, interval: float, *, count: int = 1) -> None:
    """Commits of `count`, each of which took COST, one begun every `interval`."""
    began_at = 100.0
    for number in range(operations):
        began = began_at + number * interval
        known.wrote(count, began, began + COST)


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
    worked(known, 400, COST * 1.2 * 5, count=5)
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
    for number in range(1, 200):
        began = 90_000.0 + number * COST * 1.1
        known.wrote(1, began, began + COST)
    assert known.patience() == WAIT_SECONDS


def test_a_writer_whose_operations_became_cheap_has_time_again():
    known = Company()
    worked(known, 400, COST * 1.1)
    for number in range(400):
        began = 200.0 + number * COST
        known.wrote(1, began, began + COST / 3)
    assert known.patience() == 0
