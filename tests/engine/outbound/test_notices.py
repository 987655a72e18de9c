"""Who hands mail in by SMTP gets reports, and nobody else."""

from dataclasses import replace

import pytest

from mailbot_server.core.delivery import Accepted, Deferred, Refused, Stage, Trace
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.mail.dsn import RETURNED_MAX, Action, read
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Direction, MessageFilter, Via
from mailbot_server.engine.outbound import notices
from mailbot_server.engine.outbound.reported import Claim, settle_report
from mailbot_server.engine.outbound.settle import settle
from mailbot_server.store import deliveries, inboxes, messages
from mailbot_server.store.database import Transaction
from tests.fakes.racing import race

NEVER = Reply(code=550, enhanced="5.1.1", text="No such user")
LATER = Reply(code=450, enhanced="4.2.0", text="Greylisted")
TAKEN = Reply(code=250, enhanced="2.0.0", text="OK")


@pytest.fixture
def handed_in(db, leased, inbox):
    """A leased delivery of a message that came in by SMTP with these DSN parameters."""

    async def make(sender: str | None = None, via: Via = Via.SMTP, **parameters):
        lease = await leased()
        sender = inbox.address if sender is None else sender

        def mark(tx):
            tx.execute(
                "UPDATE message SET via = ?, envelope_sender = ?, dsn_envelope_id = ?,"
                " dsn_return = ? WHERE id = ?",
                via.value,
                sender,
                "env-42",
                parameters.get("dsn_return", ""),
                lease.message_id,
            )
            tx.execute(
                "UPDATE delivery SET dsn_notify = ?, dsn_original = ? WHERE id = ?",
                parameters.get("notify", ""),
                "rfc822;Customer+2Bx@example.com",
                lease.id,
            )

        await db.write(mark)
        return await db.read(deliveries.get, lease.account_id, lease.id)

    return make


@pytest.fixture
def end(db, metrics, clock):
    async def settle_it(lease, kind, reply, *, will_report=False, **facts):
        trace = Trace(
            stage=Stage.EOD if kind is Accepted else Stage.RCPT,
            host="mx.example.com",
            reply=reply,
            will_report=will_report,
            started_at=clock(),
        )
        outcome = kind(trace=trace, **facts)
        return await settle(db, metrics, lease, outcome, jitter=0.0)

    return settle_it


@pytest.fixture
def reports(db, inbox):
    """The reports in the inbox, as our own reader reads them."""

    async def find():
        wanted = MessageFilter(inbox_id=inbox.id, direction=Direction.INBOUND)
        found = await db.read(
            messages.list_, inbox.account_id, wanted, "", 10, oldest_first=True
        )
        assert all(message.automated for message in found)
        assert all(message.envelope_sender == "" for message in found)
        raws = [await db.read(messages.raw, message.id) for message in found]
        return [read(raw) for raw in raws]

    return find


async def test_a_refusal_is_reported_with_all_that_was_asked_for(
    handed_in, end, reports
):
    lease = await handed_in()

    await end(lease, Refused, NEVER)

    [report] = await reports()
    assert report.action is Action.FAILED
    assert report.envelope_id == "env-42"
    [told] = report.recipients
    assert told.address == "Customer+x@example.com"
    assert told.final_address == lease.recipient
    assert told.reply == NEVER
    assert told.remote_host == "mx.example.com"
    assert report.message_id.startswith(lease.message_id)


async def test_the_api_gets_events_and_no_report(handed_in, end, reports):
    await end(await handed_in(via=Via.API), Refused, NEVER)

    assert await reports() == []


async def test_d16_the_null_reverse_path_never_gets_a_report(handed_in, end, reports):
    await end(await handed_in(sender=""), Refused, NEVER)

    assert await reports() == []


@pytest.mark.parametrize(
    ("notify", "outcome", "actions"),
    [
        ("NEVER", (Refused, NEVER, {}), []),
        ("DELAY", (Refused, NEVER, {}), []),
        ("SUCCESS,FAILURE", (Refused, NEVER, {}), [Action.FAILED]),
        ("", (Accepted, TAKEN, {"is_final": True}), []),
        ("SUCCESS", (Accepted, TAKEN, {"is_final": True}), [Action.DELIVERED]),
        ("success", (Accepted, TAKEN, {"is_final": False}), [Action.RELAYED]),
    ],
)
async def test_notify_says_of_what_to_tell(
    handed_in, end, reports, notify, outcome, actions
):
    kind, reply, facts = outcome

    await end(await handed_in(notify=notify), kind, reply, **facts)

    assert [report.action for report in await reports()] == actions


async def test_a_delay_is_reported_after_four_hours_and_once(
    db, handed_in, end, reports, clock
):
    lease = await handed_in()
    counts = []
    for _ in range(3):
        clock.advance(hours=3)
        await end(lease, Deferred, LATER)
        counts.append(len(await reports()))
        clock.advance(hours=5)
        [lease] = await db.write(deliveries.lease_due, "nod_me", 10, 900)

    assert counts == [0, 1, 1]
    [report] = await reports()
    assert report.action is Action.DELAYED
    assert report.recipients[0].retry_until is not None


async def test_what_expires_is_reported_as_failed(handed_in, end, reports, clock):
    lease = await handed_in()
    clock.advance(hours=24 * 6)

    await end(lease, Deferred, LATER)

    [report] = await reports()
    assert report.action is Action.FAILED
    assert report.recipients[0].status == "4.4.7"


async def test_all_of_the_message_comes_back_when_asked_for(db, handed_in, end, inbox):
    await end(await handed_in(dsn_return="full"), Refused, NEVER)

    wanted = MessageFilter(inbox_id=inbox.id, direction=Direction.INBOUND)
    [message] = await db.read(
        messages.list_, inbox.account_id, wanted, "", 10, oldest_first=True
    )
    raw = await db.read(messages.raw, message.id)
    assert b"Content-Type: message/rfc822" in raw


async def test_of_a_long_message_no_more_is_read_than_can_come_back(
    db, handed_in, end, reports, monkeypatch
):
    lease = await handed_in(dsn_return="full")
    long = b"Subject: long\r\n\r\n" + b"x" * 1_000_000
    row = (long, lease.message_id)
    await db.write(
        lambda tx: tx.execute("UPDATE raw SET data = ? WHERE message_id = ?", *row)
    )
    taken = []
    real = messages.raw

    def counting(*arguments):
        taken.append(real(*arguments))
        return taken[-1]

    with monkeypatch.context() as patch:
        patch.setattr(messages, "raw", counting)
        await end(lease, Refused, NEVER)

    assert taken == [long[: RETURNED_MAX + 1]]
    assert len(await reports()) == 1


async def test_one_report_tells_of_all_who_are_suppressed_and_should_be_told_of(
    db, handed_in, reports
):
    delivery = await handed_in()
    message = await db.read(messages.get, delivery.account_id, delivery.message_id)
    over = [
        replace(delivery, recipient="a@example.com", dsn_original=""),
        replace(delivery, recipient="b@example.com", dsn_notify="NEVER"),
        replace(delivery, recipient="c@example.com", dsn_original=""),
    ]

    await db.write(notices.tell_suppressed, message, over)
    await db.write(notices.tell_suppressed, message, over[1:2])
    await db.write(notices.tell_suppressed, replace(message, via=Via.API), over)

    [report] = await reports()
    told = [each.address for each in report.recipients]
    assert told == ["a@example.com", "c@example.com"]


async def test_d16_a_report_that_nobody_may_receive_is_dropped(
    db, handed_in, end, reports, inbox
):
    lease = await handed_in()
    closed = replace(inbox, state=InboxState.DISABLED)
    await db.write(inboxes.update, closed)

    settled = await end(lease, Refused, NEVER)

    assert settled is not None
    assert await reports() == []


@pytest.mark.parametrize("is_final", [True, False])
async def test_success_is_told_once_when_the_next_host_tells_of_it(
    db, handed_in, end, reports, is_final
):
    lease = await handed_in(notify="SUCCESS")
    await end(lease, Accepted, TAKEN, is_final=is_final, will_report=True)
    assert await reports() == []

    claim = Claim(action=Action.DELIVERED, reply=TAKEN, remote_host="mx.example.com")
    for _ in range(2):
        now = await db.read(deliveries.get, lease.account_id, lease.id)
        await db.write(settle_report, now, claim, proven=True)

    assert [report.action for report in await reports()] == [Action.DELIVERED]


async def test_success_is_told_once_although_two_hosts_tell_of_it_at_once(
    db, handed_in, end, reports, stored
):
    lease = await handed_in(notify="SUCCESS")
    await end(lease, Accepted, TAKEN, is_final=True, will_report=True)
    delivered = await stored(lease)
    claim = Claim(action=Action.DELIVERED, reply=TAKEN, remote_host="mx.example.com")

    def settle_it(tx: Transaction) -> object:
        return settle_report(tx, delivered, claim, proven=True)

    await race(db, settle_it, settle_it)

    assert [each.action for each in await reports()] == [Action.DELIVERED]


async def test_a_host_that_reports_success_leaves_failures_to_us(
    handed_in, end, reports
):
    lease = await handed_in(notify="SUCCESS,FAILURE")
    await end(lease, Refused, NEVER, will_report=True)
    assert [report.action for report in await reports()] == [Action.FAILED]
