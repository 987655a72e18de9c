"""How often the words of a query stand in each field of what was found."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from mailbot_server.core.search.document import Field
from mailbot_server.core.search.query import Words
from mailbot_server.store.database import Transaction, occurrences
from mailbot_server.store.search.index import ATTACHED, WEIGHTS

Counts = tuple[tuple[int, ...], ...]
"""Of each of the words, its number in each field, in the order of Field."""

# In pieces: one statement for 1,000 documents would send all their words at once.
_SLICE: Final = 200
_LEXEMES: Final = (
    "SELECT message_text.seq, word.lexeme, word.positions, word.weights"
    " FROM message_text, unnest(message_text.body) AS word"
    " WHERE message_text.seq = ANY(?)"
    " AND (word.lexeme = ANY(?) OR word.lexeme LIKE ANY(?))"
)
_FIELD_OF: Final = {
    weight: field for field, weight in WEIGHTS.items() if field is not Field.ATTACHMENTS
}
# Field → lexeme → positions.
Places = dict[Field, dict[str, set[int]]]


def of_fts5(
    text: str, phrases: Sequence[Words | None], wanted: Sequence[Words]
) -> Counts:
    """From what FTS5 says of the phrases of its query."""
    known: dict[Words, dict[int, int]] = {}
    for words, found in zip(phrases, occurrences.read(text), strict=True):
        # Of what is asked for twice FTS5 may have read one only.
        if words and sum(found.values()) >= sum(known.get(words, {}).values()):
            known[words] = found
    return tuple(
        tuple(known[words].get(column, 0) for column in range(len(Field)))
        for words in wanted
    )


def of_tsvectors(
    tx: Transaction, seqs: Sequence[int], wanted: Sequence[Words]
) -> dict[int, Counts]:
    """From the documents themselves, by `seq`."""
    places: dict[int, Places] = defaultdict(lambda: defaultdict(dict))
    exact, beginnings = _lexemes(wanted)
    for start in range(0, len(seqs), _SLICE):
        piece = list(seqs[start : start + _SLICE])
        for seq, lexeme, positions, weights in tx.all(
            _LEXEMES, piece, exact, beginnings
        ):
            for position, weight in zip(positions or (), weights or (), strict=True):
                is_attached = lexeme.startswith(ATTACHED)
                field = Field.ATTACHMENTS if is_attached else _FIELD_OF[weight]
                word = lexeme.removeprefix(ATTACHED)
                places[seq][field].setdefault(word, set()).add(position)
    return {seq: tuple(_count(places[seq], words) for words in wanted) for seq in seqs}


def _lexemes(wanted: Sequence[Words]) -> tuple[list[str], list[str]]:
    exact: list[str] = []
    beginnings: list[str] = []
    for asked in (words.asked for words in wanted):
        whole = asked.words[:-1] if asked.is_open else asked.words
        exact += whole
        if asked.is_open:
            beginnings.append(asked.words[-1])
    return (
        [start + word for word in exact for start in ("", ATTACHED)],
        [f"{start}{word}%" for word in beginnings for start in ("", ATTACHED)],
    )


def _count(places: Places, words: Words) -> tuple[int, ...]:
    return tuple(
        _in_field(places[field], words) if words.field in (None, field) else 0
        for field in Field
    )


def _in_field(places: dict[str, set[int]], words: Words) -> int:
    asked = words.asked
    *before, last = asked.words
    ends = {
        place
        for word, found in places.items()
        if word == last or (asked.is_open and word.startswith(last))
        for place in found
    }
    distances = list(enumerate(reversed(before), 1))
    return sum(
        all(end - distance in places.get(word, ()) for distance, word in distances)
        for end in ends
    )
