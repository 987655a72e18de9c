"""What the names of time zones mean, by tables or by descriptions."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.calendar import line
from mailbot_server.core.mail.calendar.zone import instant

DESCRIBED = """BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def zone_of(name):
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def utc(local, name, described=""):
    zones = {each.text("TZID"): each for each in line.read(described).inside}
    moment = datetime.fromisoformat(local)
    at, is_known = instant(moment, name, zones, zone_of)
    assert at.tzinfo is UTC
    return at.replace(tzinfo=None).isoformat(timespec="minutes"), is_known


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Europe/Berlin", "2026-07-01T10:00"),
        ("W. Europe Standard Time", "2026-07-01T10:00"),
        ("/mozilla.org/20070129_1/Europe/Berlin", "2026-07-01T10:00"),
        (
            "/freeassociation.sourceforge.net/America/Argentina/Salta",
            "2026-07-01T15:00",
        ),
        ("Pacific Standard Time", "2026-07-01T19:00"),
        ("UTC", "2026-07-01T12:00"),
        ("GMT", "2026-07-01T12:00"),
        ("UTC+02:00", "2026-07-01T10:00"),
        ("GMT-5", "2026-07-01T17:00"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Wien", "2026-07-01T10:00"),
        ("(UTC+01:00) Nirgends, Berlin", "2026-07-01T10:00"),
        ("(GMT-05:00) Eastern Time (US & Canada)", "2026-07-01T16:00"),
        ("Pacific Time (US & Canada)", "2026-07-01T19:00"),
        ("Eastern Standard Time 1", "2026-07-01T16:00"),
        ("tzone://Microsoft/Utc", "2026-07-01T12:00"),
    ],
)
def test_names_that_are_known(name, expected):
    assert utc("2026-07-01T12:00", name) == (expected, True)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-01-15T12:00", "2026-01-15T11:00"),
        ("2026-07-15T12:00", "2026-07-15T10:00"),
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
        ("2026-10-25T02:00", "2026-10-25T00:00"),
        ("2026-10-25T03:00", "2026-10-25T02:00"),
        ("2026-12-31T23:00", "2026-12-31T22:00"),
    ],
)
def test_names_that_are_described(local, expected):
    assert utc(local, "Ours", DESCRIBED) == (expected, True)


def test_a_known_name_is_believed_before_its_description():
    wrong = DESCRIBED.replace("TZID:Ours", "TZID:Asia/Tokyo")
    assert utc("2026-01-15T12:00", "Asia/Tokyo", wrong) == ("2026-01-15T03:00", True)


def test_a_zone_without_changes():
    text = (
        "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    assert utc("2026-01-15T12:00", "X", text) == ("2026-01-15T06:30", True)


def test_offsets_that_are_given_date_by_date():
    text = (
        "BEGIN:VTIMEZONE\nTZID:X\n"
        "BEGIN:STANDARD\nDTSTART:20200101T000000\nTZOFFSETTO:+0100\nEND:STANDARD\n"
        "BEGIN:STANDARD\nDTSTART:20250101T000000\nTZOFFSETTO:+0300\nEND:STANDARD\n"
        "END:VTIMEZONE\n"
    )
    assert utc("2024-06-01T12:00", "X", text) == ("2024-06-01T11:00", True)
    assert utc("2026-06-01T12:00", "X", text) == ("2026-06-01T09:00", True)


@pytest.mark.parametrize(
    "name", ["Nowhere", "", "../../etc/passwd", "Europe/", "UTC+99"]
)
def test_a_name_that_nobody_knows_is_taken_for_utc(name):
    assert utc("2026-01-15T12:00", name) == ("2026-01-15T12:00", False)


@pytest.mark.parametrize("local", ["0001-01-01T00:00", "9999-12-31T23:59"])
@pytest.mark.parametrize("name", ["Asia/Tokyo", "America/New_York", "Ours"])
def test_the_ends_of_time_are_no_error(local, name):
    utc(local, name, DESCRIBED)


ODD = "RRULE:FREQ=YEARLY;BYDAY=9SU;BYMONTH=99"
LINES = st.sampled_from([*DESCRIBED.splitlines(), ODD])


@given(st.lists(LINES, max_size=30), st.datetimes())
def test_any_description_can_be_read(lines, local):
    zones = {"X": line.read("\n".join(lines))}
    for inner in zones["X"].inside:
        instant(local, "X", {"X": inner}, lambda _name: None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("(UTC+05:30) Nirgends", "2026-07-01T06:30"),
        ("(UTC-03:00)", "2026-07-01T15:00"),
        ("(UTC)", "2026-07-01T12:00"),
        ("(UTC+99:00) Nirgends", "2026-07-01T12:00"),
        ("Nirgends 1", "2026-07-01T12:00"),
    ],
)
def test_an_offset_alone_does_not_tell_of_summers(name, expected):
    assert utc("2026-07-01T12:00", name) == (expected, False)


def test_a_description_counts_more_than_what_is_shown():
    described = DESCRIBED.replace("Ours", "(UTC-05:00) Berlin")
    name = "(UTC-05:00) Berlin"
    assert utc("2026-01-15T12:00", name, described) == ("2026-01-15T11:00", True)
