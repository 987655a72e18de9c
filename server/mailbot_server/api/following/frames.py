"""Responses of Subscribe as bytes: made once of events in their words, for many."""

from collections.abc import Iterator, Sequence
from typing import Final

from mailbot.v1 import events_pb2
from mailbot_server.engine.following.batch import Batch

_BATCH: Final = events_pb2.SubscribeResponse.BATCH_FIELD_NUMBER << 3 | 2
_EVENT: Final = events_pb2.EventBatch.EVENTS_FIELD_NUMBER << 3 | 2


def frame(cursor: str, events: Sequence[bytes]) -> bytes:
    """A SubscribeResponse with a batch of these events, as protobuf writes it."""
    batch = b"".join(part for event in events for part in field(_EVENT, event))
    start = events_pb2.SubscribeResponse(cursor=cursor).SerializeToString()
    return b"".join((start, *field(_BATCH, batch)))


def split(batch: Batch, bytes_max: int) -> Iterator[tuple[list[bytes], int]]:
    """The batch in pieces that stay small, each with the position behind it."""
    piece: list[bytes] = []
    size = 0
    reached = 0
    for position, event in batch.pieces:
        size += len(event)
        if piece and size > bytes_max:
            yield piece, reached
            piece, size = [], len(event)
        piece.append(event)
        reached = position
    yield piece, batch.position


def field(tag: int, value: bytes) -> tuple[bytes, bytes, bytes]:
    """A field that holds a message or a text, in three pieces."""
    return _varint(tag), _varint(len(value)), value


def _varint(number: int) -> bytes:
    octets = bytearray()
    while number > 0x7F:
        octets.append(number & 0x7F | 0x80)
        number >>= 7
    octets.append(number)
    return bytes(octets)
