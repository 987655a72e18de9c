"""
Answers a search: the hits, their messages, and where in them the words stand.

What is shown of a message is looked for in its own text, by the same folding as the
index; a body is read from the beginning of its bytes.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.core.mail import parse
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Message
from mailbot_server.core.search import highlight, query, score
from mailbot_server.core.search.document import Field
from mailbot_server.core.search.highlight import Highlight
from mailbot_server.core.search.query import Node, Words
from mailbot_server.core.search.score import Counted
from mailbot_server.store import deliveries, messages, search
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.search import Hit, Scope

READ_BYTES_MAX: Final = 256 * 1024
"""Octets of a message in which its body is looked for, to be shown."""

_READ_TOGETHER: Final = 10
_SCALE: Final = 1_000_000

Place = list[str | int]
"""Behind which hit a page begins, as a page token carries it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search; `after` is the place of the last hit that was shown, None at first."""

    scope: Scope
    node: Node
    is_by_relevance: bool = False
    after: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A hit as it is shown; `score` is 0 for the newest first."""

    message: Message
    deliveries: Sequence[Delivery]
    highlights: Sequence[Highlight]
    score: float
    place: Place


@dataclass(frozen=True, slots=True)
class _Ranked:
    hit: Hit
    score: float
    place: Place


async def find(db: Database, asked: Asked, limit: int) -> tuple[list[Found], bool]:
    """The next hits, at most `limit`, and whether there are more behind them."""
    if asked.is_by_relevance:
        ranked = await db.read(_relevant, asked, limit + 1)
    else:
        ranked = await db.read(_newest, asked, limit + 1)
    found: list[Found] = []
    for start in range(0, min(limit, len(ranked)), _READ_TOGETHER):
        end = min(start + _READ_TOGETHER, limit)
        found += await _shown(db, asked, ranked[start:end])
    return found, len(ranked) > limit


def _newest(tx: Transaction, asked: Asked, limit: int) -> list[_Ranked]:
    before = None
    if asked.after:
        seq, message_id = asked.after
        before = (int(seq), str(message_id))
    hits = search.newest(tx, asked.scope, asked.node, before, limit)
    return [_Ranked(hit, 0.0, [hit.seq, hit.message_id]) for hit in hits]


def _relevant(tx: Transaction, asked: Asked, limit: int) -> list[_Ranked]:
    """
    The most relevant of the newest hits, behind the place.

    A place names the newest hit of the first page, so that what comes in between two
    pages moves nothing.
    """
    newest_seq, last_score, last_seq = map(int, asked.after or (0, 0, 0))
    hits = search.ranked(tx, asked.scope, asked.node, newest_seq)
    scores = score.scores([Counted(hit.counts, hit.created_at) for hit in hits])
    newest_seq = newest_seq or max((hit.seq for hit in hits), default=0)
    order = sorted(
        (-round(points * _SCALE), -hit.seq, place)
        for place, (hit, points) in enumerate(zip(hits, scores, strict=True))
    )
    behind = [each for each in order if each[:2] > (-last_score, -last_seq)]
    return [
        _Ranked(hits[place], scores[place], [newest_seq, -points, -seq])
        for points, seq, place in (behind if asked.after else order)[:limit]
    ]


async def _shown(db: Database, asked: Asked, ranked: Sequence[_Ranked]) -> list[Found]:
    wanted = query.wanted(asked.node)
    reads_bodies = any(words.field in (None, Field.BODY) for words in wanted)
    ids = [each.hit.message_id for each in ranked]
    loaded, sent, raws = await db.read(_load, asked.scope.account_id, ids, reads_bodies)
    pieces = await asyncio.to_thread(_pieces, loaded, raws, wanted) if wanted else {}
    return [
        Found(
            message=loaded[each.hit.message_id],
            deliveries=sent.get(each.hit.message_id, []),
            highlights=pieces.get(each.hit.message_id, []),
            score=each.score,
            place=each.place,
        )
        for each in ranked
        if each.hit.message_id in loaded
    ]


def _load(
    tx: Transaction,
    account_id: str,
    ids: list[str],
    reads_bodies: bool,  # noqa: FBT001
) -> tuple[dict[str, Message], dict[str, list[Delivery]], dict[str, bytes]]:
    found = {each.id: each for each in messages.of_ids(tx, account_id, ids)}
    sent = deliveries.of_messages(tx, list(found))
    raws = {
        message_id: messages.raw(tx, message_id, 0, READ_BYTES_MAX) or b""
        for message_id in (found if reads_bodies else ())
    }
    return found, sent, raws


def _pieces(
    found: dict[str, Message], raws: dict[str, bytes], wanted: Sequence[Words]
) -> dict[str, list[Highlight]]:
    return {
        message.id: highlight.pieces(_texts(message, raws.get(message.id)), wanted)
        for message in found.values()
    }


def _texts(message: Message, raw: bytes | None) -> list[tuple[Field, str]]:
    addressees = message.addressees
    names = ", ".join(each.filename for each in message.attachments)
    texts = [
        (Field.SUBJECT, message.subject),
        (Field.SENDER, _named(message.sender) if message.sender else ""),
        (Field.RECIPIENTS, ", ".join(map(_named, (*addressees.to, *addressees.cc)))),
        (Field.ATTACHMENTS, names),
    ]
    if raw is not None:
        texts.append((Field.BODY, parse.parse(raw).body_text))
    return texts


def _named(mailbox: Mailbox) -> str:
    if not mailbox.display_name:
        return mailbox.address
    return f"{mailbox.display_name} <{mailbox.address}>"
