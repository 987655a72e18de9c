from datetime import UTC, datetime, timedelta

import pytest

from mailbot_server.core import retention
from mailbot_server.core.retention import Retention


@pytest.mark.parametrize(
    ("content", "metadata", "wrong"),
    [
        (0, 0, []),
        (30, 0, []),
        (0, 30, []),
        (30, 30, []),
        (1, 3650, []),
        (31, 30, ["r.metadata"]),
        (3651, 0, ["r.content"]),
        (-1, 5000, ["r.content", "r.metadata"]),
    ],
)
def test_content_goes_first(content, metadata, wrong):
    found = retention.check(
        Retention(content_days=content, metadata_days=metadata), "r"
    )
    assert [each.field for each in found] == wrong


@pytest.mark.parametrize(
    ("length", "days"),
    [
        (timedelta(days=2), 2),
        (timedelta(days=1, seconds=1), 2),
        (timedelta(hours=1), 1),
        (timedelta(), None),
        (timedelta(days=-1), None),
    ],
)
def test_days_are_whole(length, days):
    assert retention.days_of(length) == days


def test_what_was_there_before_is_due():
    now = datetime(2026, 3, 2, tzinfo=UTC)
    assert retention.due_before(2, now) == datetime(2026, 2, 28, tzinfo=UTC)


def test_for_ever_is_when_nothing_goes():
    assert Retention().is_for_ever
    assert not Retention(metadata_days=1).is_for_ever
