"""Invitations as people's calendars write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import calendar
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.calendar.read import ATTENDEES_MAX, DESCRIPTION_MAX

INVITATION = r"""BEGIN:VCALENDAR
PRODID:-//Example//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:040000008200E@example.com
SEQUENCE:2
STATUS:CONFIRMED
SUMMARY;LANGUAGE=de:Treffen\, wichtig
DESCRIPTION:Erstens\nZweitens
LOCATION:Raum 1
DTSTART;TZID=Europe/Berlin:20260715T100000
DTEND;TZID=Europe/Berlin:20260715T113000
RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=WE
ORGANIZER;CN="Ann, B":mailto:ann@example.com
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Bob:MAILTO:bob@exa
 mple.com
ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED:invalid:nomail
BEGIN:VALARM
DESCRIPTION:Reminder
TRIGGER:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def zone_of(name):
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def read(*lines):
    text = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT"])
    [event] = calendar.read(text, zone_of)
    return event


def at(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_invitation_is_read_whole(end):
    [event] = calendar.read(INVITATION.replace("\n", end), zone_of)
    assert (event.method, event.status, event.sequence) == ("request", "confirmed", 2)
    assert event.uid == "040000008200E@example.com"
    assert event.summary == "Treffen, wichtig"
    assert event.description == "Erstens\nZweitens"
    assert event.location == "Raum 1"
    assert event.starts_at == at(2026, 7, 15, 8)
    assert event.ends_at == at(2026, 7, 15, 9, 30)
    assert event.time_zone == "Europe/Berlin"
    assert event.recurrence == "FREQ=WEEKLY;COUNT=3;BYDAY=WE"
    assert event.organizer == Mailbox(address="ann@example.com", display_name="Ann, B")
    [bob] = event.attendees
    assert bob.mailbox == Mailbox(address="bob@example.com", display_name="Bob")
    assert (bob.status, bob.role) == ("needs-action", "req-participant")
    assert not event.all_day
    assert not event.is_uncertain


def test_days_are_days():
    event = read("DTSTART;VALUE=DATE:20260301", "DTEND;VALUE=DATE:20260303")
    assert event.all_day
    assert (event.starts_at, event.ends_at) == (at(2026, 3, 1), at(2026, 3, 3))
    alone = read("DTSTART;VALUE=DATE:20260301")
    assert alone.ends_at == at(2026, 3, 2)


def test_utc_needs_no_zone():
    event = read("DTSTART:20260301T090000Z", "DTEND:20260301T100000Z")
    assert (event.starts_at, event.ends_at) == (at(2026, 3, 1, 9), at(2026, 3, 1, 10))
    assert event.time_zone == ""
    assert not event.is_uncertain


@pytest.mark.parametrize(
    ("duration", "length"),
    [
        ("PT1H30M", timedelta(minutes=90)),
        ("P1D", timedelta(days=1)),
        ("P2W", timedelta(days=14)),
        ("P1DT2H", timedelta(hours=26)),
        ("PT45S", timedelta(seconds=45)),
    ],
)
def test_a_duration_makes_the_end(duration, length):
    event = read("DTSTART:20260301T090000Z", f"DURATION:{duration}")
    assert event.ends_at == at(2026, 3, 1, 9) + length
    assert not event.is_uncertain


def test_a_day_is_as_long_as_its_clock_says():
    # The night in which clocks are put forward.
    event = read("DTSTART;TZID=Europe/Berlin:20260328T120000", "DURATION:P1D")
    assert event.ends_at == at(2026, 3, 29, 10)


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:20260301T090000"],
        ["DTSTART;TZID=Nowhere:20260301T090000"],
        ["DTSTART:soon"],
        ["DTSTART:20261399"],
        ["DTSTART:20260301T090000Z", "DTEND:later"],
        ["DTSTART:20260301T090000Z", "DURATION:long"],
        ["DTSTART:99991231T235959Z", "DURATION:P99999D"],
        ["SUMMARY:x"],
    ],
)
def test_times_that_nobody_can_be_sure_of_say_so(lines):
    assert read(*lines).is_uncertain


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:20260301T090000.000Z",
        "DTSTART:2026-03-01T09:00:00Z",
        "DTSTART:20260301t0900z",
        "DTSTART:2026-03-01T11:00:00+02:00",
        "DTSTART:20260301T060000-0300",
        "DTSTART;TZID=GMT+05:30:20260301T143000",
        "DTSTART;X-A=b;TZID=UTC+05:30:20260301T143000",
    ],
)
def test_times_as_some_write_them(line):
    event = read(line)
    assert (event.starts_at, event.is_uncertain) == (at(2026, 3, 1, 9), False)


def test_answers_and_cancellations_say_what_they_are():
    reply = INVITATION.replace("REQUEST", "REPLY").replace("NEEDS-ACTION", "ACCEPTED")
    [event] = calendar.read(reply, zone_of)
    assert event.method == "reply"
    assert event.attendees[0].status == "accepted"
    [event] = calendar.read(
        INVITATION.replace("METHOD:REQUEST\n", ""), zone_of, "CANCEL"
    )
    assert event.method == "cancel"


def test_there_are_never_too_many():
    many = "BEGIN:VEVENT\nUID:1\nEND:VEVENT\n" * 100
    assert (
        len(calendar.read(f"BEGIN:VCALENDAR\n{many}", zone_of)) == calendar.EVENTS_MAX
    )
    crowd = [f"ATTENDEE:mailto:a{number}@example.com" for number in range(500)]
    assert len(read(*crowd).attendees) == ATTENDEES_MAX
    long = read(f"DESCRIPTION:{'x' * 50_000}")
    assert len(long.description) == DESCRIPTION_MAX
    [first, *_] = calendar.read(
        "BEGIN:VCALENDAR\n"
        + f"BEGIN:VEVENT\nDESCRIPTION:{'y' * 50_000}\nEND:VEVENT\n" * 20,
        zone_of,
    )
    assert len(first.description) == DESCRIPTION_MAX


def test_other_components_are_no_events():
    text = INVITATION.replace("VEVENT", "VTODO")
    assert calendar.read(text, zone_of) == ()
    assert calendar.read("", zone_of) == ()


def test_an_event_outside_of_a_calendar_counts():
    [event] = calendar.read("BEGIN:VEVENT\nUID:1\nEND:VEVENT\n", zone_of)
    assert event.uid == "1"


@pytest.mark.parametrize("cut", range(0, len(INVITATION), 7))
def test_a_calendar_may_end_anywhere(cut):
    calendar.read(INVITATION[:cut], zone_of)


LINES = st.sampled_from(INVITATION.splitlines())


@given(st.lists(LINES, max_size=40), st.text(max_size=100))
def test_any_order_of_lines_can_be_read(lines, junk):
    for event in calendar.read("\n".join([*lines, junk]), zone_of):
        assert len(event.attendees) <= ATTENDEES_MAX


@given(st.text(max_size=500))
def test_any_value_can_be_read(value):
    for name in ("DTSTART", "DURATION", "ATTENDEE;CN=x", "SEQUENCE", "ORGANIZER"):
        calendar.read(
            f"BEGIN:VEVENT\nDTSTART:20260101T000000Z\n{name}:{value}\nEND:VEVENT",
            zone_of,
        )


@pytest.mark.parametrize("start", ["20260101", "20260101T000000"])
def test_blanks_without_end_are_passed_over_once(start):
    event = f"BEGIN:VEVENT\nDTSTART:{start}{' ' * 60_000}x\nEND:VEVENT\n"
    assert [one.starts_at for one in calendar.read(event * 10, zone_of)] == [None] * 10
