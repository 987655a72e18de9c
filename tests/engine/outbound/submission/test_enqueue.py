"""One operation writes all of a message, once for each request id."""

import asyncio
import email
import email.policy
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core import limits as windows
from mailbot_server.core.delivery import State
from mailbot_server.core.errors import (
    LimitExceeded,
    WrongState,
)
from mailbot_server.core.event import (
    ContentDetail,
    EventType,
    SuppressionDetail,
)
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.compose import AttachmentBody
from mailbot_server.core.message import Direction, Guarantee, Stream
from mailbot_server.core.suppression import Suppression, Wanted
from mailbot_server.engine import suppressions
from mailbot_server.store import (
    deliveries,
    inboxes,
    limits,
    messages,
    threads,
)
from tests.fakes.drafts import CUSTOMER, DRAFT
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import principal


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def test_a_message_is_stored_with_its_bytes_and_queued_once_a_recipient(
    db, send, inbox, clock
):
    draft = replace(
        DRAFT,
        cc=(Mailbox(address="CUSTOMER@example.com"), Mailbox(address="b@example.org")),
        bcc=(Mailbox(address="secret@example.net"),),
    )
    submitted = await send(draft)
    message = submitted.message
    assert await db.read(messages.get, inbox.account_id, message.id) == message
    raw = await db.read(messages.raw, message.id)
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert parsed["From"] == f"Support <{inbox.address}>"
    assert parsed["To"].addresses[0].addr_spec == "customer@example.com"
    assert parsed["Bcc"] is None
    assert parsed["Message-ID"] == f"<{message.id}@{inbox.domain}>"
    assert parsed["Date"].datetime == clock()
    assert b"secret@example.net" not in raw
    assert (message.size_bytes, message.direction) == (len(raw), Direction.OUTBOUND)
    assert message.snippet == "Please find it attached."

    sent = await db.read(deliveries.of_messages, [message.id])
    assert sent[message.id] == submitted.deliveries
    assert [d.recipient for d in submitted.deliveries] == [
        *("customer@example.com", "b@example.org", "secret@example.net"),
    ]
    for delivery in submitted.deliveries:
        assert delivery.state is State.QUEUED
        assert delivery.due_at == delivery.queued_at == clock()
        assert delivery.gives_up_at == clock() + timedelta(hours=72)
        assert PATHS.delivery_of(delivery.reverse_path) == delivery.id
        assert delivery.reverse_path.endswith("@rp.mailbot.localhost")
        assert delivery.thread_id == message.thread_id
        assert delivery.domain == delivery.recipient.partition("@")[2]


async def test_the_event_tells_what_was_queued(send, inbox, log):
    submitted = await send(metadata={"order": "4521"}, labels=("b", "a"))
    [event] = await log()
    assert event.type is EventType.MESSAGE_QUEUED
    assert event.message_id == submitted.message.id
    assert event.thread_id == submitted.message.thread_id
    assert event.metadata == {"order": "4521"}
    assert isinstance(event.detail, ContentDetail)
    assert event.detail.subject == "Invoice #4521"
    assert event.detail.recipients == (CUSTOMER,)
    assert event.detail.rfc822_message_id == submitted.message.rfc822_message_id
    assert submitted.message.labels == ("a", "b")


async def test_a_message_begins_a_thread_and_is_counted(db, send, inbox):
    submitted = await send()
    thread = await db.read(threads.get, inbox.account_id, submitted.message.thread_id)
    assert thread is not None
    assert (thread.outbound_count, thread.inbound_count) == (1, 0)
    assert thread.participants == (CUSTOMER,)
    counts = await db.read(inboxes.counts, inbox.id)
    assert (counts.outbound_messages, counts.threads, counts.open_deliveries) == (
        1,
        1,
        1,
    )


async def test_the_queue_is_woken(db, send):
    with db.watch("deliveries") as watch:
        await send()
        assert await watch.changed(1)


async def test_bulk_mail_has_five_days_and_keeps_its_guarantee(send, clock):
    submitted = await send(stream=Stream.BULK, guarantee=Guarantee.AT_MOST_ONCE)
    [delivery] = submitted.deliveries
    assert delivery.gives_up_at == clock() + timedelta(days=5)
    assert delivery.guarantee is Guarantee.AT_MOST_ONCE
    assert submitted.message.stream is Stream.BULK


async def test_an_international_domain_is_kept_as_a_labels(send):
    draft = replace(DRAFT, to=(Mailbox(address="a@BÜCHER.example.com"),))
    submitted = await send(draft)
    [delivery] = submitted.deliveries
    assert delivery.recipient == "a@xn--bcher-kva.example.com"
    assert submitted.message.addressees.to[0].address == delivery.recipient


async def test_an_inbox_is_named_by_its_address_too(send, inbox):
    submitted = await send(inbox_id=inbox.address.upper())
    assert submitted.message.inbox_id == inbox.id


async def test_a_large_message_is_composed_whole(db, send):
    data = bytes(range(256)) * 1000
    attachment = AttachmentBody(filename="data.bin", data=data)
    submitted = await send(replace(DRAFT, attachments=(attachment,)))
    [summary] = submitted.message.attachments
    assert (summary.filename, summary.size_bytes) == ("data.bin", len(data))
    [part] = [
        p for p in await db.read(messages.parts, submitted.message.id) if not p.is_body
    ]
    assert part.sha256 == summary.sha256
    assert summary.id.endswith(part.path.replace(".", "-"))


async def test_a8_a_repeat_returns_the_first_message_and_charges_nothing(
    db, send, inbox, clock, log, metrics
):
    first = await send(request_id="r1", digest=b"d")
    clock.advance(seconds=5)
    again = await send(request_id="r1", digest=b"d")
    assert again.replayed
    assert again.message == first.message
    assert again.deliveries == first.deliveries
    used = await db.read(limits.used, "day", inbox.id, windows.day_of(clock()).start)
    assert used == 1
    assert len(await log()) == 1
    for result in ("new", "replayed"):
        assert sample(metrics, "mailbot_idempotency_total", result=result) == 1


async def test_a8_concurrent_repeats_make_one_message(db, send, log):
    all_of_them = await asyncio.gather(
        *(send(request_id="r1", digest=b"d") for _ in range(20))
    )
    assert len({submitted.message.id for submitted in all_of_them}) == 1
    assert [s.replayed for s in all_of_them].count(False) == 1
    assert len(await log()) == 1


async def test_a8_another_payload_under_the_same_id_is_refused(send, metrics):
    await send(request_id="r1", digest=b"one")
    with pytest.raises(WrongState) as caught:
        await send(request_id="r1", digest=b"two")
    assert caught.value.reason == "REQUEST_ID_REUSED"
    assert sample(metrics, "mailbot_idempotency_total", result="conflict") == 1


async def test_a_failed_call_is_not_remembered(db, send, inbox, clock):
    for _ in range(windows.MINUTE):
        await send()
    with pytest.raises(LimitExceeded):
        await send(request_id="r1", digest=b"d")
    clock.advance(minutes=1)
    assert not (await send(request_id="r1", digest=b"d")).replayed


async def test_a_repeat_is_answered_even_when_the_inbox_may_send_no_more(
    db, send, inbox
):
    first = await send(request_id="r1", digest=b"d")
    await db.write(inboxes.update, replace(inbox, state=InboxState.DISABLED))
    assert (await send(request_id="r1", digest=b"d")).message == first.message


# --- who is suppressed ---


async def suppress(db, address: str) -> Suppression:
    wanted = Wanted(address=address, note="private")
    return await db.write(suppressions.add, principal(), wanted, "")


async def test_a_suppressed_recipient_is_recorded_and_not_tried(
    db, send, inbox, log, metrics
):
    found = await suppress(db, "b@example.org")
    draft = replace(DRAFT, bcc=(Mailbox(address="B@Example.org"),))
    submitted = await send(draft, metadata={"order": "1"})
    tried, kept_back = submitted.deliveries
    assert (tried.state, kept_back.state) == (State.QUEUED, State.SUPPRESSED)
    assert "suppressed (manual)" in kept_back.diagnostic
    sent = await db.read(deliveries.of_messages, [submitted.message.id])
    assert sent[submitted.message.id] == submitted.deliveries
    _, queued, event = await log()
    assert queued.type is EventType.MESSAGE_QUEUED
    assert event.type is EventType.MESSAGE_SUPPRESSED
    assert (event.delivery_id, event.recipient) == (
        *(kept_back.id, kept_back.recipient),
    )
    assert (event.message_id, event.metadata) == (
        *(submitted.message.id, {"order": "1"}),
    )
    assert event.detail == SuppressionDetail(
        suppression_id=found.id, address="b@example.org", reason="manual"
    )
    assert (await db.read(inboxes.counts, inbox.id)).open_deliveries == 1
    leased = await db.write(deliveries.lease_due, "nod_me", 10, 60)
    assert [each.id for each in leased] == [tried.id]
    labels = {"stream": "transactional", "outcome": "suppressed"}
    assert sample(metrics, "mailbot_deliveries_total", **labels) == 1


async def test_a_message_to_suppressed_recipients_only_is_taken_and_says_so(
    db, send, kinds, inbox, metrics, clock
):
    await suppress(db, CUSTOMER.address)
    submitted = await send()
    assert [each.state for each in submitted.deliveries] == [State.SUPPRESSED]
    assert await kinds() == ["queued", "suppressed"]
    assert (await db.read(inboxes.counts, inbox.id)).open_deliveries == 0
    name = "mailbot_submissions_total"
    labels = {"via": "api", "stream": "transactional", "result": "accepted"}
    assert sample(metrics, name, **labels, reason="suppressed") == 1
    assert sample(metrics, name, **labels, reason="ok") == 0


async def test_daily_limits_do_not_count_suppressed_recipients(
    db, send, inbox, log, clock
):
    await suppress(db, "b@example.org")
    both = replace(DRAFT, cc=(Mailbox(address="b@example.org"),))
    await db.write(inboxes.update, replace(inbox, daily_send_limit=1))
    await send(both)
    usage = await db.read(inboxes.usage, inbox)
    assert (usage.sends_today, usage.sends_this_minute) == (1, 1)
    with pytest.raises(LimitExceeded):
        await send(both)
    none_tried = replace(DRAFT, to=(Mailbox(address="b@example.org"),))
    await send(none_tried)
    usage = await db.read(inboxes.usage, inbox)
    assert (usage.sends_today, usage.sends_this_minute) == (1, 2)
    reached = [e for e in await log() if e.type is EventType.INBOX_LIMIT_REACHED]
    assert len(reached) == 1


async def test_validating_shows_who_is_suppressed(db, send, kinds):
    await suppress(db, "b@example.org")
    draft = replace(DRAFT, cc=(Mailbox(address="b@example.org"),))
    submitted = await send(draft, validate_only=True)
    states = [each.state for each in submitted.deliveries]
    assert states == [State.QUEUED, State.SUPPRESSED]
    assert await kinds() == []


async def test_a_replay_says_what_was_suppressed_then(db, send):
    await suppress(db, CUSTOMER.address)
    first = await send(request_id="r-1", digest=b"1")
    await db.write(suppressions.remove, principal(), CUSTOMER.address, "")
    again = await send(request_id="r-1", digest=b"1")
    assert again.replayed
    assert again.deliveries == first.deliveries
    fresh = await send()
    assert [each.state for each in fresh.deliveries] == [State.QUEUED]
