"""Places of an account's log: where readers begin, and where it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.store import events
from mailbot_server.store.database import Transaction
from mailbot_server.store.events import Ends

POLL_SECONDS: Final = 1.0
"""How long whoever follows a log may rest: a wake-up is only a hint."""
COALESCE_SECONDS: Final = 0.005
"""A busy reader waits so long for more: writes cost more than events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point of an account's log and the log's ends, read together."""

    position: int
    head: int
    epoch: str
    trimmed: int = 0
    """Up to where the log is no longer kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """A sign of life: nothing matching up to `position`, the log ends at `head`."""

    position: int
    head: int

    @property
    def is_caught_up(self) -> bool:
        """Whether everything that is committed has been looked at."""
        return self.position >= self.head


def latest(tx: Transaction, account_id: str) -> Place:
    """The end of the log."""
    ends = events.ends(tx, account_id)
    return _place(tx, ends, ends.head)


def earliest(tx: Transaction, account_id: str) -> Place:
    """Before the first event that is kept."""
    ends = events.ends(tx, account_id)
    return _place(tx, ends, ends.trimmed)


def since(tx: Transaction, account_id: str, moment: datetime) -> Place:
    """Before the first event that is kept and was created at or after `moment`."""
    ends = events.ends(tx, account_id)
    position = events.position_before(tx, account_id, moment)
    return _place(tx, ends, max(position, ends.trimmed))


def behind(tx: Transaction, account_id: str, position: int) -> Place:
    """After `position`; raises CursorGone when the log is not whole from there on."""
    return _place(tx, events.kept_after(tx, account_id, position), position)


def _place(tx: Transaction, ends: Ends, position: int) -> Place:
    return Place(
        position=position,
        head=ends.head,
        epoch=events.epoch(tx),
        trimmed=ends.trimmed,
    )
