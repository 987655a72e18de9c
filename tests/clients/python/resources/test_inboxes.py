from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import inboxes_pb2


def stored(**fields) -> inboxes_pb2.Inbox:
    return inboxes_pb2.Inbox(id="inb_1", address="support@example.com", **fields)


def test_create_sends_what_was_given_and_returns_the_inbox(server, bot):
    created = Timestamp(seconds=1_700_000_000)
    answer = stored(
        permissions=["INBOX_PERMISSION_SEND", "INBOX_PERMISSION_RECEIVE"],
        state="STATE_ACTIVE",
        create_time=created,
        metadata={"team": "blue"},
    )
    server.answer("CreateInbox", inboxes_pb2.CreateInboxResponse(inbox=answer))

    inbox = bot.inboxes.create(
        username="support",
        permissions=["send", "receive", "search"],
        daily_send_limit=50,
        labels=["a"],
        time_to_live=timedelta(hours=1),
    )

    request = server.requests("CreateInbox")[0]
    assert request.inbox.username == "support"
    assert list(request.inbox.permissions) == [1, 2, 3]
    assert request.inbox.daily_send_limit == 50
    assert list(request.inbox.labels) == ["a"]
    assert request.time_to_live.seconds == 3600
    assert inbox.id == "inb_1"
    assert inbox.permissions == ("send", "receive")
    assert inbox.state == "active"
    assert inbox.create_time == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert inbox.metadata == {"team": "blue"}
    assert inbox.usage is None
    assert inbox.raw == answer


def test_every_call_carries_the_api_key(server, bot):
    bot.inboxes.get("inb_1")
    assert (
        server.seen["GetInbox"][0].metadata["authorization"] == "Bearer mb_key_secret"
    )


def test_create_makes_a_request_id_of_its_own_unless_given(server, bot):
    bot.inboxes.create()
    bot.inboxes.create()
    bot.inboxes.create(request_id="mine")
    first, second, third = (each.request_id for each in server.requests("CreateInbox"))
    assert first
    assert first != second
    assert third == "mine"


def test_an_inbox_is_named_by_id_address_or_itself(server, bot):
    server.answer("GetInbox", inboxes_pb2.GetInboxResponse(inbox=stored()))
    inbox = bot.inboxes.get("support@example.com")
    bot.inboxes.activate(inbox)
    assert server.requests("GetInbox")[0].inbox_id == "support@example.com"
    assert server.requests("ActivateInbox")[0].inbox_id == "inb_1"


def test_get_shows_usage_and_counts(server, bot):
    answer = stored(usage={"sends_today": 3}, counts={"messages": 7})
    server.answer("GetInbox", inboxes_pb2.GetInboxResponse(inbox=answer))
    inbox = bot.inboxes.get("inb_1")
    assert inbox.usage.sends_today == 3
    assert inbox.counts.messages == 7


def test_update_changes_only_what_is_given(server, bot):
    bot.inboxes.update("inb_1", etag="e1", labels=["x"], expire_time=None)
    request = server.requests("UpdateInbox")[0]
    assert request.inbox.id == "inb_1"
    assert request.inbox.etag == "e1"
    assert list(request.update_mask.paths) == ["expire_time", "labels"]
    assert not request.inbox.HasField("expire_time")


def test_update_without_a_change_is_refused_here(server, bot):
    with pytest.raises(TypeError, match="nothing to change"):
        bot.inboxes.update("inb_1")
    assert server.requests("UpdateInbox") == []


def test_suspend_and_disable_say_how(server, bot):
    until = datetime(2030, 1, 1, tzinfo=UTC)
    bot.inboxes.suspend("inb_1", reason="spam", resume_time=until, refuse_inbound=True)
    bot.inboxes.disable("inb_1", etag="e1")
    suspend = server.requests("SuspendInbox")[0]
    assert (suspend.reason, suspend.refuse_inbound) == ("spam", True)
    assert suspend.resume_time.ToDatetime(tzinfo=UTC) == until
    assert server.requests("DisableInbox")[0].etag == "e1"


def test_list_filters_and_pages(server, bot):
    server.answer(
        "ListInboxes",
        inboxes_pb2.ListInboxesResponse(inboxes=[stored()], next_page_token="t"),
        inboxes_pb2.ListInboxesResponse(inboxes=[stored()]),
    )
    inboxes = list(bot.inboxes.list(labels="a", states=["active"], page_size=1))
    first, second = server.requests("ListInboxes")
    assert len(inboxes) == 2
    assert list(first.filter.labels) == ["a"]
    assert list(first.filter.states) == [inboxes_pb2.Inbox.STATE_ACTIVE]
    assert (first.page_size, first.page_token) == (1, "")
    assert (second.page_size, second.page_token) == (1, "t")
    assert second.filter == first.filter


def test_an_unknown_permission_names_those_there_are(bot):
    with pytest.raises(ValueError, match="send, receive, search"):
        bot.inboxes.create(permissions=["fly"])


def test_a_misspelt_keyword_is_an_error(bot):
    with pytest.raises(TypeError, match="usename"):
        bot.inboxes.create(usename="support")


def test_a_time_without_a_zone_is_refused(bot):
    with pytest.raises(ValueError, match="time zone"):
        bot.inboxes.create(expire_time=datetime(2030, 1, 1))  # noqa: DTZ001
