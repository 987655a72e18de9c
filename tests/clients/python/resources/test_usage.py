from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import usage_pb2

START = datetime(2026, 3, 1, tzinfo=UTC)
COUNTS = usage_pb2.UsageCounts(
    messages_sent=2,
    recipients=3,
    bounced=1,
    bounced_by_class={"dns": 1},
    mean_first_reply=Duration(seconds=90),
)


def stamp(moment):
    made = Timestamp()
    made.FromDatetime(moment)
    return made


def test_usage_is_read_piece_by_piece(server, bot):
    piece = usage_pb2.UsagePiece(
        start_time=stamp(START),
        end_time=stamp(START + timedelta(days=1)),
        counts=COUNTS,
    )
    answer = usage_pb2.GetUsageResponse(total=COUNTS, pieces=[piece], incomplete=True)
    server.answer("GetUsage", answer)
    found = bot.usage.get(
        start_time=START, interval="day", inbox_id="inb_1", recipient_domain="a.com"
    )
    assert found.total.recipients == 3
    assert found.total.bounced_by_class == {"dns": 1}
    assert found.total.mean_first_reply == timedelta(seconds=90)
    assert found.pieces[0].end_time == START + timedelta(days=1)
    assert found.incomplete
    [request] = server.requests("GetUsage")
    assert request.interval == usage_pb2.USAGE_INTERVAL_DAY
    assert (request.inbox_id, request.recipient_domain) == ("inb_1", "a.com")
    assert not request.HasField("end_time")


def test_no_answer_has_no_mean(server, bot):
    server.answer("GetUsage", usage_pb2.GetUsageResponse())
    assert bot.usage.get().total is None


def test_what_is_no_interval_is_a_value_error(bot):
    with pytest.raises(ValueError, match="hour, day"):
        bot.usage.get(interval="week")


def test_inboxes_are_listed_page_by_page(server, bot):
    pages = [
        usage_pb2.ListInboxUsageResponse(
            inboxes=[usage_pb2.InboxUsageRow(inbox_id=name, counts=COUNTS)],
            next_page_token=token,
        )
        for name, token in (("inb_1", "more"), ("inb_2", ""))
    ]
    server.answer("ListInboxUsage", *pages)
    found = list(bot.usage.by_inbox(start_time=START))
    assert [each.inbox_id for each in found] == ["inb_1", "inb_2"]
    first, second = server.requests("ListInboxUsage")
    assert (first.page_token, second.page_token) == ("", "more")
    assert first.start_time == second.start_time


def test_domains_are_one_answer(server, bot):
    row = usage_pb2.DomainUsageRow(recipient_domain="a.com", counts=COUNTS)
    server.answer("ListDomainUsage", usage_pb2.ListDomainUsageResponse(domains=[row]))
    [found] = bot.usage.by_domain(inbox_id="inb_1", end_time=START)
    assert (found.recipient_domain, found.counts.messages_sent) == ("a.com", 2)


def test_counting_again_goes_on_until_it_is_done(server, bot):
    steps = [
        usage_pb2.RebuildUsageResponse(event_count=5),
        usage_pb2.RebuildUsageResponse(event_count=9, hour_count=2, done=True),
    ]
    server.answer("RebuildUsage", *steps)
    assert [each.event_count for each in bot.usage.rebuild("acc_1")] == [5, 9]
    assert len(server.requests("RebuildUsage")) == 2
