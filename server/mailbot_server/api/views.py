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
_BODIES: Final = 3


async def full(
    db: Database,
    message: Message,
    deliveries: Sequence[Delivery],
    bytes_max: int = MESSAGE_BYTES_MAX,
) -> messages_pb2.Message:
    """The message with its bodies, cut to what room its other fields leave them."""
    slim = convert.to_proto(message, deliveries)
    room = (bytes_max - slim.ByteSize()) // _BODIES
    most = max(0, min(content.BODY_BYTES_MAX, room))
    body = await content.read(db, message.id, most)
    return convert.to_proto(message, deliveries, body)
