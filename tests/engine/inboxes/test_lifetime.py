"""A throw-away inbox ends in the future, at most a year ahead, and for good."""

from datetime import datetime, timedelta

import pytest

from mailbot_server.core.errors import InvalidInput, WrongState
from mailbot_server.engine.inboxes.lifetime import (
    LIFETIME_MAX,
    check_alive,
    check_expiry,
)
from tests.fakes.tenants import BEGINNING as NOW
from tests.fakes.tenants import inbox

MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("end", [None, NOW + MOMENT, NOW + LIFETIME_MAX], ids=str)
def test_an_end_is_taken(end: datetime | None) -> None:
    check_expiry(end, NOW)


@pytest.mark.parametrize(
    "end", [NOW, NOW - MOMENT, NOW + LIFETIME_MAX + MOMENT], ids=str
)
def test_an_end_is_refused(end: datetime) -> None:
    with pytest.raises(InvalidInput) as raised:
        check_expiry(end, NOW)
    assert raised.value.violations[0].field == "inbox.expire_time"


def test_an_inbox_is_alive_until_its_end() -> None:
    check_alive(inbox(), NOW)
    check_alive(inbox(expires_at=NOW + MOMENT), NOW)


def test_an_inbox_has_expired_at_its_end() -> None:
    with pytest.raises(WrongState) as raised:
        check_alive(inbox(expires_at=NOW), NOW)
    error = raised.value
    assert (error.reason, error.kind) == ("INBOX_EXPIRED", "INBOX_STATE")
    assert error.details == {"inbox_id": inbox().id, "state": "active"}
