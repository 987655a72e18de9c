"""
Writes the delivery reports that submitters over SMTP get (RFC 3461, 3464, 6522, 6533).

Whoever sends it does so from the null reverse-path, and never to one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.mail import field, transfer
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.dsn.report import Action
from mailbot_server.core.mail.reply import Reply

_BOUNDARY: Final = re.compile(r"[A-Za-z0-9]{1,60}")
_WIRE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LINE: Final = 900
RETURNED_MAX: Final = 65_536
"""Octets of a message that are returned whole; of a longer one the header alone, as
RFC 3461 6.2 (f) allows."""

_XTEXT: Final = re.compile(r"\+([0-9A-F]{2})")
_ORIGINAL: Final = re.compile(r"([A-Za-z0-9-]{1,40});(.{1,500})", re.DOTALL)
_UTF8: Final = "utf-8"

_SUBJECTS: Final = {
    Action.FAILED: "Undelivered Mail Returned to Sender",
    Action.DELAYED: "Delayed Mail (still being retried)",
    Action.DELIVERED: "Successful Mail Delivery Report",
    Action.RELAYED: "Successful Mail Delivery Report",
    Action.EXPANDED: "Successful Mail Delivery Report",
}
_WORDS: Final = {
    Action.FAILED: "Your message could not be delivered to:",
    Action.DELAYED: (
        "Your message has not been delivered yet; we will keep trying. You do not\n"
        "need to send it again. It waits for:"
    ),
    Action.DELIVERED: "Your message was successfully delivered to:",
    Action.RELAYED: (
        "Your message was relayed to a host that sends no delivery reports, for:"
    ),
    Action.EXPANDED: "Your message was delivered to a list of recipients at:",
}
_DEFAULT_STATUS: Final = {
    Action.FAILED: "5.0.0",
    Action.DELAYED: "4.0.0",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One recipient of whom we report."""

    address: str
    original: str = ""
    """ORCPT as the submitter gave it: a type, ";" and xtext (RFC 3461 4.2)."""

    action: Action
    status: str = ""
    """An enhanced code; without one that of the action's class."""

    reply: Reply | None = None
    """What a remote host said; its words are ours where its code is 0."""

    remote_host: str = ""
    last_attempt_at: datetime | None = None
    retry_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a report tells. Instants are aware."""

    reporting_host: str
    to: str
    """The reverse-path of what is reported; the caller makes sure it is not null."""

    recipients: Sequence[Told]
    """At least one."""

    arrived_at: datetime
    envelope_id: str = ""
    original: bytes = b""
    """The reported message."""

    returns_all: bool = False
    """RET=FULL; else its header alone comes back (RFC 3461 4.3)."""

    reported_id: str = ""
    """Its Message-ID, without <>."""


def write(notice: Notice, *, message_id: str, date: datetime, boundary: str) -> bytes:
    """
    The whole report, CRLF line ends.

    `message_id` is without <>, `boundary` 1 to 60 letters and digits. It is ASCII
    unless an address or the returned header is not; then it needs SMTPUTF8 and takes
    the forms of RFC 6533. Raises ValueError for a boundary or an address that would
    break the message.
    """
    if not _BOUNDARY.fullmatch(boundary):
        message = "a boundary is 1 to 60 letters and digits"
        raise ValueError(message)
    mark = transfer.BOUNDARY_MARK + boundary
    header, is_whole = _returned(notice)
    is_global = not all(told.address.isascii() for told in notice.recipients)
    is_global |= not (notice.to.isascii() and header.isascii())
    worst = _worst(notice)
    daemon = Mailbox(
        address=f"MAILER-DAEMON@{notice.reporting_host}",
        display_name="Mail Delivery System",
    )
    ids = field.message_ids("Message-ID", (message_id,))
    reported = field.message_ids("In-Reply-To", (notice.reported_id,))
    references = field.message_ids("References", (notice.reported_id,))
    lines = [
        f"Date: {field.date_time(date)}",
        field.unstructured("Subject", _SUBJECTS[worst]),
        field.mailbox_list("From", (daemon,)),
        field.mailbox_list("To", (Mailbox(address=notice.to),)),
        *filter(None, (ids, reported, references)),
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status;",
        f' boundary="{mark}"',
        "",
        "",
    ]
    parts = [
        _text(notice),
        _status(notice, is_global=is_global),
        _copy(header, is_global=is_global, is_whole=is_whole),
    ]
    return _joined("\r\n".join(lines).encode(), parts, mark.encode())


def _joined(head: bytes, parts: Sequence[bytes], mark: bytes) -> bytes:
    body = b"".join(b"\r\n--" + mark + b"\r\n" + part for part in parts)
    return head + body.removeprefix(b"\r\n") + b"\r\n--" + mark + b"--\r\n"


def _worst(notice: Notice) -> Action:
    actions = {told.action for told in notice.recipients}
    return next(action for action in Action if action in actions)


def _text(notice: Notice) -> bytes:
    lines = [f"This is the mail system at host {notice.reporting_host}."]
    for action in Action:
        chosen = [told for told in notice.recipients if told.action is action]
        if not chosen:
            continue
        lines += ["", _WORDS[action], ""]
        for told in chosen:
            lines += [f"<{told.address}>: {_reason(told)}"]
            if told.retry_until:
                lines += [f"    Given up at {field.date_time(told.retry_until)}."]
    encoding, body = transfer.text_body("\n".join(lines) + "\n")
    head = "Content-Description: Notification\r\n"
    head += "Content-Type: text/plain; charset=utf-8\r\n"
    return f"{head}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def _reason(told: Told) -> str:
    said = told.reply
    if said is None:
        return "delivered" if told.action is Action.DELIVERED else told.action.value
    if said.code == 0:
        return _clean(said.text)
    words = " ".join(filter(None, (str(said.code), said.enhanced, said.text)))
    return _clean(f"host {told.remote_host} said: {words}")


def _status(notice: Notice, *, is_global: bool) -> bytes:
    blocks = [_message_fields(notice)]
    blocks += [_recipient_fields(told) for told in notice.recipients]
    kind = "global-delivery-status" if is_global else "delivery-status"
    head = "Content-Description: Delivery report\r\n"
    head += f"Content-Type: message/{kind}\r\n{_eight_bit(is_global)}\r\n"
    body = "\r\n".join("".join(f"{line}\r\n" for line in block) for block in blocks)
    return (head + body).encode("utf-8", "replace")


def _message_fields(notice: Notice) -> list[str]:
    fields = [f"Reporting-MTA: dns; {notice.reporting_host}"]
    if notice.envelope_id:
        fields.append(_line("Original-Envelope-Id", notice.envelope_id))
    return [*fields, f"Arrival-Date: {field.date_time(notice.arrived_at)}"]


def _recipient_fields(told: Told) -> list[str]:
    fields = []
    if original := _original(told.original):
        fields.append(_line("Original-Recipient", original))
    fields += [
        _line("Final-Recipient", _typed(told.address)),
        f"Action: {told.action.value}",
        f"Status: {_status_code(told)}",
    ]
    said = told.reply
    if said is not None and said.code:
        if told.remote_host:
            fields.append(_line("Remote-MTA", f"dns; {told.remote_host}"))
        words = " ".join(filter(None, (str(said.code), said.enhanced, said.text)))
        fields.append(_line("Diagnostic-Code", f"smtp; {words}"))
    elif said is not None and said.text:
        fields.append(_line("Diagnostic-Code", f"x-mailbot; {said.text}"))
    if told.last_attempt_at:
        fields.append(f"Last-Attempt-Date: {field.date_time(told.last_attempt_at)}")
    if told.action is Action.DELAYED and told.retry_until:
        fields.append(f"Will-Retry-Until: {field.date_time(told.retry_until)}")
    return fields


def _status_code(told: Told) -> str:
    """A status whose class is the action's (RFC 3464 2.3.4)."""
    default = _DEFAULT_STATUS.get(told.action, "2.0.0")
    code = told.status or (told.reply.enhanced if told.reply else "")
    if told.action is Action.FAILED and code[:1] in ("4", "5"):
        return code
    return code if code[:1] == default[0] else default


def _original(given: str) -> str:
    """ORCPT with its xtext decoded (RFC 3464 2.3.1)."""
    match = _ORIGINAL.fullmatch(given)
    if match is None:
        return ""
    octets = _XTEXT.sub(lambda found: chr(int(found[1], 16)), match[2])
    return f"{match[1].lower()};{octets}"


def _typed(address: str) -> str:
    return f"{'rfc822' if address.isascii() else _UTF8}; {address}"


def _returned(notice: Notice) -> tuple[bytes, bool]:
    """What comes back of the message, and whether that is all of it."""
    original = notice.original
    if notice.returns_all and len(original) <= RETURNED_MAX:
        return original, True
    header, blank, _ = original.partition(b"\r\n\r\n")
    return header[:RETURNED_MAX] + (b"\r\n" if blank else b""), False


def _copy(content: bytes, *, is_global: bool, is_whole: bool) -> bytes:
    if is_whole:
        kind = "global" if is_global else "rfc822"
        description = "Undelivered message"
    else:
        kind = "global-headers" if is_global else "rfc822-headers"
        description = "Undelivered message's header"
    family = "text" if kind == "rfc822-headers" else "message"
    head = f"Content-Description: {description}\r\nContent-Type: {family}/{kind}\r\n"
    is_wide = not content.isascii()
    return f"{head}{_eight_bit(is_wide)}\r\n".encode() + content


def _eight_bit(is_wide: bool) -> str:  # noqa: FBT001 - what it asks is its name
    return "Content-Transfer-Encoding: 8bit\r\n" if is_wide else ""


def _line(name: str, value: str) -> str:
    """A field of one line, folded, without what could end it early."""
    return field.fold(f"{name}: {_clean(value)[:_LINE]}")


def _clean(value: str) -> str:
    return _WIRE.sub(" ", value).strip()
