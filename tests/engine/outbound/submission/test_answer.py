"""Replies: to whom, in which thread, quoting what."""

import email
import email.policy
from dataclasses import replace

import pytest

from mailbot_server.core.errors import (
    InvalidInput,
    NotFound,
)
from mailbot_server.core.event import (
    EventType,
    ThreadDetail,
)
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.compose import Draft
from mailbot_server.core.message import Direction, Message
from mailbot_server.core.search.document import Document
from mailbot_server.engine.outbound.submission.submit import (
    Reply,
    Submission,
    reply,
)
from mailbot_server.store import (
    messages,
    threads,
)
from mailbot_server.store.database import Transaction
from tests.fakes.drafts import CUSTOMER
from tests.fakes.mail import message as stored_message
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import add_account, principal


def body(raw: bytes, kind: str) -> str | None:
    """The body of that kind, "plain" or "html"."""
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    part = parsed.get_body((kind,))
    return part.get_content().replace("\r\n", "\n") if part else None


QUESTION = b"From: customer@example.com\r\n\r\nWhere is it?\r\nI wait.\r\n"


def receive(
    tx: Transaction, message: Message, raw: bytes, ties: tuple[str, ...]
) -> None:
    attached = threads.attach(tx, message.inbox_id, ties)
    final = replace(message, thread_id=attached.thread_id)
    messages.add(tx, final, raw, (), Document())
    threads.add_message(tx, attached, final, (CUSTOMER,), "")


@pytest.fixture
async def question(db, inbox) -> Message:
    """A message that the inbox received."""
    received = stored_message(
        *(7, inbox),
        direction=Direction.INBOUND,
        sender=CUSTOMER,
        subject="Aw: Where is it?",
        rfc822_message_id="q1@example.com",
        references=("root@example.com",),
        in_reply_to="root@example.com",
    )
    ties = ("q1@example.com", "root@example.com")
    await db.write(receive, received, QUESTION, ties)
    found = await db.read(messages.get, inbox.account_id, received.id)
    assert found is not None
    return found


JUST_TEXT = Draft(sender=Mailbox(address=""), text="On its way.")


async def test_a_reply_is_addressed_and_tied_to_what_it_answers(
    db, answer, question, inbox
):
    submitted = await answer(question.id, JUST_TEXT)
    message = submitted.message
    assert message.thread_id == question.thread_id
    assert message.addressees.to == (CUSTOMER,)
    assert message.subject == "Re: Where is it?"
    assert message.in_reply_to == "q1@example.com"
    assert message.references == ("root@example.com", "q1@example.com")
    raw = await db.read(messages.raw, message.id)
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert parsed["In-Reply-To"] == "<q1@example.com>"
    assert parsed["References"] == "<root@example.com> <q1@example.com>"
    assert b"> Where" not in raw


async def test_a_reply_may_quote_behind_its_own_text(db, answer, question):
    draft = replace(JUST_TEXT, html="<p>On its way.</p>")
    submitted = await answer(question.id, draft, include_quote=True)
    raw = await db.read(messages.raw, submitted.message.id)
    text = body(raw, "plain") or ""
    assert text.startswith("On its way.\n\nOn ")
    assert text.rstrip().endswith("> Where is it?\n> I wait.")
    assert "&gt; Where is it?" in (body(raw, "html") or "")


async def test_a_reply_with_html_alone_quotes_in_the_html_alone(db, answer, question):
    draft = Draft(sender=Mailbox(address=""), html="<p>On its way.</p>")
    submitted = await answer(question.id, draft, include_quote=True)
    raw = await db.read(messages.raw, submitted.message.id)
    assert body(raw, "plain") is None
    assert "&gt; I wait." in (body(raw, "html") or "")


async def test_reply_all_and_more_recipients(db, answer, inbox):
    received = stored_message(
        *(8, inbox),
        direction=Direction.INBOUND,
        sender=CUSTOMER,
        addressees=replace(
            stored_message(8, inbox).addressees,
            to=(Mailbox(address=inbox.address), Mailbox(address="peer@example.org")),
            cc=(Mailbox(address="boss@example.org"),),
        ),
    )
    await db.write(receive, received, QUESTION, ("8@mailbot.localhost",))
    draft = replace(JUST_TEXT, bcc=(Mailbox(address="log@example.net"),))
    submitted = await answer(received.id, draft, reply_all=True)
    assert [d.recipient for d in submitted.deliveries] == [
        *("customer@example.com", "peer@example.org"),
        *("boss@example.org", "log@example.net"),
    ]


async def test_an_answer_to_our_own_message_goes_to_its_recipients(send, answer):
    first = await send()
    second = await answer(first.message.id, replace(JUST_TEXT, subject="More"))
    assert second.message.addressees.to == (CUSTOMER,)
    assert second.message.subject == "More"
    assert second.message.thread_id == first.message.thread_id


async def test_an_answer_to_a_message_without_an_id_joins_its_thread(db, answer, inbox):
    nameless = stored_message(
        *(11, inbox),
        direction=Direction.INBOUND,
        sender=CUSTOMER,
        rfc822_message_id="",
    )
    await db.write(receive, nameless, QUESTION, ())
    found = await db.read(messages.get, inbox.account_id, nameless.id)
    assert found is not None
    submitted = await answer(nameless.id, JUST_TEXT)
    assert submitted.message.thread_id == found.thread_id
    assert (submitted.message.in_reply_to, submitted.message.references) == ("", ())
    thread = await db.read(threads.get, inbox.account_id, found.thread_id)
    assert thread is not None
    assert (thread.inbound_count, thread.outbound_count) == (1, 1)
    again = await answer(submitted.message.id, JUST_TEXT)
    assert again.message.thread_id == found.thread_id


async def test_a_reply_that_ties_two_threads_together_says_so(
    db, send, answer, inbox, log
):
    first = await send()
    known = first.message.rfc822_message_id
    received = stored_message(
        *(9, inbox),
        direction=Direction.INBOUND,
        sender=CUSTOMER,
        rfc822_message_id="late@example.com",
        references=(known,),
    )
    # Stored without its ties, as if they had not been read yet.
    await db.write(receive, received, QUESTION, ("late@example.com",))
    submitted = await answer(received.id, JUST_TEXT)
    [merged] = [e for e in await log() if e.type is EventType.THREAD_MERGED]
    assert isinstance(merged.detail, ThreadDetail)
    assert merged.detail.surviving_thread_id == submitted.message.thread_id
    assert len(merged.detail.merged_thread_ids) == 1


async def test_a_message_that_names_nobody_cannot_be_answered(db, answer, inbox):
    received = stored_message(10, inbox, direction=Direction.INBOUND, sender=None)
    await db.write(receive, received, QUESTION, ("10@mailbot.localhost",))
    with pytest.raises(InvalidInput) as caught:
        await answer(received.id, JUST_TEXT)
    assert caught.value.violations[0].field == "message_id"


async def test_e1_a_message_of_others_is_not_found(db, metrics, question):
    other = await add_account(db, 2)
    submission = Submission(inbox_id="", draft=JUST_TEXT, thread_of=question.id)
    for who in (principal(other), principal(inbox_ids=("inb_other",))):
        with pytest.raises(NotFound) as caught:
            await reply(db, PATHS, metrics, who, Reply(submission=submission))
        assert caught.value.resource_type == "message"
