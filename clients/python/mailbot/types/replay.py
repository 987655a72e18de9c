"""Jobs that deliver recorded events again."""

from dataclasses import dataclass, field
from datetime import datetime

from mailbot.v1 import events_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """
    How far a replay is; one that was only counted has no id.

    `handed_over_count` events were handed to one target at least; `delivered_count`
    and `parked_count` are counted for each target. An `event_count` of 100,000 says as
    many or more.
    """

    id: str
    state: str
    event_count: int
    handed_over_count: int
    delivered_count: int
    parked_count: int
    target_ids: tuple[str, ...]
    created_by: str
    create_time: datetime | None
    end_time: datetime | None
    raw: events_pb2.Replay = field(repr=False, compare=False)
