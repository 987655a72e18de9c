"""What came back of the reported message, and where in a text it begins."""

import re
from collections.abc import Sequence
from typing import Final

from mailbot_server.core.mail.address import domain_of, normalise, parse_mailboxes
from mailbot_server.core.mail.dsn import phrase
from mailbot_server.core.mail.mime.header import Header, read_block, read_value
from mailbot_server.core.mail.mime.limits import Limits
from mailbot_server.core.mail.parse import message_ids

_LIMITS: Final = Limits()
_OF_LISTS: Final = frozenset({"precedence", "x-beenthere", "errors-to", "resent-to"})
LINES_MAX: Final = 3000
LINE_MAX: Final = 1000

# Fields that no notification has in its own words, unlike From, To and Subject.
_TRACE: Final = re.compile(
    r"(received|return-path|message-id|delivered-to|dkim-signature|mime-version|"
    r"content-type|x-[a-z0-9-]{2,60}|arc-[a-z-]{3,40}|authentication-results) ?:",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60} ?:")
_RUN: Final = 3
_SUMMARY_LINES: Final = 12
_RULED: Final = re.compile(r"^[\s>*#|]{0,9}[-_=*~+]{2,}|[-_=*~+]{3,}\s*$")
_QUOTED: Final = re.compile(r"\s*(subject|from|to|cc|sent|date)\s{0,9}:")
_NAMED_ID: Final = re.compile(
    r"message[- ]?id\s{0,5}[:=]\s{0,5}"
    r"(<[^<>\s]{3,250}>|[^<>\s@:]{1,120}@[\w.-]{1,120})",
    re.IGNORECASE,
)
# Fields of a report's own blocks, which may stand in its text.
_OF_BLOCKS: Final = re.compile(
    r"(reporting-mta|received-from-mta|remote-mta|arrival-date|last-attempt-date|"
    r"(final|original|x-actual)-recipient|action|status|diagnostic-code|"
    r"will-retry-until|x-postfix-[a-z-]{1,20}) ?:",
    re.IGNORECASE,
)


def headers_in(raw: bytes) -> tuple[Header, ...]:
    """The fields at the beginning of `raw`; what only looks like some is none."""
    start = len(raw) - len(raw.lstrip())
    block = read_block(raw, start, len(raw), _LIMITS)
    return tuple(
        Header(name=name, value=read_value(value)) for name, _, value in block.fields
    )


def message_id_in(headers: Sequence[Header]) -> str:
    """The Message-ID among `headers`, without <>; "" without one."""
    for header in headers:
        if header.name.lower() == "message-id":
            return next(iter(message_ids(header.value, 1)), "")
    return ""


def only_recipient(headers: Sequence[Header]) -> str:
    """Whom a message was for that names one recipient and came from no list; or ""."""
    names = {header.name.lower() for header in headers}
    if any(name.startswith("list-") or name in _OF_LISTS for name in names):
        return ""
    boxes = [
        box.address
        for header in headers
        if header.name.lower() in ("to", "cc", "bcc")
        for box in parse_mailboxes(header.value)
    ]
    only = boxes[0] if len(boxes) == 1 else ""
    return only if normalise(only) and "." in domain_of(only) else ""


def message_id_named(text: str) -> str:
    """A Message-ID that a notification gives in its own words; "" without one."""
    match = _NAMED_ID.search(text)
    return next(iter(message_ids(f"<{match[1].strip('<>')}>", 1)), "") if match else ""


def cut(text: str) -> tuple[list[str], str]:
    """
    The lines of a notification, and the text that it returns behind them.

    The notification ends at a line that says so, or where a message's own header
    begins.
    """
    lines = text.split("\n", LINES_MAX)
    kept: list[str] = []
    for number, line in enumerate(lines[:LINES_MAX]):
        if (
            _is_heading(line)
            and any(map(str.strip, kept))
            and not _is_summary(lines[number + 1 : number + _SUMMARY_LINES])
        ):
            return kept, "\n".join(lines[number + 1 :])
        if _TRACE.match(line) and _is_header(lines[number : number + 30]):
            return kept, "\n".join(lines[number:])
        kept.append(line[:LINE_MAX])
    return kept, ""


def _is_heading(line: str) -> bool:
    words = line[:200].lower()
    if not phrase.COPY.search(words) or "@" in words or _QUOTED.match(words):
        return False
    return bool(_RULED.search(line[:200])) or not phrase.NOT_COPY.search(words)


def _is_summary(lines: Sequence[str]) -> bool:
    """Whether only who and what it was stands there, before it is said what failed."""
    is_summary = False
    for line in lines:
        words = line[:200].lower()
        if _QUOTED.match(words):
            is_summary = True
        elif words.strip():
            return is_summary and bool(phrase.FAILURE.search(words))
    return False


def _is_header(lines: Sequence[str]) -> bool:
    """Whether fields follow each other, folded or not."""
    fields = 0
    for line in lines:
        if _OF_BLOCKS.match(line):
            return False
        if _FIELD.match(line):
            fields += 1
        elif not line[:1].isspace() or not line.strip():
            break
        if fields == _RUN:
            return True
    return False
