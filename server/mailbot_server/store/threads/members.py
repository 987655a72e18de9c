"""The messages of a thread, as far as it needs them to be explained or split."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from mailbot_server.core import thread
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Direction
from mailbot_server.core.thread import Field
from mailbot_server.store import columns, mailboxes
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded

_COLUMNS: Final = (
    *("id", "direction", "created_at", "automated", "snippet", "subject"),
    *("sender_address", "sender_name", "addressees", "rfc822_message_id"),
    *("in_reply_to", "reference_ids", "more_ties"),
)
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM message"  # noqa: S608
_NEWEST: Final = f"{_SELECT} WHERE thread_id IN ({{}}) ORDER BY id DESC LIMIT ?"
_OLDEST: Final = f"{_SELECT} WHERE thread_id IN ({{}}) ORDER BY id LIMIT ?"
_THESE: Final = f"{_SELECT} WHERE id IN ({{}}) AND thread_id IN ({{}}) ORDER BY id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A message of a thread; `people` are who wrote it and to whom."""

    id: str
    direction: Direction
    created_at: datetime
    automated: bool
    snippet: str
    subject: str
    people: tuple[Mailbox, ...]
    mentions: Mapping[str, Field]


def newest(tx: Transaction, thread_ids: Sequence[str], limit: int) -> list[Member]:
    """The newest messages that threads of these ids were given, newest first."""
    return _listed(tx, _NEWEST, thread_ids, limit)


def oldest(tx: Transaction, thread_ids: Sequence[str], limit: int) -> list[Member]:
    """As `newest`, but the oldest, oldest first."""
    return _listed(tx, _OLDEST, thread_ids, limit)


def these(
    tx: Transaction, thread_ids: Sequence[str], message_ids: Sequence[str]
) -> list[Member]:
    """Those of these messages that are in threads of these ids, oldest first."""
    wanted, within = padded(message_ids), padded(thread_ids)
    sql = _THESE.format(marks(len(wanted)), marks(len(within)))
    return [_member(row) for row in tx.all(sql, *wanted, *within)]


def _listed(
    tx: Transaction, sql: str, thread_ids: Sequence[str], limit: int
) -> list[Member]:
    wanted = padded(thread_ids)
    found = tx.all(sql.format(marks(len(wanted))), *wanted, limit)
    return [_member(row) for row in found]


def _member(row: Sequence[Any]) -> Member:
    values = dict(zip(_COLUMNS, row, strict=True))
    direction = Direction(values["direction"])
    addressees = mailboxes.read_addressees(values["addressees"])
    people = [*addressees.to, *addressees.cc]
    if direction is Direction.OUTBOUND:
        people += addressees.bcc
    elif values["sender_address"] or values["sender_name"]:
        name = values["sender_name"]
        sender = Mailbox(address=values["sender_address"], display_name=name)
        people.insert(0, sender)
    return Member(
        id=values["id"],
        direction=direction,
        created_at=columns.read_time(values["created_at"]),
        automated=bool(values["automated"]),
        snippet=values["snippet"],
        subject=values["subject"],
        people=tuple(people),
        mentions=thread.mentions(
            values["rfc822_message_id"],
            values["in_reply_to"],
            columns.read_list(values["reference_ids"]),
            columns.read_list(values["more_ties"]),
        ),
    )
