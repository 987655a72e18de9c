"""What a message is tracked by, and what is refused."""

import pytest

from mailbot_server.core.mail.parse import parse
from mailbot_server.core.tracking import asked
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.engine.engagement import choice
from tests.fakes.tenants import inbox

URL = "https://m.example.com"
OPENS, CLICKS = Tracking(opens=True), Tracking(clicks=True)
RAW = b'Content-Type: text/html\r\n\r\n<a href="https://example.com/">x</a>\r\n'


@pytest.mark.parametrize(
    ("wanted", "url", "holds"),
    [
        (None, URL, OPENS),
        (CLICKS, URL, CLICKS),
        (asked.NOTHING, URL, asked.NOTHING),
        (None, "", asked.NOTHING),
        (CLICKS, "", asked.NOTHING),
    ],
)
def test_the_message_says_else_its_inbox(wanted, url, holds):
    assert choice.decided(wanted, inbox(tracking=OPENS), url) == holds


def test_nobody_is_tracked_whom_links_cannot_reach():
    [violation] = choice.check(OPENS, "", "options.tracking")
    assert violation.field == "options.tracking"
    assert "public_url" in violation.description
    for wanted in (None, asked.NOTHING):
        assert choice.check(wanted, "", "options.tracking") == []
    assert choice.check(OPENS, URL, "options.tracking") == []


def test_there_is_one_list_unsubscribe():
    field = "options.one_click_unsubscribe"
    assert choice.check_one_click(URL, ["X-Other"], field) == []
    for url, names in ((URL, ["LIST-unsubscribe"]), ("", [])):
        [violation] = choice.check_one_click(url, names, field)
        assert violation.field == field


def test_what_is_not_asked_for_is_not_looked_for():
    parts = parse(RAW).parts
    options = {"public_url": URL}
    assert not choice.planned(RAW, parts, asked.NOTHING, one_click=False, **options)
    assert choice.planned(RAW, parts, CLICKS, one_click=False, **options).urls == (
        "https://example.com/",
    )


def test_a_list_unsubscribe_of_the_senders_own_stays_alone():
    raw = b"List-Unsubscribe: <https://example.com/>\r\n" + RAW
    made = choice.planned(raw, parse(raw).parts, CLICKS, one_click=True, public_url=URL)
    assert made.urls == ()
    assert not made.one_click
