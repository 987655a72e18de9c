"""Instants, lengths of time and replies as people say them."""

from datetime import UTC, datetime, timedelta
from typing import Final

from mailbot_server.core.mail.reply import Reply

REPLY_MAX: Final = 200
"""Characters of a reply or diagnostic in a sentence; all of it stands elsewhere."""

_UNITS: Final = (
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
    (timedelta(seconds=1), "second"),
)


def at(moment: datetime, now: datetime) -> str:
    """`14:05 UTC`, with its date unless that is today's."""
    moment = moment.astimezone(UTC)
    is_today = moment.date() == now.astimezone(UTC).date()
    return moment.strftime("%H:%M UTC" if is_today else "%Y-%m-%d %H:%M UTC")


def within(moment: datetime, now: datetime) -> str:
    """`14:05 UTC (in 12 minutes)`."""
    return f"{at(moment, now)} (in {length(moment - now)})"


def length(span: timedelta) -> str:
    """`12 minutes`: in the largest unit of which there are two."""
    for unit, name in _UNITS:
        if span >= 2 * unit:
            return count(round(span / unit), name)
    return "1 second"


def count(number: int, thing: str) -> str:
    """`1 attempt`, `3 attempts`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def said(reply: Reply) -> str:
    """`451 4.7.0 Try again later`, in one line and cut."""
    code = str(reply.code) if reply.code else ""
    return cut(" ".join(word for word in (code, reply.enhanced, reply.text) if word))


def cut(text: str) -> str:
    """In one line, not longer than a sentence bears, without its full stop."""
    line = " ".join(text.split())
    if len(line) > REPLY_MAX:
        return f"{line[:REPLY_MAX]}…"
    return line.removesuffix(".")
