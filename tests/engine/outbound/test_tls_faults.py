"""
TLS faults D10 to D12 where policies speak: what is sent, what is told, what is not.

Queue, sockets, handshakes, the policy's web server and its certificates are real; DNS
is written down by the test.
"""

import hashlib
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from mailbot_server.config import load
from mailbot_server.core.destination.tlsa import Tlsa, public_key_info
from mailbot_server.core.event import AttemptDetail
from mailbot_server.engine.dns import Status
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.outbound.routing import route
from tests.fakes.certificate import (
    der_of,
    old_context,
    self_signed,
    server_context,
)
from tests.fakes.copies import copies
from tests.fakes.policy_server import policy_text
from tests.fakes.remote_mta import ALERT, CLOSE, RemoteMta, Then
from tests.fakes.resolver import FakeResolver

NODE = "nod_00000000000000000000000001"
DISAGREE = Then("220 Go ahead", ALERT)
MX1, MX2 = "mx1.example.com", "mx2.example.com"


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver()


@pytest.fixture
def pems(authority, tmp_path) -> dict[str, Path]:
    """What hosts show of themselves."""
    return {
        "valid": authority.pem(MX1, MX2),
        "expired": authority.pem(MX1 + ".expired", MX1, MX2, expired=True),
        "other-name": authority.pem("mx.example.org"),
        "self-signed": self_signed(tmp_path, MX1),
    }


@pytest.fixture
async def hosts(monkeypatch, resolver):
    """MX hosts of example.com on addresses and one port of their own, in order."""
    async with AsyncExitStack() as stack:

        async def start(*mtas: RemoteMta) -> None:
            records, port = [], 0
            for number, mta in enumerate(mtas, start=1):
                mta.host, mta.port = f"127.0.0.{number + 1}", port
                await stack.enter_async_context(mta)
                port = mta.port
                name = f"mx{number}.example.com"
                records.append((number, name))
                resolver.addresses_of[name] = [mta.host]
            resolver.mx_of["example.com"] = records
            monkeypatch.setattr(route, "SMTP_PORT", port)

        yield start


@pytest.fixture
def policy(web, resolver):
    """Gives example.com a policy."""

    def publish(*names: str, mode: str = "enforce") -> None:
        resolver.texts_of["_mta-sts.example.com"] = [b"v=STSv1; id=1"]
        resolver.addresses_of["mta-sts.example.com"] = ["127.0.0.1"]
        web.body = policy_text(*names, mode=mode)

    return publish


@pytest.fixture
def proven(resolver):
    """Signs example.com, with TLSA records of its first host."""

    def sign(mta: RemoteMta, found: list[Tlsa] | Status) -> None:
        name = f"_{mta.port}._tcp.{MX1}"
        resolver.authentic |= {"example.com", MX1, name}
        resolver.tlsa_of[name] = found

    return sign


@pytest.fixture
async def queue(db, clock, metrics, entropy, resolver, signer, trusting):
    """A queue with these settings."""
    made: list[Attempts] = []

    def queue_with(**settings) -> Queue:
        its = load(**(trusting | settings))
        made.append(Attempts(db, its, resolver, signer, copies(db)))
        return Queue(db, its, made[-1], NODE)

    yield queue_with
    for attempts in made:
        attempts.close()


@pytest.fixture
def deliver(queue, send, stored, log):
    """Sends a message and lets it be tried once: its state and what the event says."""
    by_settings: dict[str, Queue] = {}

    async def once(settings: dict | None = None, **changes):
        key = repr(settings)
        if key not in by_settings:
            by_settings[key] = queue(**(settings or {}))
        submitted = await send(**changes)
        await by_settings[key].step()
        [delivery] = submitted.deliveries
        found = [event.detail for event in await log()]
        told = [detail for detail in found if isinstance(detail, AttemptDetail)]
        return (await stored(delivery)).state.value, told[-1]

    return once


@pytest.fixture
def tls(metrics):
    """How often TLS of this level came to this."""

    def count(level: str, result: str) -> float:
        name = "mailbot_smtp_client_tls_total"
        labels = {"level": level, "result": result}
        return metrics.registry.get_sample_value(name, labels) or 0

    return count


def said(*mtas: RemoteMta) -> list[str]:
    lines = [line for mta in mtas for session in mta.sessions for line in session]
    return [line.split()[0] for line in lines]


def of_key(pem: Path, usage: int = 3) -> Tlsa:
    digest = hashlib.sha256(public_key_info(der_of(pem))).digest()
    return Tlsa(usage=usage, selector=1, matching_type=1, data=digest)


# --- D10: nobody asks ---


async def test_d10_broken_tls_is_remembered_and_not_tried_for_three_days(
    deliver, hosts, pems, clock, tls
):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    mta.script["STARTTLS"] = [DISAGREE]
    await hosts(mta)
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "none")
    assert said(mta).count("STARTTLS") == 1
    for _ in range(2):
        assert (await deliver())[0] == "delivered"
    assert said(mta).count("STARTTLS") == 1
    assert len(mta.sessions) == 4
    clock.advance(days=3)
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "unverified")
    assert tls("unverified", "failed") == tls("unverified", "ok") == 1


async def test_d10_another_process_does_not_try_either(deliver, hosts, pems):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    mta.script["STARTTLS"] = [DISAGREE]
    await hosts(mta)
    await deliver()
    await deliver({"dns_seconds": 4})
    assert said(mta).count("STARTTLS") == 1


async def test_d10_what_only_a_broken_network_shows_is_not_remembered(
    deliver, hosts, pems
):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    mta.script["STARTTLS"] = [CLOSE]
    mta.script["greeting"] = ["220 mx", CLOSE]
    await hosts(mta)
    state, _ = await deliver()
    assert state == "deferred"
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "unverified")


@pytest.mark.parametrize("kind", ["expired", "other-name", "self-signed"])
async def test_d10_a_bad_certificate_is_as_good_as_any(deliver, hosts, pems, kind):
    mta = RemoteMta(tls=server_context(pems[kind]))
    await hosts(mta)
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "unverified")
    assert told.tls_protocol == "TLSv1.3"


async def test_d10_old_tls_is_taken_where_nobody_asks_for_more(deliver, hosts, pems):
    mta = RemoteMta(tls=old_context(pems["valid"]))
    await hosts(mta)
    state, told = await deliver()
    assert (state, told.tls_level, told.tls_protocol) == (
        *("delivered", "unverified"),
        "TLSv1",
    )


# --- D11: MTA-STS ---


async def test_d11_a_host_that_does_as_the_policy_says_gets_the_mail(
    deliver, hosts, pems, policy, tls
):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(mta)
    policy("*.example.com")
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "mta_sts")
    assert told.tls_cipher
    assert tls("mta_sts", "ok") == 1


@pytest.mark.parametrize("kind", ["expired", "other-name", "self-signed", "old", "cut"])
async def test_d11_a_host_that_does_not_gets_nothing_and_the_next_one_does(
    deliver, hosts, pems, policy, tls, kind
):
    if kind == "old":
        first = RemoteMta(tls=old_context(pems["valid"]))
    elif kind == "cut":
        first = RemoteMta(tls=server_context(pems["valid"]))
        first.script["STARTTLS"] = [CLOSE]
    else:
        first = RemoteMta(tls=server_context(pems[kind]))
    second = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(first, second)
    policy("*.example.com")
    state, told = await deliver()
    assert (state, told.remote_host) == ("delivered", MX2)
    assert told.tls_level == "mta_sts"
    assert len(first.sessions) == 1
    assert "MAIL" not in said(first)
    assert tls("mta_sts", "failed") == 1


async def test_d11_stripped_starttls_is_never_answered_with_plaintext(
    deliver, hosts, pems, policy, clock, metrics
):
    mtas = [RemoteMta(tls=server_context(pems["valid"])) for _ in range(2)]
    for mta in mtas:
        mta.offers_tls = False
    await hosts(*mtas)
    policy("*.example.com")
    state, told = await deliver()
    assert (state, told.stage, told.bounce_class) == ("deferred", "tls", "tls")
    assert "does not offer STARTTLS" in told.diagnostic
    assert "MAIL" not in said(*mtas)
    name = "mailbot_mta_sts_violations_total"
    labels = {"mode": "enforce", "kind": "tls"}
    assert metrics.registry.get_sample_value(name, labels) == 2
    # It holds without its record and its file.
    clock.advance(hours=6)
    for mta in mtas:
        mta.offers_tls = True
    assert (await deliver())[1].tls_level == "mta_sts"


async def test_d11_a_policy_that_names_no_host_leaves_the_mail_here(
    deliver, hosts, pems, policy
):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(mta)
    policy("mx.example.org")
    state, told = await deliver()
    assert (state, told.stage, told.bounce_class) == ("deferred", "route", "tls")
    assert told.reply.enhanced.startswith("4.7.")
    assert "MTA-STS" in told.diagnostic
    assert mta.sessions == []


async def test_d11_a_policy_outlives_who_silences_it(
    deliver, hosts, pems, policy, resolver, web
):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(mta)
    policy("*.example.com")
    await deliver()
    resolver.texts_of["_mta-sts.example.com"] = Status.FAILED
    web.status = 500
    mta.offers_tls = False
    state, _ = await deliver({"dns_seconds": 4})
    assert state == "deferred"
    assert len(mta.accepted) == 1


async def test_a_policy_on_trial_is_told_and_the_mail_goes_on(
    deliver, hosts, pems, policy, metrics
):
    mta = RemoteMta(tls=server_context(pems["self-signed"]))
    await hosts(mta)
    policy("*.example.com", mode="testing")
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "unverified")
    name = "mailbot_mta_sts_violations_total"
    labels = {"mode": "testing", "kind": "tls"}
    assert metrics.registry.get_sample_value(name, labels) == 1


async def test_a_policy_on_trial_forgives_a_host_without_tls(deliver, hosts, policy):
    mta = RemoteMta()
    await hosts(mta)
    policy("*.example.com", mode="testing")
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "none")


async def test_a_policy_on_trial_that_holds_is_verified(deliver, hosts, pems, policy):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(mta)
    policy("*.example.com", mode="testing")
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "verified")
    assert len(mta.sessions) == 1


# --- D11: DANE ---


async def test_d11_a_host_with_the_certificate_of_its_records_gets_the_mail(
    deliver, hosts, pems, proven, tls
):
    mta = RemoteMta(tls=server_context(pems["self-signed"]))
    await hosts(mta)
    proven(mta, [of_key(pems["self-signed"])])
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "dane")
    assert tls("dane", "ok") == 1


async def test_d11_a_host_whose_authority_the_records_mean_gets_the_mail(
    deliver, hosts, pems, proven, authority, clock
):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(mta)
    clock.now = authority.at
    digest = hashlib.sha256(authority.der).digest()
    proven(mta, [Tlsa(usage=2, selector=0, matching_type=1, data=digest)])
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "dane")


async def test_d11_another_certificate_is_refused_even_where_it_is_valid(
    deliver, hosts, pems, proven, policy
):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(mta)
    policy("*.example.com")
    proven(mta, [of_key(pems["self-signed"])])
    state, told = await deliver()
    assert (state, told.stage) == ("deferred", "tls")
    assert "DANE failed" in told.diagnostic
    assert "MAIL" not in said(mta)


async def test_d11_stripped_starttls_with_dane_leaves_the_mail_here(
    deliver, hosts, pems, proven
):
    mta = RemoteMta()
    await hosts(mta)
    proven(mta, [of_key(pems["valid"])])
    state, told = await deliver()
    assert (state, told.stage) == ("deferred", "tls")
    assert "MAIL" not in said(mta)


@pytest.mark.parametrize("status", [Status.FAILED, Status.TIMEOUT])
async def test_d11_a_host_without_an_answer_about_its_records_is_left_for_later(
    deliver, hosts, pems, proven, status
):
    mta = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(mta)
    proven(mta, status)
    state, told = await deliver()
    assert (state, told.stage, told.bounce_class) == ("deferred", "route", "tls")
    assert "TLSA" in told.diagnostic
    assert mta.sessions == []


async def test_d11_records_of_no_use_ask_for_tls_and_no_proof(
    deliver, hosts, pems, proven
):
    mta = RemoteMta(tls=server_context(pems["self-signed"]))
    await hosts(mta)
    proven(mta, [of_key(pems["valid"], usage=1)])
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "unverified")
    mta.offers_tls = False
    assert (await deliver())[0] == "deferred"


# --- require_tls ---


async def test_a_message_that_requires_tls_goes_to_hosts_that_prove_their_name(
    deliver, hosts, pems
):
    first = RemoteMta(tls=server_context(pems["other-name"]))
    second = RemoteMta(tls=server_context(pems["valid"]))
    await hosts(first, second)
    state, told = await deliver(require_tls=True)
    assert (state, told.tls_level, told.remote_host) == (
        *("delivered", "verified"),
        MX2,
    )
    assert "MAIL" not in said(first)


async def test_a_message_that_requires_tls_goes_to_nobody_without_proof(
    deliver, hosts, pems
):
    mta = RemoteMta(tls=server_context(pems["self-signed"]))
    await hosts(mta)
    state, told = await deliver(require_tls=True)
    assert (state, told.stage) == ("deferred", "tls")
    assert mta.accepted == []


async def test_a_message_that_requires_tls_does_not_harm_its_neighbours(
    deliver, hosts, pems
):
    mta = RemoteMta(tls=server_context(pems["self-signed"]))
    await hosts(mta)
    for _ in range(10):
        assert (await deliver(require_tls=True))[0] == "deferred"
    assert (await deliver())[0] == "delivered"


async def test_a_message_that_requires_tls_waits_where_a_relay_has_none(deliver):
    async with RemoteMta() as mta:
        relay = {"host": "127.0.0.1", "port": mta.port, "tls": "opportunistic"}
        state, told = await deliver({"smart_host": relay}, require_tls=True)
    assert (state, told.bounce_class) == ("deferred", "tls")
    assert mta.sessions == []


# --- D12 ---


async def test_d12_a_policy_is_not_satisfied_by_what_was_injected(
    deliver, hosts, pems, policy
):
    injected = b"220 Go ahead\r\n250-mx1.example.com\r\n250 SIZE 1\r\n"
    mta = RemoteMta(tls=server_context(pems["valid"]))
    mta.script["STARTTLS"] = [Then(injected, "220 also plain")]
    await hosts(mta)
    policy("*.example.com")
    state, told = await deliver()
    assert (state, told.tls_level) == ("delivered", "mta_sts")
    [taken] = mta.accepted
    assert taken.is_tls
    assert not [p for p in taken.parameters if p.startswith("SIZE")]
