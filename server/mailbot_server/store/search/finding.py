"""
Finds messages: by the index, by columns, or by both, newest first.

Where words are asked for, the index leads and gives its hits newest first, so that a
page ends the search; without words the order of ids does. Only messages of the scope
are looked at, whatever the index says, and only in inboxes that may be searched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from mailbot_server.core import ids
from mailbot_server.core.search import query
from mailbot_server.core.search.query import After, All, Before, Flag, Label, Node
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction, occurrences
from mailbot_server.store.database.transaction import Row
from mailbot_server.store.search import conditions, counting, matching
from mailbot_server.store.search.conditions import Where
from mailbot_server.store.search.counting import Counts
from mailbot_server.store.search.matching import Match
from mailbot_server.store.statements import along_index, marks, padded, sorting

RANKED_MAX: Final = 1_000
"""How many of the newest hits are ranked."""

RARE: Final = 10_000
"""So many hits are fetched and sorted in 30 ms."""

_OWNERS_MAX: Final = 32
"""More inboxes are asked for by their account, and told apart by their rows."""

_LABELLED_MAX: Final = 1_000
"""So many are found by their label before the index is read."""

_ID_SLACK: Final = timedelta(hours=1)
_YEARS: Final = range(1971, 9000)
_SEQ_MAX: Final = 2**62
_SEQ_AFTER: Final = (
    "SELECT seq FROM message WHERE account_id = ? AND id >= ? ORDER BY id LIMIT 1"
)
_SEQ_BEFORE: Final = (
    "SELECT seq FROM message WHERE account_id = ? AND id <= ? ORDER BY id DESC LIMIT 1"
)
_BY_WORDS: Final = {
    # CROSS JOIN: SQLite keeps to this order.
    False: (
        " FROM message_text CROSS JOIN message ON message.seq = message_text.rowid"
        " CROSS JOIN inbox ON inbox.id = message.inbox_id"
        " WHERE message_text MATCH ? AND {index} AND {rows}"
        " ORDER BY message_text.rowid DESC LIMIT ?"
    ),
    # OFFSET 0: nor does PostgreSQL begin with the rows, which it takes for few.
    True: (
        " FROM message_text CROSS JOIN LATERAL ({message} OFFSET 0) AS message"
        " WHERE message_text.body @@ CAST(? AS tsquery) AND {index}"
        " ORDER BY message_text.seq DESC LIMIT ?"
    ),
}
# Sorted inside, all hits are asked for, which only the index gives at once.
_BY_RARE_WORDS: Final = (
    " FROM (SELECT seq FROM message_text"
    " WHERE message_text.body @@ CAST(? AS tsquery) AND {index} ORDER BY seq DESC)"
    " AS message_text CROSS JOIN LATERAL ({message} OFFSET 0) AS message"
    " ORDER BY message_text.seq DESC LIMIT ?"
)
_MESSAGE: Final = (
    "SELECT message.seq, message.id, message.created_at FROM message"
    " JOIN inbox ON inbox.id = message.inbox_id"
    " WHERE message.seq = message_text.seq AND {rows}"
)
_HITS: Final = (
    "EXPLAIN (FORMAT JSON) SELECT 1 FROM message_text"
    " WHERE message_text.body @@ CAST(? AS tsquery)"
)
_BY_COLUMNS: Final = (
    " FROM message {cross}JOIN inbox ON inbox.id = message.inbox_id"
    " WHERE {where} ORDER BY message.id DESC LIMIT ?"
)
_BY_LABEL: Final = {
    False: (
        " FROM message_label"
        " CROSS JOIN message ON message.id = message_label.message_id"
        " CROSS JOIN inbox ON inbox.id = message.inbox_id"
        " WHERE {rows} AND {label} ORDER BY message_label.message_id DESC LIMIT ?"
    ),
    True: (
        " FROM message_label CROSS JOIN LATERAL (SELECT message.seq, message.id,"
        " message.created_at FROM message JOIN inbox ON inbox.id = message.inbox_id"
        " WHERE message.id = message_label.message_id AND {rows} OFFSET 0) AS message"
        " WHERE {label} ORDER BY message_label.message_id DESC LIMIT ?"
    ),
}

_LABELLED: Final = (
    "SELECT message.seq FROM message_label"
    " {cross}JOIN message ON message.id = message_label.message_id"
    " WHERE message_label.{column} = ? AND message_label.label = ? LIMIT ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """
    Where to look: an account, in it these inboxes or all.

    Inboxes without the permission "search" are left out.
    """

    account_id: str
    inbox_ids: tuple[str, ...] | None = None

    @property
    def owners(self) -> tuple[str, ...]:
        """The ids that the index knows its documents by."""
        if self.inbox_ids is None or len(self.inbox_ids) > _OWNERS_MAX:
            return (self.account_id,)
        return self.inbox_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A message that was found; `counts` is of `query.wanted`, only when ranked."""

    seq: int
    message_id: str
    created_at: datetime
    counts: Counts = ()


def newest(
    tx: Transaction,
    scope: Scope,
    node: Node,
    before: tuple[int, str] | None,
    limit: int,
) -> list[Hit]:
    """The hits before that `seq` and id, newest first; None: from the newest."""
    rows, _ = _rows(tx, scope, node, before, limit)
    return [_hit(row) for row in rows]


def ranked(tx: Transaction, scope: Scope, node: Node, newest_seq: int) -> list[Hit]:
    """
    The newest RANKED_MAX hits up to that `seq`, newest first, with their counts.

    0 is no bound. Words beside conditions in one OR are not counted.
    """
    of_words, _ = query.apart(node)
    wanted = query.wanted(of_words) if of_words else []
    before = (newest_seq + 1, "") if newest_seq else None
    rows, match = _rows(tx, scope, node, before, RANKED_MAX, is_counted=bool(wanted))
    if not wanted:
        return [_hit(row) for row in rows]
    if tx.is_postgres:
        counts = counting.of_tsvectors(tx, [row[0] for row in rows], wanted)
        return [_hit(row, counts[row[0]]) for row in rows]
    return [_hit(row, counting.of_fts5(row[3], match.phrases, wanted)) for row in rows]


def _rows(
    tx: Transaction,
    scope: Scope,
    node: Node,
    before: tuple[int, str] | None,
    limit: int,
    *,
    is_counted: bool = False,
) -> tuple[list[Row], Match]:
    none = Match("")
    if scope.inbox_ids == ():
        return [], none
    of_words, others = query.apart(node)
    label = _label(others) if of_words is None else None
    where = _scope(tx, scope, is_led_by_columns=of_words is None and label is None)
    if not query.mentions(node, Flag.QUARANTINED):
        where.add("message.is_quarantined = 0")
    if others is not None:
        conditions.write(
            where,
            others,
            is_postgres=tx.is_postgres,
            found=lambda part: _match(tx, part, scope).text,
        )
    names = "message.seq, message.id, message.created_at"
    if of_words is None:
        if label is None:
            _bound_by_id(where, "message.id", others, before)
            lead, parameters = _by_columns(tx, where), where.parameters
        else:
            its = _labelled(scope, label)
            _bound_by_id(its, "message_label.message_id", others, before)
            lead = _BY_LABEL[tx.is_postgres].format(rows=where.text, label=its.text)
            parameters = [*where.parameters, *its.parameters]
        if not query.mentions(node, Flag.QUARANTINED):
            # Of what is in quarantine, an index has nothing else.
            along_index(tx)
        found = tx.all(f"SELECT {names}{lead}", *parameters, limit)
        sorting(tx)
        return found, none
    bounds = _between(tx, scope, others, before)
    _bound_by_label(tx, bounds, scope, _label(others))
    match = _match(tx, of_words, scope, is_counted=is_counted)
    if is_counted and not tx.is_postgres:
        names += f", {occurrences.NAME}(message_text)"
    lead, asked = _BY_WORDS[tx.is_postgres], (match.text, *bounds.parameters)
    parameters = [*asked, *where.parameters]
    if tx.is_postgres and _is_rare(tx, match):
        lead = _BY_RARE_WORDS
    elif tx.is_postgres:
        parameters = [*where.parameters, *asked]
    message = _MESSAGE.format(rows=where.text)
    sql = lead.format(index=bounds.text, rows=where.text, message=message)
    return tx.all(f"SELECT {names}{sql}", *parameters, limit), match


def _is_rare(tx: Transaction, match: Match) -> bool:
    """
    Whether PostgreSQL expects so few hits that all of them may be sorted.

    Of words that are in none of its statistics it expects too many: to find a page of
    them on the way, newest first, it would read everybody's documents.
    """
    plan: list[dict[str, Any]] = tx.all(_HITS, match.text)[0][0]
    return float(plan[0]["Plan"]["Plan Rows"]) <= RARE


def _match(
    tx: Transaction, node: Node, scope: Scope, *, is_counted: bool = False
) -> Match:
    if tx.is_postgres:
        return matching.tsquery(node, scope.owners)
    return matching.fts5(node, scope.owners, is_counted=is_counted)


def _scope(tx: Transaction, scope: Scope, *, is_led_by_columns: bool) -> Where:
    """
    The rows of the scope.

    What should not choose the index is spelt so that no index fits it.
    """
    where = Where()
    ids_ = scope.inbox_ids
    if is_led_by_columns and ids_ is not None and len(ids_) == 1:
        where.add("message.inbox_id = ?", ids_[0])
        where.add("message.account_id || '' = ?", scope.account_id)
    else:
        unindexed = "" if is_led_by_columns else " || ''"
        where.add(f"message.account_id{unindexed} = ?", scope.account_id)
        if ids_ is not None:
            among = padded(ids_)
            where.add(f"message.inbox_id || '' IN ({marks(len(among))})", *among)
    position = "STRPOS" if tx.is_postgres else "INSTR"
    where.add(f"{position}(inbox.permissions, '\"search\"') > 0")
    return where


def _label(node: Node | None) -> Label | None:
    """A label that every hit must carry."""
    nodes = node.nodes if isinstance(node, All) else (node,)
    return next((each for each in nodes if isinstance(each, Label)), None)


def _by_columns(tx: Transaction, where: Where) -> str:
    cross = "" if tx.is_postgres else "CROSS "
    return _BY_COLUMNS.format(cross=cross, where=where.text)


def _labelled(scope: Scope, label: Label) -> Where:
    """What carries the label."""
    where = Where()
    column, value = _carrier(scope)
    where.add(f"message_label.{column} = ?", value)
    where.add("message_label.label = ?", label.name)
    return where


def _carrier(scope: Scope) -> tuple[str, str]:
    """The column of labels that the scope is found by, and its value."""
    if scope.inbox_ids is not None and len(scope.inbox_ids) == 1:
        return "inbox_id", scope.inbox_ids[0]
    return "account_id", scope.account_id


def _bound_by_label(
    tx: Transaction, where: Where, scope: Scope, label: Label | None
) -> None:
    """
    Keeps the index from giving hits without a label that few messages carry.

    SQLite tests what it gives: asked for each message by itself, it would begin its
    walk again and again.
    """
    if label is None:
        return
    column, value = _carrier(scope)
    sql = _LABELLED.format(cross="" if tx.is_postgres else "CROSS ", column=column)
    its = [row[0] for row in tx.all(sql, value, label.name, _LABELLED_MAX + 1)]
    if len(its) > _LABELLED_MAX:
        return
    among = padded(its) if its else [0]
    name, tested = "message_text.rowid", "+message_text.rowid"
    if tx.is_postgres:
        name = tested = "message_text.seq"
    where.add(f"{name} BETWEEN ? AND ?", min(among), max(among))
    where.add(f"{tested} IN ({marks(len(among))})", *among)


def _times(node: Node | None) -> tuple[str, str]:
    """
    Between which ids the hits lie, both excluded; "" for no bound.

    Ids sort by time, and are made a little before their message is written.
    """
    after = before = ""
    for each in node.nodes if isinstance(node, All) else (node,):
        match each:
            case Before(at) if at.year in _YEARS:
                made = ids.make("msg", at + _ID_SLACK, b"")
                before = min(before or made, made)
            case After(at) if at.year in _YEARS:
                after = max(after, ids.make("msg", at - _ID_SLACK, b""))
    return after, before


def _bound_by_id(
    where: Where, name: str, node: Node | None, before: tuple[int, str] | None
) -> None:
    first, last = _times(node)
    if first:
        where.add(f"{name} > ?", first)
    if before and before[1]:
        last = min(last or before[1], before[1])
    elif before:
        where.add("message.seq < ?", before[0])
    if last:
        where.add(f"{name} < ?", last)


def _between(
    tx: Transaction, scope: Scope, node: Node | None, before: tuple[int, str] | None
) -> Where:
    """Keeps the index from giving hits of other times, by the messages beside them."""
    name = "message_text.seq" if tx.is_postgres else "message_text.rowid"
    where = Where()
    where.add(f"{name} > ?", 0)
    first, last = _times(node)
    if before:
        where.add(f"{name} < ?", before[0])
    if last:
        row = tx.one(_SEQ_AFTER, scope.account_id, last)
        where.add(f"{name} < ?", *(row or (_SEQ_MAX,)))
    if first:
        row = tx.one(_SEQ_BEFORE, scope.account_id, first)
        where.add(f"{name} > ?", *(row or (0,)))
    return where


def _hit(row: Sequence[Any], counts: Counts = ()) -> Hit:
    return Hit(
        seq=int(row[0]),
        message_id=str(row[1]),
        created_at=columns.read_time(int(row[2])),
        counts=counts,
    )
