"""Address lists: entries come and go, and addresses are looked up in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot_server.core import audit
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import LimitExceeded, NotFound
from mailbot_server.core.screening import address_list, pattern
from mailbot_server.core.screening.address_list import (
    ENTRIES_MAX,
    Action,
    AddressEntry,
    Decision,
    Direction,
)
from mailbot_server.engine import suppressions
from mailbot_server.store import accounts
from mailbot_server.store.database import Transaction
from mailbot_server.store.screening import entries


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry as a caller gives it; `inbox` is an id, an address, or "" for all."""

    inbox: str
    direction: Direction
    action: Action
    pattern: str
    note: str


def add(tx: Transaction, principal: Principal, new: NewEntry) -> AddressEntry:
    """
    Keeps an entry; of one that is there already the note changes.

    Raises NotFound and NotAllowed for its inbox, LimitExceeded for one too many.
    """
    inbox_id = suppressions.scope_of(tx, principal, new.inbox)
    asked = AddressEntry(
        id=tx.new_id("lst"),
        account_id=principal.account_id,
        inbox_id=inbox_id,
        direction=new.direction,
        action=new.action,
        pattern=new.pattern,
        note=new.note,
        created_at=tx.now,
        created_by=principal.key_id,
    )
    accounts.lock(tx, principal.account_id)
    before = entries.same(tx, asked)
    kept = entries.put(tx, asked)
    if kept.id == asked.id and entries.count(tx, kept.account_id) > ENTRIES_MAX:
        message = f"the account has {ENTRIES_MAX} entries in its lists: remove some"
        raise LimitExceeded(
            message,
            reason="TOO_MANY_RULES",
            subject=f"account:{principal.account_id}",
            details={"limit": str(ENTRIES_MAX)},
        )
    tx.audit(audit.changed("address_entry.add", before, kept))
    return kept


def remove(tx: Transaction, principal: Principal, entry_id: str) -> None:
    """Forgets an entry; raises NotFound for none that the caller may see."""
    found = entries.get(tx, principal.account_id, entry_id)
    if found is None:
        raise NotFound("address_entry", entry_id)
    principal.require_inbox(found.inbox_id, "address_entry", entry_id)
    entries.delete(tx, found)
    tx.audit(audit.changed("address_entry.remove", found, None))


def decide(
    tx: Transaction, account_id: str, inbox_id: str, direction: Direction, address: str
) -> Decision:
    """What the lists of an inbox and its account make of an address."""
    [decision] = _decisions(tx, account_id, inbox_id, direction, [address])
    return decision


def blocked(
    tx: Transaction,
    account_id: str,
    inbox_id: str,
    direction: Direction,
    addresses: Sequence[str],
) -> str | None:
    """The first of these addresses that the lists keep out; "" is somebody unnamed."""
    if not entries.exist(tx, account_id, inbox_id, direction):
        return None
    decisions = _decisions(tx, account_id, inbox_id, direction, addresses)
    for address, decision in zip(addresses, decisions, strict=True):
        if decision.action is Action.BLOCK:
            return address
    return None


def _decisions(
    tx: Transaction,
    account_id: str,
    inbox_id: str,
    direction: Direction,
    addresses: Sequence[str],
) -> list[Decision]:
    """What the lists make of each address, asked for all of them at once."""
    patterns = {each for address in addresses for each in pattern.matching(address)}
    found = entries.matching(tx, account_id, inbox_id, direction, sorted(patterns))
    is_closed = entries.is_closed(tx, account_id, inbox_id, direction)
    return [
        address_list.decide(address, found, is_closed=is_closed)
        for address in addresses
    ]
