"""A message that is redacted says nothing any more, wherever one looks."""

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.errors import NotFound, WrongState
from mailbot_server.core.event import EventType
from mailbot_server.core.inbox import Inbox
from mailbot_server.engine.retention import redaction
from mailbot_server.store import deliveries, inboxes, messages, threads
from tests.fakes import mail, mailroom
from tests.fakes.mailroom import Mailroom
from tests.fakes.tenants import account, add_account, add_inbox, inbox, principal

ME = principal()
SECRET = "xylophone"


@pytest.fixture
def room(db, clock):
    return Mailroom(db, clock)


@pytest.fixture
async def own(db) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def came(room, own, **fields):
    raw = mailroom.raw(1, SECRET, subject=f"About the {SECRET}", **fields)
    [accepted] = await room.take(raw, own)
    return accepted.message_id


def dump(tx):
    """Everything that text columns of the database say."""
    tables = {
        "message": "subject, snippet, attachments",
        "event": "detail",
        "thread": "subject, snippet",
    }
    return [
        str(value)
        for table, names in tables.items()
        for row in tx.all(f"SELECT {names} FROM {table}")
        for value in row
    ]


async def test_it_says_nothing_any_more(db, clock, room, own):
    message_id = await came(room, own)
    assert any(SECRET in text for text in await db.read(dump))
    before = await room.events(own)
    left = await redaction.redact(db, ME, message_id, "asked to")
    assert left.is_redacted
    assert (left.subject, left.snippet, left.attachments) == ("", "", ())
    assert left.sender
    assert left.sender.address == mailroom.SENDER
    assert not any(SECRET in text for text in await db.read(dump))
    assert await db.read(messages.raw, message_id) is None
    assert await db.read(messages.parts, message_id) == []
    after = await room.events(own)
    assert [event.id for event in after[:-1]] == [event.id for event in before]
    assert after[-1].type is EventType.MESSAGE_REDACTED
    assert after[-1].detail.explanation == "asked to"
    assert await redaction.redact(db, ME, message_id, "again") == left
    assert len(await room.events(own)) == len(after)


async def test_an_answer_goes_from_the_event_of_what_it_answers(db, clock, room, own):
    sent = await mailroom.send(db, own, 7)
    named = f"<{sent.rfc822_message_id}>"
    message_id = await came(room, own, in_reply_to=named)
    kinds = await room.types(own)
    assert "message.replied" in kinds
    await redaction.redact(db, ME, message_id, "")
    told = await room.events(own)
    [replied] = [event for event in told if event.type is EventType.MESSAGE_REPLIED]
    assert replied.message_id == sent.id
    assert replied.detail.reply_message_id == message_id
    assert replied.detail.subject == ""
    assert not any(SECRET in text for text in await db.read(dump))


async def test_what_it_answers_keeps_its_words(db, clock, room, own):
    sent = await mailroom.send(db, own, 7, subject="Our offer")
    await came(room, own, in_reply_to=f"<{sent.rfc822_message_id}>")
    await redaction.redact(db, ME, sent.id, "")
    told = await room.events(own)
    [replied] = [event for event in told if event.type is EventType.MESSAGE_REPLIED]
    assert SECRET in replied.detail.subject
    thread = await db.read(threads.get, account().id, sent.thread_id)
    assert thread.subject == ""
    assert thread.snippet == SECRET


async def test_what_was_posted_of_it_goes_too(db, clock, room, own):
    message_id = await came(room, own)
    told = await room.events(own)

    def post(tx):
        for number, event_id in enumerate(("evt_other", told[0].id)):
            tx.execute(
                "INSERT INTO webhook_attempt (id, account_id, webhook_id, event_id,"
                " event_type, attempt, replay_id, started_at, duration_ms, result,"
                " status, diagnostic, remote_address, url, request_headers,"
                " request_body, response_headers, response_body)"
                " VALUES (?, ?, 'whk_1', ?, '', 1, '', 0, 0, '', 200, '', '', '', '',"
                " ?, '', ?)",
                *(f"wat_{number}", account().id, event_id, SECRET.encode(), b""),
            )

    await db.write(post)
    await redaction.redact(db, ME, message_id, "")
    sql = "SELECT request_body FROM webhook_attempt ORDER BY id"
    bodies = [bytes(row[0]) for row in await db.read(lambda tx: tx.all(sql))]
    assert bodies == [SECRET.encode(), b""]


@pytest.mark.parametrize("whose", ["message", "inbox"])
async def test_what_is_held_is_not_redacted(db, clock, room, own, whose):
    message_id = await came(room, own)
    if whose == "message":
        assert await redaction.hold(db, ME, [message_id], legal_hold=True) == 1
        assert await redaction.hold(db, ME, [message_id], legal_hold=True) == 0
    else:
        await db.write(inboxes.update, inbox(1, legal_hold=True))
    with pytest.raises(WrongState) as refused:
        await redaction.redact(db, ME, message_id, "")
    assert refused.value.reason == "LEGAL_HOLD"
    assert await db.read(messages.raw, message_id)


async def test_what_is_under_way_is_not_redacted(db, own):
    sent = await mailroom.send(db, own, 7)
    made = mail.delivery(1, sent, state=State.DEFERRED)
    await db.write(deliveries.add_many, [made])
    with pytest.raises(WrongState) as refused:
        await redaction.redact(db, ME, sent.id, "")
    assert refused.value.reason == "DELIVERY_UNDER_WAY"


async def test_another_account_or_inbox_finds_nothing(db, clock, room, own):
    message_id = await came(room, own)
    await add_account(db, 2)
    for who in (principal(account(2)), principal(inbox_ids=("inb_other",))):
        with pytest.raises(NotFound):
            await redaction.redact(db, who, message_id, "")
        with pytest.raises(NotFound):
            await redaction.hold(db, who, [message_id], legal_hold=True)


async def test_one_that_is_not_there_changes_no_other(db, clock, room, own):
    message_id = await came(room, own)
    with pytest.raises(NotFound):
        await redaction.hold(db, ME, [message_id, "msg_none"], legal_hold=True)
    found = await db.read(messages.get, account().id, message_id)
    assert not found.legal_hold
