"""Replays as the API shows them, nothing left out."""

from datetime import UTC, datetime, timedelta

import pytest

from mailbot.v1 import events_pb2
from mailbot_server.api.convert import replays as convert
from mailbot_server.core.event import EventFilter
from mailbot_server.core.timeline.replay import Plan, Progress, Replay, ReplayState
from mailbot_server.engine.replaying import Counted, Sight

MOMENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLAN = Plan(filter=EventFilter(), low=1, high=9)
REPLAY = Replay(
    id="rpl_1",
    account_id="acc_1",
    state=ReplayState.DONE,
    plan=PLAN,
    target_ids=("sub_1", "whk_1"),
    position=9,
    event_count=8,
    handed_over=7,
    handed={"sub_1": 7, "whk_1": 7},
    created_by="key_1",
    created_at=MOMENT,
    ended_at=MOMENT + timedelta(seconds=1),
)


def test_no_field_is_left_out() -> None:
    sight = Sight(replay=REPLAY, progress=Progress(delivered=3, parked=2))
    shown = convert.to_proto(sight)
    assert {field.name for field, _ in shown.ListFields()} == {
        field.name for field in events_pb2.Replay.DESCRIPTOR.fields
    }
    assert (shown.event_count, shown.handed_over_count) == (8, 7)
    assert (shown.delivered_count, shown.parked_count) == (3, 2)
    assert list(shown.target_ids) == ["sub_1", "whk_1"]


@pytest.mark.parametrize("state", list(ReplayState))
def test_each_state_has_a_number(state: ReplayState) -> None:
    number = events_pb2.Replay.State.Value(f"STATE_{state.value.upper()}")
    assert convert._STATE[state] == number


def test_what_was_only_counted_has_no_id() -> None:
    shown = convert.counted(Counted(plan=PLAN, event_count=4), ("sub_1",))
    assert (shown.id, shown.event_count, list(shown.target_ids)) == ("", 4, ["sub_1"])
