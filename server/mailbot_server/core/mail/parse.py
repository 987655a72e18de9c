"""Raw bytes to headers, text, HTML, attachments; never fails (RFC 5322, 2045-2049)."""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.mail.address import Mailbox, parse_mailboxes
from mailbot_server.core.mail.automated import is_automated
from mailbot_server.core.mail.html import INPUT_MAX, to_text
from mailbot_server.core.mail.mime import date, transfer
from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.mime.header import (
    Block,
    Header,
    read_block,
    read_headers,
    read_value,
)
from mailbot_server.core.mail.mime.limits import Limits
from mailbot_server.core.mail.mime.part import Part
from mailbot_server.core.mail.mime.tree import Piece, Walk

__all__ = [
    "Defect",
    "Header",
    "Limits",
    "Parsed",
    "Part",
    "header_of",
    "message_ids",
    "parse",
    "part_bytes",
    "snippet",
]

_LIMITS: Final = Limits()

# Fields that may come only once, but whose second would hide addresses (RFC 5322 3.6).
_LISTS: Final = frozenset({"to", "cc", "bcc", "reply-to"})

_ANGLE_ID: Final = re.compile(r"<([^<>]++)>?")
_ID_MAX: Final = 998
_PEOPLE: Final = ("from", "to", "cc", "reply-to")
_WORDS_COMPARED: Final = 40_000
"""Characters of text and HTML that are compared for whether they say the same."""

_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a message says. Every str is valid UTF-8 and free of NUL."""

    headers: tuple[Header, ...] = ()
    """The top level's fields, in order."""

    subject: str = ""
    sender: Mailbox | None = None
    """The first mailbox of From."""

    authors: tuple[str, ...] = ()
    """The addresses of all From fields: programs differ in whom they show."""

    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    date: datetime | None = None
    """Aware, UTC; None when absent or unreadable."""

    message_id: str = ""
    """Without <>."""

    in_reply_to: tuple[str, ...] = ()
    """Ids without <>."""

    references: tuple[str, ...] = ()
    """Ids without <>, oldest first, at most `Limits.ids`."""

    thread_index: str = ""
    """Outlook's Thread-Index as written: base64."""

    text: str = ""
    """
    The text/plain parts of the body, LF line ends; "" without any.

    Among them, in its place, what an HTML part says that has no plain alternative.
    """

    html: str = ""
    """The text/html body as the sender wrote it: not sanitised. LF line ends."""

    parts: tuple[Part, ...] = ()
    """The leaves of the MIME tree, in order."""

    automated: bool = False
    """A machine wrote it, by its headers alone (RFC 3834)."""

    defects: tuple[str, ...] = ()
    """`mime.defect.Defect` values, each once, in the order met."""

    hops: int = 0
    """Number of Received fields (RFC 5321 6.3)."""

    @property
    def attachments(self) -> tuple[Part, ...]:
        """The parts that are not the body."""
        return tuple(part for part in self.parts if not part.is_body)

    @property
    def body_text(self) -> str:
        """The text, or what the HTML says where there is none."""
        if self.html and (not self.text or self.text.isspace()):
            return to_text(self.html)
        return self.text


def never() -> bool:
    """No deadline."""
    return False


def parse(
    raw: bytes, *, limits: Limits = _LIMITS, expired: Callable[[], bool] = never
) -> Parsed:
    """
    What `raw` says; damage becomes `defects`, and nothing raises.

    `expired` is asked between parts: after a yes the rest is left out and the defect
    "deadline" says so. Line ends may be CRLF, LF or CR; a first mbox line is skipped.
    """
    start = _after_mbox_line(raw)
    block = read_block(raw, start, len(raw), limits)
    walk = Walk(raw, limits)
    walk.run(block, expired)
    fields = _fields(block)
    keys = [key for _, key, _ in block.fields]
    headers = read_headers(block)
    sent = fields.get("date", "")
    sent_at = date.read(sent) if sent else None
    if sent and sent_at is None:
        walk.defects.append(Defect.BAD_DATE)
    return Parsed(
        headers=headers,
        subject=headers[keys.index("subject")].value if "subject" in fields else "",
        sender=next(iter(_mailboxes(fields, "from")), None),
        authors=_authors(block),
        to=_mailboxes(fields, "to"),
        cc=_mailboxes(fields, "cc"),
        bcc=_mailboxes(fields, "bcc"),
        reply_to=_mailboxes(fields, "reply-to"),
        date=sent_at,
        message_id=_own_id(fields.get("message-id", "")),
        in_reply_to=_answered(fields, limits.ids),
        references=message_ids(fields.get("references", ""), limits.ids),
        thread_index=read_value(fields.get("thread-index", "")),
        text=_text(walk.pieces),
        html="\n".join([piece.text for piece in walk.pieces if piece.is_html]),
        parts=tuple(walk.parts),
        automated=is_automated(headers),
        defects=tuple(dict.fromkeys(walk.defects)),
        hops=keys.count("received"),
    )


def part_bytes(raw: bytes, part: Part) -> bytes:
    """The decoded content of a part of `raw`; never fails."""
    encoded = raw[part.offset : part.offset + part.length]
    return transfer.decode(encoded, part.encoding)[0]


def header_of(parsed: Parsed, name: str) -> str:
    """The first field of that name, whatever its case; "" without one."""
    wanted, length = name.lower(), len(name)
    for written, value in parsed.headers:
        if len(written) == length and written.lower() == wanted:
            return value
    return ""


def message_ids(value: str, limit: int) -> tuple[str, ...]:
    """
    The ids in a Message-ID, In-Reply-To or References value, without <>, each once.

    Blanks inside an id came from folding and go. Without any brackets, words with an
    "@" count. Of more than `limit` the first, which is the root, and the last are kept.
    """
    if not value:
        return ()
    kept = _plain_ids(value)
    if not kept:
        value = read_value(value).replace("&lt;", "<").replace("&gt;", ">")
        ids = _ANGLE_ID.findall(value) or [
            word for word in value.split() if "@" in word
        ]
        kept = list(dict.fromkeys(filter(None, map(_clean_id, ids))))
    if len(kept) > limit:
        kept[1 : len(kept) - limit + 1] = []
    return tuple(kept)


def snippet(text: str, limit: int = 200) -> str:
    """The first words of a text in one line, at most `limit` characters."""
    # Blanks seldom outnumber words; what is far behind cannot be the beginning.
    line = " ".join(text[: limit * 2].split())
    if len(line) <= limit:
        line = " ".join(text[: limit * 20].split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rstrip() + "…"


def _plain_ids(value: str) -> list[str]:
    """The ids where each is in brackets and one blank is between two; else none."""
    if value[0] != "<" or value[-1] != ">" or not value.isprintable():
        return []
    ids = value[1:-1].split("> <")
    inside = "".join(ids)
    if "<" in inside or ">" in inside or " " in inside or "" in ids:
        return []
    if len(inside) > _ID_MAX and max(map(len, ids)) > _ID_MAX:
        return []
    return list(dict.fromkeys(ids)) if len(ids) > 1 else ids


def _answered(fields: Mapping[str, str], limit: int) -> tuple[str, ...]:
    """
    What In-Reply-To names.

    Where it has words (RFC 822 4.6.2), as in "Message from Joe <joe@example.org> of
    Friday <id@example.org>", one id is meant, and it is nobody's address.
    """
    value = fields.get("in-reply-to", "")
    ids = message_ids(value, limit)
    if not ids or not _ANGLE_ID.sub("", value).strip(" \t\r\n,;<>"):
        return ids
    if "<" not in value:
        return ids if all("@" in word for word in value.split()) else ()
    people = " ".join([fields.get(name, "") for name in _PEOPLE]).lower()
    ids = tuple(each for each in ids if each.lower() not in people)
    return ids[:1] if value.lstrip().startswith("<") else ids[-1:]


def _own_id(value: str) -> str:
    """What Message-ID names; a single word counts even without brackets and "@"."""
    ids = message_ids(value, 1)
    if ids:
        return ids[0]
    words = value.split(None, 1)
    return _clean_id(value) if len(words) == 1 else ""


def _text(pieces: list[Piece]) -> str:
    texts = [piece for piece in pieces if not piece.is_html]
    written = [piece for piece in texts if piece.text and not piece.text.isspace()]
    told = {piece.choice for piece in written} - {None}
    if not written or all(piece.choice in told for piece in pieces if piece.is_html):
        return "\n".join([piece.text for piece in texts if piece.text])
    said = set(" ".join([piece.text for piece in written])[:_WORDS_COMPARED].split())
    shown = []
    room = INPUT_MAX
    for piece in pieces:
        if not piece.is_html:
            shown.append(piece.text)
        elif piece.choice not in told:
            text = to_text(piece.text[:room])
            room = max(room - len(piece.text), 0)
            if not _is_said(text[:_WORDS_COMPARED].split(), said):
                shown.append(text)
    return "\n".join(filter(None, shown))


def _is_said(words: Iterable[str], said: set[str]) -> bool:
    """Whether nearly all words are: some programs send alternatives as if mixed."""
    known = [word in said for word in words]
    return known.count(False) * 5 <= len(known)


def _after_mbox_line(raw: bytes) -> int:
    """Where the header begins: behind a mbox line, or a mark of UTF-8."""
    if raw.startswith(codecs.BOM_UTF8):
        return len(codecs.BOM_UTF8)
    if not raw.startswith((b"From ", b">From ")):
        return 0
    line, _, _ = raw[:1000].partition(b"\n")
    if line.partition(b" ")[2].lstrip().startswith(b":"):
        return 0
    return len(line) + 1 if len(line) < len(raw) else len(raw)


def _fields(block: Block) -> dict[str, str]:
    """Lower-case name → value: the first one, of address lists all."""
    fields: dict[str, str] = {}
    for _, key, value in block.fields:
        if key not in fields:
            fields[key] = value
        elif key in _LISTS:
            fields[key] += ", " + value
    return fields


def _mailboxes(fields: dict[str, str], name: str) -> tuple[Mailbox, ...]:
    value = fields.get(name)
    return parse_mailboxes(value) if value else ()


def _authors(block: Block) -> tuple[str, ...]:
    written = [value for _, key, value in block.fields if key == "from"]
    found = [each.address for value in written for each in parse_mailboxes(value)]
    return tuple(dict.fromkeys(filter(None, found)))


def _clean_id(identity: str) -> str:
    if " " in identity or not identity.isprintable():
        identity = _UNPRINTABLE.sub("", "".join(identity.split()))
    return identity.strip("<>")[:_ID_MAX]
