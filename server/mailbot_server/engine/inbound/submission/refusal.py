"""The one table: why a message was not taken to the SMTP answer that says so."""

from typing import Final

from mailbot_server.core.errors import (
    InvalidInput,
    LimitExceeded,
    MailbotError,
    Unavailable,
)
from mailbot_server.core.mail import adopt, reply
from mailbot_server.core.mail.reply import Reply

# 4xx where the same message may be taken later: its sender's program keeps it and tries
# again. 5xx where somebody has to change something first.
_ANSWERS: Final[dict[str, tuple[int, str]]] = {
    "ACCOUNT_SUSPENDED": (450, "4.7.1"),
    "ADDRESS_INVALID": (550, "5.7.1"),
    "DAILY_SEND_LIMIT": (450, "4.7.1"),
    "DOMAIN_UNVERIFIED": (550, "5.7.1"),
    "FIELD_INVALID": (554, "5.6.0"),
    "INBOX_DISABLED": (550, "5.7.1"),
    "INBOX_EXPIRED": (550, "5.7.1"),
    "INBOX_PERMISSION_MISSING": (550, "5.7.1"),
    "INBOX_SUSPENDED": (450, "4.7.1"),
    "MESSAGE_TOO_LARGE": (552, "5.3.4"),
    "NOT_FOUND": (550, "5.7.1"),
    "RECIPIENT_BLOCKED": (550, "5.7.1"),
    "REQUEST_ID_REUSED": (554, "5.6.0"),
    "SCOPE_MISSING": (550, "5.7.1"),
    "SEND_RATE_LIMIT": (450, "4.7.1"),
    "TOO_MANY_RECIPIENTS": (554, "5.5.3"),
}
_OTHERWISE: Final = (550, "5.7.1")


def answer(error: MailbotError) -> Reply:
    """
    What the client is told, in the error's own words: they are meant for callers.

    A fault of ours says nothing of itself.
    """
    if isinstance(error, Unavailable):
        return reply.LOCAL_FAULT
    code, enhanced = _ANSWERS.get(error.reason, _OTHERWISE)
    if isinstance(error, LimitExceeded) and error.retry_after_seconds is None:
        # It has more recipients than the limit lets through on any day.
        code, enhanced = 550, "5.7.1"
    if isinstance(error, InvalidInput) and error.details.get("field") == adopt.LOOPED:
        return reply.MAIL_LOOP
    return Reply(code=code, enhanced=enhanced, text=error.message)
