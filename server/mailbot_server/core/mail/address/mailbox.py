"""Mailboxes of header fields, read as they come and printed right (RFC 5322 3.4)."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from mailbot_server.core.mail.address.spec import normalise
from mailbot_server.core.mail.mime import encoded_word
from mailbot_server.core.mail.mime.header import one_line, read_value

MAILBOXES_MAX: Final = 1000
"""More than any list server names in one field."""

_LENGTH_MAX: Final = 1000
"""Characters kept of a name, and of an address that is none."""

_REMEMBERED_LENGTH_MAX: Final = 256
_REMEMBERED_MAX: Final = 2048
"""Short fields that are kept as read."""

# What nearly every field is: mailboxes with nothing in them that needs thought.
_SIMPLE: Final = re.compile(
    r'\s*+(?:(?:"([^"\\<>]*+)"\s*+|([^"<>()\\,;:@]*+))'
    r'<([^\s<>@"(),;:\\]++@[A-Za-z0-9.-]++)>|([A-Za-z0-9._+-]++@[A-Za-z0-9.-]++))'
    r"\s*+(?:,(?=.)|\Z)"
)
_TOKEN: Final = re.compile(
    r"(?P<space>\s++)"
    rf"|(?P<word>{encoded_word.PATTERN})"
    r'|"(?P<quoted>(?:[^"\\]++|\\.)*+)"'
    r"|<(?P<angle>[^<>]*+)>?+"
    r"|(?P<mark>[(,;:])"
    r'|(?P<atom>(?:[^\s"<>(),;:\\]|\\.)++)'
    r"|(?P<stray>.)",
    re.DOTALL,
)

# Python's library folds long lists so, that a separator becomes an encoded-word.
_ENCODED_COMMA: Final = "?q?=2C?="

# What a keyboard for Chinese or Japanese gives for the marks between addresses.
_WIDE_MARK: Final = re.compile("[\uff0c\uff1b\uff1c\uff1e]")
_NARROW: Final = str.maketrans("\uff0c\uff1b\uff1c\uff1e", ",;<>")

_PARENTHESES: Final = re.compile(r"\\.|[()]", re.DOTALL)
_PAIR: Final = re.compile(r"\\(.)", re.DOTALL)
_COMMENT: Final = re.compile(r"\([^()]*+\)")
_SCHEME_OR_ROUTE: Final = re.compile(r"mailto:|@[^:<>]*+:", re.IGNORECASE)
_SCHEMES: Final = frozenset({"mailto", "[mailto"})
_AROUND_DOT: Final = re.compile(r"(?<!\s)\s*+([.@])\s*+")

_SPECIAL: Final = re.compile(r"[^A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]")
_ESCAPED: Final = re.compile(r'(["\\])')


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A name and an address, as header fields carry them (RFC 5322 3.4)."""

    address: str
    """Normalised where it is valid, else as the sender wrote it; never empty."""

    display_name: str = ""
    """Decoded; may be empty."""


def format_mailbox(mailbox: Mailbox) -> str:
    """
    The mailbox for a header field: `"Doe, John" <john@example.com>`, unfolded.

    The name is ASCII whatever it was: quoted, or as encoded-words (RFC 2047 5).
    """
    name = " ".join(one_line(mailbox.display_name).split())
    if not name:
        return mailbox.address
    if not name.isascii() or "=?" in name:
        name = encoded_word.encode(name)
    elif _SPECIAL.search(name):
        name = '"' + _ESCAPED.sub(r"\\\1", name) + '"'
    return f"{name} <{mailbox.address}>"


def parse_mailboxes(
    header_value: str, limit: int = MAILBOXES_MAX
) -> tuple[Mailbox, ...]:
    """
    The mailboxes of a From, To, Cc or Reply-To field, at most `limit`, groups opened.

    Takes the value with its encoded-words still in it, or decoded. Reads what senders
    write: names with bare commas, missing brackets, semicolons between addresses. What
    holds nothing like an address is left out.
    """
    if len(header_value) <= _REMEMBERED_LENGTH_MAX:
        return _parse_remembered(header_value, limit)
    return _parse(header_value, limit)


def _parse(header_value: str, limit: int) -> tuple[Mailbox, ...]:
    simple = _read_simple(header_value, limit)
    if simple is not None:
        return simple
    if "&lt;" in header_value:
        # It went through a web page.
        header_value = header_value.replace("&lt;", "<").replace("&gt;", ">")
    found = _read_any(header_value, limit)
    if not _WIDE_MARK.search(header_value) or all(
        normalise(each.address) for each in found
    ):
        return found
    return _read_any(header_value.translate(_NARROW), limit)


def _read_any(value: str, limit: int) -> tuple[Mailbox, ...]:
    reader = _Reader(value, limit)
    reader.run()
    return tuple(reader.found[:limit])


# An inbox gets mail for one address, mostly from those who wrote before.
_parse_remembered: Final = lru_cache(maxsize=_REMEMBERED_MAX)(_parse)


def _read_simple(value: str, limit: int) -> tuple[Mailbox, ...] | None:
    """The mailboxes of a field that holds only simple ones; else None."""
    found: list[Mailbox] = []
    position = 0
    while position < len(value) and len(found) < limit:
        match = _SIMPLE.match(value, position)
        if match is None:
            return None
        quoted, plain, angle, bare = match.groups()
        address = normalise(angle or bare)
        if address is None:
            return None
        name = quoted or plain
        shown = _clean(name) if name else ""
        found.append(Mailbox(address=address, display_name=shown))
        position = match.end()
    return tuple(found) or None


@dataclass(slots=True)
class _Reader:
    """Goes through a list of addresses once, from left to right."""

    value: str
    limit: int
    found: list[Mailbox] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """The words of this mailbox, for its name: quotes and escapes undone."""

    written: list[str] = field(default_factory=list)
    """The same words as written: without brackets, one may be the address."""

    has_at: bool = False
    """Whether there is an "@" among the written words."""

    comments: list[str] = field(default_factory=list)
    angle: str | None = None
    before: int = 0
    """How many of the names stood before the brackets."""

    surnames: list[str] = field(default_factory=list)
    """Words before commas that may belong to the next name: `Doe, John <…>`."""

    def run(self) -> None:
        ends = _comment_ends(self.value) if "(" in self.value else {}
        position = 0
        while token := _TOKEN.match(self.value, position):
            if len(self.found) >= self.limit:
                return
            position = token.end()
            kind = token.lastgroup
            if kind == "mark":
                end = ends.get(token.start())
                if end is not None:
                    self.comments.append(self.value[position:end])
                    position = end + 1
                else:
                    self.mark(token[0])
            elif kind == "word" and token[0].endswith(_ENCODED_COMMA):
                self.mark(",")
            elif kind == "angle":
                angle = token["angle"]
                if "," in angle and token[0][-1] != ">":
                    # Never closed: the next mailbox begins behind the comma.
                    angle = angle.partition(",")[0]
                    position = token.start("angle") + len(angle)
                self.open(angle)
            elif kind != "stray":
                self.add(token)
        self.finish("")
        self.flush_surnames()

    def open(self, angle: str) -> None:
        """Brackets; after earlier ones without a comma they begin the next mailbox."""
        if self.angle is not None and self.is_named_again():
            self.angle = angle
            del self.names[self.before :]
            return
        if self.angle is not None:
            behind = self.names[self.before :]
            del self.names[self.before :]
            self.finish("")
            self.names = behind
        self.angle = angle
        self.before = len(self.names)

    def is_named_again(self) -> bool:
        """Whether the brackets hold no address but a second pair: `A <A <a@b>>`."""
        between = "".join(self.names[self.before :])
        return "@" not in (self.angle or "") and not between.strip()

    def add(self, token: re.Match[str]) -> None:
        text = token[0]
        self.written.append(text)
        self.has_at = self.has_at or "@" in text
        if token.lastgroup == "quoted":
            text = token["quoted"]
        self.names.append(_PAIR.sub(r"\1", text) if "\\" in text else text)

    def mark(self, mark: str) -> None:
        if mark in ",;":
            self.finish(mark)
        elif self.written and self.written[-1].lower() in _SCHEMES:
            # "Ann Lee [mailto:ann@example.com]", as Outlook quotes it.
            self.written.pop()
            self.names.pop()
        elif mark == ":" and self.angle is None and not self.has_at:
            # The name of a group; its mailboxes follow.
            self.clear()

    def finish(self, mark: str) -> None:
        """The words so far are one mailbox, or the first half of a name."""
        words = "".join(self.written).strip()
        if self.angle is not None and (self.angle.strip() or "@" not in words):
            name = ", ".join([*self.surnames, "".join(self.names)])
            self.emit(_bare_address(self.angle), name)
            self.surnames.clear()
        elif "@" in words:
            self.flush_surnames()
            self.add_unbracketed(words)
        elif words and mark == ",":
            self.surnames.append("".join(self.names).strip())
        elif words:
            self.flush_surnames()
            self.add_bare(words)
        self.clear()

    def add_unbracketed(self, words: str) -> None:
        """Words with an address among them, or addresses with blanks between."""
        pieces = words.split()
        address, name = _split_address(words)
        if "=?" in words and normalise(address) is None:
            self.add_encoded(words)
        elif name and all(map(normalise, pieces)):
            for piece in pieces:
                self.emit(piece, "")
        else:
            self.emit(address, name)

    def add_encoded(self, words: str) -> None:
        """Names, brackets and addresses in encoded-words (against RFC 2047 5)."""
        decoded = read_value(words)
        if "@" in decoded and decoded != words and "=?" not in decoded:
            self.found += _read_any(decoded, self.limit)

    def flush_surnames(self) -> None:
        """They were none: the words before the commas stood for themselves."""
        for words in self.surnames:
            self.add_bare(words)
        self.surnames.clear()

    def add_bare(self, words: str) -> None:
        """A single word may be a local user; more are a name without an address."""
        if words.startswith("=?") and words.endswith("?="):
            self.add_encoded(words)
        elif len(words.split()) == 1:
            self.emit(words.strip("\"' "), "")

    def emit(self, address: str, name: str) -> None:
        address = normalise(address) or read_value(address)[:_LENGTH_MAX].strip()
        if address:
            shown = _clean(name)
            if self.comments:
                note = _clean(_PAIR.sub(r"\1", " ".join(self.comments)))
                shown = f"{shown} ({note})" if shown and note else shown or note
            name = shown[:_LENGTH_MAX]
            self.found.append(Mailbox(address=address, display_name=name))

    def clear(self) -> None:
        self.names.clear()
        self.written.clear()
        self.has_at = False
        self.comments.clear()
        self.angle = None


def _comment_ends(value: str) -> dict[int, int]:
    """Where each "(" that is closed has its ")"."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for match in _PARENTHESES.finditer(value):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0] == ")" and opened:
            ends[opened.pop()] = match.start()
    return ends


def _bare_address(angle: str) -> str:
    """Between the brackets: no comment, route, scheme or blanks (RFC 5322 4.4)."""
    if normalise(angle):
        return angle
    angle = _COMMENT.sub("", angle).strip().strip("'")
    # Behind the last colon there is neither, however many "@" are there.
    end = angle.rfind(":") + 1
    return "".join(
        (_SCHEME_OR_ROUTE.sub("", angle[:end], count=1) + angle[end:]).split()
    )


def _split_address(words: str) -> tuple[str, str]:
    """Address and name where there are no brackets to tell them apart."""
    if normalise(words):
        return words, ""
    joined = _AROUND_DOT.sub(r"\1", words)
    if normalise(joined):
        return joined, ""
    pieces = words.split()
    for number, piece in enumerate(pieces):
        address = piece.strip("'\"[].")
        if normalise(address):
            name = " ".join(pieces[:number] + pieces[number + 1 :])
            return address, name.strip('"')
    return "".join(pieces), ""


def _clean(name: str) -> str:
    """A name in one line: words decoded, blanks single, the quotes of Outlook gone."""
    name = " ".join(read_value(name[: _LENGTH_MAX * 4]).split())
    if len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1].strip()
    return name[:_LENGTH_MAX]
