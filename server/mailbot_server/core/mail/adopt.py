"""
Makes a message that a mail program wrote ours: checked, completed and cleaned.

What says who sent it must be true; what only a receiver may write, or nobody may see,
is taken out; what is missing is added. The rest stays as it was written, octet by
octet, so that signatures of others hold (RFC 6409 8).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.mail import field
from mailbot_server.core.mail.address import Mailbox, fold, parse_mailboxes
from mailbot_server.core.mail.content import mailing_list
from mailbot_server.core.mail.draft import DISPLAY_NAME_MAX
from mailbot_server.core.mail.mime import charset, date
from mailbot_server.core.mail.mime.limits import Limits
from mailbot_server.core.mail.transfer import LINE_MAX
from mailbot_server.core.mail.violation import Violation

HOPS_MAX: Final = 50
"""Received fields of a message that is handed in: more of them is a loop."""

LOOPED: Final = "Received"
"""The field of the violation that says so."""

REQUEST_ID: Final = "x-mailbot-request-id"
OUR_PREFIX: Final = b"x-mailbot-"

_TAKEN_OUT: Final = frozenset(
    {b"authentication-results", b"bcc", b"resent-bcc", b"return-path"}
)
# RFC 5322 3.6 and RFC 2045: twice, they would mean one thing here and another there.
_ONCE: Final = frozenset(
    {b"bcc", b"cc", b"date", b"from", b"in-reply-to", b"message-id", b"references"}
    | {b"reply-to", b"sender", b"subject", b"to", b"mime-version", b"content-type"}
    | {b"content-transfer-encoding", REQUEST_ID.encode()}
)
_LIMITS: Final = Limits()
_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_BARE: Final = re.compile(rb"\r\n|\r|\n")
_LINE_END: Final = b"\r\n"
_END: Final = b"\r\n\r\n"
_BODY: Final = re.compile(rb"\A\r?\n|\r?\n\r?\n")
_WRITTEN_ANEW: Final = frozenset({b"date", b"received"})
_UNFOLD: Final = re.compile(r"\r\n(?=[ \t])")
# An addr-spec as RFC 5322 3.6.4 has it, or nearly; what is no id we replace.
_ID: Final = re.compile(r"\s*<([!-;=?A-~]{1,200}@[!-;=?A-~]{1,250})>\s*")
_LOOP: Final = "has passed too many hosts, and goes round in a circle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """
    A message that may leave: `raw` with CRLF line ends, one at the end.

    `message_id` is the id that stands in it, without <>.
    """

    raw: bytes
    message_id: str
    sender: Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What is ours in the message: who sends it, and what is written where it lacks."""

    sender: Mailbox
    message_id: str
    """Without <>."""

    at: datetime
    received: str = ""
    """Our Received field, without its last CRLF; none where nobody spoke SMTP."""


class _Field:
    """One field as it was written: whole lines, its name in lower case, its value."""

    __slots__ = ("lines", "name", "value")

    def __init__(self, lines: bytes, name: bytes, value: bytes) -> None:
        self.lines = lines
        self.name = name
        self.value = value

    def text(self) -> str:
        """The value unfolded, not decoded, and no more of it than is worth reading."""
        value = self.value[: _LIMITS.header_value]
        return _UNFOLD.sub("", charset.guess(value)).strip()


def with_crlf(raw: bytes) -> bytes:
    """The message with CRLF as its only line end, and one at its end."""
    lines = raw.count(_LINE_END)
    if raw.count(b"\r") != lines or raw.count(b"\n") != lines:
        raw = _BARE.sub(_LINE_END, raw)
    return raw if raw.endswith(_LINE_END) else raw + _LINE_END


def beginning(raw: bytes) -> bytes:
    """The part of a message that holds its header, as `with_crlf` gives it."""
    return with_crlf(raw[: _LIMITS.header_bytes])


def request_id(raw: bytes) -> str:
    """What the first X-Mailbot-Request-Id says; "" without one."""
    fields, _ = _cut(raw)
    wanted = REQUEST_ID.encode()
    return next((each.text() for each in fields or [] if each.name == wanted), "")


def identity(raw: bytes) -> str:
    """The valid Message-ID of a message, without <>; "" when it has none."""
    fields, _ = _cut(raw)
    return _message_id(fields or [])


def unsubscribe_urls(raw: bytes) -> frozenset[str]:
    """The targets of List-Unsubscribe (RFC 2369 3.2)."""
    fields, _ = _cut(raw[: _LIMITS.header_bytes])
    found = (each.text() for each in fields or [] if each.name == b"list-unsubscribe")
    return frozenset(url for value in found for url in mailing_list.targets(value))


def fingerprint(raw: bytes) -> bytes:
    """
    What stays the same when a program hands a message in once more: 32 octets.

    Programs that keep mail until they are rid of it may write Date anew each time.
    """
    fields, _ = _cut(beginning(raw))
    start = _BODY.search(raw, 0, _LIMITS.header_bytes)
    if fields is None or start is None:
        return hashlib.sha256(raw).digest()
    kept = (each.lines for each in fields if each.name not in _WRITTEN_ANEW)
    digest = hashlib.sha256(b"".join([*kept, _LINE_END]))
    digest.update(memoryview(raw)[start.end() :])
    return digest.digest()


def adopt(raw: bytes, own: Own) -> Adopted | Violation:
    """
    The message as it leaves, or what keeps it from leaving.

    `raw` is as `with_crlf` gives it. From, and Sender if it is there, must be
    `own.sender`'s address alone; ADDRESS_INVALID says that they are not. They are
    written anew, so that no two readers find two different addresses in them.
    """
    fields, body = _cut(raw)
    if fields is None:
        return _bad("header", "has a line that is no field, or is too long")
    fault = _fault(raw, fields) or _impostor(fields, own.sender)
    if fault is not None:
        return fault
    sender = _sender(fields, own.sender)
    message_id = _message_id(fields) or own.message_id
    head = [
        *([own.received.encode() + _LINE_END] if own.received else []),
        *_missing(fields, own, message_id),
        *(_kept(fields, sender, has_id=bool(_message_id(fields)))),
    ]
    whole = b"".join([*head, _LINE_END, body])
    return Adopted(raw=whole, message_id=message_id, sender=sender)


def _cut(raw: bytes) -> tuple[list[_Field] | None, bytes]:
    """The fields, None where something else stands among them, and the body."""
    if raw.startswith(_LINE_END):
        return [], raw[len(_LINE_END) :]
    end = raw.find(_END, 0, _LIMITS.header_bytes)
    if end < 0 and len(raw) > _LIMITS.header_bytes:
        return None, b""
    header = raw if end < 0 else raw[: end + len(_LINE_END)]
    body = b"" if end < 0 else raw[end + len(_END) :]
    fields: list[_Field] = []
    for lines in _unfolded(header):
        match = _FIELD.match(lines)
        if match is None or len(fields) >= _LIMITS.headers:
            return None, body
        fields.append(_Field(lines, match[1].lower(), match[2]))
    return fields, body


def _unfolded(header: bytes) -> Iterable[bytes]:
    """Each field with its continuation lines."""
    return re.findall(rb"[^\r\n][^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", header)


def _fault(raw: bytes, fields: list[_Field]) -> Violation | None:
    if b"\0" in raw:
        return _bad("content", "has a NUL, which no message may (RFC 5322 4)")
    if _has_long_line(raw):
        words = f"has a line of more than {LINE_MAX} octets (RFC 5322 2.1.1); encode it"
        return _bad("content", words)
    seen: set[bytes] = set()
    for each in fields:
        if each.name in seen and each.name in _ONCE:
            return _bad(each.name.decode().title(), "stands there more than once")
        seen.add(each.name)
    if sum(each.name == b"received" for each in fields) > HOPS_MAX:
        return _bad(LOOPED, _LOOP)
    return None


def _has_long_line(raw: bytes) -> bool:
    """Looks at one line end in each stretch that must have one."""
    start, longest = 0, LINE_MAX + len(_LINE_END)
    while start < len(raw):
        end = raw.rfind(b"\n", start, start + longest)
        if end < 0:
            return True
        start = end + 1
    return False


def _impostor(fields: list[_Field], sender: Mailbox) -> Violation | None:
    for each in fields:
        if each.name not in {b"from", b"sender"}:
            continue
        found = parse_mailboxes(each.text())
        if len(found) != 1 or fold(found[0].address) != fold(sender.address):
            words = f"must be {sender.address}, whose key this is, and nobody else"
            name = each.name.decode().title()
            return Violation(field=name, description=words, reason="ADDRESS_INVALID")
    return None


def _sender(fields: list[_Field], own: Mailbox) -> Mailbox:
    """The inbox, under the name that the message gives it, if it gives one."""
    for each in fields:
        if each.name == b"from":
            [found] = parse_mailboxes(each.text())
            name = field.UNSAFE.sub(" ", found.display_name)
            name = name[:DISPLAY_NAME_MAX].strip()
            return Mailbox(address=own.address, display_name=name)
    return own


def _message_id(fields: list[_Field]) -> str:
    for each in fields:
        if each.name == b"message-id":
            match = _ID.fullmatch(each.text())
            return match[1] if match else ""
    return ""


def _missing(fields: list[_Field], own: Own, message_id: str) -> list[bytes]:
    names = {each.name for each in fields}
    lines = []
    if not any(each.name == b"date" and date.read(each.text()) for each in fields):
        lines.append(f"Date: {field.date_time(own.at)}")
    if b"from" not in names:
        lines.append(field.mailbox_list("From", (own.sender,)))
    if not _message_id(fields):
        lines.append(field.message_ids("Message-ID", (message_id,)))
    if b"mime-version" not in names:
        lines.append("MIME-Version: 1.0")
    return [f"{line}\r\n".encode() for line in lines]


def _kept(fields: list[_Field], sender: Mailbox, *, has_id: bool) -> Iterable[bytes]:
    for each in fields:
        if each.name in _TAKEN_OUT or each.name.startswith(OUR_PREFIX):
            continue
        if each.name == b"message-id" and not has_id:
            continue
        if each.name == b"date" and date.read(each.text()) is None:
            continue
        if each.name in {b"from", b"sender"}:
            name = each.name.decode().title()
            yield field.mailbox_list(name, (sender,)).encode() + _LINE_END
        else:
            yield each.lines


def _bad(name: str, description: str) -> Violation:
    return Violation(field=name, description=description)
