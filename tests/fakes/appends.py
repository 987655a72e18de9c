"""Operations that append to a log, or begin to: functions of a module."""

import time

from mailbot_server.core.event import Event, EventType, InboxDetail
from mailbot_server.store import events
from mailbot_server.store.database import Transaction


class TakenBack(Exception):
    """What an operation raises that is to leave nothing."""


def open_log(tx: Transaction, account_id: str) -> None:
    """Begins a log."""
    events.open_log(tx, account_id)


def append(tx: Transaction, account_id: str, count: int, seconds: float) -> list[str]:
    """Appends, after a while; the ids of the events."""
    time.sleep(seconds)
    detail = InboxDetail(state="active")
    return [
        tx.emit(
            Event(
                type=EventType.INBOX_UPDATED,
                account_id=account_id,
                inbox_id=f"inb_{number}",
                detail=detail,
            )
        )
        for number in range(count)
    ]


def append_and_fail(
    tx: Transaction, account_id: str, count: int, seconds: float
) -> list[str]:
    """Fails before anything has a position."""
    append(tx, account_id, count, seconds)
    raise TakenBack


def append_and_fail_late(
    tx: Transaction, account_id: str, count: int, seconds: float
) -> list[str]:
    """Fails when the positions are given and the rows are written."""
    append(tx, account_id, count, seconds)
    tx.finish()
    raise TakenBack
