import json
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime.date import read
from tests import corpora

PARTS = ("year", "month", "day", "hour", "minute", "second")
NAIVE_MIN, NAIVE_MAX = (datetime(year, 1, 1) for year in (1970, 2100))  # noqa: DTZ001
INSTANT = datetime(1997, 11, 21, 15, 55, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("Fri, 21 Nov 1997 09:55:06 -0600", id="rfc5322-A.1.1"),
        pytest.param("Fri,21 Nov 1997 09:55:06 -0600", id="no-blank-behind-comma"),
        pytest.param("21 Nov 1997 09:55:06 -0600", id="rfc5322-3.3-no-weekday"),
        pytest.param("21 Nov 97 09:55:06 CST", id="rfc5322-A.6.2-obsolete"),
        pytest.param(
            "21 Nov 97 09(comment):  55  :  06 -0600",
            id="rfc5322-A.6.3-white-space",
        ),
        pytest.param(
            "Fri, 21 November 1997 09:55:06 -0600 (CST (local))",
            id="long-month-and-comments",
        ),
        pytest.param("Fri, 21 Nov 1997 15:55:06 GMT", id="gmt"),
        pytest.param("Fri, 21 Nov 1997 15:55:06 +0000 (UTC)", id="utc-comment"),
        pytest.param("Fri, 21 Nov 1997 17:55:06 GMT+0200", id="gmt-and-offset"),
        pytest.param("Fri, 21 Nov 1997 15:55:06 -0000", id="rfc5322-3.3-unknown-zone"),
        pytest.param("Fri, 21 Nov 1997 15:55:06", id="no-zone"),
        pytest.param("Fri, 21 Nov 1997 15:55:06 XYZ", id="rfc5322-4.3-unknown-word"),
        pytest.param("Fri, 21 Nov 1997 15:55:06 Z", id="rfc5322-4.3-military"),
        pytest.param("Fri, 21 Nov 1997 16:55:06 +01:00", id="colon-in-offset"),
        pytest.param("Fri, 21-Nov-1997 15:55:06 GMT", id="rfc850"),
        pytest.param("Fri Nov 21 15:55:06 1997", id="asctime"),
        pytest.param(
            "Fri Nov 21 07:55:06 PST 1997",
            id="asctime-with-zone",
        ),
        pytest.param("Fri Nov 21 16:55:06 GMT+01:00 1997", id="java"),
        pytest.param("Fri Nov 21 16:55:06 +0100 1997", id="ruby"),
        pytest.param("1997-11-21T15:55:06Z", id="rfc3339"),
        pytest.param("1997-11-21 16:55:06.123 +0100", id="rfc3339-with-fraction"),
        pytest.param("Fri, 21 Nov 1997 15.55.06 +0000", id="dots-in-time"),
        pytest.param("Friday, November 21, 1997 3:55:06 PM", id="long-american"),
        pytest.param("Fri, 21 Nov 1997 04:55:06 p.m. +0100", id="twelve-hour-clock"),
        pytest.param("Nov 21 1997 15:55:06 +0000", id="month-first"),
        pytest.param("Fri, 21 Nov 097 15:55:06 +0000", id="rfc5322-4.3-three-digits"),
        pytest.param("Fri, 21 Nov 1997 17:55:06 0200", id="no-sign"),
        pytest.param("Fri, 21 Nov 1997 17:55:06 + 0200", id="blank-behind-sign"),
        pytest.param("Fri, 21 Nov 1997 12:55:06 -03", id="hours-only"),
        pytest.param("Fri, 21 Nov 1997 17:55:06 UTC+2", id="one-digit-of-hours"),
        pytest.param("1997/11/21 15:55:06", id="slashes"),
        pytest.param("21.11.1997 16:55:06 +0100", id="dots"),
        pytest.param("Fri, 21st Nov 1997 15:55:06 +0000", id="ordinal"),
        pytest.param("ven., 21 nov. 1997 15:55:06 +0000", id="dot-behind-weekday"),
        pytest.param("пт, 21 ноя 1997 15:55:06 +0000", id="cyrillic"),
        pytest.param("LÖR , 21 Nov 1997 15:55:06 +0000", id="weekday-beyond-ascii"),
        pytest.param("'Fri, 21 Nov 1997 15:55:06 +0000'", id="in-quotes"),
        pytest.param("=?utf-8?Q?21_Nov_1997_15:55:06_GMT?=", id="encoded-word"),
        pytest.param("Sat, 22 Nov 1997 04:55:06 NZDT", id="zone-of-our-days"),
    ],
)
def test_every_form_of_one_instant(value):
    assert read(value) == INSTANT


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "Fri, 32 Nov 1997 09:55:06 -0600",
        "Fri, 21 Foo 1997 09:55:06 -0600",
        "21 Nov 1997",
        "Fri, 21 Nov 1997 09:61:06 -0600",
        "Fri, 21 Nov 1997 25:00:00 -0600",
        "1 Jan 0001 00:00:00 +0100",
        "x" * 100_000,
        "(" * 1000,
    ],
)
def test_what_is_no_date(value):
    assert read(value) is None


@pytest.mark.parametrize("month", ["Okt", "ott", "OUT", "oct", "October"])
def test_months_in_the_language_of_the_sender(month):
    instant = datetime(1997, 10, 21, 15, 55, 6, tzinfo=UTC)
    assert read(f"Di, 21 {month} 1997 15:55:06 +0000") == instant


def test_two_digits_are_near():
    assert read("1 Jan 49 00:00 +0000") == datetime(2049, 1, 1, tzinfo=UTC)
    assert read("1 Jan 50 00:00 +0000") == datetime(1950, 1, 1, tzinfo=UTC)


def test_midnight_by_either_clock():
    midnight = datetime(1997, 11, 22, tzinfo=UTC)
    assert read("Fri, 21 Nov 1997 24:00:00 +0000") == midnight
    assert read("Sat, 22 Nov 1997 12:00:00 AM +0000") == midnight
    assert read("Fri, 21 Nov 1997 12:00 pm UT") == midnight - timedelta(hours=12)


def test_a_leap_second_is_the_one_behind():
    instant = datetime(2017, 1, 1, tzinfo=UTC)
    assert read("Sat, 31 Dec 2016 23:59:60 +0000") == instant


@given(
    st.datetimes(NAIVE_MIN, NAIVE_MAX),
    st.integers(-13 * 60, 13 * 60),
)
def test_the_library_s_dates_read_back(naive, minutes):
    instant = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    value = format_datetime(instant)
    assert read(value) == instant == parsedate_to_datetime(value)


@given(st.text(st.sampled_from("0123456789 :+-.,()TZJanFeb"), max_size=60))
def test_never_raises(value):
    instant = read(value)
    assert instant is None or instant.tzinfo is UTC


def test_dates_of_the_corpus():
    cases = json.loads((corpora.folder("mime") / "headers" / "date.json").read_text())
    agreed = 0
    for case in cases:
        expected = case["expected"]
        instant = read(case["header"].strip())
        if expected is None:
            agreed += instant is None
            continue
        offset = timedelta(hours=expected["tz_hour"], minutes=expected["tz_minute"])
        try:
            year, month, day, hour, minute, second = (expected[part] for part in PARTS)
            local = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            agreed += 1
            continue
        agreed += instant == local + (offset if expected["tz_before_gmt"] else -offset)
    # The others are a Received field, numbers for months, and an unclosed comment.
    assert agreed >= len(cases) - 4
