"""Replays and timelines, as the SDK asks for them."""

from datetime import UTC, datetime

import pytest

from mailbot.v1 import events_pb2

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def replay(**fields) -> events_pb2.Replay:
    return events_pb2.Replay(**{"id": "rpl_1", "state": "STATE_RUNNING", **fields})


def answered(server, **fields) -> None:
    server.answer(
        "ReplayEvents", events_pb2.ReplayEventsResponse(replay=replay(**fields))
    )


def test_a_replay_names_targets_and_conditions(server, bot):
    answered(server, event_count=7, target_ids=["whk_1"])
    found = bot.events.replay(
        ["whk_1", "sub_1"],
        types="message.received",
        start=MOMENT,
        end_cursor="c1",
        undelivered_only=True,
    )
    assert (found.id, found.state, found.event_count) == ("rpl_1", "running", 7)
    assert found.target_ids == ("whk_1",)
    (request,) = server.requests("ReplayEvents")
    assert list(request.target_ids) == ["whk_1", "sub_1"]
    assert list(request.filter.types) == [events_pb2.EVENT_TYPE_MESSAGE_RECEIVED]
    assert request.start.at_time.ToDatetime(tzinfo=UTC) == MOMENT
    assert (request.end_cursor, request.undelivered_only) == ("c1", True)
    assert request.request_id


def test_events_by_id_come_without_a_filter(server, bot):
    answered(server)
    bot.events.replay("sub_1", event_ids="evt_1", dry_run=True, request_id="mine")
    (request,) = server.requests("ReplayEvents")
    assert list(request.event_ids) == ["evt_1"]
    assert not request.HasField("filter")
    assert not request.HasField("start")
    assert (request.dry_run, request.request_id) == (True, "mine")


def test_a_misspelt_condition_is_refused(bot):
    with pytest.raises(TypeError):
        bot.events.replay("sub_1", typs="message.received")


def test_a_replay_is_read_listed_and_ended(server, bot):
    server.answer("GetReplay", events_pb2.GetReplayResponse(replay=replay()))
    done = replay(state="STATE_CANCELLED", handed_over_count=3)
    server.answer("CancelReplay", events_pb2.CancelReplayResponse(replay=done))
    server.answer("ListReplays", events_pb2.ListReplaysResponse(replays=[replay()]))
    assert bot.events.get_replay("rpl_1").state == "running"
    ended = bot.events.cancel_replay("rpl_1")
    assert (ended.state, ended.handed_over_count) == ("cancelled", 3)
    assert [each.id for each in bot.events.list_replays()] == ["rpl_1"]


def test_a_timeline_is_the_log_of_one_message(server, bot):
    event = events_pb2.Event(id="evt_1", position=1)
    server.answer("ListEvents", events_pb2.ListEventsResponse(events=[event]))
    found = list(
        bot.messages.timeline("msg_1", types="message.sent", newest_first=True)
    )
    assert [each.id for each in found] == ["evt_1"]
    (request,) = server.requests("ListEvents")
    assert list(request.filter.message_ids) == ["msg_1"]
    assert list(request.filter.types) == [events_pb2.EVENT_TYPE_MESSAGE_SENT]
    assert request.newest_first
