"""Responses that are put together of bytes are what protobuf reads and writes."""

import pytest

from mailbot.v1 import events_pb2
from mailbot_server.api.following import frames
from mailbot_server.engine.following.batch import Batch

EVENTS = [
    events_pb2.Event(id=f"evt_{number}", position=number, metadata={"k": "v" * size})
    for number, size in enumerate((0, 1, 120, 127, 128, 20_000, 300_000), 1)
]


@pytest.mark.parametrize("count", range(1, len(EVENTS) + 1))
@pytest.mark.parametrize("cursor", ["", "c", "c" * 200])
def test_a_frame_is_what_protobuf_writes(cursor, count):
    words = [event.SerializeToString() for event in EVENTS[:count]]
    expected = events_pb2.SubscribeResponse(
        cursor=cursor, batch=events_pb2.EventBatch(events=EVENTS[:count])
    )
    made = frames.frame(cursor, words)
    assert events_pb2.SubscribeResponse.FromString(made) == expected
    assert made == expected.SerializeToString()


def test_a_batch_is_split_where_it_would_be_too_long():
    pieces = [(number, b"x" * 40) for number in range(1, 6)]
    batch = Batch(pieces=pieces, position=9, head=9)
    found = list(frames.split(batch, 100))
    assert [position for _, position in found] == [2, 4, 9]
    assert [len(events) for events, _ in found] == [2, 2, 1]
    [whole] = frames.split(batch, 10_000)
    assert whole == ([b"x" * 40] * 5, 9)


def test_one_long_event_is_a_piece_of_its_own():
    pieces = [(1, b"x"), (2, b"x" * 500), (3, b"x")]
    batch = Batch(pieces=pieces, position=3, head=3)
    found = list(frames.split(batch, 100))
    assert [(len(events), position) for events, position in found] == [
        (1, 1),
        (1, 2),
        (1, 3),
    ]
