"""Who wrote a message, by its header: a mailer, another program, or a person."""

import re
from typing import Final

from mailbot_server.core.mail.address import local_of
from mailbot_server.core.mail.dsn import phrase
from mailbot_server.core.mail.parse import Parsed, header_of

_ANSWERS: Final = ("re:", "aw:", "sv:", "antw:", "vs:", "odp:", "res:", "回复")
_FORWARDS: Final = re.compile(
    r"(fwd?|wg|tr|rv|i|enc|doorst|vl|vb|pd|tov|転送|转发|轉寄)\s{0,3}[:：]"  # noqa: RUF001
)
_AUTOMATIC: Final = (
    "auto reply",
    "auto-reply",
    "autoreply",
    "out of office",
    "automatic re",
)
_OTHER_REPORTS: Final = re.compile(
    r"report-type\s{0,3}=\s{0,3}\"?(feedback|disposition|tls)"
)


def is_mailers(parsed: Parsed) -> bool:
    """Whether its From is a mailer's, or its type a mailer's report."""
    # A null reverse-path says only that a machine wrote it: answers have it too.
    sender = header_of(parsed, "From").lower()
    return bool(phrase.SENDER.search(sender)) or declares_report(parsed)


def is_bulk(parsed: Parsed) -> bool:
    """Whether it is a mailing of somebody who only calls himself like a mailer."""
    if parsed.sender is None or is_from_nobody(parsed):
        return False
    name = local_of(parsed.sender.address.lower())
    if phrase.SENDER.search(f"{name}@"):
        return False
    return bool(header_of(parsed, "List-Unsubscribe"))


def is_machines(parsed: Parsed) -> bool:
    """Whether it says that nobody wrote it by hand."""
    submitted = header_of(parsed, "Auto-Submitted").strip().lower()
    return is_from_nobody(parsed) or submitted not in ("", "no")


def declares_report(parsed: Parsed) -> bool:
    """Whether it calls itself a report of a delivery (RFC 6522)."""
    kind = header_of(parsed, "Content-Type").lower()[:2000]
    if "report-type=delivery" in kind:
        return True
    return kind.startswith("multipart/report") and not _OTHER_REPORTS.search(kind)


def is_answer(parsed: Parsed) -> bool:
    """Somebody's answer, or a machine that answers for somebody."""
    subject = parsed.subject.lower()
    if subject.startswith(_ANSWERS) or is_forward(parsed):
        return told_at(parsed) is None or bool(parsed.in_reply_to)
    return subject.startswith(_AUTOMATIC)


def told_at(parsed: Parsed) -> int | None:
    """Where a mailer's words begin in the subject; None without any."""
    subject = parsed.subject.lower()
    table = phrase.SUBJECT_ASCII if subject.isascii() else phrase.SUBJECT
    match = table.search(subject)
    return match.start() if match else None


def is_forward(parsed: Parsed) -> bool:
    """Whether somebody passes on what had come to them."""
    return bool(_FORWARDS.match(parsed.subject.lower()))


def is_told_by_others(parsed: Parsed) -> bool:
    """
    Whether a subject that is a mailer's is only passed on: to a list, to readers.

    What comes back bears the fields of the list that it had gone to, but lists and
    trackers put a tag before a subject.
    """
    if is_from_nobody(parsed):
        return False
    if header_of(parsed, "List-Unsubscribe") or parsed.subject.startswith("["):
        return True
    return bool(told_at(parsed)) and bool(header_of(parsed, "List-Id"))


def may_wrap(parsed: Parsed) -> bool:
    """Whether a report inside a message may be what the message is about."""
    if is_mailers(parsed):
        return True
    return told_at(parsed) is not None and not is_forward(parsed)


def is_from_nobody(parsed: Parsed) -> bool:
    """Whether it says that it came from the null reverse-path."""
    return header_of(parsed, "Return-Path").replace(" ", "") == "<>"
