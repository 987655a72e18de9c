"""When a domain is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from mailbot_server.core.domain import domain, publish, record
from mailbot_server.core.domain.spf import Sender
from tests.fakes.domains import domain as new

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RECORDS = publish.wanted("example.com", "abc", (), Sender(hostname="mx.example.net"))
REQUIRED, OPTIONAL, MX = RECORDS[0], RECORDS[1], RECORDS[-1]


@pytest.mark.parametrize(
    ("age", "left", "wait"),
    [
        (timedelta(hours=1), [REQUIRED], timedelta(minutes=5)),
        (timedelta(hours=1), [OPTIONAL], timedelta(minutes=5)),
        (timedelta(days=2), [REQUIRED, OPTIONAL], timedelta(hours=1)),
        (timedelta(days=2), [OPTIONAL], timedelta(hours=6)),
        (timedelta(hours=1), [], timedelta(hours=6)),
    ],
)
def test_the_next_look(age, left, wait):
    now = NOW + age
    assert domain.next_check(new(urgent_at=NOW), left, now) == now + wait


def test_what_is_missing_is_what_is_not_known_to_be_right_but_never_the_mx():
    right = record.ok(["x"]).after(None)
    findings = {each.key: right for each in RECORDS if each is not OPTIONAL}
    findings.pop(MX.key)
    assert domain.missing(RECORDS, findings) == [OPTIONAL]


def test_a_record_that_was_never_asked_for_is_pending():
    assert new().finding(REQUIRED) is record.PENDING
