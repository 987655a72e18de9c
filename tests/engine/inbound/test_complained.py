"""Complaints over the SMTP port find the delivery that they are about, or nothing."""

from dataclasses import replace

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Kind
from mailbot_server.core.suppression import SuppressionReason
from mailbot_server.engine.inboxes import reputation
from mailbot_server.engine.outbound.submission.submission import Submission
from mailbot_server.engine.outbound.submission.submit import submit
from mailbot_server.store import deliveries, suppressions
from tests.fakes import tenants
from tests.fakes.drafts import DRAFT
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import principal

PROVIDER = "feedback@provider.example"


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
async def sent(db, metrics, inbox):
    """A delivery that a relay has taken."""
    [made] = await relayed(db, metrics, inbox, DRAFT)
    return made


@pytest.fixture
def give(peer):
    """Gives a message from an address to an address; the last answer."""

    async def send(raw: bytes, to: str, sender: str = PROVIDER) -> str:
        await peer.ask("EHLO mx.example.com")
        await peer.ask(f"MAIL FROM:<{sender}>")
        answer = await peer.ask(f"RCPT TO:<{to}>")
        if not answer.startswith("250"):
            return answer
        await peer.ask("DATA")
        await peer.send(raw + b".\r\n")
        return await peer.reply()

    return send


@pytest.fixture
def suppressed(db):
    """Why the recipient of a delivery gets no mail; None: it does."""

    async def look(delivery):
        found = await db.read(
            suppressions.find,
            delivery.account_id,
            delivery.inbox_id,
            [delivery.recipient],
        )
        return found[delivery.recipient].reason if found else None

    return look


@pytest.fixture
def complaints(db):
    """How many complaints count against an inbox."""

    async def look(inbox):
        fares = await db.read(lambda tx: reputation.read(tx, inbox.id, tx.now))
        return fares.tally.complaints

    return look


async def told_of(stored):
    return [e for e in await stored.events() if e.type.value == "message.complained"]


def report(
    delivery, inbox, *, kind="abuse", path="", fields="", message_id=""
) -> bytes:
    rfc822_id = message_id or f"{delivery.message_id}@{inbox.domain}"
    returned = f"Return-Path: <{path}>\r\n" if path else ""
    return (
        f"From: {PROVIDER}\r\nSubject: complaint\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nSomebody complained.\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\n"
        f"Feedback-Type: {kind}\r\nUser-Agent: Loop/1\r\nVersion: 1\r\n{fields}\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{returned}"
        f"To: {delivery.recipient}\r\nMessage-ID: <{rfc822_id}>\r\n\r\nOffers\r\n"
        "--b--\r\n"
    ).encode()


async def test_a_complaint_to_an_inbox_names_its_delivery_by_the_reverse_path(
    give, sent, inbox, stored, suppressed, complaints, metrics
):
    raw = report(sent, inbox, path=sent.reverse_path)

    assert (await give(raw, inbox.address)).startswith("250")

    [told] = await told_of(stored)
    assert (told.delivery_id, told.recipient) == (sent.id, sent.recipient)
    assert told.message_id == sent.message_id
    assert (told.detail.feedback_type, told.detail.reporter) == ("abuse", "Loop/1")
    [kept] = [m for m in await stored.messages() if m.direction.value == "inbound"]
    assert kept.kind is Kind.COMPLAINT
    assert told.detail.report_message_id == kept.id
    assert await suppressed(sent) is SuppressionReason.COMPLAINT
    assert await complaints(inbox) == 1
    assert metrics.complaints.labels("other")._value.get() == 1


async def test_the_providers_own_field_names_it_too(
    give, sent, inbox, stored, suppressed
):
    fields = f"Original-Mail-From: <{sent.reverse_path.upper()}>\r\n"
    raw = report(sent, inbox, fields=fields, message_id="gone@example.net")

    assert (await give(raw, inbox.address)).startswith("250")
    assert len(await told_of(stored)) == 1
    assert await suppressed(sent) is SuppressionReason.COMPLAINT


async def test_a_complaint_to_the_reverse_path_needs_no_more_proof(
    give, sent, inbox, stored, suppressed
):
    answer = await give(report(sent, inbox), sent.reverse_path, "")

    assert answer.startswith("250")
    [told] = await told_of(stored)
    assert told.detail.report_message_id == ""  # nobody keeps it
    assert await suppressed(sent) is SuppressionReason.COMPLAINT
    assert len(await stored.messages()) == 1


async def test_the_same_complaint_twice_changes_nothing_twice(
    give, sent, inbox, stored, complaints
):
    raw = report(sent, inbox, path=sent.reverse_path)
    for _ in range(3):
        await give(raw, inbox.address)

    assert len(await told_of(stored)) == 1
    assert await complaints(inbox) == 1


async def test_one_recipient_counts_once_however_many_messages(
    give, db, metrics, inbox, stored, complaints
):
    [first] = await relayed(db, metrics, inbox, DRAFT)
    [second] = await relayed(db, metrics, inbox, DRAFT)
    for each in (first, second, second):
        await give(report(each, inbox, path=each.reverse_path), inbox.address)

    assert {told.delivery_id for told in await told_of(stored)} == {first.id, second.id}
    assert await complaints(inbox) == 1


async def test_c12_a_forged_reverse_path_changes_nothing(
    give, sent, inbox, stored, suppressed, complaints
):
    local, _, domain = sent.reverse_path.partition("@")
    forged = report(
        sent, inbox, path=f"{local[:-4]}aaaa@{domain}", message_id="1@example.net"
    )

    assert (await give(forged, inbox.address)).startswith("250")
    assert await told_of(stored) == []
    assert await suppressed(sent) is None
    assert await complaints(inbox) == 0


async def test_c12_a_message_id_tells_and_suppresses_nobody(
    give, db, metrics, inbox, stored, suppressed, complaints
):
    both = (*DRAFT.to, Mailbox(address="rival@example.net"))
    mine, rivals = await relayed(db, metrics, inbox, replace(DRAFT, to=both))

    # Each has the Message-ID that the other's copy has too.
    assert (await give(report(rivals, inbox), inbox.address)).startswith("250")

    [told] = await told_of(stored)
    assert told.delivery_id == rivals.id
    assert await suppressed(rivals) is None
    assert await suppressed(mine) is None
    assert await complaints(inbox) == 0


async def test_c12_a_message_id_of_another_inbox_is_nothing(
    give, sent, inbox, db, stored
):
    other = await tenants.add_inbox(db, 2)

    assert (await give(report(sent, inbox), other.address)).startswith("250")
    assert await told_of(stored) == []


async def test_one_inbox_may_take_the_complaints_of_all_accounts(
    give, sent, inbox, db, stored, suppressed
):
    operator = await tenants.add_account(db, 2)
    operators = await tenants.add_inbox(db, 3, operator)

    raw = report(sent, inbox, path=sent.reverse_path)
    assert (await give(raw, operators.address)).startswith("250")

    [told] = await told_of(stored)
    assert told.account_id == inbox.account_id
    assert told.detail.report_message_id == ""  # another account's
    assert await suppressed(sent) is SuppressionReason.COMPLAINT


async def test_who_opts_out_is_suppressed_and_not_angry(
    give, sent, inbox, stored, suppressed, complaints
):
    raw = report(sent, inbox, kind="opt-out", path=sent.reverse_path)
    await give(raw, inbox.address)

    assert await told_of(stored) == []
    assert await suppressed(sent) is SuppressionReason.UNSUBSCRIBE
    assert await complaints(inbox) == 0


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
async def test_feedback_that_blames_nobody_changes_nothing(
    give, sent, inbox, stored, suppressed, kind
):
    raw = report(sent, inbox, kind=kind, path=sent.reverse_path)
    await give(raw, inbox.address)
    await give(raw, sent.reverse_path, "")

    assert await told_of(stored) == []
    assert await suppressed(sent) is None


async def test_d16_no_complaint_causes_mail(give, sent, inbox, db, stored):
    await give(report(sent, inbox, path=sent.reverse_path), inbox.address)

    ids = [message.id for message in await stored.messages()]
    made = await db.read(deliveries.of_messages, ids)
    assert [one.id for each in made.values() for one in each] == [sent.id]
