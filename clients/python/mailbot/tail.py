"""
Where a subscription stands, without any I/O.

A `Tail` makes the request for the next stream, takes in responses, hands out each event
once and in order, and says after a failure whether and when to open the stream again.

The server gives a cursor with every response, which may hold many events. Between two
events of one response the cursor is therefore made here: `<cursor before the
response>~<position of the event>`. It means: read on after that cursor, and leave out
events up to that position. The server never sees the part behind the "~".
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from mailbot.arguments import instant
from mailbot.convert import result
from mailbot.errors import MailBotError, UnavailableError
from mailbot.retry import ATTEMPTS_MAX, Backoff
from mailbot.types import Event, StreamStarted
from mailbot.v1 import events_pb2

Start = str | datetime | None

SEPARATOR = "~"
HEARTBEAT_SECONDS = 15.0
# A connection that was silent for so many heartbeats is dead.
HEARTBEATS_MISSED = 3

ANCHORS: Mapping[str, events_pb2.StartPosition.Anchor] = {
    "latest": events_pb2.StartPosition.ANCHOR_LATEST,
    "earliest": events_pb2.StartPosition.ANCHOR_EARLIEST,
}
# After these the stream is opened again, however often it takes.
LOST = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED", "ABORTED"}
# After these too, but not for ever: the fault may be permanent.
FAULTS = {"INTERNAL", "UNKNOWN", "DATA_LOSS"}


class Cursor(NamedTuple):
    """A point in the log: after the server's cursor, and after a position."""

    base: str
    position: int

    def __str__(self) -> str:
        if not self.base or not self.position:
            return self.base
        return f"{self.base}{SEPARATOR}{self.position}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The point that a cursor of this SDK or of the server names."""
        base, separator, position = text.rpartition(SEPARATOR)
        if separator and position.isascii() and position.isdecimal():
            return cls(base, int(position))
        return cls(text, 0)


def start_position(start: Start) -> events_pb2.StartPosition | None:
    """The request's field for "latest", "earliest", a cursor, an instant or None."""
    if start is None:
        return None
    if isinstance(start, datetime):
        return events_pb2.StartPosition(at_time=instant(start))
    if start in ANCHORS:
        return events_pb2.StartPosition(anchor=ANCHORS[start])
    return events_pb2.StartPosition(after_cursor=Cursor.parse(start).base)


class Tail:
    """One consumer's place in the log."""

    def __init__(
        self, request: events_pb2.SubscribeRequest, start: Start, backoff: Backoff
    ) -> None:
        self._request = request
        self._backoff = backoff
        self._start = start
        self._cursor = Cursor("", 0)
        self._last_position = 0
        self._pending: deque[Event] = deque()
        self._taken: Event | None = None
        self._failures = 0
        self._was_open = False
        self.started: StreamStarted | None = None
        self.finished_cursor = ""
        self.begin_at(start)

    def begin_at(self, start: Start) -> None:
        """Start here; only before the first request."""
        self._start = start
        if isinstance(start, str) and start not in ANCHORS:
            self._cursor = Cursor.parse(start)
            self._last_position = self._cursor.position
            self.finished_cursor = start

    def request(self) -> events_pb2.SubscribeRequest:
        """What to ask for: the first time the start, later the last cursor."""
        self.started = None
        start = self._cursor.base or self._start
        request = events_pb2.SubscribeRequest()
        request.CopyFrom(self._request)
        request.start.CopyFrom(start_position(start) or events_pb2.StartPosition())
        return request

    @property
    def stops_at_end(self) -> bool:
        """Whether an end with OK is the end, not an accident."""
        return self._request.stop_at_end

    @property
    def silence_seconds(self) -> float | None:
        """How long nothing may come once the stream is open; None before that."""
        if self.started is None:
            return None
        interval = self.started.heartbeat_interval
        seconds = interval.total_seconds() if interval else 0
        return HEARTBEATS_MISSED * (seconds or HEARTBEAT_SECONDS)

    def receive(self, response: events_pb2.SubscribeResponse) -> None:
        """
        Take in a response: its events wait to be taken, its cursor is kept.

        Only while no event waits or is being worked on.
        """
        assert not self._pending
        assert self._taken is None
        if response.HasField("started"):
            self.started = result(StreamStarted, response.started)
            self._was_open = True
        else:
            self._failures = 0
        before = self._cursor
        events = self._new_events(response, before.base)
        if response.cursor:
            self._cursor = Cursor(response.cursor, 0 if events else before.position)
        if events:
            events[-1] = replace(events[-1], cursor=str(self._cursor))
        else:
            self.finished_cursor = str(self._cursor)
        self._pending.extend(events)

    def take(self) -> Event | None:
        """The next event; the one taken before counts as finished."""
        self.finish()
        if not self._pending:
            return None
        self._taken = self._pending.popleft()
        return self._taken

    def finish(self) -> None:
        """The consumer is done with the event that it took last."""
        if self._taken is not None:
            self.finished_cursor = self._taken.cursor or self.finished_cursor
            self._taken = None

    def interrupted(self, error: MailBotError, chance: float) -> float:
        """
        Seconds to wait before the stream is opened again.

        Raises `error` when that would not help.
        """
        self._failures += 1
        if not self._may_resume(error):
            raise error
        wait = self._backoff.seconds(self._failures, chance)
        if error.retry_after is None:
            return wait
        # The server's word counts; only a server that keeps ending streams is not
        # obeyed to the letter.
        return (
            error.retry_after if self._failures == 1 else max(error.retry_after, wait)
        )

    def _may_resume(self, error: MailBotError) -> bool:
        if error.code in FAULTS:
            return self._failures < ATTEMPTS_MAX
        if error.code == "RESOURCE_EXHAUSTED":
            # Our own dead stream may still be counted among too many.
            return self._was_open or error.retry_after is not None
        return error.code in LOST

    def _new_events(
        self, response: events_pb2.SubscribeResponse, base: str
    ) -> list[Event]:
        """The response's events that were not seen, each with its cursor."""
        events = []
        for each in response.batch.events:
            if each.position > self._last_position:
                self._last_position = each.position
                cursor = str(Cursor(base, each.position))
                events.append(result(Event, each, cursor=cursor))
        return events


def silent() -> UnavailableError:
    """The error of a stream on which nothing came for too long."""
    return UnavailableError(
        "nothing came for three heartbeats: the connection is dead", code="UNAVAILABLE"
    )


def ended() -> UnavailableError:
    """The error of a stream that ended though it was to go on."""
    return UnavailableError("the stream ended", code="UNAVAILABLE")
