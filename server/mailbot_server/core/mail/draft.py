"""What a caller wants to send, and whether it can be written as a message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.mail import field, transfer
from mailbot_server.core.mail.address import Mailbox, normalise
from mailbot_server.core.mail.violation import Violation

ATTACHMENTS_MAX: Final = 50
HEADERS_MAX: Final = 50
REPLY_TO_MAX: Final = 10
DISPLAY_NAME_MAX: Final = 256
FILENAME_MAX: Final = 255
CONTENT_ID_MAX: Final = 250
HEADER_NAME_MAX: Final = 76
HEADER_VALUE_MAX: Final = 998
SUBJECT_MAX: Final = 998
"""Characters after encoding; both from RFC 5322 2.1.1, though lines are folded."""

_OUR_FIELDS: Final = (
    "from sender to cc bcc date message-id subject reply-to in-reply-to references "
    "received return-path authentication-results"
)
OUR_FIELDS: Final = frozenset(_OUR_FIELDS.split())
"""Extra header fields must not be these: mailbot writes them, or only a relay may."""

OUR_PREFIXES: Final = ("dkim-", "arc-", "mime-", "content-", "x-mailbot-", "resent-")

CONTROL: Final = "must be one line without control characters"

_HEADER_NAME: Final = re.compile(r"[!-9;-~]{1,76}")  # RFC 5322 3.6.8, ftext
_TOKEN: Final = r"[\w!#$%&'*+.^`{|}~-]{1,127}"  # noqa: S105 - RFC 2045 5.1's word
_CONTENT_TYPE: Final = re.compile(
    rf'{_TOKEN}/{_TOKEN}(?:; ?{_TOKEN}=(?:{_TOKEN}|"[ !#-\[\]-~]{{0,127}}")){{0,5}}',
    re.ASCII,
)
_OUR_PARAMETER: Final = re.compile(r"; ?(?:name|boundary)\b", re.IGNORECASE)
_CONTENT_ID: Final = re.compile(r"[!-;=?-~]{1,250}")

# What a message carries beside its texts: field names, boundaries and their like.
_FRAME_BYTES: Final = 2048
_PART_BYTES: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentBody:
    """A file to attach; with a `content_id` (without <>) an image in the HTML."""

    filename: str
    content_type: str = ""
    content_id: str = ""
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    A message before it is written.

    `in_reply_to` and `references` are ids without <>, references oldest first.
    `headers` are extra fields (name, value) in the order in which they are written.
    """

    sender: Mailbox
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    subject: str = ""
    text: str = ""
    html: str = ""
    attachments: tuple[AttachmentBody, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


def check(draft: Draft) -> list[Violation]:
    """
    Everything that keeps the draft from being written; empty when it can be.

    How many recipients a message may have, and its size, are limits of the caller's
    (core/limits.py) with errors of their own.
    """
    found = [*_mailboxes(draft), *_content(draft)]
    return [Violation(field=f, description=d, reason=r) for f, d, r in found]


def is_header_name(name: str) -> bool:
    """Whether an extra header field may have this name."""
    lowered = name.lower()
    return (
        _HEADER_NAME.fullmatch(name) is not None
        and lowered not in OUR_FIELDS
        and not lowered.startswith(OUR_PREFIXES)
    )


def is_content_type(content_type: str) -> bool:
    """Whether an attachment may have this type: no multipart, no `name` of its own."""
    return (
        _CONTENT_TYPE.fullmatch(content_type) is not None
        and not content_type.lower().startswith("multipart/")
        and _OUR_PARAMETER.search(content_type) is None
    )


def is_content_id(content_id: str) -> bool:
    """Whether an inline image may have this id."""
    return _CONTENT_ID.fullmatch(content_id) is not None


def composed_size(draft: Draft) -> int:
    """At most this many bytes come out of `compose`; cheap, nothing is encoded."""
    mailboxes = (draft.sender, *draft.to, *draft.cc, *draft.reply_to)
    # An encoded word is never twice as long as its text, and a folded id neither.
    in_header = sum(
        2 * _octets(text) + 80
        for text in (
            draft.subject,
            draft.in_reply_to,
            *draft.references,
            *(part for pair in draft.headers for part in pair),
            *(m.display_name + m.address for m in mailboxes),
        )
    )
    bodies = sum(_body_size(text) for text in (draft.text, draft.html))
    files = sum(_file_size(attachment) for attachment in draft.attachments)
    return _FRAME_BYTES + in_header + bodies + files


def _octets(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _body_size(text: str) -> int:
    line_ends = text.count("\n") + text.count("\r") + 2
    return transfer.base64_size(_octets(text) + line_ends) + _PART_BYTES


def _file_size(attachment: AttachmentBody) -> int:
    # RFC 2231 writes three characters an octet, and each 60 of them with a name.
    names = 6 * _octets(attachment.filename)
    words = 2 * len(attachment.content_type) + 2 * len(attachment.content_id)
    return transfer.base64_size(len(attachment.data)) + names + words + _PART_BYTES


_Found = Iterator[tuple[str, str, str]]
_FIELD: Final = "FIELD_INVALID"
_ADDRESS: Final = "ADDRESS_INVALID"


def _mailboxes(draft: Draft) -> _Found:
    if not (draft.to or draft.cc or draft.bcc):
        yield "to", "name at least one recipient in to, cc or bcc", _FIELD
    if len(draft.reply_to) > REPLY_TO_MAX:
        yield "reply_to", f"must name at most {REPLY_TO_MAX} mailboxes", _FIELD
    yield from _mailbox("sender", draft.sender)
    for name in ("to", "cc", "bcc", "reply_to"):
        for number, mailbox in enumerate(getattr(draft, name)):
            yield from _mailbox(f"{name}[{number}]", mailbox)


def _mailbox(path: str, mailbox: Mailbox) -> _Found:
    if normalise(mailbox.address) is None:
        yield (
            f"{path}.address",
            "must be a mail address such as a@example.com",
            _ADDRESS,
        )
    if len(mailbox.display_name) > DISPLAY_NAME_MAX:
        longest = f"must be at most {DISPLAY_NAME_MAX} characters long"
        yield f"{path}.display_name", longest, _FIELD
    if field.UNSAFE.search(mailbox.display_name):
        yield f"{path}.display_name", CONTROL, _FIELD


def _content(draft: Draft) -> _Found:
    if not (draft.text or draft.html):
        yield "content.text_body", "set text_body or html_body or both", _FIELD
    if field.UNSAFE.search(draft.subject):
        yield "content.subject", CONTROL, _FIELD
    elif field.encoded_length("Subject", draft.subject) > SUBJECT_MAX:
        longest = f"must be at most {SUBJECT_MAX} characters long after encoding"
        yield "content.subject", longest, _FIELD
    if len(draft.headers) > HEADERS_MAX:
        yield "content.headers", f"must be at most {HEADERS_MAX}", _FIELD
    for name, value in draft.headers:
        yield from _header(name, value)
    if len(draft.attachments) > ATTACHMENTS_MAX:
        yield "content.attachments", f"must be at most {ATTACHMENTS_MAX}", _FIELD
    for number, attachment in enumerate(draft.attachments):
        yield from _attachment(f"content.attachments[{number}]", attachment)


def _header(name: str, value: str) -> _Found:
    path = f"content.headers[{_shown(name)}]"
    if not _HEADER_NAME.fullmatch(name):
        wanted = "printable ASCII without blanks and ':'"
        yield path, f"a name must be 1 to {HEADER_NAME_MAX} of {wanted}", _FIELD
    elif not is_header_name(name):
        yield path, "this field is written by mailbot and cannot be set", _FIELD
    if len(value) > HEADER_VALUE_MAX:
        longest = f"a value must be at most {HEADER_VALUE_MAX} characters long"
        yield path, longest, _FIELD
    if field.UNSAFE.search(value):
        yield path, CONTROL, _FIELD


def _attachment(path: str, attachment: AttachmentBody) -> _Found:
    name, kind = attachment.filename, attachment.content_type
    if not 1 <= len(name) <= FILENAME_MAX:
        yield f"{path}.filename", f"must be 1 to {FILENAME_MAX} characters long", _FIELD
    if "/" in name or "\\" in name:
        yield f"{path}.filename", "must not contain '/' or '\\'", _FIELD
    if field.UNSAFE.search(name):
        yield f"{path}.filename", CONTROL, _FIELD
    if kind and not is_content_type(kind):
        wanted = "must be a type such as application/pdf; multipart cannot be attached"
        yield f"{path}.content_type", wanted, _FIELD
    if attachment.content_id and not is_content_id(attachment.content_id):
        wanted = (
            f"must be 1 to {CONTENT_ID_MAX} of printable ASCII without blanks and <>"
        )
        yield f"{path}.content_id", wanted, _FIELD


def _shown(name: str) -> str:
    """A header name for an error's path: short, and with nothing that acts."""
    return name.encode("unicode_escape").decode("ascii")[:HEADER_NAME_MAX]
