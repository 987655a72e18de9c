"""
Finds deliveries by filter, a bounded stretch of rows at a time.

What only names deliveries or a message is found by those. Anything else walks the rows
of an account backwards, where only open ones are wanted along an index of these; a
stretch in which nothing matches still moves on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from mailbot_server.core import ids
from mailbot_server.core.delivery import Delivery, DeliveryFilter, State
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries.records import for_update
from mailbot_server.store.deliveries.rows import SELECT, read
from mailbot_server.store.statements import marks, padded

STRETCH: Final = 5000
"""Rows that one page looks at, at most."""

_OPEN: Final = "state IN ('queued', 'leased', 'deferred', 'held')"
_NO_CHANCE: Final = bytes(10)
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9999, 1, 1, tzinfo=UTC)
_ALMOST: Final = timedelta(microseconds=999)
"""Ids know milliseconds; an instant between two of them means the later one."""


class Place(NamedTuple):
    """A delivery in the order of lists: behind it come older ones."""

    account_id: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Deliveries, newest first, and behind which to go on; None at the end."""

    deliveries: list[Delivery]
    last: Place | None


def page(
    tx: Transaction, wanted: DeliveryFilter, behind: Place | None, limit: int
) -> Listed:
    """
    At most `limit` that match, newest first, of all accounts the newest account first.

    There may be none on a page that is not the last.
    """
    where = _within(wanted)
    if behind is not None:
        where.add(*_beside("<", wanted, behind))
    floor = None
    if not (wanted.ids or wanted.message_id):
        floor = _floor(tx, where, wanted)
    if floor is not None:
        where.add(*_beside(">=", wanted, floor))
    _narrow(where, wanted)
    sql = f"{SELECT} WHERE {where.text} ORDER BY {_order(wanted)} LIMIT ?"
    found = [read(row) for row in tx.all(sql, *where.values, limit + 1)]
    shown = found[:limit]
    if len(found) > limit:
        return Listed(deliveries=shown, last=Place(shown[-1].account_id, shown[-1].id))
    return Listed(deliveries=shown, last=floor)


def lock(
    tx: Transaction, wanted: DeliveryFilter, delivery_ids: Sequence[str]
) -> list[Delivery]:
    """Those of these that still match, oldest first; on PostgreSQL they stay so."""
    if not delivery_ids:
        return []
    where = _Where()
    where.among("id", delivery_ids)
    _narrow(where, wanted)
    if wanted.account_id is not None:
        where.add("account_id || '' = ?", wanted.account_id)
    sql = f"{SELECT} WHERE {where.text} ORDER BY id{for_update(tx)}"
    return [read(row) for row in tx.all(sql, *where.values)]


@dataclass(slots=True)
class _Where:
    """Conditions that all hold, and their parameters."""

    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " AND ".join(self.conditions) or "1 = 1"

    def add(self, condition: str, *values: Any) -> None:
        self.conditions.append(condition)
        self.values.extend(values)

    def among(self, expression: str, values: Sequence[str]) -> None:
        """One of these; none of none."""
        wanted = padded(list(values)) if values else []
        what = f"{expression} IN ({marks(len(wanted))})" if wanted else "1 = 0"
        self.add(what, *wanted)


def _within(wanted: DeliveryFilter) -> _Where:
    """What an index finds."""
    where = _Where()
    if wanted.ids:
        where.among("id", wanted.ids)
    elif wanted.message_id:
        where.add("message_id = ?", wanted.message_id)
    elif wanted.is_open:
        where.add(_OPEN)
    own = wanted.account_id is not None
    if own and (wanted.ids or wanted.message_id or _is_of_inbox(wanted)):
        where.add("account_id || '' = ?", wanted.account_id)
    elif own:
        where.add("account_id = ?", wanted.account_id)
    if _is_of_inbox(wanted):
        where.add("inbox_id = ?", wanted.inbox_id)
    if not wanted.ids and wanted.after is not None:
        where.add("id >= ?", _first_id(wanted.after))
    if not wanted.ids and wanted.before is not None:
        where.add("id < ?", _first_id(wanted.before))
    return where


def _is_of_inbox(wanted: DeliveryFilter) -> bool:
    """Whether the open deliveries of an inbox are walked, which have an index."""
    named = wanted.ids or wanted.message_id
    return bool(wanted.inbox_id and wanted.is_open and not named)


def _floor(tx: Transaction, where: _Where, wanted: DeliveryFilter) -> Place | None:
    """The last delivery of the stretch; None when it reaches the end."""
    row = tx.one(
        f"SELECT account_id, id FROM delivery WHERE {where.text}"  # noqa: S608
        f" ORDER BY {_order(wanted)} LIMIT 1 OFFSET ?",
        *(*where.values, STRETCH - 1),
    )
    return Place(*row) if row else None


def _has_one_owner(wanted: DeliveryFilter) -> bool:
    return wanted.account_id is not None or _is_of_inbox(wanted)


def _order(wanted: DeliveryFilter) -> str:
    return "id DESC" if _has_one_owner(wanted) else "account_id DESC, id DESC"


def _beside(
    sign: str, wanted: DeliveryFilter, place: Place
) -> tuple[str, *tuple[str, ...]]:
    if _has_one_owner(wanted):
        return f"id {sign} ?", place.id
    return f"(account_id, id) {sign} (?, ?)", place.account_id, place.id


def _narrow(where: _Where, wanted: DeliveryFilter) -> None:
    """What is looked at row by row; spelt so that no index fits it."""
    texts = {
        "inbox_id || ''": wanted.inbox_id,
        "message_id || ''": wanted.message_id,
        "domain": wanted.domain,
        "LOWER(recipient)": wanted.recipient,
        "hold_reason || ''": wanted.hold_reason,
        "bounce_class": wanted.bounce_class,
        "stream || ''": wanted.stream.value if wanted.stream else "",
    }
    for expression, value in texts.items():
        if value:
            where.add(f"{expression} = ?", value)
    if wanted.states:
        where.among("state || ''", [state.value for state in wanted.states])
    if wanted.hold_reason:
        where.add("state || '' = ?", State.HELD.value)
    if wanted.visible_inbox_ids is not None:
        where.among("inbox_id || ''", wanted.visible_inbox_ids)
    if wanted.due_after is not None:
        where.add("due_at + 0 > ?", columns.write_time(wanted.due_after))
    if wanted.ids:
        if wanted.after is not None:
            where.add("id || '' >= ?", _first_id(wanted.after))
        if wanted.before is not None:
            where.add("id || '' < ?", _first_id(wanted.before))


def _first_id(moment: datetime) -> str:
    """The lowest id of a delivery made at or after this instant."""
    known = min(max(moment, _FIRST), _LAST)
    return ids.make("dlv", known + _ALMOST, _NO_CHANCE)
