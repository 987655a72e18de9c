"""
The full-text index: one document a message, the same tokens on both databases.

FTS5 on SQLite, a tsvector on PostgreSQL. Neither may split or fold what
`core/tokens.py` gave, so tokens reach FTS5 free of anything that separates words
there, and PostgreSQL as a literal with positions. Each document also holds its inbox's
id, which keeps a search inside an inbox from reading the matches of all others.
"""

import re
import string
from collections.abc import Iterable, Sequence
from typing import Final

from mailbot_server.core import tokens
from mailbot_server.store.database import Transaction

_POSITION_MAX: Final = 16_383
_POSITIONS_MAX: Final = 255
"""A tsvector keeps no more of one lexeme, and no later ones."""

_UNSAFE: Final = re.compile(r"[^\w ]")
_PUNCTUATION: Final = str.maketrans(string.punctuation, "_" * len(string.punctuation))

_ADD_SQLITE: Final = "INSERT INTO message_text (rowid, body) VALUES (?, ?)"
_ADD_POSTGRES: Final = (
    "INSERT INTO message_text (seq, body) VALUES (?, CAST(? AS tsvector))"
)
_REMOVE_SQLITE: Final = "DELETE FROM message_text WHERE rowid = ?"
_REMOVE_POSTGRES: Final = "DELETE FROM message_text WHERE seq = ?"
# The inbox's id may also stand in the text of another's mail, so the row decides.
_FIND_SQLITE: Final = (
    "SELECT message.id FROM message_text JOIN message"
    " ON message.seq = message_text.rowid"
    " WHERE message_text MATCH ? AND message.inbox_id = ?"
    " ORDER BY message_text.rowid DESC LIMIT ?"
)
_FIND_POSTGRES: Final = (
    "SELECT message.id FROM message_text JOIN message"
    " ON message.seq = message_text.seq"
    " WHERE message_text.body @@ CAST(? AS tsquery) AND message.inbox_id = ?"
    " ORDER BY message_text.seq DESC LIMIT ?"
)


def add(tx: Transaction, seq: int, inbox_token: str, text: str) -> None:
    """Indexes the text of a message by its `seq`; it must not be indexed yet."""
    document = _safe(tokens.index_text(inbox_token, text))
    if tx.is_postgres:
        tx.execute(_ADD_POSTGRES, seq, _tsvector(document.split(" ")))
    else:
        tx.later(_ADD_SQLITE, seq, document)


def remove(tx: Transaction, seq: int) -> None:
    """Takes a message out of the index."""
    tx.later(_REMOVE_POSTGRES if tx.is_postgres else _REMOVE_SQLITE, seq)


def find(tx: Transaction, inbox_id: str, words: Sequence[str], limit: int) -> list[str]:
    """
    Ids of the inbox's messages that have all of these words, newest first.

    Nothing is found by words without a letter or digit.
    """
    wanted = tokens.tokens(" ".join(words))
    if not wanted:
        return []
    found = dict.fromkeys((inbox_id, *_safe(" ".join(wanted)).split(" ")))
    if tx.is_postgres:
        query = " & ".join(f"'{token}'" for token in found)
        rows = tx.all(_FIND_POSTGRES, query, inbox_id, limit)
    else:
        query = " AND ".join(f'"{token}"' for token in found)
        rows = tx.all(_FIND_SQLITE, query, inbox_id, limit)
    return [str(row[0]) for row in rows]


def _safe(document: str) -> str:
    """
    Tokens that FTS5 takes whole: punctuation becomes "_", a mark its code point.

    The marks of Indic scripts are vowels, so they have to stay apart from each other.
    """
    safe = document.translate(_PUNCTUATION)
    return safe if safe.isascii() else _UNSAFE.sub(_spell, safe)


def _spell(unsafe: re.Match[str]) -> str:
    return f"_{ord(unsafe[0]):x}"


def _tsvector(document: Iterable[str]) -> str:
    """The literal of a tsvector; each token with its positions."""
    positions: dict[str, list[str]] = {}
    for place, token in enumerate(document, 1):
        known = positions.setdefault(token, [])
        if len(known) < _POSITIONS_MAX:
            known.append(str(min(place, _POSITION_MAX)))
    return " ".join(f"'{token}':{','.join(at)}" for token, at in positions.items())
