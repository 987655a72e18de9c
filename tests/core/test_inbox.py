"""An inbox tells its etag and whether its time has come."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core.inbox import PERMISSIONS
from tests.fakes.tenants import BEGINNING, inbox


def test_every_change_changes_the_etag():
    etags = [replace(inbox(), version=version).etag for version in (1, 2, 21)]
    assert etags == ["v1", "v2", "v21"]


@pytest.mark.parametrize(
    ("expires_in", "expected"),
    [
        (None, False),
        (timedelta(microseconds=1), False),
        (timedelta(0), True),
        (-timedelta(days=1), True),
    ],
)
def test_a_throw_away_inbox_ends_at_its_instant(expires_in, expected):
    at = None if expires_in is None else BEGINNING + expires_in
    assert inbox(expires_at=at).is_expired(BEGINNING) is expected


def test_an_inbox_may_do_everything_unless_told():
    assert inbox().permissions == PERMISSIONS == {"send", "receive", "search"}
