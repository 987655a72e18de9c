"""
Messages: written once with their bytes, parts and index; read by id and in lists.

A row also has `seq`, the order in which the full-text index knows it.
"""

import functools
import json
import operator
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import peewee

from mailbot_server.core import ids
from mailbot_server.core.event import EventType
from mailbot_server.core.mail import address
from mailbot_server.core.mail.parse import Part
from mailbot_server.core.message import (
    Direction,
    Message,
    MessageFilter,
    Via,
)
from mailbot_server.core.search.document import Document
from mailbot_server.store import (
    columns,
    message_labels,
    message_rows,
    raws,
    schema,
    search,
    threads,
)
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import (
    allowed_inboxes,
    along_index,
    marks,
    of,
    padded,
    sorting,
    unindexed,
    within,
)

# A message's bytes and parts are read through this noun, and kept beside it.
raw = raws.raw
part = raws.part
parts = raws.parts

_INSERT: Final = (
    f"INSERT INTO message ({', '.join(message_rows.COLUMNS)}, source_delivery_id)"  # noqa: S608
    f" VALUES ({', '.join('?' * (len(message_rows.COLUMNS) + 1))})"
    " ON CONFLICT (source_delivery_id) DO NOTHING RETURNING seq"
)
_COMPLETE: Final = (
    f"UPDATE message SET {', '.join(f'{name} = ?' for name in message_rows.READ)}"  # noqa: S608
    " WHERE id = ? AND parse_state = 'accepted' RETURNING seq"
)
_SELECT: Final = f"SELECT {', '.join(message_rows.COLUMNS)} FROM message"  # noqa: S608
_RFC822_INDEXED: Final = 200
"""Characters of a Message-ID; PostgreSQL's indexes hold no key over 2,700 bytes."""

_RFC822_PREFIX: Final = f"substr(rfc822_message_id, 1, {_RFC822_INDEXED})"
# Whoever sends one Message-ID again and again is not read whole.
_REPEATED: Final = (
    "SELECT id, duplicate_of FROM (SELECT id, duplicate_of, direction, created_at,"  # noqa: S608
    " rfc822_message_id, content_sha256, envelope_sender, envelope_recipient"
    f" FROM message WHERE inbox_id = ? AND {_RFC822_PREFIX} = ?"
    " ORDER BY id DESC LIMIT 100) AS newest"
    " WHERE rfc822_message_id = ? AND direction = 'inbound' AND content_sha256 = ?"
    " AND envelope_sender = ? AND envelope_recipient = ? AND created_at >= ?"
    " AND id <> ? ORDER BY id LIMIT 1"
)
_SENT_AS: Final = (
    f"{_SELECT} WHERE inbox_id = ? AND direction = 'outbound'"
    f" AND {_RFC822_PREFIX} IN ({{}})"
)
# An id may be made a little before the operation that writes its message.
_ID_SLACK: Final = timedelta(hours=1)
_LAST_ID: Final = f"msg_{'z' * 26}"
_LABELLED_BATCH: Final = 500
_TOGETHER: Final = 50
"""So many inboxes are read one by one and merged."""

Bearings = tuple[dict[str, str], Via | None]
NO_BEARINGS: Final[Bearings] = ({}, None)
"""Of a message that is gone."""


def add(
    tx: Transaction,
    message: Message,
    raw: bytes,
    parts: Sequence[Part],
    index_text: Document,
    source_delivery_id: str | None = None,
    *,
    shift: int = 0,
) -> bool:
    """
    Keeps a new message, counts it in its inbox and indexes `index_text`.

    `raw` has `shift` octets before what the places of `parts` are counted from. One in
    quarantine is counted apart and not indexed. False, and nothing written, when what
    `source_delivery_id` names was accepted before (see `accepted_as`).
    """
    row = tx.one(_INSERT, *message_rows.row(message).values(), source_delivery_id)
    if row is None:
        return False
    raws.add(tx, message.id, raw, parts, shift)
    message_labels.add(tx, message)
    if message.is_quarantined:
        tx.count(message.inbox_id, quarantined_messages=1)
        return True
    search.add(tx, int(row[0]), (message.account_id, message.inbox_id), index_text)
    if message.direction is Direction.INBOUND:
        tx.count(message.inbox_id, inbound_messages=1)
    else:
        tx.count(message.inbox_id, outbound_messages=1)
    return True


def accepted_as(tx: Transaction, source_delivery_id: str) -> str | None:
    """The id of the message that a local delivery became, if it was accepted."""
    row = tx.one(
        "SELECT id FROM message WHERE source_delivery_id = ?", source_delivery_id
    )
    return str(row[0]) if row else None


def complete(
    tx: Transaction, message: Message, parts: Sequence[Part], index_text: Document
) -> bool:
    """
    Writes what reading an accepted message gave later: its columns, parts and index.

    False, and nothing written, when somebody else has completed it.
    """
    values = message_rows.row(message)
    row = tx.one(_COMPLETE, *(values[name] for name in message_rows.READ), message.id)
    if row is None:
        return False
    raws.replace_parts(tx, message.id, parts)
    if message.is_quarantined:
        return True
    search.remove(tx, int(row[0]))
    search.add(tx, int(row[0]), (message.account_id, message.inbox_id), index_text)
    threads.retell(tx, message)
    return True


def release(tx: Transaction, message: Message, index_text: Document) -> bool:
    """
    Makes a message that is in quarantine one like any other, in the thread it names.

    False, and nothing written, when somebody else has released it.
    """
    values = message_rows.row(message)
    row = tx.one(
        "UPDATE message SET thread_id = ?, duplicate_of = ?, quarantine = ?,"
        " is_quarantined = 0 WHERE id = ? AND is_quarantined = 1 RETURNING seq",
        *(message.thread_id, message.duplicate_of, values["quarantine"], message.id),
    )
    if row is None:
        return False
    search.add(tx, int(row[0]), (message.account_id, message.inbox_id), index_text)
    tx.count(message.inbox_id, quarantined_messages=-1, inbound_messages=1)
    return True


def bearings(tx: Transaction, message_id: str) -> Bearings:
    """What each event of a message carries, its metadata, and how it was handed in."""
    return bearings_of(tx, [message_id]).get(message_id, NO_BEARINGS)


def bearings_of(tx: Transaction, message_ids: Sequence[str]) -> dict[str, Bearings]:
    """The same for many messages, without those that are gone."""
    if not message_ids:
        return {}
    wanted = padded(list(dict.fromkeys(message_ids)))
    sql = f"SELECT id, metadata, via FROM message WHERE id IN ({marks(len(wanted))})"  # noqa: S608
    return {
        id_: (columns.read_mapping(metadata), Via(via))
        for id_, metadata, via in tx.all(sql, *wanted)
    }


def get(
    tx: Transaction, account_id: str, message_id: str, *, is_locked: bool = False
) -> Message | None:
    """One message of the account; locked, nobody else changes it meanwhile."""
    lock = " FOR UPDATE" if is_locked and tx.is_postgres else ""
    sql = f"{_SELECT} WHERE id = ? AND account_id = ?{lock}"
    row = tx.one(sql, message_id, account_id)
    return message_rows.message(row) if row else None


def of_ids(
    tx: Transaction, account_id: str, message_ids: Sequence[str]
) -> list[Message]:
    """Those of the messages that the account has, in the order asked for."""
    if not message_ids:
        return []
    wanted = padded(message_ids)
    sql = f"{_SELECT} WHERE id IN ({marks(len(wanted))}) AND account_id || '' = ?"
    rows = tx.all(sql, *wanted, account_id)
    found = {message.id: message for message in map(message_rows.message, rows)}
    return [found[each] for each in message_ids if each in found]


def repeated_by(tx: Transaction, message: Message, since: datetime) -> str:
    """
    The id of the received message that this one repeats, "" when there is none.

    The oldest accepted since then that came to the same address, from the same
    reverse-path, with the same bytes, among the 100 newest with its Message-ID.
    """
    row = tx.one(
        _REPEATED,
        message.inbox_id,
        message.rfc822_message_id[:_RFC822_INDEXED],
        message.rfc822_message_id,
        message.content_sha256,
        message.envelope_sender,
        message.envelope_recipient,
        columns.write_time(since),
        message.id,
    )
    return str(row[1] or row[0]) if row else ""


def sent_as(
    tx: Transaction, inbox_id: str, rfc822_message_ids: Sequence[str]
) -> dict[str, Message]:
    """Messages that the inbox sent, the oldest of each, by their Message-ID."""
    if not rfc822_message_ids:
        return {}
    wanted = padded([name[:_RFC822_INDEXED] for name in rfc822_message_ids])
    rows = tx.all(_SENT_AS.format(marks(len(wanted))), inbox_id, *wanted)
    found: dict[str, Message] = {}
    # Sorted here: for an ORDER BY, SQLite would rather read the whole inbox in order.
    for message in map(message_rows.message, sorted(rows)):
        found.setdefault(message.rfc822_message_id, message)
    return {name: found[name] for name in rfc822_message_ids if name in found}


def answer(tx: Transaction, message_id: str) -> bool:
    """Notes that a person answered a message; False when somebody had before."""
    sql = (
        "UPDATE message SET first_reply_at = ? WHERE id = ? AND first_reply_at IS NULL"
    )
    if tx.execute(sql, columns.write_time(tx.now), message_id) != 1:
        return False
    # An older version told of answers without noting the first.
    told = (
        "SELECT 1 FROM event WHERE message_id = ? AND message_id <> ''"
        " AND type || '' = ? LIMIT 1"
    )
    return tx.one(told, message_id, EventType.MESSAGE_REPLIED.value) is None


def hold(tx: Transaction, message_id: str, *, legal_hold: bool) -> None:
    """Keeps a message whatever its age, or no longer."""
    sql = "UPDATE message SET legal_hold = ? WHERE id = ?"
    tx.execute(sql, int(legal_hold), message_id)


def unparsed(tx: Transaction, limit: int) -> list[Message]:
    """Accepted messages of any account that are not read yet, oldest first."""
    rows = tx.all(
        f"{_SELECT} WHERE parse_state = 'accepted' ORDER BY id LIMIT ?", limit
    )
    return [message_rows.message(row) for row in rows]


def list_(
    tx: Transaction,
    account_id: str,
    wanted: MessageFilter,
    after_id: str,
    limit: int,
    *,
    oldest_first: bool,
) -> list[Message]:
    """
    The messages that come after `after_id` in the order asked for; "" is the beginning.

    A thread is meant with all that was merged into it.
    """
    if wanted.labels and not (wanted.thread_id or wanted.rfc822_message_id):
        labelled = _carrying(wanted, after_id, oldest_first=oldest_first)
        return _list_labelled(tx, account_id, wanted, labelled, limit)
    table = schema.Message
    conditions = _criteria(tx, wanted)
    if after_id:
        conditions.append(table.id > after_id if oldest_first else table.id < after_id)
    inbox_ids = allowed_inboxes(wanted.inbox_id, wanted.visible_inbox_ids) or ()
    if wanted.thread_id or wanted.rfc822_message_id:
        conditions += _places(tx, account_id, wanted)
    elif wanted.is_quarantined:
        conditions += _apart(tx, account_id, wanted)
    elif 1 < len(inbox_ids) <= _TOGETHER:
        conditions.append(unindexed(table.account_id) == account_id)
        conditions = [_first(tx, inbox_ids, conditions, limit, oldest_first)]
    else:
        conditions += _places(tx, account_id, wanted)
        along_index(tx)
        found = _select(tx, conditions, limit, oldest_first=oldest_first)
        sorting(tx)
        return found
    return _select(tx, conditions, limit, oldest_first=oldest_first)


def _first(
    tx: Transaction,
    inbox_ids: Sequence[str],
    conditions: list[peewee.Node],
    limit: int,
    oldest_first: bool,  # noqa: FBT001
) -> peewee.Node:
    """
    The first of several inboxes, each read by itself.

    They may be a small part of an account, which would be gone through for them. Once
    there are enough, an inbox is read no further than to the last of them.
    """
    table, edge = schema.Message, _LAST_ID if oldest_first else ""
    within_edge = table.id < edge if oldest_first else table.id > edge
    query = table.select(table.id).where(table.inbox_id == "", within_edge, *conditions)
    order = table.id.asc() if oldest_first else table.id.desc()
    # To compile it for each inbox costs more than to read most of them.
    sql, parameters = tx.connection.compile(query.order_by(order).limit(limit))
    found: list[str] = []
    along_index(tx)
    for inbox_id in dict.fromkeys(inbox_ids):
        found += (row[0] for row in tx.all(sql, inbox_id, edge, *parameters[2:]))
        found.sort(reverse=not oldest_first)
        del found[limit:]
        if len(found) == limit:
            edge = found[-1]
    sorting(tx)
    return table.id.in_(padded(found) if found else [])


def _select(
    tx: Transaction, conditions: list[peewee.Node], limit: int, *, oldest_first: bool
) -> list[Message]:
    table = schema.Message
    query = (
        table.select(*(getattr(table, name) for name in message_rows.COLUMNS))
        .where(*conditions)
        .order_by(table.id.asc() if oldest_first else table.id.desc())
        .limit(limit)
    )
    return [message_rows.message(row) for row in tx.query(query)]


def _carrying(
    wanted: MessageFilter, after_id: str, *, oldest_first: bool
) -> message_labels.Wanted:
    """Which labels are looked for, after `after_id` and within the times."""
    first, last = "", _LAST_ID
    if wanted.after is not None:
        first = ids.make("msg", wanted.after - _ID_SLACK, b"")
    if wanted.before is not None:
        last = ids.make("msg", wanted.before + _ID_SLACK, b"")
    if after_id and oldest_first:
        first = max(first, after_id)
    elif after_id:
        last = min(last, after_id)
    return message_labels.Wanted(
        labels=wanted.labels, between=(first, last), oldest_first=oldest_first
    )


def _list_labelled(
    tx: Transaction,
    account_id: str,
    wanted: MessageFilter,
    labelled: message_labels.Wanted,
    limit: int,
) -> list[Message]:
    """What carries the labels is looked through in order, until enough fits."""
    inbox_ids = allowed_inboxes(wanted.inbox_id, wanted.visible_inbox_ids)
    places = [("account_id", account_id)]
    if inbox_ids is not None and len(inbox_ids) <= _TOGETHER:
        places = [("inbox_id", each) for each in inbox_ids]
    # Where nothing else is asked, what carries the label is what is wanted.
    is_narrow = wanted.direction is None and not wanted.sender_address
    batch = limit if is_narrow else max(limit, _LABELLED_BATCH)
    others = [
        *within(schema.Message, account_id, inbox_ids),
        *_criteria(tx, replace(wanted, labels=())),
    ]
    found: list[Message] = []
    while len(found) < limit:
        named = message_labels.carrying(tx, places, labelled, batch)
        if not named:
            break
        these = [schema.Message.id.in_(named), *others]
        left = limit - len(found)
        found += _select(tx, these, left, oldest_first=labelled.oldest_first)
        first, last = labelled.between
        behind = (named[-1], last) if labelled.oldest_first else (first, named[-1])
        labelled = replace(labelled, between=behind)
    return found


def _places(
    tx: Transaction, account_id: str, wanted: MessageFilter
) -> list[peewee.Node]:
    """Account, inboxes, thread and Message-ID; the narrowest of them finds the rows."""
    table = schema.Message
    inbox_ids = allowed_inboxes(wanted.inbox_id, wanted.visible_inbox_ids)
    if wanted.thread_id:
        return [
            _in_thread(tx, wanted.thread_id),
            *within(table, account_id, inbox_ids),
            *_named(wanted.rfc822_message_id),
        ]
    if wanted.rfc822_message_id:
        own = schema.Inbox.select(schema.Inbox.id).where(
            schema.Inbox.account_id == account_id
        )
        return [
            table.inbox_id.in_(own if inbox_ids is None else inbox_ids),
            unindexed(table.account_id) == account_id,
            *_named(wanted.rfc822_message_id),
        ]
    return of(table, account_id, inbox_ids)


def _apart(
    tx: Transaction, account_id: str, wanted: MessageFilter
) -> list[peewee.Node]:
    """What is in quarantine, by the index of inboxes that has nothing else."""
    table, inbox = schema.Message, schema.Inbox
    inbox_ids = allowed_inboxes(wanted.inbox_id, wanted.visible_inbox_ids)
    own = inbox.select(inbox.id).where(inbox.account_id == account_id)
    its = table.inbox_id.in_(own if inbox_ids is None else inbox_ids)
    if inbox_ids is None and tx.is_postgres:
        its = table.inbox_id == peewee.fn.ANY(peewee.fn.ARRAY(own))
    return [its, unindexed(table.account_id) == account_id]


def _named(rfc822_message_id: str) -> list[peewee.Node]:
    if not rfc822_message_id:
        return []
    prefix = peewee.SQL(_RFC822_PREFIX) == rfc822_message_id[:_RFC822_INDEXED]
    return [prefix, schema.Message.rfc822_message_id == rfc822_message_id]


def _in_thread(tx: Transaction, thread_id: str) -> peewee.Node:
    """One id keeps the order of the index; merged ones are few, or too many to list."""
    members = threads.ids_of(tx, thread_id)
    if len(members) == 1:
        return schema.Message.thread_id == members[0]
    table = schema.Thread
    root = table.select(table.root_id).where(table.id == thread_id)
    merged = table.select(table.id).where(table.root_id.in_(root))
    return schema.Message.thread_id.in_(merged)


def _criteria(tx: Transaction, wanted: MessageFilter) -> list[peewee.Node]:
    table = schema.Message
    # In so many words, or the index of what is in quarantine would not be chosen.
    apart = peewee.SQL(f"is_quarantined = {int(wanted.is_quarantined)}")
    conditions: list[peewee.Node] = [apart]
    if wanted.direction is not None:
        conditions.append(table.direction == wanted.direction.value)
    if wanted.sender_address:
        folded = address.fold(wanted.sender_address)
        conditions.append(peewee.fn.LOWER(table.sender_address) == folded)
    if wanted.labels:
        conditions.append(_any_label(tx, wanted.labels))
    return [*conditions, *_times(wanted.after, wanted.before)]


def _any_label(tx: Transaction, labels: tuple[str, ...]) -> peewee.Node:
    """Labels have no character that JSON escapes, so a quoted one is found as text."""
    position = peewee.fn.STRPOS if tx.is_postgres else peewee.fn.INSTR
    found = [position(schema.Message.labels, json.dumps(each)) > 0 for each in labels]
    return functools.reduce(operator.or_, found)


def _times(after: datetime | None, before: datetime | None) -> list[peewee.Node]:
    """Ids sort by time, so they bound what the index has to look at."""
    table = schema.Message
    conditions: list[peewee.Node] = []
    if after is not None:
        conditions.append(table.created_at >= columns.write_time(after))
        conditions.append(table.id > ids.make("msg", after - _ID_SLACK, b""))
    if before is not None:
        conditions.append(table.created_at < columns.write_time(before))
        conditions.append(table.id < ids.make("msg", before + _ID_SLACK, b""))
    return conditions
