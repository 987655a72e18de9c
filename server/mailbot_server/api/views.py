"""How much of a message an answer shows, so that it stays below what clients accept."""

from collections.abc import Sequence
from typing import Final

from mailbot.v1 import messages_pb2
from mailbot_server.api.convert import messages as convert
from mailbot_server.core.delivery import Delivery
from mailbot_server.core.message import Message
from mailbot_server.engine import content
from mailbot_server.store.database import Database

MESSAGE_BYTES_MAX: Final = 3_670_016
"""3.5 MiB: one message with its bodies, below the 4 MiB that every client accepts."""

_BODY_BYTES_MIN: Final = 1024


async def full(
    db: Database,
    message: Message,
    deliveries: Sequence[Delivery],
    bytes_max: int = MESSAGE_BYTES_MAX,
    *,
    display: content.Shown | None = None,
) -> messages_pb2.Message:
    """
    The message with its bodies, cut where all of it would be larger than `bytes_max`.

    What `display` asks for is made of the same pieces.
    """
    most = min(content.BODY_BYTES_MAX, bytes_max)
    while True:
        body = await content.read(db, message.id, most, display)
        shown = convert.to_proto(message, deliveries, body)
        if most == 0 or shown.ByteSize() <= bytes_max:
            return shown
        most = most // 2 if most > _BODY_BYTES_MIN else 0
