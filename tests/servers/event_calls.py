"""The event log over the wire, as a test reads it."""

from collections.abc import Iterable, Iterator
from typing import Any

from mailbot.v1 import events_pb2, inboxes_pb2
from mailbot.v1.events_pb2 import EventFilter, StartPosition
from tests.api.conftest import Metadata, Stubs

EARLIEST = StartPosition(anchor=StartPosition.ANCHOR_EARLIEST)
LATEST = StartPosition(anchor=StartPosition.ANCHOR_LATEST)
WAIT = 20


class EventCalls:
    """EventService's methods, as one account, with fields as keywords."""

    def __init__(self, stubs: Stubs, auth: Metadata) -> None:
        self._stubs = stubs
        self._auth = auth
        self._names = 0

    def get(self, event_id: str, by: Metadata | None = None) -> Any:
        """One event."""
        request = events_pb2.GetEventRequest(event_id=event_id)
        return self._stubs.events.GetEvent(request, metadata=by or self._auth).event

    def list(self, by: Metadata | None = None, **fields: Any) -> Any:
        """One page."""
        request = events_pb2.ListEventsRequest(**fields)
        return self._stubs.events.ListEvents(request, metadata=by or self._auth)

    def pages(self, **fields: Any) -> Iterator[Any]:
        """All pages of a list."""
        token = ""
        while True:
            page = self.list(page_token=token, **fields)
            yield page
            token = page.next_page_token
            if not token:
                return

    def follow(self, by: Metadata | None = None, **fields: Any) -> Any:
        """An open stream."""
        request = events_pb2.SubscribeRequest(**fields)
        metadata = by or self._auth
        return self._stubs.events.Subscribe(request, metadata=metadata, timeout=WAIT)

    def read(self, **fields: Any) -> Any:
        """All responses up to the log's end."""
        return list(self.follow(stop_at_end=True, **fields))

    def change(self, inbox: inboxes_pb2.Inbox, count: int = 1) -> None:
        """Changes an inbox n times, with an event each."""
        for _ in range(count):
            self._names += 1
            request = inboxes_pb2.UpdateInboxRequest(
                inbox=inboxes_pb2.Inbox(id=inbox.id, display_name=f"name {self._names}")
            )
            self._stubs.inboxes.UpdateInbox(request, metadata=self._auth)


def after(token: str) -> StartPosition:
    """Behind a cursor."""
    return StartPosition(after_cursor=token)


def only(inbox: inboxes_pb2.Inbox, **fields: Any) -> EventFilter:
    """One inbox's events."""
    return EventFilter(inbox_ids=[inbox.id], **fields)


def positions(responses: Iterable[Any]) -> list[int]:
    """The positions of all events in responses of a stream."""
    return [event.position for r in responses for event in r.batch.events]
