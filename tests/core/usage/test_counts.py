from datetime import UTC, datetime, timedelta

import pytest

from mailbot_server.core import usage
from mailbot_server.core.event import (
    DETAIL_OF,
    AttemptDetail,
    ContentDetail,
    EngagementDetail,
    Event,
    EventType,
)
from mailbot_server.core.usage import Counted, Counts, counted

MOMENT = datetime(2026, 3, 2, 12, 34, tzinfo=UTC)


def event(kind, detail=None, recipient="carol@Example.com"):
    detail = detail or DETAIL_OF[kind.value]()
    return Event(
        type=kind,
        account_id="acc_1",
        inbox_id="inb_1",
        recipient=recipient,
        detail=detail,
    )


@pytest.mark.parametrize(
    ("kind", "detail", "expected"),
    [
        pytest.param(
            EventType.MESSAGE_QUEUED,
            ContentDetail(recipient_domains=("b.com", "A.com", "b.com")),
            [
                Counted("b.com", "messages"),
                Counted("b.com", "recipients", 2),
                Counted("b.com", "messages_there"),
                Counted("a.com", "recipients"),
                Counted("a.com", "messages_there"),
            ],
            id="a-message-once-and-its-recipients-by-domain",
        ),
        pytest.param(EventType.MESSAGE_QUEUED, None, [], id="without-recipients"),
        pytest.param(
            EventType.MESSAGE_BOUNCED,
            AttemptDetail(bounce_class="policy"),
            [Counted("example.com", "bounced", 1, "policy")],
            id="a-refusal-by-class",
        ),
        pytest.param(
            EventType.MESSAGE_BOUNCED,
            AttemptDetail(reported=True),
            [
                Counted("example.com", "bounced", 1, "other"),
                Counted("example.com", "late_bounced"),
            ],
            id="a-refusal-that-was-reported-later",
        ),
        pytest.param(
            EventType.MESSAGE_UNKNOWN,
            AttemptDetail(next_attempt_at=MOMENT),
            [],
            id="it-will-be-tried-again",
        ),
        pytest.param(
            EventType.MESSAGE_UNKNOWN,
            None,
            [Counted("example.com", "unknown")],
            id="nobody-will-know",
        ),
        pytest.param(
            EventType.MESSAGE_OPENED,
            EngagementDetail(first=True, first_of_recipient=True),
            [Counted("example.com", "opened")],
            id="the-first-opening",
        ),
        pytest.param(EventType.MESSAGE_OPENED, None, [], id="another-opening"),
        pytest.param(
            EventType.MESSAGE_CLICKED,
            EngagementDetail(first=True, link_index=2),
            [],
            id="another-link-of-who-clicked",
        ),
        pytest.param(
            EventType.MESSAGE_CLICKED,
            EngagementDetail(first=True, machine=True),
            [Counted("example.com", "machine_events")],
            id="a-machine-is-nobody",
        ),
        pytest.param(
            EventType.MESSAGE_UNSUBSCRIBED,
            EngagementDetail(first=True, first_of_recipient=True),
            [Counted("example.com", "unsubscribed")],
            id="the-first-unsubscribing",
        ),
        pytest.param(EventType.MESSAGE_UNSUBSCRIBED, None, [], id="once-more"),
        pytest.param(
            EventType.MESSAGE_REPLIED,
            ContentDetail(
                is_first_reply=True, reply_milliseconds=1500, replier_domain="a.com"
            ),
            [
                Counted("a.com", "replied"),
                Counted("a.com", "reply_milliseconds", 1500),
            ],
            id="the-first-answer",
        ),
        pytest.param(
            EventType.MESSAGE_REPLIED,
            ContentDetail(reply_milliseconds=1500),
            [],
            id="another-answer",
        ),
        pytest.param(
            EventType.MESSAGE_RECEIVED,
            None,
            [Counted("", "received")],
            id="received",
        ),
        pytest.param(
            EventType.MESSAGE_DELIVERED,
            None,
            [Counted("example.com", "delivered")],
            id="delivered",
        ),
        pytest.param(EventType.MESSAGE_ATTEMPTED, None, [], id="an-attempt"),
        pytest.param(EventType.INBOX_CREATED, None, [], id="not-about-mail"),
    ],
)
def test_an_event_counts(kind, detail, expected):
    assert list(counted(event(kind, detail))) == expected


@pytest.mark.parametrize("kind", list(EventType))
def test_whatever_counts_has_a_column_and_is_known_to_count(kind):
    found = list(counted(event(kind)))
    assert {each.name for each in found} <= set(usage.NAMES)
    assert not found or kind.value in usage.TYPES


def test_hours_are_numbered_from_1970():
    hour = usage.hour_of(MOMENT)
    assert usage.begins_at(hour) == MOMENT.replace(minute=0)
    assert usage.hour_of(datetime(1970, 1, 1, 1, tzinfo=UTC)) == 1


def test_the_mean_is_over_those_that_were_answered():
    counts = Counts(amounts={"replied": 3, "reply_milliseconds": 10_000})
    assert counts.mean_first_reply == timedelta(milliseconds=3333)
    assert Counts().mean_first_reply is None


def test_pieces_add_up():
    one = Counts(amounts={"sent": 1}, bounced_by_class={"dns": 1})
    other = Counts(amounts={"sent": 2, "failed": 1}, bounced_by_class={"dns": 2})
    both = usage.total([one, other])
    assert (both["sent"], both["failed"], both["opened"]) == (3, 1, 0)
    assert both.bounced_by_class == {"dns": 3}


def test_the_least_rows_beyond_the_limit_become_the_rest(monkeypatch):
    monkeypatch.setattr(usage.counts, "ROWS_MAX", 2)
    sizes = {
        ("inb_1", "a.com"): 1,
        ("inb_2", "a.com"): 1,
        ("inb_1", "b.com"): 5,
        ("inb_1", ""): 0,
        ("inb_1", usage.REST): 0,
    }
    assert usage.rest(sizes) == [("inb_2", "a.com")]
    assert usage.rest({("inb_1", "a.com"): 1}) == []
