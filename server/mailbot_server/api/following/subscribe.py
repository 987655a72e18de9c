"""Subscribe: the log from a position on, live, as responses of one stream."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Final

from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import events_pb2
from mailbot_server.api import calls
from mailbot_server.api.convert import events as convert
from mailbot_server.api.convert import joined, times
from mailbot_server.api.following import frames
from mailbot_server.api.following.reading import Reading, What
from mailbot_server.api.following.starts import Starts
from mailbot_server.api.streams import Age, Streams
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import one_field
from mailbot_server.core.signed.cursor import Log
from mailbot_server.engine.events import Place, Pulse
from mailbot_server.engine.following.batch import Batch
from mailbot_server.engine.following.follower import Follower, Wanted
from mailbot_server.engine.following.tails import Tails, Wish
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
        self._tails = Tails(db)

    async def subscribe(
        self, request: events_pb2.SubscribeRequest
    ) -> AsyncIterator[Response | bytes]:
        """The running call's responses; bytes are such in their words."""
        principal = calls.principal()
        log, place = await self._starts.find(request.start, default_earliest=False)
        heartbeat = _heartbeat(request)
        spread = heartbeat * (1 - 0.05 * (1 + self._jitter()))
        wanted = self._wanted(request, principal, place, spread)
        age = self._streams.age(principal, self._jitter())
        yield self._started(log, place, heartbeat, age)
        follower = Follower(self._tails, wanted, age.check)
        items = follower.follow(place.position)
        with self._streams.followed(follower), self._starts.reading(log):
            async with contextlib.aclosing(items):
                async for item in items:
                    for response in self._responses(log, item):
                        yield response

    def _wanted(
        self,
        request: events_pb2.SubscribeRequest,
        principal: Principal,
        place: Place,
        heartbeat_seconds: float,
    ) -> Wanted:
        if request.max_batch_size < 0:
            raise one_field("max_batch_size", "must not be below 0")
        what = What(
            filter=convert.filter_of(request.filter, principal),
            view=joined.view_of(request.message_view),
        )
        most = min(request.max_batch_size or BATCH_DEFAULT, BATCH_MAX)
        account_id = principal.account_id
        reading = Reading(self._db, account_id, what, most)
        return Wanted(
            wish=Wish(account_id=account_id, what=what, batch_max=reading.batch_max),
            read=reading.after,
            heartbeat_seconds=heartbeat_seconds,
            stop_at=place.head if request.stop_at_end else None,
        )

    def _started(self, log: Log, place: Place, seconds: float, age: Age) -> Response:
        heartbeat = Duration()
        heartbeat.FromMilliseconds(int(seconds * 1000))
        now = self._db.clock()
        started = events_pb2.StreamStarted(
            earliest_cursor=self._cursor(log, place.trimmed),
            heartbeat_interval=heartbeat,
            recycle_time=times.to_proto(age.ends_at(now)),
            server_node=self._node_id,
            server_time=times.to_proto(now),
        )
        return Response(cursor=self._cursor(log, place.position), started=started)

    def _responses(self, log: Log, item: Batch | Pulse) -> Iterable[Response | bytes]:
        """A batch that several read is put in words by the first of them."""
        if isinstance(item, Pulse):
            return [self._checkpoint(log, item)]
        if not item.answers:
            item.answers = [
                frames.frame(self._cursor(log, position), events)
                for events, position in frames.split(item, BATCH_BYTES_MAX)
            ]
        return item.answers

    def _checkpoint(self, log: Log, pulse: Pulse) -> Response:
        checkpoint = events_pb2.Checkpoint(
            server_time=times.to_proto(self._db.clock()),
            caught_up=pulse.is_caught_up,
            lag_events=max(0, pulse.head - pulse.position),
        )
        return Response(cursor=self._cursor(log, pulse.position), checkpoint=checkpoint)

    def _cursor(self, log: Log, position: int) -> str:
        return self._starts.cursor(log, position)

    def _jitter(self) -> float:
        return int.from_bytes(self._entropy(2), "big") / 32767.5 - 1


def _heartbeat(request: events_pb2.SubscribeRequest) -> float:
    asked = request.heartbeat_interval.ToNanoseconds() / 1e9
    if asked <= 0:
        return HEARTBEAT_SECONDS
    return min(max(asked, HEARTBEAT_MIN), HEARTBEAT_MAX)
