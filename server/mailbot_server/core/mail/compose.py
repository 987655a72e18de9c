"""Draft → raw bytes any MTA accepts (RFC 5322, RFC 2045-2049)."""

import re
import unicodedata
from datetime import datetime
from typing import Final

from mailbot_server.core.mail import field, transfer
from mailbot_server.core.mail.draft import (
    AttachmentBody,
    Draft,
    check,
    composed_size,
    is_content_id,
    is_content_type,
    is_header_name,
)

__all__ = ["AttachmentBody", "Draft", "check", "compose", "composed_size"]

_BOUNDARY: Final = re.compile(r"[A-Za-z0-9]{1,60}")
_NOT_ASCII: Final = re.compile(r"[^ !#$&-\[\]-~]")
_OCTETS: Final = "application/octet-stream"
_PLAIN_NAME_MAX: Final = 200

# A part, or a run of them: pieces that are joined once, when all are there.
_Part = list[bytes]


def compose(draft: Draft, *, message_id: str, date: datetime, boundary: str) -> bytes:
    """
    The whole message, CRLF line ends, no line over 998 octets.

    `message_id` is without <>, `date` aware, `boundary` 1 to 60 random letters and
    digits. All of it is ASCII, except that an address may have a local part that is
    not (RFC 6532); such a message needs SMTPUTF8. Bcc is not written. Raises ValueError
    for what `check` refuses in a header, so that nothing can break out of its field.
    """
    if not _BOUNDARY.fullmatch(boundary):
        message = "a boundary is 1 to 60 letters and digits"
        raise ValueError(message)
    fields = [
        f"Date: {field.date_time(date)}",
        *_addresses(draft),
        *([field.unstructured("Subject", draft.subject)] if draft.subject else []),
        *_identification(draft, message_id),
        *(_extra(name, value) for name, value in draft.headers),
        "MIME-Version: 1.0\r\n",
    ]
    head = "\r\n".join(fields).encode()
    return b"".join([head, *_content(draft, transfer.BOUNDARY_MARK + boundary)])


def _addresses(draft: Draft) -> list[str]:
    fields = [field.mailbox_list("From", (draft.sender,))]
    if draft.to:
        fields.append(field.mailbox_list("To", draft.to))
    elif not draft.cc:
        # Some hosts refuse or mark down a message that names nobody.
        fields.append("To: undisclosed-recipients:;")
    if draft.cc:
        fields.append(field.mailbox_list("Cc", draft.cc))
    if draft.reply_to:
        fields.append(field.mailbox_list("Reply-To", draft.reply_to))
    return fields


def _identification(draft: Draft, message_id: str) -> list[str]:
    own = field.message_ids("Message-ID", (message_id,))
    if not own:
        message = "a Message-ID is printable ASCII without blanks and <>"
        raise ValueError(message)
    parent = field.message_ids("In-Reply-To", (draft.in_reply_to,))
    chain = field.message_ids("References", draft.references)
    return [line for line in (own, parent, chain) if line]


def _extra(name: str, value: str) -> str:
    if not is_header_name(name):
        message = "an extra header field may not have this name; check refuses it"
        raise ValueError(message)
    return field.unstructured(name, value)


def _content(draft: Draft, mark: str) -> _Part:
    """The body as a tree: mixed(alternative(text, related(html, images)), files)."""
    shown = [a for a in draft.attachments if a.content_id and draft.html]
    files = [a for a in draft.attachments if not (a.content_id and draft.html)]
    bodies = []
    if draft.text or not draft.html:
        bodies.append(_text("plain", draft.text))
    if draft.html:
        html = _text("html", draft.html)
        images = [_file(a, "inline", mark) for a in shown]
        related = 'related;\r\n type="text/html"'
        bodies.append(_multipart(related, f"{mark}r", [html, *images]))
    body = _multipart("alternative", f"{mark}a", bodies)
    attached = [_file(a, "attachment", mark) for a in files]
    return _multipart("mixed", f"{mark}m", [body, *attached])


def _multipart(subtype: str, boundary: str, parts: list[_Part]) -> _Part:
    """The parts as one; a single part is itself. No boundary begins with another."""
    if len(parts) == 1:
        return parts[0]
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n'
    delimiter = f"\r\n--{boundary}\r\n".encode()
    written = [head.encode()]
    for part in parts:
        written += [delimiter, *part]
    written.append(f"\r\n--{boundary}--\r\n".encode())
    return written


def _text(subtype: str, text: str) -> _Part:
    encoding, body = transfer.text_body(text)
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\n"
    return [f"{head}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode(), body]


def _file(attachment: AttachmentBody, disposition: str, mark: str) -> _Part:
    kind, encoding, body = _encoded_file(attachment, mark)
    # Who knows RFC 2231 reads `filename*`, who does not the plain `name`; a plain
    # `filename` beside `filename*` would win with many of the former.
    plain = _plain_name(attachment.filename)
    filename = field.parameter("filename", attachment.filename)
    lines = [
        ";\r\n ".join([f"Content-Type: {kind}", f'name="{plain}"']),
        f"Content-Transfer-Encoding: {encoding}",
        ";\r\n ".join([f"Content-Disposition: {disposition}", *filename]),
    ]
    if attachment.content_id:
        if not is_content_id(attachment.content_id):
            message = "a Content-ID is printable ASCII without blanks and <>"
            raise ValueError(message)
        lines.append(f"Content-ID: <{attachment.content_id}>")
    return [("\r\n".join(lines) + "\r\n\r\n").encode(), body]


def _encoded_file(attachment: AttachmentBody, mark: str) -> tuple[str, str, bytes]:
    """The type, the transfer encoding and the encoded bytes."""
    kind, data = attachment.content_type or _OCTETS, attachment.data
    if not is_content_type(kind):
        message = "an attachment may not have this type; check refuses it"
        raise ValueError(message)
    if not kind.lower().startswith("message/"):
        return kind, "base64", transfer.base64_lines(data)
    # RFC 2046 5.2.1: a message inside a message is never encoded.
    if transfer.is_7bit(data) and mark.encode() not in data:
        return kind, "7bit", data
    return _OCTETS, "base64", transfer.base64_lines(data)


def _plain_name(filename: str) -> str:
    """A file name in ASCII that a quoted string and a file system can hold."""
    decomposed = unicodedata.normalize("NFKD", field.refuse_unsafe(filename))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_ASCII.sub("_", bare)[:_PLAIN_NAME_MAX]
