from datetime import UTC, datetime, timedelta, timezone

import pytest

from mailbot_server.core.explanation.words import at, count, cut, length, said, within
from mailbot_server.core.mail.reply import Reply

NOW = datetime(2026, 11, 21, 13, 53, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        *((-5, "1 second"), (0, "1 second"), (1, "1 second"), (2, "2 seconds")),
        *((119, "119 seconds"), (120, "2 minutes"), (150, "2 minutes")),
        *((3600, "60 minutes"), (7200, "2 hours"), (7 * 86400, "7 days")),
    ],
)
def test_a_length_is_in_the_largest_unit_of_which_there_are_two(seconds, text):
    assert length(timedelta(seconds=seconds)) == text


def test_an_instant_has_its_date_unless_that_is_today_s():
    assert at(NOW, NOW) == "13:53 UTC"
    assert at(NOW + timedelta(hours=11), NOW) == "2026-11-22 00:53 UTC"
    east = timezone(timedelta(hours=9))
    assert at(NOW.astimezone(east), NOW) == "13:53 UTC"
    assert within(NOW + timedelta(minutes=12), NOW) == "14:05 UTC (in 12 minutes)"


def test_texts_are_one_line_of_bounded_length():
    assert cut(" several \r\n lines. ") == "several lines"
    assert cut("x" * 1000) == "x" * 200 + "…"
    assert said(Reply(code=0, enhanced="4.4.1")) == "4.4.1"
    assert said(Reply(code=421, text="Bye.")) == "421 Bye"
    assert (count(1, "attempt"), count(0, "attempt")) == ("1 attempt", "0 attempts")
