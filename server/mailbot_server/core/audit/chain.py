"""
The chain: each entry's hash is over that of the one before it and its own fields.

The canonical form of an entry is a line that names the form, and its fields in order,
each as its length in octets, ":", its octets and ",". Nobody can change, remove or
reorder an entry without writing all that follow anew, and then the last hash is another
one.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

FORM: Final = b"mailbot-audit-1\n"
GENESIS: Final = bytes(32)
"""The hash before the first entry."""

NEIGHBOURS: Final = 1000
"""How far an entry may have been moved and still be called moved, not changed."""

CHANGED: Final = "changed"
MISSING: Final = "missing"
REORDERED: Final = "reordered"
CUT_OFF: Final = "cut_off"

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link of an account's chain; `before` and `after` are JSON as it is stored."""

    account_id: str
    sequence: int
    id: str
    created_at: datetime
    actor_id: str
    surface: str
    action: str
    resource_type: str
    resource_id: str
    inbox_id: str
    request_id: str
    before: str
    after: str
    previous_hash: bytes = GENESIS
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The end of a chain, or a place in it: an entry's sequence and hash."""

    sequence: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a chain, and where."""

    sequence: int
    kind: str
    description: str


def canonical(entry: Entry) -> bytes:
    """The octets that an entry's hash is over, after the hash of the one before."""
    moment = (entry.created_at - _EPOCH) // _MICROSECOND
    texts = (
        entry.account_id,
        str(entry.sequence),
        entry.id,
        str(moment),
        entry.actor_id,
        entry.surface,
        entry.action,
        entry.resource_type,
        entry.resource_id,
        entry.inbox_id,
        entry.request_id,
        entry.before,
        entry.after,
    )
    parts = (text.encode("utf-8", "surrogatepass") for text in texts)
    return FORM + b"".join(b"%d:%b," % (len(part), part) for part in parts)


def hash_of(entry: Entry) -> bytes:
    """The hash that the entry must have, after the one that it says it follows."""
    return hashlib.sha256(entry.previous_hash + canonical(entry)).digest()


def verify(
    entries: Iterable[Entry], link: Link, head: Link | None
) -> tuple[Link, Fault | None]:
    """
    How far entries that follow `link` are right, and the first fault.

    `head` is where the chain must end; None while there is more to read.
    """
    for entry in entries:
        fault = _fault(entry, link)
        if fault is not None:
            return link, fault
        link = Link(sequence=entry.sequence, hash=entry.hash)
    return link, _end_fault(link, head) if head is not None else None


def _fault(entry: Entry, link: Link) -> Fault | None:
    number = entry.sequence
    if number != link.sequence + 1:
        words = f"entries {link.sequence + 1} to {number - 1} are missing"
        return Fault(sequence=link.sequence + 1, kind=MISSING, description=words)
    is_whole = hash_of(entry) == entry.hash
    if is_whole and entry.previous_hash == link.hash:
        return None
    if is_whole:
        words = f"entry {link.sequence} is not the one that entry {number} was written"
        return Fault(
            sequence=max(link.sequence, 1), kind=CHANGED, description=f"{words} after"
        )
    place = _written_as(entry)
    if place is not None:
        words = f"entry {number} was written as entry {place}"
        return Fault(sequence=number, kind=REORDERED, description=words)
    words = f"entry {number} is not what was written"
    return Fault(sequence=number, kind=CHANGED, description=words)


def _written_as(entry: Entry) -> int | None:
    """The place that the entry's hash gives it, if it is near."""
    number = entry.sequence
    for place in range(max(1, number - NEIGHBOURS), number + NEIGHBOURS + 1):
        if hash_of(replace(entry, sequence=place)) == entry.hash:
            return place
    return None


def _end_fault(link: Link, head: Link) -> Fault | None:
    if link.sequence < head.sequence:
        words = f"the chain had {head.sequence} entries; those after {link.sequence}"
        return Fault(
            sequence=link.sequence + 1, kind=CUT_OFF, description=f"{words} are gone"
        )
    if link != head:
        words = f"entry {link.sequence} is not the one that the chain ends with"
        return Fault(sequence=max(link.sequence, 1), kind=CHANGED, description=words)
    return None
