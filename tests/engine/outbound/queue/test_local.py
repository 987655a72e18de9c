"""From one inbox to another: accepted once, whatever happens in between."""

from dataclasses import replace

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import Accepted, Deferred, Outcome, Refused, Stage
from mailbot_server.core.event import EventFilter
from mailbot_server.core.inbox import Inbox, InboxState, Suspension
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.draft import AttachmentBody
from mailbot_server.core.mail.reply import UNKNOWN_RECIPIENT
from mailbot_server.core.message import Direction, MessageFilter
from mailbot_server.engine.outbound.queue import local
from mailbot_server.engine.outbound.queue.local import Local
from mailbot_server.engine.outbound.smtp.progress import Progress
from mailbot_server.store import events, inboxes, messages
from tests.fakes.drafts import DRAFT
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import add_account, add_inbox


@pytest.fixture
async def other(db, inbox) -> Inbox:
    """An inbox of another account."""
    return await add_inbox(db, 2, await add_account(db, 2))


@pytest.fixture
def deliver(db, clock, metrics, leased):
    """Sends DRAFT to an address of ours and delivers it; the lease and the outcome."""

    async def to(address: str, times: int = 1, **changes) -> list[Outcome]:
        draft = replace(DRAFT, to=(Mailbox(address=address),), **changes)
        lease = await leased(draft=draft)
        raw = await db.read(messages.raw, lease.message_id)
        way = Local(db, clock, load(hostname="mail.example.net"))
        outcomes = []
        for _ in range(times):
            progress = Progress(clock, metrics, "local")
            outcomes.append(await way.deliver(lease, raw, progress))
        return outcomes

    return to


async def received(db, inbox: Inbox):
    wanted = MessageFilter(inbox_id=inbox.id)
    return await db.read(
        messages.list_, inbox.account_id, wanted, "", 10, oldest_first=True
    )


async def test_a_message_arrives_in_the_other_inbox_with_its_trace(
    db, deliver, inbox, other
):
    [outcome] = await deliver(other.address)
    assert isinstance(outcome, Accepted)
    assert outcome.is_final
    assert outcome.trace.stage is Stage.EOD
    [message] = await received(db, other)
    assert message.direction is Direction.INBOUND
    assert message.sender == Mailbox(address=inbox.address, display_name="Support")
    assert (message.subject, message.snippet) == (DRAFT.subject, DRAFT.text)
    sender = message.envelope_sender
    assert PATHS.delivery_of(sender)
    assert message.envelope_recipient == other.address
    raw = await db.read(messages.raw, message.id)
    assert raw.startswith(f"Return-Path: <{sender}>\r\nReceived: by ".encode())
    page = await db.read(events.after, other.account_id, 0, EventFilter(), 10)
    assert [e.type.value for e in page.events] == ["message.received", "message.parsed"]


async def test_a_tag_leads_to_its_inbox(db, deliver, other):
    user, _, domain = other.address.partition("@")
    [outcome] = await deliver(f"{user}+Orders@{domain}")
    assert isinstance(outcome, Accepted)
    [message] = await received(db, other)
    assert message.tag == "Orders"


async def test_a_large_message_arrives_whole(db, deliver, other):
    data = b"x" * (2 * local.INLINE_BYTES_MAX)
    await deliver(
        other.address, attachments=(AttachmentBody(filename="x.bin", data=data),)
    )
    [message] = await received(db, other)
    assert message.attachments[0].size_bytes == len(data)


async def test_f8_a_delivery_that_is_repeated_makes_no_second_copy(db, deliver, other):
    outcomes = await deliver(other.address, times=3)
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert len(await received(db, other)) == 1


async def test_an_address_that_nobody_has_is_refused_like_at_the_port(db, deliver):
    [outcome] = await deliver("nobody--00000001@mailbot.localhost")
    assert isinstance(outcome, Refused)
    assert outcome.trace.reply == UNKNOWN_RECIPIENT
    assert outcome.trace.stage is Stage.RCPT


@pytest.mark.parametrize(
    "change",
    [{"state": InboxState.DISABLED}, {"permissions": frozenset({"send"})}],
    ids=["disabled", "send-only"],
)
async def test_b13_an_inbox_that_does_not_receive_looks_like_none(
    db, deliver, other, change
):
    await db.write(inboxes.update, replace(other, **change))
    [outcome] = await deliver(other.address)
    assert isinstance(outcome, Refused)
    assert outcome.trace.reply == UNKNOWN_RECIPIENT


async def test_a_suspended_inbox_that_refuses_mail_is_tried_again(
    db, deliver, other, clock
):
    suspension = Suspension(reason="", by="x", since=clock(), refuse_inbound=True)
    changed = replace(other, state=InboxState.SUSPENDED, suspension=suspension)
    await db.write(inboxes.update, changed)
    [outcome] = await deliver(other.address)
    assert isinstance(outcome, Deferred)


async def test_an_inbox_that_is_disabled_between_looking_and_storing_refuses(
    db, deliver, other, monkeypatch
):
    found = local._find

    def find_then_disable(tx, address):
        recipient = found(tx, address)
        return replace(recipient, inbox=replace(other, id="inb_gone"))

    monkeypatch.setattr(local, "_find", find_then_disable)
    [outcome] = await deliver(other.address)
    assert isinstance(outcome, Refused)
    assert outcome.trace.stage is Stage.DATA
