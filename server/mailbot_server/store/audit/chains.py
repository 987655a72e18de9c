"""Verifies an account's chain of changes, a piece at a time, on one snapshot."""

from dataclasses import dataclass
from typing import Final

from mailbot_server.core.audit import GENESIS, Entry, Fault, Link, chain
from mailbot_server.store.audit.entries import SELECT, entry_of
from mailbot_server.store.database import Transaction

STEP: Final = 10_000
"""Entries that one operation looks at."""

_AFTER: Final = (
    f"{SELECT} WHERE account_id = ? AND sequence > ? ORDER BY sequence LIMIT ?"
)
_HEAD: Final = "SELECT sequence, hash FROM audit_head WHERE account_id = ?"
_HASH: Final = "SELECT hash FROM audit_entry WHERE account_id = ? AND sequence = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """
    A piece of a chain that was looked at.

    `link` is the last entry that was right; `is_last`: nothing follows it. `is_met`:
    the hash that was expected is in this piece.
    """

    count: int
    link: Link
    fault: Fault | None
    is_last: bool
    is_met: bool = False


def head(tx: Transaction, account_id: str) -> Link:
    """The end of the account's chain, as it was written with the last entry."""
    row = tx.one(_HEAD, account_id)
    return Link(sequence=row[0], hash=bytes(row[1])) if row else Link()


def link_at(tx: Transaction, account_id: str, sequence: int) -> Link | None:
    """An entry as it is stored, to begin after it; None when it is not there."""
    if sequence == 0:
        return Link()
    row = tx.one(_HASH, account_id, sequence)
    return Link(sequence=sequence, hash=bytes(row[0])) if row else None


def verify(
    tx: Transaction, account_id: str, after: Link, limit: int = STEP, met: bytes = b""
) -> Verified:
    """What follows `after`, at most `limit` entries; `met` is a hash to look for."""
    end = head(tx, account_id)
    if after.sequence > end.sequence:
        words = f"the chain ends with entry {end.sequence}, but had {after.sequence}"
        cut = Fault(sequence=end.sequence + 1, kind=chain.CUT_OFF, description=words)
        return Verified(count=0, link=after, fault=cut, is_last=True)
    rows = tx.all(_AFTER, account_id, after.sequence, limit)
    entries = [entry_of(row) for row in rows]
    is_last = len(entries) < limit
    link, fault = chain.verify(entries, after, end if is_last else None)
    return Verified(
        count=len(entries),
        link=link,
        fault=fault,
        is_last=is_last or fault is not None,
        is_met=_is_met(entries, met),
    )


def _is_met(entries: list[Entry], wanted: bytes) -> bool:
    return wanted == GENESIS or any(each.hash == wanted for each in entries)
