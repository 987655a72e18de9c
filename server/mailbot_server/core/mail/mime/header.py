"""A header block as fields: unfolded, decoded, always valid Unicode (RFC 5322 2.2)."""

import operator
import re
from typing import Final, NamedTuple

from mailbot_server.core.mail.mime import charset, encoded_word
from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.mime.limits import Limits

# A field, or any other line. The blank before the colon is obsolete syntax (RFC 5322
# 4.5.8). Nothing here can be matched in two ways.
_LINES: Final = re.compile(r"([!-9;-~]++)[ \t]*+:([^\n]*+)|([^\r\n][^\n]*+)")
_FOLD: Final = re.compile(r"\n[ \t]+")
_FOLD_CRLF: Final = re.compile(r"\r\n[ \t]+")
_FIELD_LINE: Final = re.compile(rb"[!-9;-~]++[ \t]*+:")

# Fields that no sender invents: where one follows, the block goes on.
_KNOWN_LINE: Final = re.compile(
    rb"[\r\n](?:content-[a-z-]{2,30}|date|from|to|cc|bcc|subject|message-id|sender"
    rb"|reply-to|in-reply-to|references|mime-version|received|return-path"
    rb"|x-[a-z0-9-]{2,60})[ \t]*+:",
    re.IGNORECASE,
)

# A parameter at a line's beginning, behind a line that promised one.
_LOST_FOLD: Final = re.compile(r";[ \t]*+\r?\n(?=[A-Za-z0-9*-]{1,40}[ \t]*+=)")
_PARAMETER_LINE: Final = re.compile(rb"[A-Za-z0-9*-]{1,40}[ \t]*+=")
_CHARSET: Final = re.compile(
    rb"charset[ \t]*+=[ \t\"']*+([\w.:-]{1,40})", re.IGNORECASE
)
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_PLAIN: Final = bytes(range(0x20, 0x7F)) + b"\r\n"
_OTHER: Final = operator.itemgetter(2)
_UNPRINTABLE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+"
)


class Header(NamedTuple):
    """One field for people: its value unfolded, RFC 2047 decoded, free of controls."""

    name: str
    """As written, for example "List-Id"."""

    value: str


class Block(NamedTuple):
    """A header block as it was cut from the raw message."""

    fields: list[tuple[str, str, str]]
    """Name, name in lower case, and value, in order; unfolded but not decoded."""

    body_offset: int
    """Where the body begins in raw."""

    defects: tuple[Defect, ...]
    is_plain: bool
    """Nothing but printable ASCII was in it."""

    def first(self) -> dict[str, str]:
        """Lower-case name → its first value."""
        return {key: value for _, key, value in reversed(self.fields)}


def read_block(raw: bytes, start: int, end: int, limits: Limits) -> Block:
    """The header block at `start`; `end` is where its part or message ends."""
    stop, body_offset = extent(raw, start, end)
    defects: list[Defect] = []
    if stop - start > limits.header_bytes:
        # Back to a line's end; a single endless line is cut where it is.
        cut = start + limits.header_bytes
        stop = max(raw.rfind(b"\n", start, cut) + 1, start) or cut
        defects.append(Defect.HEADER_BYTES)
    lines = _lines(raw[start:stop])
    if any(map(_OTHER, lines)):
        defects.append(Defect.BAD_HEADER)
        garbage = _first_garbage(raw, start, stop)
        if garbage >= 0:
            if _goes_on(raw, start, garbage, stop):
                lines = _lines(raw[start:stop], is_damaged=True)
            else:
                lines = _lines(raw[start:garbage])
                body_offset = garbage
        lines = [line for line in lines if not line[2]]
    if len(lines) > limits.headers:
        defects.append(Defect.HEADER_COUNT)
        del lines[limits.headers :]
    fields = [(name, name.lower(), value.strip(" \t\r")) for name, value, _ in lines]
    if stop - start > limits.header_value:
        uncut = fields
        fields = [(name, key, _cut(key, value, limits)) for name, key, value in uncut]
        if fields != uncut:
            defects.append(Defect.HEADER_VALUE)
    # A tab that only folds a line is gone by now.
    others = raw[start:stop].translate(None, _PLAIN)
    is_plain = not others or len(others) == raw.count(b"\n\t", start, stop)
    return Block(fields, body_offset, tuple(defects), is_plain)


def read_headers(block: Block) -> tuple[Header, ...]:
    """The fields of a block as people read them, in order."""
    if block.is_plain:
        return tuple(
            [
                Header(name, value if "=?" not in value else read_value(value))
                for name, _, value in block.fields
            ]
        )
    return tuple([Header(name, read_value(value)) for name, _, value in block.fields])


def read_value(value: str) -> str:
    """An unfolded value as people read it: words decoded, controls made blanks."""
    if "=?" in value:
        value = encoded_word.decode(value)
    return value if value.isprintable() else one_line(value)


def one_line(text: str) -> str:
    """`text` without what could end a field or cannot be stored; blanks stand there."""
    return _UNPRINTABLE.sub(" ", text).strip()


def extent(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the fields end and where the body begins: around the first empty line."""
    if raw.startswith((b"\n", b"\r"), start, end):
        return start, start + (2 if raw.startswith(b"\r\n", start, end) else 1)
    found = raw.find(b"\n\r\n", start, end)
    fields_end, body = (end, end) if found < 0 else (found + 1, found + 3)
    found = raw.find(b"\n\n", start, fields_end)
    if found >= 0:
        fields_end, body = found + 1, found + 2
    if body == end:
        found = raw.find(b"\n\r\r\n", start, fields_end)
        if found >= 0:
            return found + 1, found + 4
        found = raw.find(b"\r\r", start, fields_end)
        if found >= 0:
            fields_end, body = found + 1, found + 2
    return fields_end, body


def _lines(block: bytes, *, is_damaged: bool = False) -> list[tuple[str, str, str]]:
    """Name and value of each unfolded field, or what else stands in a line."""
    try:
        text = block.decode()
        if "\x1b" in text:
            text = charset.read_shifted(block) or text
    except UnicodeDecodeError:
        # Neither ASCII nor UTF-8: line by line a guess.
        declared = _CHARSET.search(block)
        named = declared[1].decode().lower() if declared else ""
        text = "\n".join(charset.guess(line, named) for line in _LINE_END.split(block))
    if is_damaged:
        text = _LOST_FOLD.sub("; ", text)
    returns = text.count("\r")
    feeds = text.count("\n")
    if returns == feeds:
        return _LINES.findall(_FOLD_CRLF.sub(" ", text))
    if returns:
        text = text.replace("\r\n", "\n")
        if not feeds:
            # Bare CRs end lines; where LFs do, they are just controls.
            text = text.replace("\r", "\n")
    return _LINES.findall(_FOLD.sub(" ", text))


def _first_garbage(raw: bytes, start: int, stop: int) -> int:
    """Offset of the first line that ends the fields without an empty one; -1: none."""
    offset = start
    block = raw[start:stop]
    for line in block.split(b"\n" if b"\n" in block else b"\r"):
        is_folded = line[:1] in b" \t" and offset > start
        is_mbox = line.startswith((b"From ", b">From "))
        is_empty = not line.strip(b"\r")
        if not (is_folded or is_mbox or is_empty or _FIELD_LINE.match(line)):
            return offset
        offset += len(line) + 1
    return -1


def _goes_on(raw: bytes, start: int, garbage: int, stop: int) -> bool:
    """Whether the fields go on behind a line that is none of them."""
    line = raw[garbage:stop].split(b"\n", 1)[0].rstrip()
    if line.startswith(b"--") and len(line) > 2 and line[2:] in raw[start:garbage]:
        # The boundary that a field has named: only the empty line is missing.
        return False
    if _KNOWN_LINE.search(raw, garbage, stop):
        return True
    before = raw[start:garbage].rstrip()
    return before.endswith(b";") and bool(_PARAMETER_LINE.match(line))


def _cut(key: str, value: str, limits: Limits) -> str:
    """An over-long value without its end; of References the middle goes."""
    if len(value) <= limits.header_value:
        return value
    head = limits.header_value
    if key == "references":
        head //= 4
    tail = limits.header_value - head
    return f"{value[:head]} {value[-tail:]}" if tail else value[:head]
