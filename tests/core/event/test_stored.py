"""Details and filters survive their JSON, whoever wrote it and whatever it lacks."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import event
from mailbot_server.core.event import (
    DETAIL_OF,
    AttachmentSummary,
    AttemptDetail,
    ContentDetail,
    EventFilter,
    EventType,
    HoldDetail,
    InboxDetail,
    LimitDetail,
    ThreadDetail,
)
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.reply import Reply
from tests.fakes.details import details

NOW = datetime(2026, 3, 2, 12, 0, 0, 123_456, tzinfo=UTC)
KINDS = sorted({*DETAIL_OF.values()}, key=lambda kind: kind.__name__)


def test_every_type_has_its_detail():
    assert {*DETAIL_OF} == {each.value for each in EventType}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_detail_comes_back_from_its_json(kind, data):
    detail = data.draw(details(kind))
    written = event.to_json(detail)
    for type_ in [name for name, each in DETAIL_OF.items() if each is kind]:
        assert event.from_json(type_, written) == detail


@pytest.mark.parametrize("kind", KINDS)
def test_defaults_are_not_written(kind):
    type_ = next(name for name, each in DETAIL_OF.items() if each is kind)
    assert event.to_json(kind()) == "{}"
    assert event.from_json(type_, "{}") == kind()


FULL = [
    (
        EventType.MESSAGE_DEFERRED,
        AttemptDetail(
            attempt=2,
            route="mx",
            reply=Reply(code=451, enhanced="4.7.1", text="später"),
            next_attempt_at=NOW,
            duration_seconds=0.25,
            permanent=True,
        ),
        {
            "attempt": 2,
            "route": "mx",
            "reply": {"code": 451, "enhanced": "4.7.1", "text": "später"},
            "next_attempt_at": "2026-03-02T12:00:00.123456+00:00",
            "duration_seconds": 0.25,
            "permanent": True,
        },
    ),
    (
        EventType.MESSAGE_RECEIVED,
        ContentDetail(
            sender=Mailbox(address="a@example.org"),
            recipients=(Mailbox(address="b@example.org", display_name="B"),),
            attachments=(AttachmentSummary(id="att_1", inline=True),),
            defects=("no_date",),
        ),
        {
            "sender": {"address": "a@example.org"},
            "recipients": [{"address": "b@example.org", "display_name": "B"}],
            "attachments": [{"id": "att_1", "inline": True}],
            "defects": ["no_date"],
        },
    ),
    (EventType.MESSAGE_HELD, HoldDetail(reason="R"), {"reason": "R"}),
    (
        EventType.THREAD_MERGED,
        ThreadDetail(surviving_thread_id="thr_1", merged_thread_ids=("thr_2",)),
        {"surviving_thread_id": "thr_1", "merged_thread_ids": ["thr_2"]},
    ),
    (EventType.INBOX_CREATED, InboxDetail(state="active"), {"state": "active"}),
    (EventType.INBOX_LIMIT_REACHED, LimitDetail(limit=250), {"limit": 250}),
]


@pytest.mark.parametrize(("type_", "detail", "written"), FULL)
def test_what_is_stored_stays_readable_for_years(type_, detail, written):
    assert json.loads(event.to_json(detail)) == written
    assert event.from_json(type_.value, json.dumps(written)) == detail


def test_rows_of_a_newer_version_are_read_without_what_is_unknown():
    text = '{"reason":"R","added_later":{"a":[1]},"explanation":"E"}'
    found = event.from_json("message.held", text)
    assert found == HoldDetail(reason="R", explanation="E")
    nested = '{"sender":{"address":"a@x","added_later":1}}'
    found = event.from_json("message.received", nested)
    assert found == ContentDetail(sender=Mailbox(address="a@x"))


def test_instants_keep_their_offset_and_their_microseconds():
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    text = event.to_json(LimitDetail(reset_at=elsewhere))
    found = event.from_json("inbox.limit_reached", text)
    assert found == LimitDetail(reset_at=NOW)


def test_json_is_compact_and_in_utf8():
    written = event.to_json(ContentDetail(subject="Größe 🙂", tag="t"))
    assert written == '{"subject":"Größe 🙂","tag":"t"}'


@given(details(EventFilter))
def test_a_filter_comes_back_from_its_json(wanted):
    assert event.filter_from_json(event.filter_to_json(wanted)) == wanted
