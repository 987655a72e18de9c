"""Subscribe: the log from a position on, live, as responses of one stream."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final

from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import events_pb2
from mailbot_server.api import calls
from mailbot_server.api.convert import events as convert
from mailbot_server.api.convert import times
from mailbot_server.api.following.starts import Starts
from mailbot_server.api.streams import Age, Streams
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import one_field
from mailbot_server.core.signed.cursor import Log
from mailbot_server.engine.events import Batch, Follower, Place, Pulse, Wanted
from mailbot_server.store.database import Database

HEARTBEAT_SECONDS: Final = 15.0
HEARTBEAT_MIN: Final = 1.0
HEARTBEAT_MAX: Final = 60.0
BATCH_DEFAULT: Final = 100
BATCH_MAX: Final = 500
BATCH_BYTES_MAX: Final = 256 * 1024
Response = events_pb2.SubscribeResponse


class Following:
    """Follows logs for the streams of one process."""

    def __init__(
        self,
        db: Database,
        starts: Starts,
        streams: Streams,
        entropy: Callable[[int], bytes],
        node_id: str,
    ) -> None:
        self._db = db
        self._starts = starts
        self._streams = streams
        self._entropy = entropy
        self._node_id = node_id

    async def subscribe(
        self, request: events_pb2.SubscribeRequest
    ) -> AsyncIterator[Response]:
        """What the running call is answered with."""
        principal = calls.principal()
        log, place = await self._starts.find(request.start, default_earliest=False)
        heartbeat = _heartbeat(request)
        spread = heartbeat * (1 - 0.05 * (1 + self._jitter()))
        wanted = _wanted(request, principal, place, spread)
        age = self._streams.age(principal, self._jitter())
        yield self._started(log, place, heartbeat, age)
        follower = Follower(self._db, wanted, age.check)
        items = follower.follow(place.position)
        with self._streams.followed(follower), self._starts.reading(log):
            async with contextlib.aclosing(items):
                async for item in items:
                    for response in self._responses(log, item):
                        yield response

    def _started(self, log: Log, place: Place, seconds: float, age: Age) -> Response:
        heartbeat = Duration()
        heartbeat.FromMilliseconds(int(seconds * 1000))
        started = events_pb2.StreamStarted(
            earliest_cursor=self._cursor(log, place.trimmed),
            heartbeat_interval=heartbeat,
            recycle_time=times.to_proto(age.ends_at(self._db.clock())),
            server_node=self._node_id,
        )
        return Response(cursor=self._cursor(log, place.position), started=started)

    def _responses(self, log: Log, item: Batch | Pulse) -> Iterator[Response]:
        if isinstance(item, Pulse):
            checkpoint = events_pb2.Checkpoint(
                server_time=times.to_proto(self._db.clock()),
                caught_up=item.is_caught_up,
                lag_events=max(0, item.head - item.position),
            )
            yield Response(
                cursor=self._cursor(log, item.position), checkpoint=checkpoint
            )
            return
        for batch, position in _pieces(item):
            yield Response(
                cursor=self._cursor(log, position),
                batch=events_pb2.EventBatch(events=batch),
            )

    def _cursor(self, log: Log, position: int) -> str:
        return self._starts.cursor(log, position)

    def _jitter(self) -> float:
        return int.from_bytes(self._entropy(2), "big") / 32767.5 - 1


def _pieces(batch: Batch) -> Iterator[tuple[list[events_pb2.Event], int]]:
    """The batch in pieces that stay small, each with the position behind it."""
    piece: list[events_pb2.Event] = []
    size = 0
    position = 0
    for event in batch.events:
        converted = convert.to_proto(event)
        size += converted.ByteSize()
        if piece and size > BATCH_BYTES_MAX:
            yield piece, position
            piece, size = [], converted.ByteSize()
        piece.append(converted)
        position = event.position
    yield piece, batch.position


def _heartbeat(request: events_pb2.SubscribeRequest) -> float:
    asked = request.heartbeat_interval.ToNanoseconds() / 1e9
    if asked <= 0:
        return HEARTBEAT_SECONDS
    return min(max(asked, HEARTBEAT_MIN), HEARTBEAT_MAX)


def _wanted(
    request: events_pb2.SubscribeRequest,
    principal: Principal,
    place: Place,
    heartbeat_seconds: float,
) -> Wanted:
    if request.max_batch_size < 0:
        raise one_field("max_batch_size", "must not be below 0")
    return Wanted(
        account_id=principal.account_id,
        filter=convert.filter_of(request.filter, principal),
        batch_max=min(request.max_batch_size or BATCH_DEFAULT, BATCH_MAX),
        heartbeat_seconds=heartbeat_seconds,
        stop_at=place.head if request.stop_at_end else None,
    )
