"""
What other hosts do to us: a fault at the peer, and the rows and events it must leave.

Each test names the fault that it shows, D1 to D22; the queue, the database and the
sockets are real. What one part does about a fault in detail stands beside that part.
"""

import asyncio
import contextlib
import ssl
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import State
from mailbot_server.core.event import AttemptDetail, Event, EventType
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Guarantee, Stream
from mailbot_server.engine.dns import Status
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.outbound.routing import route
from mailbot_server.store import deliveries
from mailbot_server.store.deliveries import Turns
from tests.fakes.certificate import incompatible_context, self_signed, server_context
from tests.fakes.copies import copies
from tests.fakes.drafts import DRAFT
from tests.fakes.mail import add_deliveries
from tests.fakes.remote_mta import (
    CLOSE,
    HALF_CLOSE,
    RESET,
    SILENCE,
    Answer,
    Endless,
    RemoteMta,
    Sip,
    Then,
)
from tests.fakes.resolver import FakeResolver
from tests.fakes.tenants import add_account, add_inbox

NODE = "nod_00000000000000000000000001"
PORTS_TRIED = 20
"""Others on this machine have ports too, some on all addresses."""

HASTY = {
    "smtp_greeting_seconds": 0.2,
    "smtp_reply_seconds": 0.2,
    "smtp_final_reply_seconds": 0.2,
    "smtp_data_block_seconds": 0.2,
}


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver()


@pytest.fixture
def make(db, clock, metrics, entropy, resolver, signer):
    """A queue with these settings, which sends example.com to the given server."""

    def queue_to(mta: RemoteMta | None = None, **settings) -> Queue:
        if mta is not None:
            way = {"domain": "example.com", "host": mta.host, "port": mta.port}
            settings = {"routes": [way]} | settings
        made = load(**({"hostname": "mail.example.net"} | settings))
        attempts = Attempts(db, made, resolver, signer, copies(db))
        return Queue(db, made, attempts, NODE)

    return queue_to


@pytest.fixture
def resolve(make, resolver):
    """A queue that finds these records for example.com."""

    def queue_with(mx, address: str | None) -> Queue:
        if mx is not None:
            resolver.mx_of["example.com"] = mx
        if address:
            resolver.addresses_of["example.com"] = [address]
        return make()

    return queue_with


@pytest.fixture
async def hosts(monkeypatch, resolver):
    """MX hosts of example.com on addresses and one port of their own, in order."""
    async with AsyncExitStack() as stack:

        async def start(*mtas: RemoteMta) -> None:
            await stack.enter_async_context(await at_one_port(mtas))
            names = [f"mx{number}.example.com" for number, _ in enumerate(mtas, 1)]
            for name, mta in zip(names, mtas, strict=True):
                resolver.addresses_of[name] = [mta.host]
            resolver.mx_of["example.com"] = list(enumerate(names, 1))
            monkeypatch.setattr(route, "SMTP_PORT", mtas[0].port)

        yield start


async def at_one_port(mtas: Sequence[RemoteMta]) -> AsyncExitStack:
    """Starts them on addresses of their own, at a port that is free on all of these."""
    for _ in range(PORTS_TRIED):
        async with AsyncExitStack() as started:
            port = 0
            with contextlib.suppress(OSError):
                for number, mta in enumerate(mtas, start=2):
                    mta.host, mta.port = f"127.0.0.{number}", port
                    await started.enter_async_context(mta)
                    port = mta.port
                return started.pop_all()
    raise AssertionError("no port is free on all addresses")


@pytest.fixture
def state(stored):
    """The states of a submission's deliveries."""

    async def read(submitted) -> list[str]:
        return [(await stored(d)).state.value for d in submitted.deliveries]

    return read


@pytest.fixture
def told(log):
    """The last attempt that the log tells of, and everything of it."""

    async def read() -> AttemptDetail:
        return details(await log())[-1]

    return read


def details(events: list[Event]) -> list[AttemptDetail]:
    found = [event.detail for event in events]
    return [detail for detail in found if isinstance(detail, AttemptDetail)]


def said(mta: RemoteMta) -> list[str]:
    """All commands of all clients."""
    return [line for session in mta.sessions for line in session]


def to(*names: str) -> dict:
    boxes = tuple(Mailbox(address=f"{name}@example.com") for name in names)
    return {"draft": replace(DRAFT, to=boxes)}


# --- D1 to D4: where to ---


@pytest.mark.parametrize(
    ("mx", "addresses", "expected"),
    [
        pytest.param(None, None, ("bounced", "5.1.2"), id="d1-nxdomain"),
        pytest.param([(0, "")], None, ("bounced", "5.1.10"), id="d1-null-mx"),
        pytest.param(Status.FAILED, "192.0.2.1", ("deferred", "4.4.3"), id="d2"),
        pytest.param(Status.TIMEOUT, "192.0.2.1", ("deferred", "4.4.3"), id="d2-late"),
        pytest.param(None, "10.0.0.7", ("bounced", "5.4.6"), id="d3-private"),
    ],
)
async def test_d1_d2_d3_what_dns_says_is_the_outcome_and_no_host_is_asked(
    resolve, send, state, told, mx, addresses, expected
):
    subject = resolve(mx, addresses)
    submitted = await send()
    assert await subject.step() == 1
    detail = await told()
    assert detail.reply is not None
    assert (*await state(submitted), detail.reply.enhanced) == expected
    assert (detail.reply.code, detail.stage, detail.remote_host) == (0, "route", "")


async def test_d3_a_domain_without_mx_records_gets_its_mail_at_its_address(
    make, send, state, resolver, monkeypatch
):
    async with RemoteMta() as mta:
        monkeypatch.setattr(route, "SMTP_PORT", mta.port)
        resolver.addresses_of["example.com"] = [mta.host]
        submitted = await send()
        await make(allow_private_destinations=True).step()
    assert await state(submitted) == ["delivered"]
    assert len(mta.accepted) == 1


async def test_d3_of_twenty_hosts_at_most_five_addresses_are_dialled(
    make, send, told, hosts, resolver
):
    mtas = [RemoteMta() for _ in range(20)]
    for mta in mtas:
        mta.script["greeting"] = [CLOSE]
    await hosts(*mtas)
    submitted = await send()
    await make(allow_private_destinations=True).step()
    assert submitted.deliveries
    assert sum(len(mta.sessions) for mta in mtas) == 5
    assert (await told()).stage == "greeting"


@pytest.mark.parametrize("answer", [CLOSE, RESET, SILENCE, HALF_CLOSE])
async def test_d4_the_next_host_takes_it_in_the_same_attempt(
    make, send, state, kinds, told, hosts, answer
):
    first, second = RemoteMta(), RemoteMta()
    first.script["greeting"] = [answer]
    await hosts(first, second)
    submitted = await send()
    assert await make(allow_private_destinations=True, **HASTY).step() == 1
    assert await state(submitted) == ["delivered"]
    assert await kinds() == ["queued", "attempted", "sent", "delivered"]
    assert (await told()).remote_host == "mx2.example.com"


# --- D5 to D9: what is said, or not ---

STAGES = {
    "greeting": "greeting",
    "EHLO": "greeting",
    "MAIL": "mail",
    "RCPT": "rcpt",
    "DATA": "data",
    "EOD": "eod",
}


@pytest.mark.parametrize("verb", STAGES)
@pytest.mark.parametrize("next_deed", [None, CLOSE], ids=["open", "closed"])
async def test_d5_421_anywhere_is_told_in_full_and_tried_again(
    make, send, state, told, clock, verb, next_deed
):
    answer = "421 4.3.2 Shutting down"
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script[verb] = [Then(answer, next_deed) if next_deed else answer]
        subject = make(mta)
        await subject.step()
        assert await state(submitted) == ["deferred"]
        detail = await told()
        assert detail.reply is not None
        assert detail.reply.wire() == answer
        assert detail.stage == STAGES[verb]
        assert detail.next_attempt_at is not None
        clock.now = detail.next_attempt_at
        await subject.step()
    assert await state(submitted) == ["delivered"]
    assert len(mta.accepted) == 1
    assert mta.violations == []


async def test_d6_every_recipient_has_an_outcome_of_its_own(make, send, stored, log):
    names = ("ok", "full", "away", "gone", "late")
    submitted = await send(**to(*names))
    async with RemoteMta() as mta:
        mta.script["RCPT full@example.com"] = ["452 4.2.2 Over quota"]
        mta.script["RCPT away@example.com"] = ["450 4.2.0 Not now"]
        mta.script["RCPT gone@example.com"] = ["550 5.1.1 No such user"]
        assert await make(mta).step() == 5
    states = {
        d.recipient.partition("@")[0]: (await stored(d)).state.value
        for d in submitted.deliveries
    }
    assert states == {
        "ok": "delivered",
        "late": "delivered",
        "full": "deferred",
        "away": "deferred",
        "gone": "bounced",
    }
    assert sorted(t.recipients[0] for t in mta.accepted) == [
        "<late@example.com>",
        "<ok@example.com>",
    ]
    bounced = [e for e in await log() if e.type is EventType.MESSAGE_BOUNCED]
    assert len(bounced) == 1


async def test_d7_what_is_refused_at_the_end_bounces_once_for_each_recipient(
    make, send, state, kinds
):
    submitted = await send(**to("ann", "bob"))
    async with RemoteMta() as mta:
        mta.script["EOD"] = ["554 5.7.1 Spam"] * 2
        subject = make(mta)
        assert await subject.step() == 2
        assert await subject.step() == 0
    assert await state(submitted) == ["bounced", "bounced"]
    assert Counter(await kinds()) == {"queued": 1, "attempted": 2, "bounced": 2}
    assert mta.accepted == []


@pytest.mark.parametrize("answer", [SILENCE, RESET, CLOSE, HALF_CLOSE])
async def test_d8_nobody_knows_what_became_of_it_and_one_more_copy_is_sent(
    make, send, state, kinds, told, clock, answer
):
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script["EOD"] = [answer]
        subject = make(mta, **HASTY)
        await subject.step()
        assert await kinds() == ["queued", "attempted", "unknown"]
        again = (await told()).next_attempt_at
        assert again is not None
        assert again - clock() >= timedelta(minutes=4)
        clock.now = again
        await subject.step()
    assert await state(submitted) == ["delivered"]
    first, second = mta.transactions
    assert first.data == second.data


async def test_d8_at_most_once_is_never_sent_again(make, send, state, clock):
    submitted = await send(guarantee=Guarantee.AT_MOST_ONCE)
    async with RemoteMta() as mta:
        mta.script["EOD"] = [SILENCE]
        subject = make(mta, **HASTY)
        await subject.step()
        clock.advance(days=2)
        assert await subject.step() == 0
    assert await state(submitted) == ["unknown"]
    assert len(mta.transactions) == 1


GARBAGE: dict[str, Answer] = {
    "no-code": b"hello there\r\n",
    "code-600": b"600 what\r\n",
    "a-megabyte": b"250 " + b"x" * 1_000_000 + b"\r\n",
    "endless-lines": Endless(b"250-more\r\n" * 1000),
    "endless-line": Endless(b"x" * 10_000),
    "binary": bytes(range(256)) * 40 + b"\r\n",
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
@pytest.mark.parametrize("verb", ["greeting", "EHLO", "MAIL", "EOD"])
async def test_d9_what_is_no_reply_ends_the_session_and_is_tried_later(
    make, send, state, told, garbage, verb
):
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script[verb] = [Then(garbage, SILENCE)]
        async with asyncio.timeout(10):
            await make(mta).step()
    assert await state(submitted) == ["deferred"]
    detail = await told()
    assert detail.stage == STAGES[verb]
    assert detail.reply is not None
    assert detail.reply.code in {0, 600}
    assert len(detail.reply.text) < 2000
    assert not detail.permanent


async def test_d9_lines_that_nobody_asked_for_are_not_taken_for_a_250(
    make, send, state, told
):
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [Then(b"250 OK\r\n354 go\r\n250 taken\r\n", SILENCE)]
        await make(mta).step()
    assert await state(submitted) == ["deferred"]
    assert (await told()).bounce_class == "protocol_error"
    assert mta.accepted == []


# --- D10 to D12: protection ---


@pytest.fixture
def peers(tmp_path) -> dict[str, ssl.SSLContext]:
    good = self_signed(tmp_path, "mx.example.com")
    other = self_signed(tmp_path, "else.example.org")
    (tmp_path / "old").mkdir()
    old = self_signed(tmp_path / "old", "mx.example.com", expired=True)
    return {
        "self-signed": server_context(good),
        "wrong-name": server_context(other),
        "expired": server_context(old),
        "incompatible": incompatible_context(good),
    }


@pytest.mark.parametrize("kind", ["self-signed", "wrong-name", "expired"])
async def test_d10_a_bad_certificate_is_better_than_none(
    make, send, state, told, peers, kind
):
    submitted = await send()
    async with RemoteMta(tls=peers[kind]) as mta:
        await make(mta).step()
    assert await state(submitted) == ["delivered"]
    detail = await told()
    assert (detail.tls_level, detail.tls_protocol) == ("unverified", "TLSv1.3")
    assert detail.tls_cipher
    assert mta.accepted[0].is_tls


@pytest.mark.parametrize(
    "answer", [None, "454 4.7.0 Not now", Then("220 Go", b"what?\r\n"), CLOSE, SILENCE]
)
async def test_d10_a_handshake_that_fails_is_no_reason_to_keep_the_mail(
    make, send, state, told, peers, answer
):
    submitted = await send()
    async with RemoteMta(tls=peers["incompatible"]) as mta:
        mta.script["STARTTLS"] = [answer] if answer else []
        await make(mta, **HASTY).step()
    assert await state(submitted) == ["delivered"]
    assert (await told()).tls_level == "none"
    assert not mta.accepted[0].is_tls


@pytest.mark.parametrize("stripped", [True, False], ids=["stripped", "untrusted"])
async def test_d11_where_tls_must_be_verified_nothing_is_sent_without(
    make, send, state, told, peers, stripped
):
    submitted = await send()
    async with RemoteMta(tls=peers["self-signed"]) as mta:
        mta.offers_tls = not stripped
        relay = {"host": "localhost", "port": mta.port, "tls": "starttls"}
        await make(smart_host=relay).step()
    assert await state(submitted) == ["deferred"]
    assert (await told()).stage == "tls"
    assert not [line for line in said(mta) if line.startswith("MAIL")]


async def test_d12_plaintext_behind_the_220_is_forgotten(make, send, state, peers):
    injected = b"220 Go ahead\r\n250-mx.example.com\r\n250 SIZE 1\r\n"
    submitted = await send()
    async with RemoteMta(tls=peers["self-signed"]) as mta:
        mta.script["STARTTLS"] = [Then(injected, "220 more")]
        await make(mta).step()
    assert await state(submitted) == ["delivered"]
    [taken] = mta.accepted
    assert not [p for p in taken.parameters if p.startswith("SIZE")]
    assert mta.violations == []


# --- D13 to D19: time ---


async def test_d13_a_host_that_ended_an_idle_connection_costs_no_attempt(
    make, send, state, kinds
):
    async with RemoteMta() as mta:
        subject = make(mta)
        submitted = []
        for parting in (CLOSE, RESET, Then("421 4.4.2 Idle", CLOSE), None):
            submitted.append(await send())
            assert await subject.step() == 1
            if parting is not None:
                await mta.hang_up(parting)
    for each in submitted:
        assert await state(each) == ["delivered"]
    assert "deferred" not in await kinds()
    assert len(mta.accepted) == 4
    assert mta.violations == []


async def test_d14_greylisting_by_sender_and_recipient_is_waited_out(
    make, send, state, log, clock
):
    submitted = await send(**to("ann", "bob"))
    async with RemoteMta() as mta:
        mta.greylisting = "450 4.7.1 Greylisted, try again in 60 seconds"
        subject = make(mta)
        assert await subject.step() == 2
        clock.advance(minutes=2)
        assert await subject.step() == 2
    assert await state(submitted) == ["delivered", "delivered"]
    deferred = [e.detail for e in await log() if e.type is EventType.MESSAGE_DEFERRED]
    assert [d.bounce_class for d in deferred] == ["greylisted"] * 2


async def test_d16_mail_that_says_it_is_automatic_makes_no_mail_when_it_bounces(
    db, make, send, state, clock
):
    submitted = await send()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["550 5.1.1 No such user"] * 3
        subject = make(mta)
        assert await subject.step() == 1
        clock.advance(days=6)
        assert await subject.step() == 0
    assert await state(submitted) == ["bounced"]
    assert len(mta.sessions) == 1


async def test_d18_a_single_message_waits_seconds_behind_anothers_thousands(
    db, inbox, clock
):
    """A site that takes ten a second, in simulated time; claims alone decide."""
    other = await add_inbox(db, 2, await add_account(db, 2))
    bulk = {"stream": Stream.BULK}
    await add_deliveries(db, inbox, range(1, 3001), **bulk)
    clock.advance(minutes=1)
    asked = clock()
    await add_deliveries(db, other, range(5001, 5002), due_at=asked, **bulk)
    await add_deliveries(db, other, range(5002, 5003), due_at=asked)
    whose = Turns()
    begun: dict[str, list[timedelta]] = {}
    for _ in range(60):
        clock.advance(seconds=1)
        for lease in await db.write(deliveries.lease_due, NODE, 10, 900, whose):
            begun.setdefault(lease.account_id, []).append(clock() - asked)
            done = replace(lease, state=State.DELIVERED)
            assert await db.write(deliveries.write, lease, done)
    assert len(begun[other.account_id]) == 2
    assert max(begun[other.account_id]) <= timedelta(seconds=30)
    assert len(begun[inbox.account_id]) == 598


async def test_d19_retries_of_one_moment_are_spread_and_claimed_in_bounded_batches(
    make, send, stored, clock, metrics, entropy
):
    names = [f"user{number}" for number in range(40)]
    submitted = await send(**to(*names))
    async with RemoteMta() as mta:
        mta.script["MAIL"] = ["451 4.3.0 Not now"] * 80
        subject = make(mta)
        await subject.step()
        clock.advance(minutes=7)
        await subject.step()
    waits = [
        ((await stored(d)).due_at - clock()).total_seconds()
        for d in submitted.deliveries
    ]
    assert max(waits) - min(waits) >= 0.2 * (sum(waits) / len(waits))
    name = "mailbot_queue_claim_batch"
    total = metrics.registry.get_sample_value(f"{name}_count")
    within = metrics.registry.get_sample_value(f"{name}_bucket", {"le": "50.0"})
    assert total == within


# --- D22: a host that hardly reads ---


@pytest.mark.parametrize("octets", [0, 100])
async def test_d22_a_host_that_takes_an_octet_at_a_time_is_given_up_amid_the_data(
    make, send, state, told, octets
):
    permits = asyncio.Semaphore(octets)
    large = replace(DRAFT, text=("x" * 70 + "\n") * 60_000)
    submitted = await send(large)
    async with RemoteMta(receive_buffer_bytes=2048) as mta:
        mta.script["DATA"] = [Then("354 Go ahead", Sip(permits))]
        async with asyncio.timeout(10):
            await make(mta, **HASTY).step()
    assert await state(submitted) == ["deferred"]
    detail = await told()
    assert detail.stage == "data"
    assert detail.reply is not None
    assert detail.reply.enhanced == "4.4.2"
    assert mta.accepted == []
