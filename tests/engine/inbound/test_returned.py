"""What comes back over the SMTP port finds the delivery that it is about, or nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.dsn import Action, Notice, Told, write
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inboxes import reputation
from mailbot_server.engine.outbound.submission.submission import Submission
from mailbot_server.engine.outbound.submission.submit import submit
from mailbot_server.store import deliveries, suppressions
from tests.fakes.drafts import DRAFT
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import principal

ANSWER = b"From: A <a@example.com>\r\nSubject: Out of office\r\n\r\nBack on Monday\r\n"


@pytest.fixture
async def sent(db, metrics, inbox):
    """A delivery that a relay has taken."""
    [made] = await relayed(db, metrics, inbox, DRAFT)
    return made


async def relayed(db, metrics, inbox, draft):
    submission = Submission(inbox_id=inbox.id, draft=draft)
    submitted = await submit(db, PATHS, metrics, principal(), submission)

    def relay(tx):
        for lease in deliveries.lease_due(tx, "nod_me", 10, 900):
            assert deliveries.write(tx, lease, replace(lease, state=State.SENT))

    await db.write(relay)
    made = [each.id for each in submitted.deliveries]
    return [await db.read(deliveries.get, inbox.account_id, each) for each in made]


@pytest.fixture
def state_of(db):
    async def read(delivery):
        now = await db.read(deliveries.get, delivery.account_id, delivery.id)
        return now.state

    return read


@pytest.fixture
def give(peer):
    """Gives a message from a reverse-path to an address; the last answer."""

    async def send(raw: bytes, to: str, sender: str = "") -> str:
        await peer.ask("EHLO mx.example.com")
        await peer.ask(f"MAIL FROM:<{sender}>")
        answer = await peer.ask(f"RCPT TO:<{to}>")
        if not answer.startswith("250"):
            return answer
        await peer.ask("DATA")
        await peer.send(raw + b".\r\n")
        return await peer.reply()

    return send


def report(delivery, inbox, *, action=Action.FAILED, message_id="", **changes) -> bytes:
    told = Told(
        address=delivery.recipient,
        action=action,
        reply=Reply(code=550, enhanced="5.1.1", text="No such user"),
        remote_host="mx.example.com",
    )
    rfc822_id = message_id or f"{delivery.message_id}@{inbox.domain}"
    notice = Notice(
        reporting_host="mx.example.com",
        to=delivery.reverse_path,
        recipients=[replace(told, **changes)],
        arrived_at=delivery.queued_at,
        original=f"Message-ID: <{rfc822_id}>\r\n\r\n".encode(),
    )
    return write(
        notice,
        message_id="1@mx.example.com",
        date=delivery.queued_at + timedelta(hours=1),
        boundary="b",
    )


async def test_a_report_to_the_reverse_path_bounces_its_delivery_alone(
    give, sent, inbox, state_of, stored
):
    answer = await give(report(sent, inbox), sent.reverse_path.upper())

    assert answer.startswith("250 2.0.0")
    assert await state_of(sent) is State.BOUNCED
    events = await stored.events()
    [bounced] = [one for one in events if one.type.value == "message.bounced"]
    assert bounced.delivery_id == sent.id
    assert len(await stored.messages()) == 1  # what was sent, and no report


async def test_a_report_that_names_an_alias_means_the_delivery_of_its_path(
    give, sent, inbox, state_of
):
    raw = report(sent, inbox, address="behind.alias@example.net")

    assert (await give(raw, sent.reverse_path)).startswith("250")
    assert await state_of(sent) is State.BOUNCED


async def test_a_delay_is_not_a_bounce(give, sent, inbox, state_of):
    later = Reply(code=451, enhanced="4.4.1", text="No answer")
    raw = report(sent, inbox, action=Action.DELAYED, reply=later)

    assert (await give(raw, sent.reverse_path)).startswith("250")
    assert await state_of(sent) is State.SENT


async def test_c12_a_forged_reverse_path_is_refused_like_any_stranger(
    give, sent, inbox, state_of
):
    local, _, domain = sent.reverse_path.partition("@")
    forged = f"{local[:-4]}aaaa@{domain}"

    answer = await give(report(sent, inbox), forged)

    assert answer == "550 5.1.1 No such mailbox"
    assert await state_of(sent) is State.SENT


async def test_only_the_null_reverse_path_may_write_to_a_reverse_path(
    give, sent, inbox, state_of
):
    answer = await give(report(sent, inbox), sent.reverse_path, "a@example.com")

    assert answer == "550 5.1.1 No such mailbox"
    assert await state_of(sent) is State.SENT


async def test_tags_do_not_apply_and_other_rp_domains_are_not_ours(give, sent):
    local, _, domain = sent.reverse_path.partition("@")

    assert (await give(ANSWER, f"{local}+tag@{domain}")).startswith("550 5.1.1")
    assert (await give(ANSWER, "guessed@rp.example.net")).startswith("550 5.7.1")


async def test_c12_a_report_to_the_inbox_counts_only_with_its_own_message_id(
    give, sent, inbox, state_of, stored
):
    forged = report(sent, inbox, message_id="guessed@mailbot.localhost")
    assert (await give(forged, inbox.address)).startswith("250")
    assert await state_of(sent) is State.SENT

    stranger = report(sent, inbox, address="somebody@example.net")
    assert (await give(stranger, inbox.address)).startswith("250")
    assert await state_of(sent) is State.SENT

    named = await give(report(sent, inbox), inbox.address, "daemon@example.com")
    assert named.startswith("250")
    assert await state_of(sent) is State.SENT

    assert (await give(report(sent, inbox), inbox.address)).startswith("250")
    assert await state_of(sent) is State.BOUNCED
    inbound = [m for m in await stored.messages() if m.direction.value == "inbound"]
    assert len(inbound) == 4
    assert all(message.automated for message in inbound)


async def test_c12_what_a_co_recipient_can_write_suppresses_nobody(
    give, inbox, state_of, db, metrics
):
    both = (*DRAFT.to, Mailbox(address="rival@example.net"))
    draft = replace(DRAFT, to=both)
    for_customer, for_rival = await relayed(db, metrics, inbox, draft)
    whom = [for_customer.recipient, for_rival.recipient]

    # Each has the Message-ID that the other's copy has too.
    forged = report(for_customer, inbox)
    assert (await give(forged, inbox.address)).startswith("250")
    assert await state_of(for_customer) is State.BOUNCED
    found = await db.read(suppressions.find, inbox.account_id, inbox.id, whom)
    assert found == {}
    fares = await db.read(lambda tx: reputation.read(tx, inbox.id, tx.now))
    assert fares.tally.hard_bounces == 0

    proven = report(for_rival, inbox)
    assert (await give(proven, for_rival.reverse_path)).startswith("250")
    found = await db.read(suppressions.find, inbox.account_id, inbox.id, whom)
    assert list(found) == [for_rival.recipient]
    fares = await db.read(lambda tx: reputation.read(tx, inbox.id, tx.now))
    assert fares.tally.hard_bounces == 1


async def test_d16_nothing_that_comes_back_causes_mail(give, sent, inbox, db, stored):
    """Neither a report to a path, nor one to the inbox, nor an answering machine."""
    await give(report(sent, inbox), sent.reverse_path)
    await give(report(sent, inbox), inbox.address)
    await give(ANSWER, sent.reverse_path)

    ids = [message.id for message in await stored.messages()]
    made = await db.read(deliveries.of_messages, ids)
    assert [one.id for each in made.values() for one in each] == [sent.id]


async def test_an_answering_machine_is_told_of_and_changes_nothing(
    give, sent, state_of, stored
):
    answer = await give(ANSWER, sent.reverse_path)

    assert answer.startswith("250")
    assert await state_of(sent) is State.SENT
    last = (await stored.events())[-1]
    assert last.type.value == "message.auto_replied"
    assert last.delivery_id == sent.id
    assert last.detail.subject == "Out of office"
