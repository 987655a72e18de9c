"""Stops attempts to a destination, from an account or from an inbox, and ends that."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from mailbot_server.core import audit
from mailbot_server.core.account import OPERATOR, Principal
from mailbot_server.core.destination import site
from mailbot_server.core.errors import NotFound, one_field
from mailbot_server.core.shaping import Scope, Suspension
from mailbot_server.core.shaping.suspension import DEFAULT
from mailbot_server.store import accounts, inboxes
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import site_limits, suspensions

SHORTEST: Final = timedelta(seconds=1)
LONGEST: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What was ended: a suspension, None for none, and so many limits of its site."""

    suspension: Suspension | None
    limits: int = 0


async def suspend(
    db: Database,
    principal: Principal,
    scope: Scope,
    name: str,
    *,
    length: timedelta | None,
    reason: str,
) -> Suspension:
    """
    Stops new attempts for so long; again, it changes the reason and the end.

    Raises NotFound, NotAllowed and InvalidInput. One operation.
    """
    if length is not None and not SHORTEST <= length <= LONGEST:
        raise one_field("duration", "must be from 1 s to 7 days")
    return await db.write(
        _suspend, principal, scope, name, length=length or DEFAULT, reason=reason
    )


async def resume(
    db: Database, principal: Principal, scope: Scope, name: str
) -> Resumed:
    """
    Ends a suspension before its time, and what a destination's replies limited.

    Raises NotFound and NotAllowed. One operation.
    """
    return await db.write(_resume, principal, scope, name)


def _suspend(
    tx: Transaction,
    principal: Principal,
    scope: Scope,
    name: str,
    *,
    length: timedelta,
    reason: str,
) -> Suspension:
    name, account_id = _target(tx, principal, scope, name)
    by, until = principal.key_id, tx.now + length
    before = suspensions.find(tx, scope, name)
    after = suspensions.suspend(tx, scope, name, account_id, reason, by, until)
    _note(tx, principal, "delivery_suspension.suspend", before, after)
    return after


def _resume(tx: Transaction, principal: Principal, scope: Scope, name: str) -> Resumed:
    name, _ = _target(tx, principal, scope, name)
    found = suspensions.find(tx, scope, name)
    suspensions.resume(tx, scope, name)
    lifted = site_limits.lift(tx, name) if scope is Scope.DESTINATION else 0
    if found is not None:
        _note(tx, principal, "delivery_suspension.resume", found, None)
    return Resumed(suspension=found, limits=lifted)


def _note(
    tx: Transaction,
    principal: Principal,
    action: str,
    before: Suspension | None,
    after: Suspension | None,
) -> None:
    """A destination is no account's: what is done to it, its operator's account did."""
    known = after or before
    assert known is not None, "one of them is there"
    account_id = known.account_id or principal.account_id
    inbox_id = known.name if known.scope is Scope.INBOX else ""
    change = audit.changed(action, before, after, inbox_id=inbox_id)
    tx.audit(replace(change, account_id=account_id))


def _target(
    tx: Transaction, principal: Principal, scope: Scope, name: str
) -> tuple[str, str]:
    """The name as it is stored, and the account whose it is, "" for a destination."""
    if scope is Scope.INBOX:
        return _inbox(tx, principal, name)
    principal.require(OPERATOR)
    if scope is Scope.DESTINATION:
        return site.named(name), ""
    if accounts.get(tx, name) is None:
        raise NotFound("account", name)
    return name, name


def _inbox(tx: Transaction, principal: Principal, name: str) -> tuple[str, str]:
    account_id = principal.account_id
    if principal.has(OPERATOR):
        account_id = inboxes.owner(tx, name) or account_id
    found = inboxes.get(tx, account_id, name)
    if found is None:
        raise NotFound("inbox", name)
    principal.require_inbox(found.id, "inbox", name)
    return found.id, found.account_id
