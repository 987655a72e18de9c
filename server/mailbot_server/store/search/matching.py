"""
Writes what the index is asked in the language of FTS5, and in that of a tsquery.

Every word stands in quotes, so nothing that a caller wrote is syntax. "None of these"
is asked of the owner's documents, because neither index can look for what is absent.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from mailbot_server.core.search import query
from mailbot_server.core.search.document import Field
from mailbot_server.core.search.query import All, Node, Not, Words
from mailbot_server.store.search.index import ATTACHED, OWNER, WEIGHTS

COLUMNS: Final = {
    Field.BODY: "body",
    Field.SUBJECT: "subject",
    Field.SENDER: "sender",
    Field.RECIPIENTS: "recipients",
    Field.ATTACHMENTS: "attachments",
}
_ANY_COLUMN: Final = f"{{{' '.join(COLUMNS.values())}}}"


@dataclass(frozen=True, slots=True)
class Match:
    """An expression for the index, and which words its phrases are; None for owners."""

    text: str
    phrases: tuple[Words | None, ...] = ()


@dataclass(slots=True)
class _Writer:
    owner: str
    words: Callable[[Words], str]
    conjunction: str
    disjunction: str
    negation: Callable[[str, str], str]
    owner_phrases: int
    phrases: list[Words | None] = field(default_factory=list)

    def write(self, node: Node) -> str:
        match node:
            case Words():
                self.phrases.append(node)
                return self.words(node)
            case Not(inner):
                return self._without(self._all(), [inner])
            case All(nodes):
                wanted = [each for each in nodes if not isinstance(each, Not)]
                others = [each.node for each in nodes if isinstance(each, Not)]
                texts = [self.write(each) for each in wanted] or [self._all()]
                return self._without(f"({self.conjunction.join(texts)})", others)
            case query.Any(nodes):
                texts = [self.write(each) for each in nodes]
                return f"({self.disjunction.join(texts)})"
            case _:
                message = f"{node} is no question to the index"
                raise TypeError(message)

    def _all(self) -> str:
        self.phrases += [None] * self.owner_phrases
        return self.owner

    def _without(self, text: str, others: list[Node]) -> str:
        for other in others:
            text = f"({self.negation(text, self.write(other))})"
        return text

    def match(self, node: Node) -> Match:
        owner = self._all()
        text = f"{owner}{self.conjunction}{self.write(node)}"
        return Match(text, tuple(self.phrases))

    def counted(self, node: Node) -> Match:
        """With each word once more, where its number does not hang on others'."""
        text = self.match(node).text
        self.phrases = [None] * len(self.phrases)
        each = [self._all(), *(self.write(words) for words in query.wanted(node))]
        text = f"{text}{self.conjunction}({self.disjunction.join(each)})"
        return Match(text, tuple(self.phrases))


def fts5(node: Node, owners: tuple[str, ...], *, is_counted: bool = False) -> Match:
    """
    What of the owners' documents FTS5 is asked for; `node` holds only words.

    Counted: how often words stand in a hit is right for all of them. FTS5 knows nothing
    of a word in one choice of an OR where not all of that choice holds.
    """
    writer = _Writer(
        owner=f"owner : ({' OR '.join(map(_quoted, owners))})",
        words=_fts5_words,
        conjunction=" AND ",
        disjunction=" OR ",
        negation=lambda text, other: f"{text} NOT {other}",
        owner_phrases=len(owners),
    )
    return writer.counted(node) if is_counted and _joins(node) else writer.match(node)


def tsquery(node: Node, owners: tuple[str, ...]) -> Match:
    """What of the owners' documents PostgreSQL is asked for; only words too."""
    names = " | ".join(f"'{OWNER}{owner}'" for owner in owners)
    return _Writer(
        owner=f"({names})",
        words=_tsquery_words,
        conjunction=" & ",
        disjunction=" | ",
        negation=lambda text, other: f"{text} & !{other}",
        owner_phrases=len(owners),
    ).match(node)


def _joins(node: Node) -> bool:
    """Whether one choice of an OR holds words that must stand together."""
    match node:
        case query.Any(nodes):
            return any(isinstance(each, All) for each in nodes)
        case All(nodes):
            return any(map(_joins, nodes))
        case _:
            return False


def _fts5_words(words: Words) -> str:
    asked = words.asked
    column = COLUMNS[words.field] if words.field else _ANY_COLUMN
    return f"{column} : {_quoted(' '.join(asked.words))}{' *' * asked.is_open}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _tsquery_words(words: Words) -> str:
    if words.field is not None:
        return _phrase(words, WEIGHTS[words.field])
    return f"({_phrase(words)} | {_phrase(words, start=ATTACHED)})"


def _phrase(words: Words, weight: str = "", *, start: str = "") -> str:
    asked = words.asked
    ends = [""] * (len(asked.words) - 1) + ["*" * asked.is_open]
    texts = []
    for word, end in zip(asked.words, ends, strict=True):
        mark = f"{end}{weight}"
        texts.append(f"'{start}{word}'" + (f":{mark}" if mark else ""))
    return f"({' <-> '.join(texts)})"
