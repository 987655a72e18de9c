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
)
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.compose import AttachmentBody
from mailbot_server.core.message import Direction, Guarantee, Stream
from mailbot_server.store import (
    deliveries,
    inboxes,
    limits,
    messages,
    threads,
)
from tests.fakes.drafts import CUSTOMER, DRAFT


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
        assert delivery.reverse_path == inbox.address
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
