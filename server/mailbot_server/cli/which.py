"""Reads which deliveries a command is about: ids, and conditions like `state=held`."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

OPEN: Final = ("queued", "leased", "deferred", "held")
HELP: Final = (
    "dlv_..., msg_..., inb_... or an inbox's address; state=, domain=, to=, hold=,"
    " class=, stream=, after=, before=. All must hold; the same one again: any of them."
)


def filter_of(words: Sequence[str], *, own: bool) -> dict[str, Any]:
    """
    The words as options of the SDK; `own` leaves out other accounts.

    Raises ValueError, which names the word that cannot be read.
    """
    wanted: dict[str, Any] = {}
    for word in words:
        name, value = _read(word)
        if name in _MANY:
            wanted.setdefault(name, []).append(value)
        elif name in wanted:
            raise ValueError(f"{word!r}: there is one already, and both cannot hold")
        else:
            wanted[name] = value
    return wanted if own else {**wanted, "all_accounts": True}


def _read(word: str) -> tuple[str, Any]:
    """The option's name, and its value."""
    key, equals, value = word.partition("=")
    if equals and key in _KEYS:
        name, convert = _KEYS[key]
        return name, convert(value)
    name = _IDS.get(word.partition("_")[0], "inbox_id" if "@" in word else "")
    if not name:
        raise ValueError(f"{word!r} is no id and no condition; there are {HELP}")
    return name, word


def instant(text: str) -> datetime:
    """ISO 8601; UTC unless it says otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        words = f"{text[:40]!r} is no instant like 2030-01-31T12:00Z"
        raise ValueError(words) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_KEYS: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {
    "state": ("states", str),
    "domain": ("recipient_domain", str),
    "to": ("recipient", str),
    "hold": ("hold_reason", str),
    "class": ("bounce_class", str),
    "stream": ("stream", str),
    "after": ("after_time", instant),
    "before": ("before_time", instant),
}
_IDS: Final = {"dlv": "ids", "msg": "message_id", "inb": "inbox_id"}
_MANY: Final = frozenset({"ids", "states"})
