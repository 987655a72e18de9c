"""Writes what is told by columns as SQL, beside a question to the index or alone."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from mailbot_server.core.search import query
from mailbot_server.core.search.query import (
    After,
    All,
    Before,
    Condition,
    Flag,
    Is,
    Label,
    Larger,
    Node,
    Not,
)
from mailbot_server.store import columns

_FLAGS: Final = {
    Flag.INBOUND: "message.direction = 'inbound'",
    Flag.OUTBOUND: "message.direction = 'outbound'",
    Flag.AUTOMATED: "message.automated = 1",
    Flag.QUARANTINED: "message.is_quarantined = 1",
    Flag.ATTACHMENT: "message.attachments <> ''",
}


@dataclass(slots=True)
class Where:
    """Conditions, all of which must hold, and their parameters in order."""

    texts: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)

    def add(self, text: str, *parameters: Any) -> None:
        """One more."""
        self.texts.append(text)
        self.parameters += parameters

    @property
    def text(self) -> str:
        """All of them."""
        return " AND ".join(self.texts)


def write(
    where: Where, node: Node, *, is_postgres: bool, found: Callable[[Node], str]
) -> None:
    """
    Adds what the node says.

    A part of words alone is what `found` writes of it, for an index to be asked: a
    question with one parameter, which becomes a set of messages.
    """
    position = "STRPOS" if is_postgres else "INSTR"

    def text_of(node: Node) -> str:
        if query.is_only_words(node):
            where.parameters.append(found(node))
            return _AMONG_POSTGRES if is_postgres else _AMONG_SQLITE
        match node:
            case Not(inner):
                return f"NOT {text_of(inner)}"
            case All(nodes):
                return f"({' AND '.join([text_of(each) for each in nodes])})"
            case query.Any(nodes):
                return f"({' OR '.join([text_of(each) for each in nodes])})"
            case Is() | Label() | Before() | After() | Larger() as condition:
                text, parameters = _condition(condition, position)
                where.parameters += parameters
                return text
            case _:
                message = f"{node} is no condition"
                raise TypeError(message)

    where.texts.append(text_of(node))


_AMONG_SQLITE: Final = (
    "(message.seq IN (SELECT rowid FROM message_text WHERE message_text MATCH ?))"
)
_AMONG_POSTGRES: Final = (
    "(message.seq IN (SELECT seq FROM message_text"
    " WHERE message_text.body @@ CAST(? AS tsquery)))"
)


def _condition(condition: Condition, position: str) -> tuple[str, list[Any]]:
    match condition:
        case Is(flag):
            return f"({_FLAGS[flag]})", []
        case Label(name):
            # Labels have no character that JSON escapes, so a quoted one is text.
            quoted = json.dumps(name, ensure_ascii=False)
            return f"({position}(message.labels, ?) > 0)", [quoted]
        case Before(at):
            return "(message.created_at < ?)", [columns.write_time(at)]
        case After(at):
            return "(message.created_at >= ?)", [columns.write_time(at)]
        case Larger(octets):
            return "(message.size_bytes > ?)", [octets]
