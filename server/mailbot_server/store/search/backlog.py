"""
Messages whose index entry is of an older version and has to be written again.

They are those below a `seq` that stands in the table `setting`; it goes down, newest
first, and the row goes with the last of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.search.document import Document
from mailbot_server.store.database import Transaction
from mailbot_server.store.search import index

_BELOW: Final = "SELECT value FROM setting WHERE name = 'index_below'"
_WAITING: Final = (
    "SELECT seq, id, account_id, inbox_id, is_quarantined FROM message"
    " WHERE seq < ? ORDER BY seq DESC LIMIT ?"
)
# Who comes second finds another value, and leaves everything as it is.
_ADVANCE: Final = (
    "UPDATE setting SET value = ? WHERE name = 'index_below' AND value = ?"
)
_END: Final = "DELETE FROM setting WHERE name = 'index_below' AND value = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that is to be indexed again; one in quarantine has no entry."""

    seq: int
    message_id: str
    owners: tuple[str, str]
    is_quarantined: bool


def below(tx: Transaction) -> int:
    """Messages with a lower `seq` wait; 0 when none does."""
    row = tx.one(_BELOW)
    return int(row[0]) if row else 0


def waiting(tx: Transaction, seq: int, limit: int) -> list[Waiting]:
    """The newest of the messages below that `seq`."""
    return [
        Waiting(
            seq=int(row[0]),
            message_id=str(row[1]),
            owners=(str(row[2]), str(row[3])),
            is_quarantined=bool(row[4]),
        )
        for row in tx.all(_WAITING, seq, limit)
    ]


def advance(
    tx: Transaction, seq: int, done: Sequence[tuple[Waiting, Document]]
) -> bool:
    """
    Writes the entries of the messages right below `seq`; of none: there are no more.

    False, and nothing written, when somebody else has.
    """
    if not done:
        return tx.execute(_END, str(seq)) == 1
    if tx.execute(_ADVANCE, str(done[-1][0].seq), str(seq)) != 1:
        return False
    for each, document in done:
        index.remove(tx, each.seq)
        if not each.is_quarantined:
            index.add(tx, each.seq, each.owners, document)
    return True
