"""Redacts messages, and holds them so that nothing of them goes."""

from collections.abc import Sequence
from typing import Final

from mailbot_server.core.account import Principal
from mailbot_server.core.audit import Change
from mailbot_server.core.errors import NotFound, WrongState
from mailbot_server.core.event import Event, EventType, HoldDetail
from mailbot_server.core.message import Message
from mailbot_server.store import columns, messages
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.retention import redacting
from mailbot_server.store.retention.redacting import Standing

BY_CALLER: Final = "redacted_by_caller"
BY_RETENTION: Final = "retention"
_KIND: Final = "MESSAGE_STATE"


async def redact(
    db: Database, principal: Principal, message_id: str, reason: str
) -> Message:
    """
    Takes away what a message says; the message as it is then, once more the same.

    Raises NotFound, and WrongState: LEGAL_HOLD, or DELIVERY_UNDER_WAY while a delivery
    is not final. One operation; event message.redacted.
    """
    return await db.write(_redact, principal, message_id, reason)


async def hold(
    db: Database,
    principal: Principal,
    message_ids: Sequence[str],
    *,
    legal_hold: bool,
    reason: str = "",
) -> int:
    """
    Holds messages or lets them go; how many that changed. Raises NotFound.

    One operation.
    """
    return await db.write(
        _hold, principal, list(message_ids), legal_hold=legal_hold, reason=reason
    )


def announce(tx: Transaction, message: Standing, reason: str, explanation: str) -> None:
    """Tells that a message says nothing any more."""
    tx.emit(
        Event(
            type=EventType.MESSAGE_REDACTED,
            account_id=message.account_id,
            inbox_id=message.inbox_id,
            thread_id=message.thread_id,
            message_id=message.id,
            metadata=columns.read_mapping(message.metadata),
            detail=HoldDetail(reason=reason, explanation=explanation),
        )
    )


def _redact(
    tx: Transaction, principal: Principal, message_id: str, reason: str
) -> Message:
    [found] = _these(tx, principal, [message_id])
    if not found.is_redacted:
        _check(found)
        redacting.empty(tx, found)
        announce(tx, found, BY_CALLER, reason)
        tx.audit(_change(found, "message.redact", {"redacted": False}, reason))
    message = messages.get(tx, found.account_id, found.id)
    assert message is not None, "its row stays"
    return message


def _hold(
    tx: Transaction,
    principal: Principal,
    message_ids: Sequence[str],
    *,
    legal_hold: bool,
    reason: str,
) -> int:
    changed = 0
    for found in _these(tx, principal, message_ids):
        if found.is_held != legal_hold:
            messages.hold(tx, found.id, legal_hold=legal_hold)
            before = {"legal_hold": found.is_held}
            tx.audit(_change(found, "message.hold", before, reason))
            changed += 1
    return changed


def _these(
    tx: Transaction, principal: Principal, message_ids: Sequence[str]
) -> list[Standing]:
    found = redacting.standing(tx, principal.account_id, message_ids)
    for each in found:
        principal.require_inbox(each.inbox_id, "message", each.id)
    if missing := set(message_ids) - {each.id for each in found}:
        raise NotFound("message", min(missing))
    return found


def _check(message: Standing) -> None:
    """Raises WrongState for what keeps a message."""
    if message.is_held or message.inbox_is_held:
        whose = "the message" if message.is_held else "its inbox"
        words = f"{whose} is under a legal hold: lift it first"
        raise _wrong(words, "LEGAL_HOLD", message.id)
    if message.is_under_way:
        words = "a delivery of the message is not final: wait for it, or cancel it"
        raise _wrong(words, "DELIVERY_UNDER_WAY", message.id)


def _wrong(words: str, reason: str, message_id: str) -> WrongState:
    return WrongState(words, reason=reason, kind=_KIND, subject=message_id)


def _change(
    message: Standing, action: str, before: dict[str, bool], reason: str
) -> Change:
    after: dict[str, object] = {name: not value for name, value in before.items()}
    return Change(
        account_id=message.account_id,
        action=action,
        resource_type="message",
        resource_id=message.id,
        inbox_id=message.inbox_id,
        before=before,
        after=after | ({"reason": reason} if reason else {}),
    )
