"""
Writes header fields: folded, 7-bit, and never two out of one (RFC 5322 2.2, 2047).

Every function answers whole lines without the last CRLF. What would end a field early
(CR, LF, NUL and the like) is refused with ValueError: callers have checked their input
(`draft.check`), so that is a programmer's error and must not leave the house.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from urllib.parse import quote

from mailbot_server.core.mail.address import Mailbox, format_mailbox
from mailbot_server.core.mail.mime import encoded_word

LINE_AIM: Final = 76
"""RFC 2047 2 for lines with encoded words; below the 78 of RFC 5322 2.1.1."""

WORD_MAX: Final = 900
"""Longest run without a blank that is written as it is: with a field name of 76 it
stays below the 998 of RFC 5322 2.1.1."""

UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Controls, line separators and lone surrogates."""

_DAYS: Final = "MonTueWedThuFriSatSun"
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_SECTION_MAX: Final = 54  # with ` filename*99*=utf-8''` and `;` a line of 76
_TOKENS: Final = re.compile(r" *[^ ]+")
# Looser than `address.normalise`: only what could change how the field is read.
_ADDRESS: Final = re.compile(
    r'(?:"(?:[^"\\]|\\.)*"|[^\s"<>(),:;\\\[\]@]+)@[^\s"<>(),:;\\\[\]@]+'
)
_ID: Final = re.compile(r"[!-;=?-~]{1,900}")
_QUOTABLE: Final = re.compile(r"[ !#-\[\]-~]{1,200}")


def unstructured(name: str, value: str) -> str:
    """A field of free text, such as Subject; outer blanks are dropped."""
    return fold(f"{name}: {_encoded(name, refuse_unsafe(value))}".rstrip(" "))


def encoded_length(name: str, value: str) -> int:
    """How many characters `unstructured` makes of a value, folds not counted."""
    return len(_encoded(name, value))


def mailbox_list(name: str, mailboxes: Iterable[Mailbox]) -> str:
    """An address field."""
    for mailbox in mailboxes:
        refuse_unsafe(mailbox.display_name)
        if not _ADDRESS.fullmatch(refuse_unsafe(mailbox.address)):
            message = "an address cannot be written; draft.check refuses it"
            raise ValueError(message)
    return fold(f"{name}: {', '.join(map(format_mailbox, mailboxes))}")


def message_ids(name: str, identifiers: Iterable[str]) -> str:
    """
    A field of ids, such as References; empty when there is none to write.

    Ids come from other people's messages: one that is not printable ASCII without <>
    and blanks could not be written without changing it, and is left out.
    """
    ids = " ".join(f"<{i}>" for i in identifiers if _ID.fullmatch(i))
    return fold(f"{name}: {ids}") if ids else ""


def date_time(moment: datetime) -> str:
    """An aware instant as RFC 5322 3.3 spells it, in its own zone."""
    weekday, month = 3 * moment.weekday(), 3 * moment.month - 3
    day = f"{_DAYS[weekday : weekday + 3]}, {moment.day:02}"
    iso = moment.isoformat(timespec="seconds")  # 2025-11-20T03:29:07+00:00
    clock = f"{iso[11:19]} {iso[19:22]}{iso[23:25]}"
    return f"{day} {_MONTHS[month : month + 3]} {iso[:4]} {clock}"


def parameter(name: str, value: str) -> list[str]:
    """
    A parameter of a MIME field: `name="value"`, or RFC 2231 where that cannot say it.

    One entry for each line. RFC 2231 is also taken where a reader might find an encoded
    word or an escape to decode.
    """
    refuse_unsafe(value)
    if _QUOTABLE.fullmatch(value) and "=?" not in value and "%" not in value:
        return [f'{name}="{value}"']
    sections = _sections(value)
    if len(sections) == 1:
        return [f"{name}*=utf-8''{sections[0]}"]
    sections[0] = f"utf-8''{sections[0]}"
    return [f"{name}*{number}*={text}" for number, text in enumerate(sections)]


def fold(line: str) -> str:
    """
    A field broken before blanks; taking the CRLFs out gives it back.

    Never right behind its name: some readers take the field for empty then.
    """
    if len(line) <= LINE_AIM:
        return line
    name, first, *tokens = _TOKENS.findall(line)
    lines = [name + first]
    for token in tokens:
        if len(lines[-1]) + len(token) > LINE_AIM:
            lines.append(token)
        else:
            lines[-1] += token
    return "\r\n".join(lines)


def refuse_unsafe(value: str) -> str:
    """The value itself; raises ValueError when it could break out of its field."""
    if not value.isprintable() and UNSAFE.search(value):
        message = "a header value holds a control character; draft.check refuses it"
        raise ValueError(message)
    return value


def _encoded(name: str, value: str) -> str:
    """Free text as it is, or as encoded words when a reader would not get it back."""
    value = value.strip(" ")
    if value.isascii() and "=?" not in value and _longest_run(value) <= WORD_MAX:
        return value
    # The first word shares its line with the name.
    octets = max(LINE_AIM - len(f"{name}: =?utf-8?b??="), 12) // 4 * 3
    head = value.encode()[:octets].decode("utf-8", "ignore")
    words = (encoded_word.encode(part) for part in (head, value[len(head) :]) if part)
    return " ".join(words)


def _longest_run(value: str) -> int:
    return len(value) if len(value) <= WORD_MAX else max(map(len, value.split(" ")))


def _sections(value: str) -> list[str]:
    """The value percent-encoded, in pieces that cut no character in two."""
    sections = [""]
    for character in value:
        encoded = quote(character, safe="")
        if len(sections[-1]) + len(encoded) > _SECTION_MAX:
            sections.append("")
        sections[-1] += encoded
    return sections
