"""
Adds and removes suppressions inside operations, and tells of what really changed.

The rows are locked after deliveries and before counters and the account's log.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mailbot_server.core import audit
from mailbot_server.core import suppression as core
from mailbot_server.core.account import ADMIN, Principal
from mailbot_server.core.bounce import Verdict
from mailbot_server.core.delivery import Delivery
from mailbot_server.core.errors import NotAllowed, NotFound
from mailbot_server.core.event import Event, EventType, SuppressionDetail
from mailbot_server.core.mail.address import fold
from mailbot_server.core.suppression import Suppression, SuppressionReason, Wanted
from mailbot_server.store import inboxes, suppressions
from mailbot_server.store.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What holds now; `before` is what held, None for nothing."""

    now: Suppression
    before: Suppression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many were new, had changed, or were there already."""

    added: int
    changed: int
    unchanged: int


def add(
    tx: Transaction, principal: Principal, wanted: Wanted, inbox: str
) -> Suppression:
    """
    Suppresses an address; the suppression that holds now.

    `inbox` is an id or an address, "" for all of the account. Event suppression.added
    if that changed anything; a weaker reason than the one that holds does not. Raises
    NotFound and NotAllowed as `scope_of`.
    """
    inbox_id = scope_of(tx, principal, inbox)
    [kept] = _keep(tx, [_asked(tx, principal, wanted, inbox_id)])
    _note(tx, kept)
    return kept.now


def import_(
    tx: Transaction, principal: Principal, entries: Sequence[Wanted], inbox: str
) -> Imported:
    """Adds at most 1,000, as `add`; of one address the strongest and latest counts."""
    inbox_id = scope_of(tx, principal, inbox)
    asked: dict[str, Suppression] = {}
    for entry in entries:
        new = _asked(tx, principal, entry, inbox_id)
        old = asked.get(new.address)
        asked[new.address] = core.renewed(old, new) if old else new
    kept = _keep(tx, list(asked.values()))
    _note_import(tx, principal, inbox_id, kept)
    added = sum(each.before is None for each in kept)
    changed = sum(each.before not in (None, each.now) for each in kept)
    return Imported(
        added=added, changed=changed, unchanged=len(entries) - added - changed
    )


def remove(
    tx: Transaction, principal: Principal, address: str, inbox: str
) -> Suppression | None:
    """
    Lets mail go to an address again; None when nothing kept it back.

    Exactly that of `inbox` (id or address), "" for the account's. Event
    suppression.removed. Raises as `scope_of`.
    """
    inbox_id = scope_of(tx, principal, inbox)
    removed = suppressions.remove(tx, principal.account_id, inbox_id, fold(address))
    if removed is not None:
        _tell_removed(tx, removed, by=principal.key_id)
    return removed


def scope_of(tx: Transaction, principal: Principal, inbox: str) -> str:
    """
    The id of the inbox that a caller names, "" for all of the account.

    Raises NotFound for none that the caller may see, NotAllowed when a key that is
    restricted to inboxes names none.
    """
    if not inbox:
        if principal.inbox_ids is not None:
            message = "this API key is restricted to inboxes; name one in inbox_id"
            raise NotAllowed(message, details={"scope": ADMIN})
        return ""
    found = inboxes.get(tx, principal.account_id, inbox)
    if found is None:
        raise NotFound("inbox", inbox)
    principal.require_inbox(found.id, "inbox", inbox)
    return found.id


def suppress_refused(
    tx: Transaction, delivery: Delivery, verdict: Verdict | None, note: str
) -> Suppression | None:
    """As `suppress_recipient` for a hard bounce, if the verdict says so."""
    if not core.suppresses(verdict):
        return None
    reason = SuppressionReason.HARD_BOUNCE
    return suppress_recipient(tx, delivery, reason, note=note)


def suppress_recipient(
    tx: Transaction,
    delivery: Delivery,
    reason: SuppressionReason,
    *,
    note: str = "",
    inbox_id: str = "",
) -> Suppression | None:
    """
    Suppresses whom a delivery was for; None when nothing changed.

    For all of the account, unless `inbox_id` is given. Never weakens or shortens what
    holds. The event names the delivery, its message and its inbox.
    """
    new = Suppression(
        account_id=delivery.account_id,
        inbox_id=inbox_id,
        address=fold(delivery.recipient),
        reason=reason,
        created_at=tx.now,
        delivery_id=delivery.id,
        message_id=delivery.message_id,
        note=note[: core.NOTE_MAX],
    )
    [kept] = _keep(tx, [new], delivery)
    _note(tx, kept)
    return None if kept.now == kept.before else kept.now


def lift(tx: Transaction, delivery: Delivery) -> Suppression | None:
    """
    Removes the suppression that a delivery's hard bounce was the cause of, if any.

    Event suppression.removed. What somebody asked for since stays.
    """
    removed = suppressions.remove_caused(
        tx, delivery.account_id, delivery.id, SuppressionReason.HARD_BOUNCE
    )
    for each in removed:
        _tell_removed(tx, each, by=core.ENGINE, of=delivery)
    return removed[0] if removed else None


def was_caused(tx: Transaction, delivery: Delivery) -> bool:
    """Whether a suppression holds that a delivery's hard bounce was the cause of."""
    reason = SuppressionReason.HARD_BOUNCE
    return suppressions.caused(tx, delivery.account_id, delivery.id, reason)


def found_for(
    tx: Transaction, account_id: str, inbox_id: str, recipients: Iterable[str]
) -> dict[str, Suppression]:
    """What keeps mail of the inbox from these recipients, by address as given."""
    folded = {recipient: fold(recipient) for recipient in recipients}
    found = suppressions.find(tx, account_id, inbox_id, list(folded.values()))
    return {whom: found[key] for whom, key in folded.items() if key in found}


def cause(suppression: Suppression) -> SuppressionDetail:
    """What message.suppressed says; notes are for those who may read suppressions."""
    return SuppressionDetail(
        suppression_id=suppression.id,
        address=suppression.address,
        reason=suppression.reason.value,
        inbox_id=suppression.inbox_id,
        expires_at=suppression.expires_at,
    )


def _asked(
    tx: Transaction, principal: Principal, wanted: Wanted, inbox_id: str
) -> Suppression:
    return Suppression(
        account_id=principal.account_id,
        inbox_id=inbox_id,
        address=wanted.address,
        reason=wanted.reason,
        created_at=tx.now,
        expires_at=wanted.expires_at,
        note=wanted.note,
        added_by=principal.key_id,
    )


def _keep(
    tx: Transaction, asked: Sequence[Suppression], delivery: Delivery | None = None
) -> list[Kept]:
    """One for each that is asked for: one account, one inbox, distinct addresses."""
    kept: list[Kept] = []
    while asked:
        # Once more for those that somebody else added between looking and adding.
        done, asked = _keep_once(tx, asked)
        kept += done
    suppressions.update(tx, [e.now for e in kept if e.before not in (None, e.now)])
    for each in kept:
        if each.now != each.before:
            _tell(
                tx, EventType.SUPPRESSION_ADDED, each.now, each.now.added_by, delivery
            )
    return kept


def _keep_once(
    tx: Transaction, asked: Sequence[Suppression]
) -> tuple[list[Kept], list[Suppression]]:
    """What is kept now, and what came too late."""
    first = asked[0]
    addresses = [each.address for each in asked]
    known = suppressions.lock(tx, first.account_id, first.inbox_id, addresses)
    fresh = [each for each in asked if each.address not in known]
    new_ids = sorted(tx.new_id("sup") for _ in fresh)
    new = [replace(e, id=new_id) for e, new_id in zip(fresh, new_ids, strict=True)]
    late = {each.address for each in suppressions.add(tx, new)}
    kept = [Kept(now=e, before=None) for e in new if e.address not in late]
    for each in asked:
        before = known.get(each.address)
        if before is not None:
            kept.append(Kept(now=core.renewed(before, each), before=before))
    return kept, [each for each in asked if each.address in late]


def _note(tx: Transaction, kept: Kept) -> None:
    """Writes what holds now into the account's audit, if that is new."""
    if kept.now != kept.before:
        tx.audit(audit.changed("suppression.add", kept.before, kept.now))


def _note_import(
    tx: Transaction, principal: Principal, inbox_id: str, kept: Sequence[Kept]
) -> None:
    """One entry for a piece of an import, whose events tell of each address."""
    new = [each.now for each in kept if each.now != each.before]
    if new:
        tx.audit(
            audit.Change(
                account_id=principal.account_id,
                action="suppression.import",
                resource_type="suppression",
                resource_id=inbox_id or principal.account_id,
                inbox_id=inbox_id,
                after={"addresses": sorted(each.address for each in new)},
            )
        )


def _tell_removed(
    tx: Transaction, removed: Suppression, *, by: str, of: Delivery | None = None
) -> None:
    _tell(tx, EventType.SUPPRESSION_REMOVED, removed, by, of)
    tx.audit(audit.changed("suppression.remove", removed, None))


def _tell(
    tx: Transaction,
    kind: EventType,
    told: Suppression,
    by: str,
    delivery: Delivery | None,
) -> None:
    detail = replace(cause(told), changed_by=by, note=told.note)
    tx.emit(
        Event(
            type=kind,
            account_id=told.account_id,
            inbox_id=delivery.inbox_id if delivery else told.inbox_id,
            thread_id=delivery.thread_id if delivery else "",
            message_id=delivery.message_id if delivery else "",
            delivery_id=delivery.id if delivery else "",
            recipient=told.address,
            detail=detail,
        )
    )
