"""
The ways along which an account's log is read: one index each, in order of position.

A lane is some values of a column that an index holds together with the position, so
that a page begins where the last one ended. Its condition repeats what the index
leaves out, because values are bound after the plan is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mailbot_server.core.event import EventFilter
from mailbot_server.store.conditions import with_merged
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded

VALUES_MAX: Final = 1000
"""A field with more values is no way to read along; it is compared row by row."""

REFUSALS: Final = 400
"""Codes from here on have an index; what was accepted is most of the log."""

TOGETHER: Final = 64
"""Messages whose events are read at once."""

_INSIDE: Final = "account_id || '' = ? AND"
_BY_MESSAGE: Final = f"{_INSIDE} message_id IN ({{}}) AND message_id <> ''"
_BY_INBOX: Final = f"{_INSIDE} inbox_id = ? AND inbox_id <> ''"
# By the field of the filter, likely the shortest way first.
_WAYS: Final[Mapping[str, str]] = {
    "message_ids": _BY_MESSAGE,
    "thread_ids": f"{_INSIDE} thread_id = ? AND thread_id <> ''",
    "recipients": "account_id = ? AND lower(recipient) = ? AND recipient <> ''",
    "bounce_classes": "account_id = ? AND bounce_class = ? AND bounce_class <> ''",
    "smtp_codes": f"account_id = ? AND smtp_code = ? AND smtp_code >= {REFUSALS}",
    "message_labels": _BY_MESSAGE,
    "recipient_domains": (
        "account_id = ? AND recipient_domain = ? AND recipient_domain <> ''"
    ),
    "types": "account_id = ? AND type = ?",
    "inbox_ids": _BY_INBOX,
    "inbox_labels": _BY_INBOX,
    "visible_inbox_ids": _BY_INBOX,
}
# SQLite, which knows nothing of how many there are, would rather read all of the log.
_INDEX: Final[Mapping[str, str]] = {
    "message_ids": "event_message",
    "thread_ids": "event_thread",
    "recipients": "event_recipient",
    "bounce_classes": "event_class",
    "smtp_codes": "event_code",
    "message_labels": "event_message",
    "recipient_domains": "event_domain",
    "types": "event_type",
    "inbox_ids": "event_inbox",
    "inbox_labels": "event_inbox",
    "visible_inbox_ids": "event_inbox",
}
_ALL: Final = "account_id = ?"
_UNFILLED: Final = (
    "SELECT 1 FROM event WHERE account_id = ? AND smtp_code IS NULL"
    " ORDER BY position LIMIT 1"
)
_LABELLED: Final = (
    "SELECT DISTINCT {}_id FROM {}_label WHERE account_id = ? AND label IN ({}) LIMIT ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """
    A condition, and what is bound to it for each of the values that it is read for.

    The filter's `field` need not be compared any more; "" is all of the log.
    """

    field: str
    sql: str
    each: tuple[tuple[Any, ...], ...]

    def table(self, *, is_postgres: bool) -> str:
        """What is read: the log, along this lane's index where that must be said."""
        if is_postgres or not self.field:
            return "event"
        return f"event INDEXED BY {_INDEX[self.field]}"


def whole(account_id: str) -> Lane:
    """All of the log."""
    return Lane(field="", sql=_ALL, each=((account_id,),))


def lanes(tx: Transaction, account_id: str, wanted: EventFilter) -> list[Lane]:
    """The ways to what is wanted, likely the shortest first; one may be empty."""
    values = _values(tx, account_id, wanted)
    return [
        _lane(field, account_id, list(dict.fromkeys(values[field])))
        for field in _WAYS
        if field in values and len(values[field]) <= VALUES_MAX
    ]


def _lane(field: str, account_id: str, values: list[Any]) -> Lane:
    sql = _WAYS[field]
    if sql is not _BY_MESSAGE:
        each = tuple((account_id, value) for value in values)
        return Lane(field=field, sql=sql, each=each)
    # A message has few events: those of many messages are sorted when they are read.
    size = min(TOGETHER, len(padded(values))) if values else 0
    groups = [values[at : at + TOGETHER] for at in range(0, len(values), TOGETHER)]
    return Lane(
        field=field,
        sql=sql.format(marks(size)),
        each=tuple((account_id, *_filled_up(group, size)) for group in groups),
    )


def _filled_up(values: list[Any], size: int) -> list[Any]:
    return [*values, *(values[-1:] * (size - len(values)))]


def _values(
    tx: Transaction, account_id: str, wanted: EventFilter
) -> dict[str, Sequence[Any]]:
    """The values of each field by which the log may be read."""
    found: dict[str, Sequence[Any]] = {
        "message_ids": wanted.message_ids,
        "thread_ids": with_merged(tx, wanted.thread_ids),
        "recipients": wanted.recipients,
        "types": [each.value for each in wanted.types],
        "inbox_ids": wanted.inbox_ids,
        **_of_filled(tx, account_id, wanted),
    }
    found = {field: values for field, values in found.items() if values}
    # No value at all, but something asked for: nothing can match.
    if wanted.visible_inbox_ids is not None:
        found["visible_inbox_ids"] = wanted.visible_inbox_ids
    for noun, labels in (
        ("message", wanted.message_labels),
        ("inbox", wanted.inbox_labels),
    ):
        if labels:
            found[f"{noun}_labels"] = _carrying(tx, noun, account_id, labels)
    return found


def _of_filled(
    tx: Transaction, account_id: str, wanted: EventFilter
) -> dict[str, Sequence[Any]]:
    """What older rows lack is no way to them, until all of it is filled in."""
    asked: dict[str, Sequence[Any]] = {
        "recipient_domains": wanted.recipient_domains,
        "bounce_classes": wanted.bounce_classes,
    }
    if wanted.smtp_codes and min(wanted.smtp_codes) >= REFUSALS:
        asked["smtp_codes"] = wanted.smtp_codes
    is_asked = any(asked.values())
    return {} if is_asked and tx.one(_UNFILLED, account_id) else asked


def _carrying(
    tx: Transaction, noun: str, account_id: str, labels: Sequence[str]
) -> list[str]:
    """What carries one of the labels now; more than VALUES_MAX are too many."""
    asked = padded(labels)
    sql = _LABELLED.format(noun, noun, marks(len(asked)))
    rows = tx.all(sql, account_id, *asked, VALUES_MAX + 1)
    return [str(row[0]) for row in rows]
