"""One attempt from the bytes in the store to an outcome."""

import asyncio

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import Accepted, Deferred, Failed, Lost
from mailbot_server.engine.outbound.queue import attempt as module
from mailbot_server.engine.outbound.queue.attempt import Attempts, longest_seconds
from mailbot_server.engine.outbound.routing.route import choose
from mailbot_server.engine.outbound.smtp.progress import Progress
from mailbot_server.store.database import Transaction
from tests.fakes.copies import copies
from tests.fakes.remote_mta import SILENCE, RemoteMta
from tests.fakes.resolver import FakeResolver


class SilentResolver(FakeResolver):
    """Never answers, whatever its deadlines should have been."""

    async def mx(self, domain):
        await asyncio.Event().wait()


def forget_raw(tx: Transaction, message_id: str) -> None:
    tx.execute("DELETE FROM raw WHERE message_id = ?", message_id)


@pytest.fixture
def attempt(db, clock, metrics, entropy, signer):
    """Runs one attempt at a leased delivery."""

    async def run(lease, resolver=None, **settings):
        made = load(hostname="mail.example.net", **settings)
        attempts = Attempts(db, made, resolver or FakeResolver(), signer, copies(db))
        route = choose(made, lease.domain)
        progress = Progress(clock, metrics, route.way.value)
        try:
            return await attempts.run(lease, route, progress)
        finally:
            attempts.close()

    return run


async def test_the_envelope_is_the_deliverys_and_the_bytes_are_the_messages(
    attempt, leased, inbox
):
    lease = await leased()
    async with RemoteMta() as mta:
        route = {"domain": "example.com", "host": mta.host, "port": mta.port}
        outcome = await attempt(lease, routes=[route])
    assert isinstance(outcome, Accepted)
    [taken] = mta.accepted
    assert taken.mail == f"FROM:<{lease.reverse_path}>"
    assert taken.recipients == ["<customer@example.com>"]
    assert f"Message-ID: <{lease.message_id}@{inbox.domain}>".encode() in taken.data


async def test_a13_a_message_without_its_bytes_fails_and_blames_nobody(
    db, attempt, leased
):
    lease = await leased()
    await db.write(forget_raw, lease.message_id)
    outcome = await attempt(lease)
    assert isinstance(outcome, Failed)
    assert "bytes" in outcome.trace.diagnostic


async def test_a17_an_attempt_that_hangs_is_ended(
    attempt, leased, metrics, monkeypatch
):
    # Part of the deadline that no setting shortens.
    monkeypatch.setattr(module, "FETCH_SECONDS", 0.1)
    lease = await leased()
    outcome = await attempt(
        lease,
        SilentResolver(),
        dns_seconds=0.001,
        smtp_connect_seconds=0.001,
        smtp_greeting_seconds=0.001,
        smtp_reply_seconds=0.001,
        smtp_data_block_seconds=0.001,
        smtp_final_reply_seconds=0.001,
    )
    assert isinstance(outcome, Deferred)
    assert "too long" in outcome.trace.diagnostic
    name = "mailbot_delivery_watchdog_aborts_total"
    assert metrics.registry.get_sample_value(name, {"stage": "route"}) == 1


async def test_a17_one_that_hangs_after_the_final_dot_is_unknown(
    attempt, leased, metrics, monkeypatch
):
    monkeypatch.setattr(module, "longest_seconds", lambda settings: 0.2)
    lease = await leased()
    async with RemoteMta() as mta:
        mta.script["EOD"] = [SILENCE]
        route = {"domain": "example.com", "host": mta.host, "port": mta.port}
        outcome = await attempt(lease, routes=[route])
    assert isinstance(outcome, Lost)
    name = "mailbot_delivery_watchdog_aborts_total"
    assert metrics.registry.get_sample_value(name, {"stage": "eod"}) == 1


async def test_attempts_share_a_connection_until_it_is_closed(
    db, clock, metrics, entropy, signer, leased
):
    lease = await leased()
    async with RemoteMta() as mta:
        route = {"domain": "example.com", "host": mta.host, "port": mta.port}
        made = load(hostname="mail.example.net", routes=[route])
        resolver = FakeResolver()
        attempts = Attempts(db, made, resolver, signer, copies(db))
        for _ in range(2):
            progress = Progress(clock, metrics, "pinned")
            await attempts.run(lease, choose(made, lease.domain), progress)
        assert mta.open_sessions == 1
        attempts.close()
    assert len(mta.accepted) == 2
    assert [lines[-1] for lines in mta.sessions] == ["QUIT"]


async def test_who_watches_sees_which_delivery_it_is(
    db, clock, metrics, entropy, signer, leased
):
    lease = await leased()
    async with RemoteMta() as mta:
        route = {"domain": "example.com", "host": mta.host, "port": mta.port}
        made = load(hostname="mail.example.net", routes=[route])
        resolver = FakeResolver()
        attempts = Attempts(db, made, resolver, signer, copies(db))
        with attempts.dialogues.watch("example.com") as watcher:
            progress = Progress(clock, metrics, "pinned")
            await attempts.run(lease, choose(made, lease.domain), progress)
            assert (await anext(watcher)).delivery_id == lease.id
        attempts.close()


def test_the_last_deadline_leaves_time_for_all_others():
    settings = load(smtp_reply_seconds=1, smtp_final_reply_seconds=2, dns_seconds=3)
    # The MX, ten hosts of two families, a policy, TLSA records; at most two final dots.
    assert longest_seconds(settings) > 32 * 3 + 2 * 2
    slower = load(smtp_reply_seconds=1, smtp_final_reply_seconds=2, dns_seconds=4)
    assert longest_seconds(slower) - longest_seconds(settings) == 32
    assert longest_seconds(load()) < 24 * 3600
