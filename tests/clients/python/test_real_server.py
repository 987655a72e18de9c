"""
The SDK against a whole server.

Mail goes from one inbox to another of the same server, so that nothing else is needed.
"""

import hashlib
import itertools
import uuid
from collections.abc import Iterator

import pytest

from mailbot import (
    AlreadyExistsError,
    AsyncMailBot,
    AuthError,
    CursorError,
    FileCursor,
    Inbox,
    InvalidRequestError,
    MailBot,
    NotFoundError,
    PermissionDeniedError,
)

pytestmark = pytest.mark.slow

BIG = bytes(range(256)) * 8192


@pytest.fixture
def mailbot(whole_server) -> Iterator[MailBot]:
    """A client of the whole server."""
    with MailBot(whole_server.api_key, whole_server.target) as client:
        yield client


@pytest.fixture
def support(mailbot) -> Inbox:
    """An inbox nobody else uses."""
    return mailbot.inboxes.create(username=f"support-{uuid.uuid4().hex[:8]}")


@pytest.fixture
def customer(mailbot) -> Inbox:
    """Somebody to write to, on the same server."""
    return mailbot.inboxes.create(username=f"customer-{uuid.uuid4().hex[:8]}")


def received(mailbot: MailBot, inbox: Inbox, send) -> str:
    """The id of the message that comes to the inbox after `send`."""
    subscription = mailbot.events.subscribe(types="message.parsed", inbox_ids=inbox)
    with subscription:
        subscription.ready()
        send()
        return next(subscription).message_id


def test_a_conversation_ends_up_in_one_thread(mailbot, support, customer):
    def ask():
        mailbot.messages.send(
            inbox_id=support.id,
            to=customer.address,
            subject="Invoice #4521",
            text="Please pay.",
        )

    question = received(mailbot, customer, ask)
    answer = received(
        mailbot, support, lambda: mailbot.messages.reply(question, text="I just did.")
    )
    thread = mailbot.threads.get(mailbot.messages.get(answer).thread_id)
    assert [each.direction for each in thread.messages] == ["outbound", "inbound"]
    assert thread.messages[1].subject == "Re: Invoice #4521"
    assert "I just did." in thread.messages[1].extracted_text
    assert [each.id for each in mailbot.threads.list(inbox_id=support)] == [thread.id]


def test_a_conversation_is_split_labelled_explained_and_merged(
    mailbot, support, customer
):
    sent = mailbot.messages.send(inbox_id=support, to=customer.address, text="One.")
    again = mailbot.messages.reply(sent, text="Two.")
    assert again.thread_id == sent.thread_id
    done = mailbot.threads.split(sent.thread_id, again)
    mailbot.threads.label(done.new_thread, add=["urgent", "late"], remove="late")
    mailbot.messages.label(again, add="two")
    (found,) = mailbot.threads.list(inbox_id=support, labels="urgent")
    assert found.id == done.new_thread.id
    assert [each.id for each in mailbot.messages.list(labels="two")] == [again.id]
    merged = mailbot.threads.merge(done.thread, found)
    assert (merged.id, merged.message_count) == (sent.thread_id, 2)
    assert merged.labels == ("late", "urgent")
    told = mailbot.threads.explain(found)
    assert [each.kind for each in told.changes] == ["split_by_hand", "merged_by_hand"]
    assert told.ties[0].tie == sent.rfc822_message_id
    people = mailbot.threads.list(participant_address=customer.address)
    assert [each.id for each in people] == [merged.id]


def test_events_tell_the_life_of_a_message(mailbot, support, customer):
    with mailbot.events.subscribe(inbox_ids=support) as subscription:
        subscription.ready()
        message = mailbot.messages.send(
            inbox_id=support, to=customer.address, text="hi", metadata={"order": "7"}
        )
        told = []
        for event in subscription:
            told.append(event.type)
            assert event.message_id == message.id
            assert event.metadata == {"order": "7"}
            if event.type == "message.delivered":
                break
    assert told[0] == "message.queued"
    assert told.index("message.attempted") < told.index("message.delivered")
    assert mailbot.messages.get(message).recipients[0].state == "delivered"


def test_attachments_large_and_small_arrive_whole(mailbot, support, customer):
    def send():
        mailbot.messages.send(
            inbox_id=support,
            to=("Cy Custómer", customer.address),
            subject="Grüße 🎉",
            html="<p>See files</p>",
            attachments=[("small.txt", b"small"), ("big.bin", BIG)],
        )

    message = mailbot.messages.get(received(mailbot, customer, send))
    small, big = message.attachments
    assert message.subject == "Grüße 🎉"
    assert mailbot.messages.download_attachment(small) == b"small"
    assert mailbot.messages.download_attachment(big) == BIG
    assert big.sha256 == hashlib.sha256(BIG).hexdigest()
    assert hashlib.sha256(mailbot.messages.raw(message)).hexdigest() == message.sha256


def test_an_inbox_lives_as_its_calls_say(mailbot, support):
    changed = mailbot.inboxes.update(support, labels=["vip"], daily_send_limit=9)
    assert (changed.labels, changed.daily_send_limit) == (("vip",), 9)
    assert mailbot.inboxes.suspend(support, reason="test").state == "suspended"
    assert mailbot.inboxes.activate(support).state == "active"
    assert mailbot.inboxes.disable(support).state == "disabled"
    assert mailbot.inboxes.get(support.address).usage.sends_today == 0


def test_lists_page_through_everything(mailbot):
    label = uuid.uuid4().hex
    made = [mailbot.inboxes.create(labels=[label]).id for _ in range(5)]
    listed = [each.id for each in mailbot.inboxes.list(labels=label, page_size=2)]
    assert listed == sorted(made, reverse=True)


def test_a_consumer_that_comes_back_reads_on_where_it_stopped(
    mailbot, support, customer, tmp_path
):
    options = {
        "types": "message.queued",
        "inbox_ids": support,
        "cursor_store": FileCursor(tmp_path / "cursor"),
    }
    with mailbot.events.subscribe(**options) as subscription:
        subscription.ready()
        sent = [
            mailbot.messages.send(
                inbox_id=support, to=customer.address, text=str(each)
            ).id
            for each in range(6)
        ]
        first = [each.message_id for each in itertools.islice(subscription, 2)]
        subscription.commit()
    with mailbot.events.subscribe(**options) as subscription:
        rest = [each.message_id for each in itertools.islice(subscription, 4)]
    assert first + rest == sent


def test_the_past_can_be_listed_and_followed_without_a_gap(mailbot, support, customer):
    mailbot.messages.send(inbox_id=support, to=customer.address, text="1")
    pages = list(mailbot.events.list(inbox_ids=support, page_size=1).pages())
    assert pages[0].items[0].type == "inbox.created"
    with mailbot.events.subscribe(
        inbox_ids=support, types="message.queued", start=pages[-1].end_cursor
    ) as subscription:
        second = mailbot.messages.send(inbox_id=support, to=customer.address, text="2")
        assert next(subscription).message_id == second.id


def test_the_same_request_id_is_one_message(mailbot, support, customer):
    def send():
        return mailbot.messages.send(
            inbox_id=support, to=customer.address, text="once", request_id=support.id
        )

    assert send().id == send().id
    assert len(list(mailbot.messages.list(inbox_id=support))) == 1


def test_a_revoked_key_ends_its_open_stream(whole_server, mailbot):
    new = mailbot.keys.create(scopes="events:read")
    with MailBot(new.secret, whole_server.target) as reader:
        with pytest.raises(PermissionDeniedError) as denied:
            reader.inboxes.create()
        assert denied.value.metadata["scope"] == "inboxes:write"
        with reader.events.subscribe(
            inbox_ids="inb_00000000000000000000000000"
        ) as stream:
            stream.ready()
            mailbot.keys.revoke(new.api_key.id)
            with pytest.raises(AuthError) as revoked:
                next(stream)
    assert revoked.value.reason == "API_KEY_REVOKED"


def test_mistakes_are_told_apart(whole_server, mailbot, support):
    with pytest.raises(NotFoundError):
        mailbot.messages.get("msg_00000000000000000000000000")
    with pytest.raises(AlreadyExistsError):
        mailbot.inboxes.create(username=support.username)
    with pytest.raises(InvalidRequestError) as bad:
        mailbot.messages.send(
            inbox_id=support, to=["a@example.com", "nonsense"], text="x"
        )
    assert bad.value.reason == "ADDRESS_INVALID"
    assert bad.value.violations[0].subject == "to[1].address"
    assert bad.value.request_id
    with pytest.raises(CursorError):
        next(mailbot.events.subscribe(start="no-cursor"))
    with (
        MailBot("mb_nobody_nothing", whole_server.target) as stranger,
        pytest.raises(AuthError),
    ):
        stranger.account.get()


async def test_the_asyncio_client_does_the_same(whole_server, support):
    async with AsyncMailBot(whole_server.api_key, whole_server.target) as mailbot:
        subscription = mailbot.events.subscribe(
            inbox_ids=support, types="message.parsed"
        )
        async with subscription:
            await subscription.ready()
            await mailbot.messages.send(
                inbox_id=support, to=support.address, text="to myself"
            )
            event = await anext(subscription)
        message = await mailbot.messages.get(event.message_id)
        assert "to myself" in message.text_body
        assert [each.id async for each in mailbot.inboxes.list(limit=1)]
