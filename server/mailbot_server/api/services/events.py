"""EventService: the account's log, read once, in pages, or followed live."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import events_pb2, events_pb2_grpc
from mailbot_server.api import calls, pages
from mailbot_server.api.convert import events as convert
from mailbot_server.api.convert import times
from mailbot_server.api.pages import Pages
from mailbot_server.api.streams import Age, Streams
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import NotFound, one_field
from mailbot_server.core.event import Event
from mailbot_server.core.signed import cursor
from mailbot_server.core.signed.cursor import Log
from mailbot_server.engine.events import (
    Batch,
    Follower,
    Place,
    Pulse,
    Wanted,
    earliest,
    latest,
    newer,
    older,
    since,
)
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.events import Page

HEARTBEAT_SECONDS: Final = 15.0
HEARTBEAT_MIN: Final = 1.0
HEARTBEAT_MAX: Final = 60.0
BATCH_DEFAULT: Final = 100
BATCH_MAX: Final = 500
BATCH_BYTES_MAX: Final = 256 * 1024
Response = events_pb2.SubscribeResponse


class EventService(events_pb2_grpc.EventServiceServicer):
    """Reads the log."""

    def __init__(
        self,
        db: Database,
        page_tokens: Pages,
        streams: Streams,
        entropy: Callable[[int], bytes],
        node_id: str,
    ) -> None:
        self._db = db
        self._pages = page_tokens
        self._streams = streams
        self._entropy = entropy
        self._node_id = node_id

    async def GetEvent(
        self, request: events_pb2.GetEventRequest, context: Any
    ) -> events_pb2.GetEventResponse:
        """One event."""
        principal = calls.principal()
        found = await self._db.read(events.find, principal.account_id, request.event_id)
        if found is None or not _may_see(principal, found):
            raise NotFound("event", request.event_id)
        return events_pb2.GetEventResponse(event=convert.to_proto(found))

    async def ListEvents(
        self, request: events_pb2.ListEventsRequest, context: Any
    ) -> events_pb2.ListEventsResponse:
        """A page of the log."""
        log, place = await self._start(request.start, default_earliest=True)
        read = self._newest if request.newest_first else self._oldest
        page, has_more = await read(request, place)
        shown = pages.fitting(convert.to_proto(event) for event in page.events)
        next_position = page.scanned
        if len(shown) < len(page.events):
            next_position, has_more = shown[-1].position, True
        token = self._pages.token(request, [next_position]) if has_more else ""
        return events_pb2.ListEventsResponse(
            events=shown,
            next_page_token=token,
            end_cursor=self._cursor(log, page.head),
        )

    async def Subscribe(
        self, request: events_pb2.SubscribeRequest, context: Any
    ) -> AsyncIterator[Response]:
        """The log from a position on, live."""
        principal = calls.principal()
        log, place = await self._start(request.start, default_earliest=False)
        heartbeat = _heartbeat(request)
        spread = heartbeat * (1 - 0.05 * (1 + self._jitter()))
        wanted = _wanted(request, principal, place, spread)
        age = self._streams.age(principal, self._jitter())
        yield self._started(log, place, heartbeat, age)
        follower = Follower(self._db, wanted, age.check)
        items = follower.follow(place.position)
        with self._streams.followed(follower):
            async with contextlib.aclosing(items):
                async for item in items:
                    for response in self._responses(log, item):
                        yield response

    async def _start(
        self, start: events_pb2.StartPosition, *, default_earliest: bool
    ) -> tuple[Log, Place]:
        account_id = calls.principal().account_id
        kind = start.WhichOneof("position")
        if kind == "at_time":
            moment = times.from_proto(start, "start.at_time")
            assert moment is not None, "the oneof says so"
            place = await self._db.read(since, account_id, moment)
            return Log(epoch=place.epoch, account_id=account_id), place
        earliest_asked = start.anchor == events_pb2.StartPosition.ANCHOR_EARLIEST or (
            default_earliest
            and start.anchor == events_pb2.StartPosition.ANCHOR_UNSPECIFIED
        )
        anchor: Callable[[Transaction, str], Place]
        anchor = earliest if earliest_asked else latest
        place = await self._db.read(anchor, account_id)
        log = Log(epoch=place.epoch, account_id=account_id)
        if kind == "after_cursor":
            place = self._after(log, place, start.after_cursor)
        return log, place

    def _after(self, log: Log, place: Place, token: str) -> Place:
        name = "start.after_cursor"
        position = cursor.read_cursor(self._pages.keys, log, token, name)
        if position > place.head:
            words = "names a position that this log does not have"
            raise one_field(name, words, "CURSOR_FOREIGN")
        return Place(position=position, head=place.head, epoch=place.epoch)

    async def _oldest(
        self, request: events_pb2.ListEventsRequest, place: Place
    ) -> tuple[Page, bool]:
        principal = calls.principal()
        token = self._pages.place(request)
        position = int(token[0]) if token else place.position
        wanted = convert.filter_of(request.filter, principal)
        limit = pages.size(request.page_size, default=BATCH_DEFAULT, most=BATCH_MAX)
        page = await newer(self._db, principal.account_id, position, wanted, limit)
        return page, page.scanned < page.head

    async def _newest(
        self, request: events_pb2.ListEventsRequest, place: Place
    ) -> tuple[Page, bool]:
        """The head of the page is where it began: nothing behind that was listed."""
        principal = calls.principal()
        token = self._pages.place(request)
        top = int(token[0]) - 1 if token else place.head
        wanted = convert.filter_of(request.filter, principal)
        limit = pages.size(request.page_size, default=BATCH_DEFAULT, most=BATCH_MAX)
        between = replace(place, head=top)
        page = await older(self._db, between, principal.account_id, wanted, limit)
        return replace(page, head=place.head), page.scanned > place.position + 1

    def _started(self, log: Log, place: Place, seconds: float, age: Age) -> Response:
        heartbeat = Duration()
        heartbeat.FromMilliseconds(int(seconds * 1000))
        started = events_pb2.StreamStarted(
            earliest_cursor=cursor.write_cursor(self._pages.keys, log, 0),
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
        return cursor.write_cursor(self._pages.keys, log, position)

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


def _may_see(principal: Principal, event: Event) -> bool:
    return principal.inbox_ids is None or event.inbox_id in principal.inbox_ids
