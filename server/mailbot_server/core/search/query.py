"""
A search query as a tree: words in fields, conditions, and how they belong together.

`text_of` prints a tree so that `grammar.read` gives it back.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from mailbot_server.core import tokens
from mailbot_server.core.search.document import Field

FIELDS: Final = {
    "from": Field.SENDER,
    "to": Field.RECIPIENTS,
    "subject": Field.SUBJECT,
    "body": Field.BODY,
}
"""The operators that look for words in one field."""


class Flag(StrEnum):
    """What a message can be, or have."""

    INBOUND = "is:inbound"
    OUTBOUND = "is:outbound"
    AUTOMATED = "is:automated"
    QUARANTINED = "is:quarantined"
    ATTACHMENT = "has:attachment"


@dataclass(frozen=True, slots=True)
class Words:
    """
    Words that stand together, as they were written, in one field or in any.

    With `is_open` the last one is the beginning of a word.
    """

    text: str
    field: Field | None = None
    is_open: bool = False

    @property
    def asked(self) -> tokens.Asked:
        """What the index is asked for."""
        return tokens.asked(self.text, is_open=self.is_open)


@dataclass(frozen=True, slots=True)
class Is:
    """The message is so."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class Label:
    """The message carries this label."""

    name: str


@dataclass(frozen=True, slots=True)
class Before:
    """The message was accepted before this instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class After:
    """The message was accepted at this instant or later."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Larger:
    """The raw message has more octets than this."""

    octets: int


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Each must hold; two or more, none of them an All."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One must hold; two or more, none of them an Any."""

    nodes: tuple["Node", ...]


Condition = Is | Label | Before | After | Larger
"""A leaf that is told by columns, not by words."""

Node = Words | Condition | Not | All | Any

_FIELD_NAMES: Final = {field: name for name, field in FIELDS.items()}


def all_of(nodes: list[Node]) -> Node:
    """Each of at least one must hold."""
    flat = [
        each
        for node in nodes
        for each in (node.nodes if isinstance(node, All) else (node,))
    ]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(nodes: list[Node]) -> Node:
    """One of at least one must hold."""
    flat = [
        each
        for node in nodes
        for each in (node.nodes if isinstance(node, Any) else (node,))
    ]
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def not_(node: Node) -> Node:
    """It must not hold."""
    return node.node if isinstance(node, Not) else Not(node)


def has_words(node: Node) -> bool:
    """Whether the index has anything to do with it."""
    match node:
        case Words():
            return True
        case Not(inner):
            return has_words(inner)
        case All(nodes) | Any(nodes):
            return any(has_words(each) for each in nodes)
        case _:
            return False


def is_only_words(node: Node) -> bool:
    """Whether the index alone can answer it."""
    match node:
        case Words():
            return True
        case Not(inner):
            return is_only_words(inner)
        case All(nodes) | Any(nodes):
            return all(is_only_words(each) for each in nodes)
        case _:
            return False


def mentions(node: Node, flag: Flag) -> bool:
    """Whether it asks for this flag anywhere, turned round or not."""
    match node:
        case Is(found):
            return found is flag
        case Not(inner):
            return mentions(inner, flag)
        case All(nodes) | Any(nodes):
            return any(mentions(each, flag) for each in nodes)
        case _:
            return False


def wanted(node: Node) -> list[Words]:
    """The words that a hit may have, each once, in order: none that must not be."""
    match node:
        case Words():
            return [node]
        case All(nodes) | Any(nodes):
            return list(dict.fromkeys(w for each in nodes for w in wanted(each)))
        case _:
            return []


def apart(node: Node) -> tuple[Node | None, Node | None]:
    """
    What the index alone answers, and what else must hold; None for nothing.

    Both together say what the node says.
    """
    if is_only_words(node):
        return node, None
    if not isinstance(node, All):
        return None, node
    of_words = [each for each in node.nodes if is_only_words(each)]
    others = [each for each in node.nodes if not is_only_words(each)]
    return (all_of(of_words) if of_words else None), all_of(others)


def text_of(node: Node) -> str:
    """The query that gives this tree."""
    match node:
        case Words(text, field, is_open):
            prefix = f"{_FIELD_NAMES[field]}:" if field else ""
            return f'{prefix}"{text}"{"*" if is_open else ""}'
        case Not(inner):
            return f"-{_inside(inner)}"
        case All(nodes):
            return " ".join(_inside(each) for each in nodes)
        case Any(nodes):
            return " OR ".join(_inside(each) for each in nodes)
        case _:
            return _text_of_condition(node)


def _text_of_condition(condition: Condition) -> str:
    match condition:
        case Is(flag):
            return flag.value
        case Label(name):
            return f'label:"{name}"'
        case Before(at):
            return f"before:{_instant(at)}"
        case After(at):
            return f"after:{_instant(at)}"
        case Larger(octets):
            return f"larger:{octets}"


def _inside(node: Node) -> str:
    text = text_of(node)
    return f"({text})" if isinstance(node, All | Any) else text


def _instant(at: datetime) -> str:
    return f"{at.isoformat()[:19]}Z"
