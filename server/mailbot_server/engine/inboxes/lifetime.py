"""How long an inbox may live, and what may still be done with one that has expired."""

from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.errors import WrongState, one_field
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.policy import STATE_KIND

LIFETIME_MIN: Final = timedelta(minutes=1)
LIFETIME_MAX: Final = timedelta(days=366)


def check_expiry(expires_at: datetime | None, now: datetime) -> None:
    """Raises InvalidInput unless it lies ahead, but not too far; None is for ever."""
    if expires_at is None:
        return
    if expires_at <= now:
        raise one_field("inbox.expire_time", "must be in the future")
    if expires_at > now + LIFETIME_MAX:
        words = f"must be at most {LIFETIME_MAX.days} days ahead"
        raise one_field("inbox.expire_time", words)


def check_alive(inbox: Inbox, now: datetime) -> None:
    """Raises WrongState INBOX_EXPIRED for a throw-away inbox that reached its end."""
    if inbox.is_expired(now):
        message = f"inbox {inbox.address} has expired for good; create a new one"
        raise WrongState(
            message,
            reason="INBOX_EXPIRED",
            kind=STATE_KIND,
            subject=inbox.id,
            details={"inbox_id": inbox.id, "state": inbox.state.value},
        )
