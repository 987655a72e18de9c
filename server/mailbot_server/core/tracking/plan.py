"""
What is put into the copy of each recipient, and where, decided once for a message.

A message is stored as it was written. Each recipient gets a copy with links of their
own, which is made when it leaves, before it is signed: this plan and the same links
give the same copy whenever that is.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

from mailbot_server.core.mail import transfer as writing
from mailbot_server.core.mail.mime import transfer as reading
from mailbot_server.core.mail.mime.part import Part
from mailbot_server.core.tracking import page, plain
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.core.tracking.page import Link

INDEX_MAX: Final = 20_000
"""Links of one message."""

_PICTURE: Final = 0

# What is signed or encrypted by its sender stays as it is, octet by octet.
_SEALED: Final = re.compile(
    rb"^content-type:[ \t\r\n]*(?:multipart/(?:signed|encrypted)|application/pkcs7)",
    re.IGNORECASE | re.MULTILINE,
)
_ARMOUR: Final = b"-----BEGIN PGP "
_CTE: Final = re.compile(
    rb"^content-transfer-encoding:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*",
    re.IGNORECASE | re.MULTILINE,
)
_AS_QUOTED: Final = b"Content-Transfer-Encoding: quoted-printable\r\n"
_DELIMITER: Final = b"\r\n--"

# In all of these "<", ">", quotes and "&" are single octets, wherever they stand.
_CHARSETS: Final = re.compile(
    r"utf-?8|(?:us-)?ascii|iso-?8859-\d{1,2}|(?:windows-|cp)125\d|koi8-[ru]|latin-?1"
    r"|gb18030|big5|shift_jis|euc-(?:jp|kr)"
)
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "": "utf-8"}
_STRANGE: Final = re.compile(r"utf-?(?:7|16|32)|ucs|iso-2022|hz|(?:ibm|cp)(?:037|500)")


class Spot(NamedTuple):
    """Octets of a decoded body that give way to a link; `number` 0 is the picture."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part that changes; `field` is where its transfer encoding is written."""

    offset: int
    length: int
    encoding: str
    field: tuple[int, int]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Pieces in order; `urls` are the targets of links 1, 2 and so on."""

    pieces: tuple[Piece, ...] = ()
    urls: tuple[str, ...] = ()
    one_click: bool = False
    """Whether List-Unsubscribe is written (RFC 8058 3.1)."""

    def __bool__(self) -> bool:
        return bool(self.pieces) or self.one_click


class Links(Protocol):
    """The links of one recipient."""

    def open(self) -> str:
        """Of the picture."""

    def click(self, number: int) -> str:
        """In the place of a link."""

    def unsubscribe(self) -> str:
        """For List-Unsubscribe."""


def make(
    raw: bytes,
    parts: Sequence[Part],
    wanted: Tracking,
    *,
    one_click: bool = False,
    unsubscribe_urls: frozenset[str] = frozenset(),
    own_url: str = "",
) -> Plan:
    """
    The plan for a message with CRLF line ends; false where there is nothing to do.

    `unsubscribe_urls` are those of its List-Unsubscribe. Links that begin with
    `own_url` are ours already. Never raises; linear in the message.
    """
    if not (wanted.opens or wanted.clicks) or _SEALED.search(raw):
        return Plan(one_click=one_click)
    urls: list[str] = []
    pieces: list[Piece] = []
    has_picture = not wanted.opens
    for part in parts:
        if not part.is_body or part.content_type not in ("text/html", "text/plain"):
            continue
        text = _text(raw, part)
        if text is None:
            continue
        if part.content_type == "text/html":
            found = page.read(text.content, unsubscribe_urls)
            links = found.links if wanted.clicks else ()
            picture_at = None if has_picture else found.picture_at
            has_picture = has_picture or picture_at is not None
        else:
            is_asked = wanted.clicks and wanted.text_clicks
            links = plain.read(text.content, unsubscribe_urls) if is_asked else ()
            picture_at = None
        links = tuple(each for each in links if _is_foreign(each.url, own_url))
        links = links[: INDEX_MAX - len(urls)]
        spots = _spots(text, links, picture_at, len(urls))
        urls += [each.url for each in links]
        if spots:
            pieces.append(_piece(raw, part, spots))
    return Plan(pieces=tuple(pieces), urls=tuple(urls), one_click=one_click)


def copy(plan: Plan, raw: bytes, links: Links) -> bytes:
    """The message as one recipient gets it, with CRLF line ends and valid as it was."""
    written: list[bytes] = []
    if plan.one_click:
        written.append(
            f"List-Unsubscribe: <{links.unsubscribe()}>\r\n"
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".encode()
        )
    position = 0
    for piece in plan.pieces:
        start, end = piece.field
        body_at = piece.offset + piece.length
        body, is_quoted = _body(piece, raw[piece.offset : body_at], links)
        field = _AS_QUOTED if is_quoted else raw[start:end]
        written += [raw[position:start], field, raw[end : piece.offset], body]
        position = body_at
    written.append(raw[position:])
    return b"".join(written)


def to_json(plan: Plan) -> str:
    """The plan without its targets, which are kept apart."""
    pieces = [
        [p.offset, p.length, p.encoding, *p.field, [list(s) for s in p.spots]]
        for p in plan.pieces
    ]
    return json.dumps([int(plan.one_click), pieces], separators=(",", ":"))


def from_json(text: str) -> Plan:
    """What `to_json` wrote; without targets."""
    one_click, pieces = json.loads(text)
    return Plan(one_click=bool(one_click), pieces=tuple(map(_read_piece, pieces)))


def _read_piece(row: list[Any]) -> Piece:
    offset, length, encoding, start, end, spots = row
    return Piece(
        offset=offset,
        length=length,
        encoding=encoding,
        field=(start, end),
        spots=tuple(Spot(*spot) for spot in spots),
    )


class _Text(NamedTuple):
    content: str
    charset: str


def _text(raw: bytes, part: Part) -> _Text | None:
    """A part as characters that stand for the very same octets; None for none."""
    data = raw[part.offset : part.offset + part.length]
    content, defect = reading.decode(data, part.encoding)
    if defect or b"\0" in content or _ARMOUR in content:
        return None
    if part.encoding not in ("", "quoted-printable", "base64"):
        return None
    if content.isascii() or _STRANGE.match(part.charset):
        is_strange = _STRANGE.match(part.charset) is not None
        return None if is_strange else _Text(content.decode("ascii"), "ascii")
    charset = _WIDER.get(part.charset, part.charset)
    if _CHARSETS.fullmatch(charset):
        try:
            text = content.decode(charset)
            if text.encode(charset) == content:
                return _Text(text, charset)
        except (UnicodeError, LookupError):
            pass
    # Nobody knows what its letters are, but its tags are plain.
    return _Text(content.decode("latin-1"), "latin-1")


def _is_foreign(url: str, own_url: str) -> bool:
    return not own_url or not f"{url}/".startswith(f"{own_url}/")


def _spots(
    text: _Text, links: Sequence[Link], picture_at: int | None, before: int
) -> tuple[Spot, ...]:
    """The places as octets, in order; links are numbered behind the `before`."""
    wanted = [(*each[:2], before + n) for n, each in enumerate(links, start=1)]
    if picture_at is not None:
        wanted.append((picture_at, picture_at, _PICTURE))
    spots: list[Spot] = []
    octets = characters = 0
    for start, end, index in sorted(wanted):
        first = octets + len(text.content[characters:start].encode(text.charset))
        octets = first + len(text.content[start:end].encode(text.charset))
        characters = end
        spots.append(Spot(first, octets, index))
    return tuple(spots)


def _piece(raw: bytes, part: Part, spots: tuple[Spot, ...]) -> Piece:
    return Piece(
        offset=part.offset,
        length=part.length,
        encoding=part.encoding,
        field=(part.offset, part.offset) if part.encoding else _field(raw, part.offset),
        spots=spots,
    )


def _field(raw: bytes, offset: int) -> tuple[int, int]:
    """Where a part's transfer encoding is written, or where it could be."""
    delimiter = raw.rfind(_DELIMITER, 0, offset)
    start = raw.find(b"\n", delimiter + len(_DELIMITER)) + 1 if delimiter >= 0 else 0
    end = max(offset - 2, start)
    found = _CTE.search(raw, start, end)
    return found.span() if found else (end, end)


def _body(piece: Piece, data: bytes, links: Links) -> tuple[bytes, bool]:
    """A piece with links, and whether it had to become quoted-printable."""
    content, _ = reading.decode(data, piece.encoding)
    content = b"".join(_spliced(piece, content, links))
    match piece.encoding:
        case "quoted-printable":
            return _quoted(content), False
        case "base64":
            return writing.base64_lines(content), False
    if max(map(len, content.split(b"\r\n"))) > writing.LINE_MAX:
        return _quoted(content), True
    return content, False


def _quoted(content: bytes) -> bytes:
    encoded = writing.quoted_printable(content)
    if reading.decode(encoded, "quoted-printable")[0] == content:
        return encoded
    # Lone line feeds are octets like others.
    return writing.quoted_octets(content)


def _spliced(piece: Piece, content: bytes, links: Links) -> Iterator[bytes]:
    position = 0
    for start, end, index in piece.spots:
        yield content[position:start]
        yield (links.click(index) if index else _picture(links)).encode()
        position = end
    yield content[position:]


def _picture(links: Links) -> str:
    url = links.open()
    return f'<img src="{url}" width="1" height="1" alt="" border="0">'
