"""Events: read one, list what was recorded, follow what happens, have it again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Unpack

from mailbot.arguments import check_keywords
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, result
from mailbot.cursor import CursorStore
from mailbot.filtering import EventFilter, filter_of
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing
from mailbot.resources import replays
from mailbot.resources.replays import ReplayOptions
from mailbot.retry import Backoff
from mailbot.subscription import AsyncSubscription, Subscription
from mailbot.tail import Cursor, Start, Tail, start_position
from mailbot.types import Event, Replay
from mailbot.v1 import events_pb2, messages_pb2

VIEW = messages_pb2.MessageView.DESCRIPTOR


class EventListOptions(EventFilter, PageOptions, total=False):
    """Which recorded events to list."""

    start: Start
    """"earliest" (default), a cursor, or an instant."""
    newest_first: bool
    """Instead of oldest first."""


class SubscribeOptions(EventFilter, total=False):
    """How to follow the log."""

    start: Start
    """
    "latest" (default), "earliest", a cursor, or an instant: where to begin when the
    cursor store is empty.
    """
    cursor_store: CursorStore
    """Remembers how far the consumer has come."""
    heartbeat_interval: timedelta
    """How often to hear from a quiet server; 1 s to 60 s, 15 s if left out."""
    max_batch_size: int
    """Events in one response."""
    stop_at_end: bool
    """End the iteration once everything that was in the log has come."""
    message_view: str
    """"metadata" or "full": the message itself comes with its events."""


class Events:
    """The account's event log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, event_id: str) -> Event:
        """One event."""
        return self._connection.call(_get(event_id))

    def list(self, **options: Unpack[EventListOptions]) -> Pages[Event]:
        """
        Recorded events, oldest first.

        The last page's `end_cursor` is where `subscribe(start=...)` goes on without
        a gap.
        """
        return Pages(self._connection, recorded(options))

    def subscribe(self, **options: Unpack[SubscribeOptions]) -> Subscription:
        """Events as they happen; the stream opens at `ready` or the first event."""
        tail = _tail(options, self._connection.settings.backoff)
        return Subscription(self._connection, tail, options.get("cursor_store"))

    def replay(
        self, targets: str | Iterable[str], **options: Unpack[ReplayOptions]
    ) -> Replay:
        """
        Deliver recorded events again, to webhooks or subscriptions; sends no mail.

        The same event ids, with a replay_id; `get_replay` tells how far it is.
        """
        return self._connection.call(replays.begin(targets, options))

    def get_replay(self, replay_id: str) -> Replay:
        """A replay and its progress."""
        return self._connection.call(replays.get(replay_id))

    def cancel_replay(self, replay_id: str) -> Replay:
        """End a replay; what it has handed over stays."""
        return self._connection.call(replays.cancel(replay_id))

    def list_replays(self, **options: Unpack[PageOptions]) -> Pages[Replay]:
        """Replays, newest first."""
        return Pages(self._connection, replays.list_(options))


class AsyncEvents:
    """As `Events`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, event_id: str) -> Event:
        return await self._connection.call(_get(event_id))

    def list(self, **options: Unpack[EventListOptions]) -> AsyncPages[Event]:
        return AsyncPages(self._connection, recorded(options))

    def subscribe(self, **options: Unpack[SubscribeOptions]) -> AsyncSubscription:
        tail = _tail(options, self._connection.settings.backoff)
        return AsyncSubscription(self._connection, tail, options.get("cursor_store"))

    async def replay(
        self, targets: str | Iterable[str], **options: Unpack[ReplayOptions]
    ) -> Replay:
        return await self._connection.call(replays.begin(targets, options))

    async def get_replay(self, replay_id: str) -> Replay:
        return await self._connection.call(replays.get(replay_id))

    async def cancel_replay(self, replay_id: str) -> Replay:
        return await self._connection.call(replays.cancel(replay_id))

    def list_replays(self, **options: Unpack[PageOptions]) -> AsyncPages[Replay]:
        return AsyncPages(self._connection, replays.list_(options))


def _get(event_id: str) -> Call[Event]:
    return unary(
        lambda stubs: stubs.events.GetEvent,
        events_pb2.GetEventRequest(event_id=event_id),
        lambda response: result(Event, response.event),
    )


def recorded(options: EventListOptions) -> Listing[Event]:
    """The log in pages."""
    check_keywords(options, EventListOptions)
    wanted = filter_of(options)
    start = options.get("start")
    # A cursor of a subscription may point between two events of one response.
    seen = Cursor.parse(start).position if isinstance(start, str) else 0
    newest_first = options.get("newest_first", False)

    def fetch(token: str, size: int) -> Call[Page[Event]]:
        request = events_pb2.ListEventsRequest(
            filter=wanted,
            start=start_position(start),
            page_size=size,
            page_token=token,
            newest_first=newest_first,
        )
        return unary(
            lambda stubs: stubs.events.ListEvents,
            request,
            lambda response: _page(response, seen),
        )

    return listing(fetch, options)


def _page(response: events_pb2.ListEventsResponse, seen: int) -> Page[Event]:
    return Page(
        items=tuple(
            result(Event, each) for each in response.events if each.position > seen
        ),
        next_page_token=response.next_page_token,
        end_cursor=response.end_cursor,
        raw=response,
    )


def _tail(options: SubscribeOptions, backoff: Backoff) -> Tail:
    check_keywords(options, SubscribeOptions)
    view = options.get("message_view", "")
    request = events_pb2.SubscribeRequest(
        filter=filter_of(options),
        heartbeat_interval=options.get("heartbeat_interval"),
        max_batch_size=options.get("max_batch_size"),
        stop_at_end=options.get("stop_at_end"),
        message_view=enum_name(VIEW, view) if view else None,
    )
    return Tail(request, options.get("start"), backoff)
