"""
Reads search queries: words, "phrases", word*, -not, OR, ( ), and operators.

    query  = both *("OR" both)
    both   = 1*item                     each must hold
    item   = ["-"] ( words | operator | "(" query ")" )
    words  = word ["*"] | DQUOTE text DQUOTE ["*"]
    operator = field ":" ( words | "(" query of words ")" ) | name ":" value

Whatever else is written is words: nothing reaches a database as its own syntax. Words
without a letter or digit are passed over. A fault is InvalidInput with QUERY_INVALID
and the position, counted from 1, of the character where it is.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NoReturn

from mailbot_server.core import errors
from mailbot_server.core.search import query
from mailbot_server.core.search.document import Field
from mailbot_server.core.search.query import (
    FIELDS,
    After,
    Before,
    Flag,
    Is,
    Label,
    Larger,
    Node,
    Words,
)

LENGTH_MAX: Final = 1_000
"""Characters of a query."""

TERMS_MAX: Final = 50
"""Words, phrases and operators of a query."""

DEPTH_MAX: Final = 10
"""Parentheses inside each other."""

_LABEL_MAX: Final = 200
_PIECE: Final = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s-]))"
    r'|(?P<name>[A-Za-z]{2,7}):|"(?P<phrase>[^"]*)(?P<end>"?)(?P<more>\*?)'
    r'|(?P<word>[^\s()"]+)'
)
_NAMES: Final = frozenset(
    {*FIELDS, "has", "is", "label", "before", "after", "larger"},
)
_VALUE: Final = re.compile(r'"(?P<quoted>[^"]*)"|(?P<bare>[^\s()"]+)')
_FLAGS: Final = {flag.value: flag for flag in Flag}
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt]\d\d:\d\d(?::\d\d)?[Zz]?)?", re.ASCII)
_SIZE: Final = re.compile(r"(\d{1,9})([KMG]?)B?", re.ASCII | re.IGNORECASE)
_FACTOR: Final = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def read(text: str) -> Node:
    """The tree of a query; raises InvalidInput with QUERY_INVALID."""
    if len(text) > LENGTH_MAX:
        _refuse(LENGTH_MAX, f"a query has at most {LENGTH_MAX} characters")
    reader = _Reader(text)
    node = reader.query(depth=0, field=None)
    if reader.place < len(text):
        _refuse(reader.place, "there is no ( for this )")
    if node is None:
        _refuse(0, "there is nothing to look for")
    return node


@dataclass(slots=True)
class _Reader:
    """Where reading has come to, and how many terms there were."""

    text: str
    place: int = 0
    terms: int = 0

    def query(self, *, depth: int, field: Field | None) -> Node | None:
        """Up to the closing parenthesis or the end; None where nothing is asked for."""
        start = self._skip()
        if depth and self._at_end():
            _refuse(start, "there is nothing inside these ( )")
        choices: list[Node] = []
        while not self._at_end():
            if self._is_or():
                _refuse(self.place, "something must stand before OR")
            chosen = self._both(depth=depth, field=field)
            if chosen is not None:
                choices.append(chosen)
            if self._take_or() and self._at_end():
                _refuse(self.place - 1, "something must follow OR")
        return query.any_of(choices) if choices else None

    def _both(self, *, depth: int, field: Field | None) -> Node | None:
        found: list[Node] = []
        while not self._at_end() and not self._is_or():
            node = self._item(depth=depth, field=field)
            if node is not None:
                found.append(node)
        return query.all_of(found) if found else None

    def _item(self, *, depth: int, field: Field | None) -> Node | None:
        start = self._skip()
        piece = _PIECE.match(self.text, start)
        if piece is None or piece["close"]:
            _refuse(start, "something must follow -")
        if piece["minus"]:
            self.place = piece.end()
            node = self._item(depth=depth, field=field)
            return query.not_(node) if node is not None else None
        if piece["open"]:
            return self._group(depth=depth, field=field)
        if piece["name"] and piece["name"].lower() in _NAMES:
            self.place = piece.end()
            return self._operator(piece["name"].lower(), start, depth, field)
        self._count(start)
        if piece["phrase"] is not None:
            return self._phrase(piece, field)
        return self._word(field)

    def _word(self, field: Field | None) -> Node | None:
        value = _VALUE.match(self.text, self.place)
        written = (value["bare"] or "") if value else ""
        self.place += len(written)
        bare = written.rstrip("*")
        return _words(bare, field, is_open=bare != written)

    def _phrase(self, piece: re.Match[str], field: Field | None) -> Node | None:
        if not piece["end"]:
            _refuse(piece.start(), 'there is no second " for this one')
        self.place = piece.end()
        return _words(piece["phrase"], field, is_open=bool(piece["more"]))

    def _group(self, *, depth: int, field: Field | None) -> Node | None:
        start = self.place = self._skip()
        if depth == DEPTH_MAX:
            _refuse(start, f"at most {DEPTH_MAX} parentheses inside each other")
        self.place += 1
        node = self.query(depth=depth + 1, field=field)
        if self.place == len(self.text):
            _refuse(start, "there is no ) for this (")
        self.place += 1
        return node

    def _operator(
        self, name: str, start: int, depth: int, field: Field | None
    ) -> Node | None:
        if field is not None:
            _refuse(start, "inside a field's ( ) there are only words")
        following = self.text[self.place : self.place + 1]
        if name in FIELDS:
            if following == "(":
                return self._group(depth=depth, field=FIELDS[name])
            return self._in_field(FIELDS[name], name, start)
        self._count(start)
        value = _VALUE.match(self.text, self.place)
        if value is None:
            _refuse(start, f"{name}: is followed by a value, without a blank")
        self.place = value.end()
        quoted = value["quoted"]
        return _condition(name, value["bare"] if quoted is None else quoted, start)

    def _in_field(self, field: Field, name: str, start: int) -> Node:
        self._count(start)
        piece = _PIECE.match(self.text, self.place)
        if piece is not None and piece["phrase"] is not None:
            node = self._phrase(piece, field)
        else:
            node = self._word(field)
        if node is None:
            _refuse(start, f"{name}: is followed by a word, without a blank")
        return node

    def _count(self, place: int) -> None:
        self.terms += 1
        if self.terms > TERMS_MAX:
            _refuse(place, f"a query has at most {TERMS_MAX} words and operators")

    def _skip(self) -> int:
        while self.place < len(self.text) and self.text[self.place].isspace():
            self.place += 1
        return self.place

    def _at_end(self) -> bool:
        place = self._skip()
        return place == len(self.text) or self.text[place] == ")"

    def _is_or(self) -> bool:
        place = self._skip()
        following = self.text[place + 2 : place + 3]
        return self.text.startswith("OR", place) and (
            not following or following.isspace() or following in '()"'
        )

    def _take_or(self) -> bool:
        if not self._is_or():
            return False
        self.place += 2
        return True


def _words(text: str, field: Field | None, *, is_open: bool) -> Words | None:
    words = Words(text, field, is_open)
    return words if words.asked.words else None


def _condition(name: str, value: str, start: int) -> Node:
    match name:
        case "label":
            if not value or "\0" in value:  # which no database can hold
                _refuse(start, "label: is followed by a label")
            return Label(value[:_LABEL_MAX].lower())
        case "larger":
            return Larger(_octets(value, start))
        case "before":
            return Before(_instant(value, start))
        case "after":
            return After(_instant(value, start))
    flag = _FLAGS.get(f"{name}:{value.lower()}")
    if flag is None:
        known = ", ".join(each for each in _FLAGS if each.startswith(f"{name}:"))
        _refuse(start, f"{name}: is one of {known}")
    return Is(flag)


def _octets(value: str, start: int) -> int:
    size = _SIZE.fullmatch(value)
    if size is None:
        _refuse(start, "larger: is followed by a size as 200K, 5M or 1G")
    return int(size[1]) * _FACTOR[size[2].upper()]


def _instant(value: str, start: int) -> datetime:
    fault = "a date is written as 2026-01-31 and begins at midnight, UTC"
    if not _DATE.fullmatch(value):
        _refuse(start, fault)
    try:
        return datetime.fromisoformat(value.upper()).replace(tzinfo=UTC)
    except ValueError:  # the 30th of February
        _refuse(start, fault)


def _refuse(place: int, description: str) -> NoReturn:
    position = place + 1
    message = f"query: {description} (at character {position})"
    raise errors.InvalidInput(
        message,
        violations=[
            errors.Violation(
                field="query", description=description, reason="QUERY_INVALID"
            )
        ],
        reason="QUERY_INVALID",
        details={"field": "query", "position": str(position)},
    )
