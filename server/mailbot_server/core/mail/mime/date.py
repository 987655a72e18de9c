"""The Date field as an instant, in every form seen in mail (RFC 5322 3.3, 4.3)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from mailbot_server.core.mail.mime.header import read_value
from mailbot_server.core.mail.mime.month import month_of

_SHORT: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_MONTHS: Final = {_SHORT[at : at + 3]: at // 3 + 1 for at in range(0, 36, 3)}

# RFC 5322 4.3; a military letter says nothing reliable and counts as UTC.
_ZONES: Final = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    # Besides, those that senders of our days write.
    "AST": -4,
    "ADT": -3,
    "NST": -3.5,
    "NDT": -2.5,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "BRT": -3,
    "BST": 1,
    "WEST": 1,
    "CET": 1,
    "MET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MEST": 2,
    "MESZ": 2,
    "SAST": 2,
    "EET": 2,
    "EEST": 3,
    "IDT": 3,
    "MSK": 3,
    "PKT": 5,
    "IST": 5.5,
    "ICT": 7,
    "WIB": 7,
    "AWST": 8,
    "HKT": 8,
    "PHT": 8,
    "SGT": 8,
    "JST": 9,
    "KST": 9,
    "ACST": 9.5,
    "ACDT": 10.5,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
}

_COMMENT: Final = re.compile(r"\([^()]*+\)")
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})\s*[:.]\s*(?P<minute>\d{1,2})"
    r"(?:\s*[:.]\s*(?P<second>\d{1,2}))?(?:[.,]\d+)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?"
)
_LETTER: Final = r"[^\W\d_]"
_WEEKDAY: Final = rf"(?:{_LETTER}+\.?\s*,*\s*)?"
_MONTH: Final = rf"(?P<month>{_LETTER}{{3,10}})"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ZONE: Final = (
    r"(?:(?:UTC|GMT|UT)?(?P<offset>[+-]\s?\d{1,2}:?\d{2}|[01]\d[0-5]\d|[+-]\d\d?)"
    r"|(?P<zone>[A-Za-z]+))?"
)
_EARLY_ZONE: Final = r"(?:UTC|GMT)?[+-]\d{1,2}:?\d{2}|[A-Za-z]+"
_OFFSET: Final = re.compile(r"[+-]\d{1,2}:?\d{2}")
_FORMS: Final = (
    # Fri, 21 Nov 1997 09:55:06 -0600; 21-Nov-97 9:55 GMT
    re.compile(
        rf"{_WEEKDAY}{_DAY}[\s.-]*{_MONTH}[\s.,-]*(?P<year>\d{{2,4}})[\s,]+"
        rf"{_CLOCK}\s*{_ZONE}"
    ),
    # Fri Nov 21 09:55:06 1997 (C's asctime), also with a zone before or after the year
    re.compile(
        rf"(?:{_LETTER}+[,.]?\s+)?{_MONTH}\s+{_DAY},?\s+"
        rf"{_CLOCK}\s+(?:(?P<early_zone>{_EARLY_ZONE})\s+)?(?P<year>\d{{4}})\s*{_ZONE}"
    ),
    # Friday, November 21, 1997 9:55 AM
    re.compile(
        rf"(?:{_LETTER}+[,.]?\s+)?{_MONTH}\s+{_DAY}[\s,]+(?P<year>\d{{4}})[\s,]+"
        rf"{_CLOCK}\s*{_ZONE}"
    ),
    # 21.11.1997 09:55:06 -0600
    re.compile(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}})"
        rf"[\s,]+{_CLOCK}\s*{_ZONE}"
    ),
    # 1997-11-21T09:55:06-06:00 (RFC 3339), also with slashes
    re.compile(
        r"(?P<year>\d{4})([-/])(?P<month>\d{1,2})\2(?P<day>\d{1,2})[T\s]+"
        rf"{_CLOCK}\s*{_ZONE}"
    ),
)

# What nearly every field is (RFC 5322 3.3).
_USUAL: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):([0-5]\d)"
    r" ([+-]\d\d)(\d\d)(?: \([^()]*+\))?"
)
_LENGTH_MAX: Final = 256
_COMMENTS_DEEP: Final = 3


def read(value: str) -> datetime | None:
    """`value` in UTC; without a zone it is taken as UTC. None when it is no date."""
    if (usual := _USUAL.fullmatch(value)) and (instant := _usual_instant(usual)):
        return instant
    value = read_value(value[:_LENGTH_MAX])
    for _ in range(min(value.count("("), _COMMENTS_DEEP)):
        value = _COMMENT.sub(" ", value)
    value = value.strip(" \t'\"")
    for form in _FORMS:
        match = form.match(value)
        if match:
            return _instant(match)
    return None


def _usual_instant(match: re.Match[str]) -> datetime | None:
    day, month, year, hour, minute, second, hours, minutes = match.groups()
    offset = int(hours) * 60
    offset += -int(minutes) if hours[0] == "-" else int(minutes)
    try:
        local = datetime(
            int(year),
            _MONTHS[month],
            int(day),
            int(hour),
            int(minute),
            int(second),
            tzinfo=UTC,
        )
        return local - timedelta(minutes=offset)
    except (KeyError, ValueError, OverflowError):
        return None


def _instant(match: re.Match[str]) -> datetime | None:
    month = match["month"]
    try:
        hour = _hour(match["hour"], match["half"])
        second = min(int(match["second"] or 0), 60)
        local = datetime(
            _year(match["year"]),
            int(month) if month.isdigit() else month_of(month),
            int(match["day"]),
            hour % 24,
            int(match["minute"]),
            second % 60,
            tzinfo=UTC,
        )
        zone = match["zone"] or match.groupdict().get("early_zone") or ""
        early = _OFFSET.search(zone)
        # 24 hours and a leap second are the beginning of the next day and minute.
        local += timedelta(days=hour // 24, minutes=second // 60)
        return local - _offset(early[0] if early else match["offset"], zone)
    except (KeyError, ValueError, OverflowError):
        return None


def _hour(digits: str, half: str | None) -> int:
    """24 is the midnight after; of the twelve-hour clock 12 is the hour before 1."""
    hour = int(digits)
    if half and hour <= 12:
        return hour % 12 + (12 if half in "pP" else 0)
    if hour > 24:
        raise ValueError(digits)
    return hour


def _year(digits: str) -> int:
    """Two and three digits as RFC 5322 4.3 reads them."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year


def _offset(offset: str | None, zone: str) -> timedelta:
    if offset is None:
        return timedelta(hours=_ZONES.get(zone.upper(), 0))
    digits = re.sub(r"\D", "", offset)
    digits = (f"{digits}00" if len(digits) <= 2 else digits).rjust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -span if offset[0] == "-" else span
