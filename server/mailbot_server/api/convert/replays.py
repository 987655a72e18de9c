"""Replays, to protobuf."""

from typing import Final

from mailbot.v1 import events_pb2
from mailbot_server.api.convert import times
from mailbot_server.core.timeline.replay import ReplayState
from mailbot_server.engine.replaying import Counted, Sight

_STATE: Final = {
    ReplayState.RUNNING: events_pb2.Replay.STATE_RUNNING,
    ReplayState.DONE: events_pb2.Replay.STATE_DONE,
    ReplayState.CANCELLED: events_pb2.Replay.STATE_CANCELLED,
}


def to_proto(sight: Sight) -> events_pb2.Replay:
    """A job and its progress."""
    replay = sight.replay
    return events_pb2.Replay(
        id=replay.id,
        state=_STATE[replay.state],
        event_count=replay.event_count,
        handed_over_count=replay.handed_over,
        delivered_count=sight.progress.delivered,
        parked_count=sight.progress.parked,
        target_ids=replay.target_ids,
        created_by=replay.created_by,
        create_time=times.to_proto(replay.created_at),
        end_time=times.to_proto(replay.ended_at),
    )


def counted(found: Counted, target_ids: tuple[str, ...]) -> events_pb2.Replay:
    """What a job would be, that nobody has begun."""
    return events_pb2.Replay(event_count=found.event_count, target_ids=target_ids)
