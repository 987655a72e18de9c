"""Limits are exact, charged together, and a refused call consumes nothing."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core import limits as windows
from mailbot_server.core.errors import (
    LimitExceeded,
)
from mailbot_server.core.event import (
    EventType,
    LimitDetail,
)
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.engine.outbound.submission.submit import (
    Submission,
    Submitted,
    submit,
)
from mailbot_server.store import (
    accounts,
    inboxes,
    limits,
)
from tests.fakes.drafts import DRAFT
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import account, add_account, add_inbox, principal


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def test_e3_the_minute_counts_messages_and_the_event_says_when_it_is_full(
    send, log, clock, metrics
):
    for _ in range(windows.MINUTE):
        await send()
    with pytest.raises(LimitExceeded) as caught:
        await send()
    error = caught.value
    assert error.reason == "SEND_RATE_LIMIT"
    assert error.details["limit"] == error.details["used"] == "25"
    assert error.details["reset_time"] == "2026-03-02T12:01:00Z"
    assert error.retry_after_seconds == 60
    reached = [e for e in await log() if e.type is EventType.INBOX_LIMIT_REACHED]
    assert [e.detail for e in reached] == [
        LimitDetail(
            limit_name="minute_send",
            limit=25,
            reset_at=clock() + timedelta(minutes=1),
        )
    ]
    name = "mailbot_ratelimit_decisions_total"
    assert sample(metrics, name, scope="inbox", limit="burst", decision="reject") == 1
    assert sample(metrics, name, scope="inbox", limit="burst", decision="allow") == 25
    clock.advance(minutes=1)
    await send()


async def test_e3_the_day_counts_recipients_and_a_refused_call_consumes_nothing(
    db, metrics, clock, log
):
    await add_account(db)
    small = await add_inbox(db, daily_send_limit=3)
    two = replace(DRAFT, cc=(Mailbox(address="b@example.org"),))
    one = Submission(inbox_id=small.id, draft=DRAFT)
    pair = Submission(inbox_id=small.id, draft=two)
    await submit(db, PATHS, metrics, principal(), pair)
    with pytest.raises(LimitExceeded) as caught:
        await submit(db, PATHS, metrics, principal(), pair)
    assert caught.value.reason == "DAILY_SEND_LIMIT"
    assert caught.value.details["used"] == "2"
    assert caught.value.retry_after_seconds == 12 * 3600
    await submit(db, PATHS, metrics, principal(), one)
    day = windows.day_of(clock()).start
    assert await db.read(limits.used, "day", small.id, day) == 3
    minute = windows.minute_of(clock()).start
    assert await db.read(limits.used, "minute", small.id, minute) == 2
    assert await db.read(limits.used, "account_day", small.account_id, day) == 3
    kinds = [event.type for event in await log()]
    assert kinds.count(EventType.INBOX_LIMIT_REACHED) == 1


async def test_a_message_to_more_than_a_whole_day_allows_is_not_told_to_wait(
    db, metrics
):
    await add_account(db)
    small = await add_inbox(db, daily_send_limit=1)
    draft = replace(DRAFT, cc=(Mailbox(address="b@example.org"),))
    with pytest.raises(LimitExceeded) as caught:
        await submit(
            db, PATHS, metrics, principal(), Submission(inbox_id=small.id, draft=draft)
        )
    assert caught.value.retry_after_seconds is None


async def test_the_account_has_a_limit_of_its_own(db, metrics):
    await db.write(accounts.add, account(daily_send_limit=1))
    first, second = await add_inbox(db, 1), await add_inbox(db, 2)
    submission = Submission(inbox_id=first.id, draft=DRAFT)
    await submit(db, PATHS, metrics, principal(), submission)
    with pytest.raises(LimitExceeded) as caught:
        await submit(
            db, PATHS, metrics, principal(), replace(submission, inbox_id=second.id)
        )
    assert caught.value.subject == account().id
    name = "mailbot_ratelimit_decisions_total"
    assert sample(metrics, name, scope="account", limit="daily", decision="reject") == 1


async def test_e3_concurrent_calls_never_pass_a_limit_together(db, send, inbox, clock):
    answers = await asyncio.gather(
        *(send() for _ in range(windows.MINUTE * 2)), return_exceptions=True
    )
    accepted = [a for a in answers if isinstance(a, Submitted)]
    refused = [a for a in answers if isinstance(a, LimitExceeded)]
    assert (len(accepted), len(refused)) == (windows.MINUTE, windows.MINUTE)
    counts = await db.read(inboxes.counts, inbox.id)
    assert counts.outbound_messages == windows.MINUTE
