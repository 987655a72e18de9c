"""
What a TZID means: by its name where it has one that is known, else as it is described.

Who writes a well-known name often describes it wrongly, and who describes a name of his
own has nothing else (RFC 5545 3.6.5).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from mailbot_server.core.mail.calendar.line import Component
from mailbot_server.core.mail.calendar.windows import NAMES, SHOWN

ZoneOf = Callable[[str], tzinfo | None]
"""Finds a time zone by its IANA name; None for an unknown one. May not raise."""

_OFFSET: Final = re.compile(r"\s*([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?")
_START: Final = re.compile(r"\s*(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?")
_BY_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UTC: Final = frozenset(
    {
        "utc",
        "gmt",
        "z",
        "etc/utc",
        "etc/gmt",
        "greenwich mean time",
        "coordinated universal time",
        "tzone://microsoft/utc",
    }
)
_FIXED: Final = re.compile(r"(?:utc|gmt)\s?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)

# What Windows shows to people: "(UTC+01:00) Amsterdam, Berlin, Bern, Rome"; and a name
# that it has counted because two are described differently.
_SHOWN: Final = re.compile(
    r"\((?:utc|gmt)\s?(?:([+-])(\d{1,2}):?(\d{2})?)?\)\s*(.*)|(.+?)\s\d{1,2}",
    re.IGNORECASE,
)
_CITIES_MAX: Final = 4
_AREAS: Final = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific")
_FIRST_YEAR: Final = 1601
_OBSERVANCES_MAX: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Observance:
    """From when in a year on which offset is observed."""

    since: datetime
    offset: timedelta
    month: int = 0
    nth: int = 0
    weekday: int = 0

    def onset(self, year: int) -> datetime | None:
        """When it begins in a year, without a zone; None if it does not."""
        if year < self.since.year:
            return None
        if not self.month:
            return self.since if year == self.since.year else None
        found = _nth_weekday(year, self.month, self.nth, self.weekday)
        if found is None:
            return None
        return self.since.replace(year=year, month=self.month, day=found)


def instant(
    local: datetime, name: str, described: Mapping[str, Component], zone_of: ZoneOf
) -> tuple[datetime, bool]:
    """
    The instant of a local time in UTC, and whether its zone was known.

    `described` are the VTIMEZONEs by TZID.
    """
    zone = _named(name, zone_of)
    if zone is None:
        component = described.get(name)
        offset = _offset_at(local, component) if component else None
        zone = timezone(offset) if offset is not None else None
    is_known = zone is not None
    if zone is None:
        zone, is_known = _shown(name, zone_of)
    try:
        return local.replace(tzinfo=zone).astimezone(UTC), is_known
    except (OverflowError, ValueError):
        return local.replace(tzinfo=UTC), False


def _named(name: str, zone_of: ZoneOf) -> tzinfo | None:
    lower = name.strip().lower()
    if lower in _UTC:
        return UTC
    fixed = _FIXED.fullmatch(lower)
    if fixed:
        return _fixed(*fixed.groups())
    known = NAMES.get(lower)
    if known:
        return zone_of(known)
    parts = name.strip().strip("/").split("/")
    # "/mozilla.org/20070129_1/Europe/Berlin" and its kin.
    for length in (len(parts), 3, 2):
        if 0 < length <= len(parts) and (zone := zone_of("/".join(parts[-length:]))):
            return zone
    return None


def _shown(name: str, zone_of: ZoneOf) -> tuple[tzinfo, bool]:
    """The zone of a name as people see it, and whether its summers are known, too."""
    match = _SHOWN.fullmatch(name.strip())
    places = (match[4] or match[5] or "" if match else name).strip()
    zone = _named(places, zone_of) or _of_america(places.lower(), zone_of)
    for city in places.split(",")[:_CITIES_MAX] if match and zone is None else ():
        for area in _AREAS:
            zone = zone or zone_of(f"{area}/{city.strip().replace(' ', '_')}")
    if zone is not None:
        return zone, True
    fixed = _fixed(match[1], match[2], match[3]) if match and match[2] else None
    return fixed or UTC, False


def _of_america(places: str, zone_of: ZoneOf) -> tzinfo | None:
    """As in "Eastern Time (US & Canada)"."""
    for beginning, known in SHOWN.items():
        if places.startswith(beginning):
            return zone_of(known)
    return None


def _fixed(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    whole = int(hours) * 60 + int(minutes or 0)
    if whole >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-whole if sign == "-" else whole))


def _offset_at(local: datetime, described: Component) -> timedelta | None:
    """The offset that a VTIMEZONE gives a local time."""
    known = [
        found
        for part in described.inside[:_OBSERVANCES_MAX]
        if part.name in ("STANDARD", "DAYLIGHT") and (found := _observance(part))
    ]
    onsets = [
        (onset, each.offset)
        for each in known
        for year in (local.year, local.year - 1, each.since.year)
        if (onset := each.onset(year)) is not None and onset <= local
    ]
    if onsets:
        return max(onsets, key=lambda one: one[0])[1]
    return known[0].offset if known else None


def _observance(part: Component) -> _Observance | None:
    to, start = part.first("TZOFFSETTO"), part.first("DTSTART")
    offset = _offset(to.value) if to else None
    if offset is None:
        return None
    since = _local(start.value if start else "") or datetime(_FIRST_YEAR, 1, 1)  # noqa: DTZ001 - local
    rule = dict(
        item.partition("=")[::2]
        for item in part.text("RRULE").upper().replace(" ", "").split(";")
    )
    day = _BY_DAY.fullmatch(rule.get("BYDAY", ""))
    month = rule.get("BYMONTH", "")
    if rule.get("FREQ") != "YEARLY" or day is None or not month.isdecimal():
        return _Observance(since=since, offset=offset)
    return _Observance(
        since=since,
        offset=offset,
        month=int(month[:2]),
        nth=int(day[1] or 1),
        weekday=_DAYS.index(day[2]),
    )


def _offset(value: str) -> timedelta | None:
    match = _OFFSET.match(value)
    if match is None:
        return None
    seconds = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0)
    if seconds >= 24 * 3600:
        return None
    return timedelta(seconds=-seconds if match[1] == "-" else seconds)


def _local(value: str) -> datetime | None:
    match = _START.match(value)
    if match is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> int | None:
    """The day of the month that is its nth such weekday; from the end if negative."""
    try:
        first = datetime(year, month, 1, tzinfo=UTC)
        following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    except ValueError:
        return None
    length = (following - first).days
    days = range(1 + (weekday - first.weekday()) % 7, length + 1, 7)
    place = nth - 1 if nth > 0 else nth
    return days[place] if -len(days) <= place < len(days) else None
