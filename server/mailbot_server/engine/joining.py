"""
The messages themselves for those who want more than events: joined when read.

Whoever hands events over joins few at a time, because bodies are large: at most
EVENTS_MAX, of whose messages at most RAW_BYTES_MAX each are read.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.core.event import Event
from mailbot_server.core.message import Message, MessageView
from mailbot_server.engine import content
from mailbot_server.engine.content import Content
from mailbot_server.store.database import Database
from mailbot_server.store.timeline import carried
from mailbot_server.store.timeline.carried import Carried

EVENTS_MAX: Final = 20
RAW_BYTES_MAX: Final = 256 * 1024
"""Of a longer message, what lies behind is left out, and said to be cut."""

BODY_BYTES_MAX: Final = 48 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A message as events carry it; `content` is None in the metadata view."""

    message: Message
    deliveries: tuple[Delivery, ...] = ()
    content: Content | None = None


NOTHING: Final[Mapping[str, Joined]] = {}


async def joined(
    db: Database, account_id: str, events: Sequence[Event], view: MessageView
) -> Mapping[str, Joined]:
    """
    The messages of at most EVENTS_MAX events, by id; what is not kept any more is not.

    One read of the database, and one thread for what has to be parsed.
    """
    if view is MessageView.NONE:
        return NOTHING
    message_ids = list(dict.fromkeys(each.message_id for each in events))
    message_ids = [each for each in message_ids if each][:EVENTS_MAX]
    if not message_ids:
        return NOTHING
    raw_bytes = RAW_BYTES_MAX if view is MessageView.FULL else 0
    found = await db.read(carried.carried, account_id, message_ids, raw_bytes)
    if not raw_bytes:
        return {each.message.id: _plain(each) for each in found}
    return await asyncio.to_thread(_read, found)


def _plain(found: Carried) -> Joined:
    return Joined(message=found.message, deliveries=found.deliveries)


def _read(found: Sequence[Carried]) -> dict[str, Joined]:
    return {each.message.id: _full(each) for each in found}


def _full(found: Carried) -> Joined:
    if found.raw is None:
        return _plain(found)
    said = content.of_raw(found.raw, BODY_BYTES_MAX)
    if len(found.raw) < found.message.size_bytes:
        said = replace(said, is_truncated=True)
    return replace(_plain(found), content=said)
