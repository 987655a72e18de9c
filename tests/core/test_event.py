"""Events survive their JSON, whoever wrote it and whatever it lacks."""

import dataclasses
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
    EngagementDetail,
    EventType,
    HoldDetail,
    InboxDetail,
    LimitDetail,
    ThreadDetail,
)
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.reply import Reply

NOW = datetime(2026, 3, 2, 12, 0, 0, 123_456, tzinfo=UTC)
KINDS = sorted({*DETAIL_OF.values()}, key=lambda kind: kind.__name__)

texts = st.text(st.characters(codec="utf-8"), max_size=20)
moments = st.datetimes(timezones=st.just(UTC))
counts = st.integers(0, 2**40)
mailboxes = st.builds(Mailbox, address=texts, display_name=texts)
replies = st.builds(Reply, code=st.integers(0, 599), enhanced=texts, text=texts)
attachments = st.builds(
    AttachmentSummary,
    **{
        field.name: {"str": texts, "int": counts, "bool": st.booleans()}[
            getattr(field.type, "__name__", str(field.type))
        ]
        for field in dataclasses.fields(AttachmentSummary)
    },
)
st.register_type_strategy(Mailbox, mailboxes)
st.register_type_strategy(Reply, replies)
st.register_type_strategy(AttachmentSummary, attachments)
st.register_type_strategy(str, texts)
st.register_type_strategy(datetime, moments)
st.register_type_strategy(float, st.floats(0, 1e9, allow_nan=False))


def details(kind):
    """Every field drawn by its type, or left at its default."""
    hints = event._hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return st.fixed_dictionaries(
        {}, optional={name: st.from_type(hints[name]) for name in names}
    ).map(lambda values: kind(**values))


@pytest.mark.parametrize("type_", EventType)
@given(data=st.data())
def test_a_detail_comes_back_from_its_json(type_, data):
    detail = data.draw(details(DETAIL_OF[type_.value]))
    assert event.from_json(type_.value, event.to_json(detail)) == detail


def test_every_type_has_its_detail_and_every_detail_a_type():
    assert set(DETAIL_OF) == {type_.value for type_ in EventType}
    assert set(KINDS) == set(event.Detail.__args__)


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


def test_words_go_and_who_wrote_to_whom_stays():
    carol = Mailbox(address="carol@example.com", display_name="Carol")
    detail = ContentDetail(
        sender=carol,
        recipients=(carol,),
        subject="Hello",
        snippet="Hi",
        attachments=(AttachmentSummary(id="att_1", filename="a"),),
        size_bytes=7,
        recipient_domains=("example.com",),
    )
    assert event.without_words(detail) == ContentDetail(
        sender=carol,
        recipients=(carol,),
        size_bytes=7,
        recipient_domains=("example.com",),
    )
    clicked = EngagementDetail(url="https://example.com/secret", link_index=3)
    assert event.without_words(clicked) == EngagementDetail(link_index=3)
    attempt = AttemptDetail(attempt=1)
    assert event.without_words(attempt) is attempt
