"""Calendar events of a message: who meets whom, when, where (RFC 5545, 5546)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from mailbot_server.core.mail.address import Mailbox, normalise
from mailbot_server.core.mail.calendar import line
from mailbot_server.core.mail.calendar.line import Component, Property
from mailbot_server.core.mail.calendar.zone import ZoneOf, instant

EVENTS_MAX: Final = 20
ATTENDEES_MAX: Final = 100
DESCRIPTION_MAX: Final = 10_000
_TEXT_MAX: Final = 2_000
_CHARACTERS_MAX: Final = 200_000
"""Of all events together."""

_SEQUENCE_MAX: Final = 2**31 - 1

_MOMENT: Final = re.compile(
    r"\s*+(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d++)?)?"
    r"\s*+(Z|[+-]\d{2}:?\d{2})?\s*+",
    re.IGNORECASE,
)
_DURATION: Final = re.compile(
    r"\s*([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    r"(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?\s*",
    re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"\s+")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SECONDS: Final = (7 * 86_400, 86_400, 3_600, 60, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who is invited; status and role in lower case."""

    mailbox: Mailbox
    status: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """
    An event as the calendar gives it; what it does not say is empty or None.

    Words of the standard (method, status) are in lower case. Instants are aware and in
    UTC; of all-day events they are midnights UTC, the end the day behind the last.
    """

    method: str = ""
    uid: str = ""
    summary: str = ""
    description: str = ""
    location: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    all_day: bool = False
    time_zone: str = ""
    """TZID as written."""

    recurrence: str = ""
    """RRULE as written."""

    organizer: Mailbox | None = None
    attendees: tuple[Attendee, ...] = ()
    sequence: int = 0
    status: str = ""
    is_uncertain: bool = False
    """A time could not be read, or was taken for UTC without knowing."""


@dataclass(slots=True)
class _Moment:
    at: datetime
    is_day: bool = False
    zone: str = ""
    is_known: bool = True
    local: datetime | None = None
    """As written, where a zone applies."""


def read(text: str, zone_of: ZoneOf, method: str = "") -> tuple[CalendarEvent, ...]:
    """
    The events of a text/calendar part, in order, at most EVENTS_MAX; never fails.

    `method` is what the part's Content-Type says, for calendars that do not.
    """
    root = line.read(text)
    room = _CHARACTERS_MAX
    calendars = [each for each in root.inside if each.name == "VCALENDAR"] or [root]
    events: list[CalendarEvent] = []
    for calendar in calendars[:EVENTS_MAX]:
        zones = {
            each.text("TZID"): each
            for each in calendar.inside
            if each.name == "VTIMEZONE"
        }
        said = calendar.word("METHOD") or method.strip().lower()
        for each in calendar.inside:
            if each.name != "VEVENT":
                continue
            event = _event(each, _word(said), zones, zone_of)
            room -= _length(event)
            if room < 0 or len(events) == EVENTS_MAX:
                return tuple(events)
            events.append(event)
    return tuple(events)


def _length(event: CalendarEvent) -> int:
    """Characters that it is about to take."""
    people = sum(
        len(each.mailbox.address) + len(each.mailbox.display_name)
        for each in event.attendees
    )
    words = (event.uid, event.summary, event.description, event.location)
    return people + len(event.recurrence) + sum(map(len, words))


def _event(
    found: Component, method: str, zones: Mapping[str, Component], zone_of: ZoneOf
) -> CalendarEvent:
    start = _moment(found.first("DTSTART"), zones, zone_of)
    end, is_end_sure = _end(found, start, zones, zone_of)
    is_sure = start is not None and start.is_known and is_end_sure
    organizer = found.first("ORGANIZER")
    rule = found.first("RRULE")
    return CalendarEvent(
        method=method,
        uid=_line(found.text("UID")),
        summary=_line(found.text("SUMMARY")),
        description=_CONTROLS.sub("", found.text("DESCRIPTION"))[:DESCRIPTION_MAX],
        location=_line(found.text("LOCATION")),
        starts_at=start.at if start else None,
        ends_at=end,
        all_day=start.is_day if start else False,
        time_zone=_line(start.zone) if start else "",
        recurrence=_line(rule.value) if rule else "",
        organizer=_mailbox(organizer) if organizer else None,
        attendees=_attendees(found.properties.get("ATTENDEE", ())),
        sequence=_sequence(found.text("SEQUENCE")),
        status=_word(found.word("STATUS")),
        is_uncertain=not is_sure,
    )


def _moment(
    given: Property | None, zones: Mapping[str, Component], zone_of: ZoneOf
) -> _Moment | None:
    match = _MOMENT.fullmatch(given.value) if given else None
    if given is None or match is None:
        return None
    numbers = [int(part or 0) for part in match.groups()[:6]]
    # A leap second is the one before it.
    numbers[5] = min(numbers[5], 59)
    try:
        at = datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None
    if match[4] is None:
        return _Moment(at, is_day=True)
    if said := match[7]:
        return _Moment(_in_utc(at, said))
    zone = given.parameters.get("TZID", "")
    if not zone:
        # Floating: the same on every clock, so no instant at all (RFC 5545 3.3.5).
        return _Moment(at, is_known=False)
    local = at.replace(tzinfo=None)
    known_at, is_known = instant(local, zone, zones, zone_of)
    return _Moment(known_at, zone=zone, is_known=is_known, local=local)


def _in_utc(at: datetime, said: str) -> datetime:
    """RFC 3339's offsets are none of calendars, but some write them."""
    if said in "Zz":
        return at
    digits = said[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    try:
        return at + offset if said[0] == "-" else at - offset
    except OverflowError:
        return at


def _end(
    found: Component,
    start: _Moment | None,
    zones: Mapping[str, Component],
    zone_of: ZoneOf,
) -> tuple[datetime | None, bool]:
    """When it ends, and whether that is known for sure."""
    given = found.first("DTEND")
    if given is not None:
        end = _moment(given, zones, zone_of)
        return (end.at, end.is_known) if end else (None, False)
    if start is None:
        return None, True
    lasting = found.first("DURATION")
    if lasting is None:
        # RFC 5545 3.6.1: of a date one day, of a time none.
        return start.at + timedelta(days=1 if start.is_day else 0), True
    duration = _duration(lasting.value)
    if duration is None:
        return None, False
    return _later(start, duration, zones, zone_of)


def _later(
    start: _Moment,
    duration: timedelta,
    zones: Mapping[str, Component],
    zone_of: ZoneOf,
) -> tuple[datetime | None, bool]:
    """What a duration makes of the start: days as clocks have them, hours exactly."""
    try:
        whole = timedelta(days=duration.days)
        if start.local is None or not whole:
            return start.at + duration, True
        day, is_known = instant(start.local + whole, start.zone, zones, zone_of)
        return day + (duration - whole), is_known
    except OverflowError:
        return None, False


def _duration(value: str) -> timedelta | None:
    match = _DURATION.fullmatch(value)
    if match is None or not any(match.groups()[1:]):
        return None
    amounts = [int(part or 0) for part in match.groups()[1:]]
    seconds = sum(map(int.__mul__, amounts, _SECONDS))
    return timedelta(seconds=-seconds if match[1] == "-" else seconds)


def _attendees(given: Sequence[Property]) -> tuple[Attendee, ...]:
    found = []
    for each in given[:ATTENDEES_MAX]:
        mailbox = _mailbox(each)
        if mailbox is not None:
            found.append(
                Attendee(
                    mailbox=mailbox,
                    status=_word(each.parameters.get("PARTSTAT", "")),
                    role=_word(each.parameters.get("ROLE", "")),
                )
            )
    return tuple(found)


def _mailbox(given: Property) -> Mailbox | None:
    """Who it is; None where no address is given."""
    value = given.value.strip()
    if value[:7].lower() == "mailto:":
        value = value[7:]
    address = normalise(value.strip().strip("<>")) or normalise(
        given.parameters.get("EMAIL", "")
    )
    if not address:
        return None
    return Mailbox(
        address=address, display_name=_line(given.parameters.get("CN", ""))[:256]
    )


def _sequence(value: str) -> int:
    return (
        min(int(value), _SEQUENCE_MAX) if value.isdecimal() and len(value) < 12 else 0
    )


def _line(text: str) -> str:
    return _BLANKS.sub(" ", _CONTROLS.sub("", text)).strip()[:_TEXT_MAX]


def _word(text: str) -> str:
    return text.strip().lower()[:100] if text.isprintable() else ""
