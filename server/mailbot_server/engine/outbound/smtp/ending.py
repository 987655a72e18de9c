"""What a reply or a break means for the attempt that met it (RFC 5321 4.2.1)."""

import ssl
from typing import Final

import aiosmtplib

from mailbot_server.core.delivery import Deferred, Lost, Outcome, Refused, Stage
from mailbot_server.core.mail import reply as replies
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status

# RFC 4954 6: they complain about our login, not about the message.
_LOGIN_CODES: Final = frozenset({530, 534, 535, 538})

NO_REPLY: Final = Reply(code=0)
"""Stands for whatever was sent instead of a reply."""


class Ended(Exception):
    """The attempt at this host is over, with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def judged(progress: Progress, reply: Reply) -> Ended:
    """The end by a reply that is not the wanted one."""
    if reply.code == 421 or reply.is_transient or reply.code in _LOGIN_CODES:
        return deferred(progress, reply)
    if reply.is_permanent:
        return Ended(Refused(trace=progress.trace(reply)))
    words = "the host answered with what is no SMTP reply to this"
    if progress.stage is Stage.EOD:
        return Ended(Lost(trace=progress.trace(own_status("4.5.0"), words)))
    return deferred(progress, own_status("4.5.0"), words)


def deferred(progress: Progress, reply: Reply, words: str = "") -> Ended:
    """The end for now, with our words where the host's would mislead."""
    is_quick = progress.stage in {Stage.CONNECT, Stage.GREETING}
    return Ended(Deferred(trace=progress.trace(reply, words), is_quick=is_quick))


def broken(progress: Progress, error: BaseException) -> Ended:
    """The end by a lost connection or a deadline."""
    return Ended(progress.broken(cause(error)))


def cause(error: BaseException) -> str:
    """A few words of our own for what a library or the system reports."""
    if isinstance(error, TimeoutError):
        return "timed out waiting for the host"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not valid: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        # Those that asyncio makes itself have no reason at all.
        return f"the handshake failed: {getattr(error, 'reason', '') or 'unknown'}"
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"the host said {replies.read(error.code, error.message).wire()}"
    if error.__cause__ is not None:
        return cause(error.__cause__)
    return "the connection was lost"
