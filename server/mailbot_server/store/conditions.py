"""
What of a log fits a filter, as SQL that no index is chosen for.

Whoever reads the log says by which column it is found; everything else is compared
row by row. Rows that an older program wrote lack the columns that later ones have:
those are worked out of the row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from mailbot_server.core.event import EventFilter
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded

# By whether it is PostgreSQL.
_DOMAIN: Final = {
    True: "lower(substring(recipient from '[^@]*$'))",
    False: (
        "lower(replace(recipient, rtrim(recipient, replace(recipient, '@', '')), ''))"
    ),
}
_CODE: Final = {
    True: "(detail::jsonb -> 'reply' ->> 'code')::int",
    False: "json_extract(detail, '$.reply.code')",
}
_CLASS: Final = {
    True: "detail::jsonb ->> 'bounce_class'",
    False: "json_extract(detail, '$.bounce_class')",
}
_INBOX_LABEL: Final = (
    "EXISTS (SELECT 1 FROM inbox_label WHERE inbox_label.account_id = ?"
    " AND inbox_label.inbox_id = event.inbox_id AND inbox_label.label IN ({}))"
)
_MESSAGE_LABEL: Final = (
    "EXISTS (SELECT 1 FROM message_label WHERE message_label.account_id = ?"
    " AND message_label.inbox_id = event.inbox_id"
    " AND message_label.message_id = event.message_id"
    " AND message_label.label IN ({}))"
)
_MERGED: Final = (
    "SELECT id FROM thread WHERE root_id IN (SELECT root_id FROM thread WHERE id IN"
    " ({}))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A piece of SQL and what is bound to it; `field` is the filter's."""

    field: str
    sql: str
    parameters: tuple[Any, ...]


def conditions(
    tx: Transaction, account_id: str, wanted: EventFilter
) -> list[Condition]:
    """What a row of `event`, of this account, must fulfil."""
    codes = f"COALESCE(smtp_code, {_CODE[tx.is_postgres]})"
    found = [
        _among("inbox_ids", "inbox_id || ''", wanted.inbox_ids),
        _among("types", "type || ''", wanted.types),
        _among("thread_ids", "thread_id || ''", with_merged(tx, wanted.thread_ids)),
        _among("message_ids", "message_id || ''", wanted.message_ids),
        _among("recipients", "lower(recipient) || ''", wanted.recipients),
        _among(
            "recipient_domains",
            f"COALESCE(recipient_domain, {_DOMAIN[tx.is_postgres]})",
            wanted.recipient_domains,
        ),
        _among("smtp_codes", codes, wanted.smtp_codes),
        _among(
            "bounce_classes",
            f"COALESCE(bounce_class, {_CLASS[tx.is_postgres]})",
            wanted.bounce_classes,
        ),
        _labelled("inbox_labels", _INBOX_LABEL, account_id, wanted.inbox_labels),
        _labelled("message_labels", _MESSAGE_LABEL, account_id, wanted.message_labels),
        *_times(wanted),
        _visible(wanted.visible_inbox_ids),
    ]
    return [each for each in found if each is not None]


def with_merged(tx: Transaction, thread_ids: Sequence[str]) -> tuple[str, ...]:
    """Every id that these threads have had: filters by thread follow merges."""
    if not thread_ids:
        return ()
    asked = padded(thread_ids)
    rows = tx.all(_MERGED.format(marks(len(asked))), *asked)
    return tuple(sorted({*thread_ids, *(row[0] for row in rows)}))


def _among(field: str, spelt: str, values: Sequence[Any]) -> Condition | None:
    if not values:
        return None
    asked = padded(values)
    sql = f"{spelt} IN ({marks(len(asked))})"
    return Condition(field=field, sql=sql, parameters=tuple(asked))


def _labelled(
    field: str, sql: str, account_id: str, labels: Sequence[str]
) -> Condition | None:
    if not labels:
        return None
    asked = padded(labels)
    return Condition(
        field=field,
        sql=sql.format(marks(len(asked))),
        parameters=(account_id, *asked),
    )


def _times(wanted: EventFilter) -> list[Condition]:
    found = []
    if wanted.starts_at is not None:
        since = (columns.write_time(wanted.starts_at),)
        sql = "created_at + 0 >= ?"
        found.append(Condition(field="starts_at", sql=sql, parameters=since))
    if wanted.ends_at is not None:
        until = (columns.write_time(wanted.ends_at),)
        sql = "created_at + 0 < ?"
        found.append(Condition(field="ends_at", sql=sql, parameters=until))
    return found


def _visible(inbox_ids: tuple[str, ...] | None) -> Condition | None:
    """A key that may see no inbox sees nothing."""
    name = "visible_inbox_ids"
    if inbox_ids == ():
        return Condition(field=name, sql="1 = 0", parameters=())
    return _among(name, "inbox_id || ''", inbox_ids or ())
