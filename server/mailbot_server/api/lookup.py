"""Finds what a request names, inside the caller's account and the key's inboxes."""

from mailbot_server.core.account import Principal
from mailbot_server.core.errors import NotFound
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Message
from mailbot_server.store import inboxes, messages
from mailbot_server.store.database import Database, Transaction


def inbox(tx: Transaction, principal: Principal, name: str) -> Inbox:
    """The inbox with this id or address; raises NotFound."""
    found = inboxes.get(tx, principal.account_id, name)
    if found is None:
        raise NotFound("inbox", name)
    principal.require_inbox(found.id, "inbox", name)
    return found


def message(tx: Transaction, principal: Principal, message_id: str) -> Message:
    """The message with this id; raises NotFound."""
    found = messages.get(tx, principal.account_id, message_id)
    if found is None:
        raise NotFound("message", message_id)
    principal.require_inbox(found.inbox_id, "message", message_id)
    return found


async def inbox_id(db: Database, principal: Principal, name: str) -> str:
    """The id of the inbox with this id or address, "" for ""; raises NotFound."""
    if not name:
        return ""
    found = await db.read(inbox, principal, name)
    return found.id
