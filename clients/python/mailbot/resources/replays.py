"""Calls that have recorded events delivered again."""

from collections.abc import Iterable
from uuid import uuid4

from mailbot.arguments import as_list, check_keywords
from mailbot.calls import Call, unary
from mailbot.convert import result
from mailbot.filtering import EventFilter, filter_of
from mailbot.pages import Listing, Page, PageOptions, listing, page
from mailbot.tail import Start, start_position
from mailbot.types import Replay
from mailbot.v1 import events_pb2

_FILTER = frozenset(EventFilter.__optional_keys__)


class ReplayOptions(EventFilter, total=False):
    """Which recorded events to deliver again; without any condition all."""

    event_ids: str | Iterable[str]
    """These, and then no other condition."""
    start: Start
    """"earliest" (default), a cursor, or an instant."""
    end_cursor: str
    """Everything up to this cursor; up to now if left out."""
    undelivered_only: bool
    """Only what a target did not get, or what was parked there."""
    dry_run: bool
    """Only count."""
    request_id: str
    """Makes the call safe to repeat for 24 h; drawn if left out."""


def begin(targets: str | Iterable[str], options: ReplayOptions) -> Call[Replay]:
    """Begins a replay, or counts."""
    check_keywords(options, ReplayOptions)
    start = options.get("start")
    request = events_pb2.ReplayEventsRequest(
        event_ids=as_list(options.get("event_ids")),
        filter=filter_of(options) if _FILTER & options.keys() else None,
        start=start_position(start) if start is not None else None,
        end_cursor=options.get("end_cursor"),
        target_ids=as_list(targets),
        undelivered_only=options.get("undelivered_only"),
        dry_run=options.get("dry_run"),
        request_id=options.get("request_id") or str(uuid4()),
    )
    return unary(
        lambda stubs: stubs.events.ReplayEvents,
        request,
        lambda response: result(Replay, response.replay),
    )


def get(replay_id: str) -> Call[Replay]:
    """Reads one."""
    return unary(
        lambda stubs: stubs.events.GetReplay,
        events_pb2.GetReplayRequest(replay_id=replay_id),
        lambda response: result(Replay, response.replay),
    )


def cancel(replay_id: str) -> Call[Replay]:
    """Ends one."""
    return unary(
        lambda stubs: stubs.events.CancelReplay,
        events_pb2.CancelReplayRequest(replay_id=replay_id),
        lambda response: result(Replay, response.replay),
    )


def list_(options: PageOptions) -> Listing[Replay]:
    """Lists them."""
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[Replay]]:
        return unary(
            lambda stubs: stubs.events.ListReplays,
            events_pb2.ListReplaysRequest(page_size=size, page_token=token),
            lambda response: page(
                Replay, response.replays, response, response.next_page_token
            ),
        )

    return listing(fetch, options)
