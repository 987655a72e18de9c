"""
Whether this inbox may send, whether this address may receive.

Permissions and states bind everywhere, so every surface asks here: RPC, submission
and RCPT.
"""

from typing import Final

from mailbot_server.core.errors import NotAllowed, WrongState
from mailbot_server.core.inbox import Inbox, InboxState
from mailbot_server.core.mail import reply
from mailbot_server.core.mail.reply import Reply

STATE_KIND: Final = "INBOX_STATE"


def may_receive(inbox: Inbox | None) -> Reply | None:
    """
    The refusal of mail for this inbox; None when it is welcome.

    An unknown address, a disabled inbox and one without the permission answer exactly
    alike, so that nobody learns which addresses exist by asking.
    """
    if inbox is None or inbox.state is InboxState.DISABLED:
        return reply.UNKNOWN_RECIPIENT
    if "receive" not in inbox.permissions:
        return reply.UNKNOWN_RECIPIENT
    suspension = inbox.suspension
    if suspension and suspension.refuse_inbound and inbox.state is InboxState.SUSPENDED:
        return reply.INBOX_SUSPENDED
    return None


def check_may_send(inbox: Inbox) -> None:
    """
    Raises when the inbox may not send; returns when it may.

    WrongState with INBOX_DISABLED or INBOX_SUSPENDED, NotAllowed with
    INBOX_PERMISSION_MISSING.
    """
    if inbox.state is InboxState.DISABLED:
        message = f"inbox {inbox.address} is disabled; activate it before sending"
        raise _wrong_state(inbox, message, "INBOX_DISABLED")
    if inbox.state is InboxState.SUSPENDED:
        message = f"inbox {inbox.address} is suspended; activate it before sending"
        raise _wrong_state(inbox, message, "INBOX_SUSPENDED")
    if "send" not in inbox.permissions:
        raise _missing(inbox, "send")


def check_may_search(inbox: Inbox) -> None:
    """Raises NotAllowed with INBOX_PERMISSION_MISSING when it may not be searched."""
    if "search" not in inbox.permissions:
        raise _missing(inbox, "search")


def _missing(inbox: Inbox, permission: str) -> NotAllowed:
    return NotAllowed(
        f"inbox {inbox.address} lacks the permission '{permission}'; update it first",
        reason="INBOX_PERMISSION_MISSING",
        details={"inbox_id": inbox.id, "permission": permission},
    )


def _wrong_state(inbox: Inbox, message: str, reason: str) -> WrongState:
    return WrongState(
        message,
        reason=reason,
        kind=STATE_KIND,
        subject=inbox.id,
        details={"inbox_id": inbox.id, "state": inbox.state.value},
    )
