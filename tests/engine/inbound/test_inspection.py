"""What is known of a sender and wished by an inbox, over a real connection."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from mailbot_server.core.authentication.verdicts import Result
from mailbot_server.core.event import EventType
from mailbot_server.core.inbox import Inbox, Requirement
from mailbot_server.core.message import Message, MessageFilter
from mailbot_server.core.screening.address_list import Action, Direction
from mailbot_server.core.screening.rule import Actions, Conditions, Rule
from mailbot_server.engine.screening import lists
from mailbot_server.store import inboxes, messages
from mailbot_server.store.database import Database
from mailbot_server.store.screening import rules
from tests.fakes import tenants
from tests.fakes.tenants import BEGINNING, principal

SENDER = "ann@example.org"
CONTENT = b"From: Ann <ann@example.org>\r\nSubject: Invoice 7\r\n\r\nHow are you?"
Deliver = Callable[..., Awaitable[str]]


@pytest.fixture
def deliver(serve: Any, connect: Any, inbox: Inbox) -> Deliver:
    """Hands a message in at a server with these settings; the last answer."""

    async def hand_in(
        content: bytes = CONTENT, *to: Inbox, sender: str = SENDER, **settings: Any
    ) -> str:
        peer = await connect(await serve(**settings))
        await peer.ask("EHLO client.example.org")
        await peer.ask(f"MAIL FROM:<{sender}>")
        for each in to or (inbox,):
            answer = await peer.ask(f"RCPT TO:<{each.address}>")
            if not answer.startswith("250"):
                return str(answer)
        await peer.ask("DATA")
        await peer.send(content + b"\r\n.\r\n")
        return str(await peer.reply())

    return hand_in


def reason_of(found: Message) -> str:
    return found.quarantine.reason if found.quarantine else ""


async def kept_apart(db: Database, inbox: Inbox) -> list[Message]:
    wanted = MessageFilter(is_quarantined=True)
    how = (inbox.account_id, wanted, "", 100)
    return await db.read(messages.list_, *how, oldest_first=True)


async def listed(db: Database, pattern: str, **changes: Any) -> None:
    plain = lists.NewEntry(
        inbox="",
        direction=Direction.SENDER,
        action=Action.BLOCK,
        pattern=pattern,
        note="",
    )
    await db.write(lists.add, principal(), replace(plain, **changes))


async def ruled(db: Database, inbox: Inbox, **parts: Any) -> None:
    rule = Rule(
        id="rul_1",
        account_id=inbox.account_id,
        display_name="Invoices",
        created_at=BEGINNING,
        updated_at=BEGINNING,
        **parts,
    )
    await db.write(rules.add, rule)


async def requires(db: Database, inbox: Inbox, proof: Requirement) -> None:
    await db.write(inboxes.update, replace(inbox, require_auth=proof))


async def test_verdicts_are_stored_shown_and_written_on_top(
    deliver, resolver, stored, inbox
):
    resolver.texts_of["example.org"] = [b"v=spf1 ip4:127.0.0.1 -all"]
    resolver.texts_of["_dmarc.example.org"] = [b"v=DMARC1; p=reject"]
    assert (await deliver(authentication=True)).startswith("250")
    (message,) = await stored.messages()
    verdicts = message.verdicts
    assert verdicts.spf.result is Result.PASS
    assert verdicts.dmarc.result is Result.PASS
    lines = (await stored.raw(message)).split(b"\r\n")
    assert lines[0].startswith(b"Return-Path: ")
    assert lines[1].startswith(b"Authentication-Results: mailbot.localhost;")
    assert any(line.startswith(b"Received: ") for line in lines)
    received = next(
        e for e in await stored.events() if e.type is EventType.MESSAGE_RECEIVED
    )
    assert received.detail.verdicts == verdicts


async def test_nobody_is_looked_up_when_the_setting_says_no(deliver, resolver, stored):
    await deliver()
    (message,) = await stored.messages()
    assert message.verdicts is None
    assert resolver.questions == []


async def test_C10_results_in_our_name_are_taken_out_and_parts_stay_whole(
    deliver, stored, db
):
    forged = (
        b"Authentication-Results: mailbot.localhost; spf=pass\r\n"
        b"Authentication-Results: elsewhere.example; spf=pass\r\n"
        b"X-Mailbot-Trusted: yes\r\n"
    )
    await deliver(forged + CONTENT)
    (message,) = await stored.messages()
    raw = await stored.raw(message)
    assert b"mailbot.localhost; spf" not in raw
    assert b"X-Mailbot" not in raw
    assert b"elsewhere.example; spf=pass" in raw
    (part,) = await db.read(messages.parts, message.id)
    assert raw[part.offset :].startswith(b"How are you?")


@pytest.mark.parametrize(
    ("proof", "reason"),
    [
        (Requirement.ALIGNED, "require_auth"),
        (Requirement.DMARC_PASS, "require_auth"),
        (Requirement.NONE, ""),
    ],
)
async def test_what_fails_the_requirement_is_kept_apart(
    deliver, db, inbox, resolver, stored, proof, reason
):
    await requires(db, inbox, proof)
    resolver.texts_of["example.org"] = [b"v=spf1 -all"]
    resolver.texts_of["_dmarc.example.org"] = [b"v=DMARC1; p=reject"]
    assert (await deliver(authentication=True)).startswith("250")
    found = [*await kept_apart(db, inbox), *await stored.messages()]
    [message] = found
    assert (message.quarantine.reason if message.quarantine else "") == reason


async def test_quarantine_is_nowhere_else(deliver, db, inbox, resolver, stored):
    await requires(db, inbox, Requirement.ALIGNED)
    await deliver(authentication=True)
    assert await stored.messages() == []
    [message] = await kept_apart(db, inbox)
    assert (message.thread_id, message.is_quarantined) == ("", True)
    counts = await db.read(inboxes.counts, inbox.id)
    assert (counts.quarantined_messages, counts.inbound_messages) == (1, 0)
    assert counts.threads == 0
    [event] = await stored.events()
    assert event.type is EventType.MESSAGE_QUARANTINED
    assert event.detail.quarantine_reason == "require_auth"


async def test_a_blocked_reverse_path_is_refused_at_rcpt(deliver, db, stored):
    await listed(db, "example.org")
    assert (await deliver()) == "550 5.7.1 Message refused by the recipient"
    assert await stored.messages() == []


async def test_a_blocked_author_is_refused_after_data(deliver, db, inbox, stored):
    await listed(db, SENDER, inbox=inbox.id)
    answer = await deliver(sender="bounces@example.net")
    assert answer == "550 5.7.1 Message refused by the recipient"
    assert await stored.messages() == []
    assert await kept_apart(db, inbox) == []


async def test_an_allow_list_keeps_everybody_else_out(deliver, db, inbox):
    await listed(db, "*.example.com", action=Action.ALLOW)
    assert (await deliver()).startswith("550 5.7.1")
    await listed(db, "example.org", action=Action.ALLOW)
    assert (await deliver()).startswith("250")


async def test_a_blocked_sender_is_kept_apart_where_another_inbox_takes_it(
    deliver, db, inbox, stored
):
    other = await tenants.add_inbox(db, 2)
    await listed(db, SENDER, inbox=inbox.id)
    answer = await deliver(CONTENT, inbox, other, sender="bounces@example.net")
    assert answer.startswith("250")
    [taken] = await stored.messages()
    [apart] = await kept_apart(db, inbox)
    assert (taken.inbox_id, apart.inbox_id) == (other.id, inbox.id)
    assert reason_of(apart) == "block_list"


async def test_a_rule_labels_what_it_matches(deliver, db, inbox, stored):
    conditions = Conditions(subject_contains=("invoice",))
    await ruled(db, inbox, conditions=conditions, actions=Actions(add_labels=("bill",)))
    await deliver()
    await deliver(CONTENT.replace(b"Invoice", b"Hello"))
    labels = {each.subject: each.labels for each in await stored.messages()}
    assert labels == {"Invoice 7": ("bill",), "Hello 7": ()}


async def test_a_rule_can_keep_apart_or_refuse(deliver, db, inbox, stored):
    await ruled(db, inbox, actions=Actions(quarantine=True, add_labels=("odd",)))
    assert (await deliver()).startswith("250")
    [message] = await kept_apart(db, inbox)
    assert reason_of(message) == "rule"
    assert "rule Invoices" in str(message.quarantine)
    assert message.labels == ("odd",)
    changed = replace(
        await db.read(rules.get, inbox.account_id, "rul_1"),
        actions=Actions(reject=True),
    )
    await db.write(rules.update, changed)
    assert (await deliver()).startswith("550 5.7.1")


async def test_a_report_that_is_kept_apart_changes_no_delivery(
    deliver, db, inbox, stored
):
    await ruled(db, inbox, actions=Actions(quarantine=True))
    assert (await deliver(sender="")).startswith("250")
    assert [e.type for e in await stored.events()] == [EventType.MESSAGE_QUARANTINED]
