"""A replay knows whether it goes on."""

from datetime import UTC, datetime

import pytest

from mailbot_server.core.event import EventFilter
from mailbot_server.core.timeline.replay import Plan, Replay, ReplayState


@pytest.mark.parametrize("state", list(ReplayState))
def test_only_one_state_is_not_the_end(state: ReplayState) -> None:
    replay = Replay(
        id="rpl_1",
        account_id="acc_1",
        state=state,
        plan=Plan(filter=EventFilter(), low=0, high=1),
        target_ids=("sub_1",),
        position=0,
        event_count=1,
        created_by="key_1",
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    assert replay.is_running is (state is ReplayState.RUNNING)
