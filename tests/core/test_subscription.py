"""Durable readers: what names a lease, and what a reader is never told."""

from datetime import UTC, datetime

from mailbot_server.core.event import ConsumerDetail, Event, EventType, InboxDetail
from mailbot_server.core.subscription import Handout, Key, is_about

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_a_lease_is_named_by_replay_position_and_number() -> None:
    event = Event(
        type=EventType.INBOX_CREATED,
        account_id="acc_1",
        detail=InboxDetail(),
        position=7,
        replay_id="rpl_1",
    )
    held = Handout(
        subscription_id="sub_1", event=event, lease=3, attempts=1, due_at=NOW
    )
    assert held.key == Key(replay_id="rpl_1", position=7, lease=3)


def test_a_reader_is_never_told_of_itself() -> None:
    told = Event(
        type=EventType.WEBHOOK_FAILING,
        account_id="acc_1",
        detail=ConsumerDetail(consumer_id="whk_1"),
    )
    assert is_about(told, "whk_1")
    assert not is_about(told, "whk_2")
    other = Event(
        type=EventType.INBOX_CREATED, account_id="acc_1", detail=InboxDetail()
    )
    assert not is_about(other, "")
