"""
Writes the index: FTS5 with a column for each field on SQLite, a tsvector on PostgreSQL.

Neither may split or fold what `core/tokens.py` gave: FTS5's `ascii` tokenizer takes
every character beyond ASCII for a letter, and a tsvector is written as a literal with
positions. Fields of a tsvector are its weights, and its attachments lexemes that begin
with "~"; fields stand apart by a position, so that no phrase reaches from one into the
next. Each document also names its account and inbox, which keeps a search from
reading the matches of all others.
"""

from typing import Final

from mailbot_server.core.search.document import Document, Field
from mailbot_server.store.database import Transaction

WEIGHTS: Final = {
    Field.BODY: "D",
    Field.SUBJECT: "A",
    Field.SENDER: "B",
    Field.RECIPIENTS: "C",
    Field.ATTACHMENTS: "D",
}
ATTACHED: Final = "~"
OWNER: Final = "#"
"""What lexemes of attachments and owners begin with; no word does."""

_POSITION_MAX: Final = 16_383
_POSITIONS_MAX: Final = 255
"""A tsvector keeps no more of one lexeme, and no later ones."""

_ADD_SQLITE: Final = (
    "INSERT INTO message_text"
    " (rowid, body, subject, sender, recipients, attachments, owner)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_ADD_POSTGRES: Final = (
    "INSERT INTO message_text (seq, body) VALUES (?, CAST(? AS tsvector))"
)
_REMOVE_SQLITE: Final = "DELETE FROM message_text WHERE rowid = ?"
_REMOVE_POSTGRES: Final = "DELETE FROM message_text WHERE seq = ?"


def add(tx: Transaction, seq: int, owners: tuple[str, str], document: Document) -> None:
    """
    Indexes a message by its `seq`; it must not be indexed yet.

    `owners` are the ids of its account and its inbox.
    """
    if tx.is_postgres:
        tx.execute(_ADD_POSTGRES, seq, _tsvector(owners, document))
    else:
        tx.later(_ADD_SQLITE, seq, *document.fields, " ".join(owners))


def remove(tx: Transaction, seq: int) -> None:
    """Takes a message out of the index."""
    tx.later(_REMOVE_POSTGRES if tx.is_postgres else _REMOVE_SQLITE, seq)


def _tsvector(owners: tuple[str, str], document: Document) -> str:
    """The literal of a tsvector; each word with its positions."""
    positions: dict[str, list[str]] = {f"{OWNER}{owner}": [] for owner in owners}
    place = 0
    # The body last, so that the header's fields have positions in any case.
    fields = dict(zip(Field, document.fields, strict=True))
    for field in (*list(Field)[1:], Field.BODY):
        start = ATTACHED if field is Field.ATTACHMENTS else ""
        weight = WEIGHTS[field]
        for word in fields[field].split():
            place += 1
            known = positions.setdefault(start + word, [])
            if len(known) < _POSITIONS_MAX:
                known.append(f"{min(place, _POSITION_MAX)}{weight}")
        place += 1
    return " ".join(
        f"'{word}':{','.join(at)}" if at else f"'{word}'"
        for word, at in positions.items()
    )
