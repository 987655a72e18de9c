import asyncio
import threading

import pytest

from mailbot_server.config import load
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.verdicts import (
    ArcVerdict,
    Policy,
    Result,
    Scope,
    SpfVerdict,
    Verdicts,
)
from mailbot_server.core.mail.envelope import Envelope
from mailbot_server.engine.authentication import authenticator as authenticators
from mailbot_server.engine.authentication import verification
from mailbot_server.engine.authentication.authenticator import Authenticator
from mailbot_server.engine.dns import Status
from mailbot_server.engine.signing.signer import Signer
from tests.fakes import signatures
from tests.fakes.domain_keys import ED25519, RSA, stored_key, vault
from tests.fakes.resolver import FakeResolver
from tests.fakes.signatures import ed25519

RAW = (
    b"From: Ann <ann@example.com>\r\nTo: bob@example.org\r\nSubject: hello\r\n"
    b"Date: Mon, 2 Mar 2026 12:00:00 +0000\r\n\r\nGood morning\r\n"
)
ENVELOPE = Envelope(
    reverse_path="bounce@example.com",
    forward_paths=("bob@example.org",),
    helo="mx.example.com",
    peer_ip="::ffff:192.0.2.1",
)


class Silence(FakeResolver):
    """Never answers about names that begin so."""

    def __init__(self, *beginnings: str) -> None:
        super().__init__()
        self.beginnings = beginnings

    async def txt(self, name):
        if name.startswith(self.beginnings):
            await asyncio.Event().wait()
        return await super().txt(name)


@pytest.fixture
def resolver():
    return published(FakeResolver())


def published(resolver: FakeResolver) -> FakeResolver:
    resolver.texts_of |= {
        "example.com": [b"v=spf1 ip4:192.0.2.0/24 -all"],
        "s1._domainkey.example.com": [ed25519().record],
        "_dmarc.example.com": [b"v=DMARC1; p=reject"],
    }
    return resolver


@pytest.fixture
def make(clock, metrics):
    made = []

    def make(resolver: FakeResolver, **settings) -> Authenticator:
        made.append(Authenticator(resolver, clock, load(**settings), metrics))
        return made[-1]

    yield make
    for each in made:
        each.stop()


def counted(metrics, mechanism: str, result: str) -> float | None:
    return metrics.registry.get_sample_value(
        "mailbot_inbound_auth_results_total",
        {"mechanism": mechanism, "result": result},
    )


async def test_a_message_of_whom_it_says_it_is(make, resolver, metrics):
    found = await make(resolver).check(signatures.sign(RAW, ed25519()), ENVELOPE)
    assert found is not None
    assert found.spf == SpfVerdict(result=Result.PASS, domain="example.com")
    assert [each.result for each in found.dkim] == [Result.PASS]
    assert (found.dmarc.result, found.dmarc.policy) == (Result.PASS, "reject")
    assert found.dmarc.aligned_spf
    assert found.dmarc.aligned_dkim
    assert found.arc == ArcVerdict()
    assert Verdicts.from_json(found.to_json()) == found
    for mechanism in ("spf", "dkim", "dmarc"):
        assert counted(metrics, mechanism, "pass") == 1
    assert counted(metrics, "arc", "none") == 1


async def test_what_we_sign_passes_with_both_keys(make, resolver, clock, metrics):
    keys = (stored_key(RSA), stored_key(ED25519, 2))
    for key in keys:
        resolver.texts_of[key.host] = [key.record.encode()]
    signer = Signer(vault(), clock, metrics)
    signed = await signer.sign("msg_1", RAW, keys)
    signer.close()
    found = await make(resolver).check(signed, ENVELOPE)
    assert [(each.result, each.algorithm) for each in found.dkim] == [
        (Result.PASS, "rsa-sha256"),
        (Result.PASS, "ed25519-sha256"),
    ]


async def test_a_forged_message_is_told_and_so_is_what_its_domain_asks_for(
    make, resolver
):
    envelope = Envelope(
        reverse_path=None,
        forward_paths=(),
        helo="evil.example",
        peer_ip="203.0.113.9",
    )
    found = await make(resolver).check(RAW, envelope)
    assert (found.spf.result, found.spf.scope) == (Result.NONE, Scope.HELO)
    assert found.dkim == ()
    assert found.dmarc.result is Result.FAIL
    assert found.dmarc.disposition is Policy.REJECT
    assert not found.aligned


async def test_what_people_see_counts_even_if_no_field_says_so(make, resolver):
    raw = RAW.replace(b"ann@example.com", b"eve@evil.example")
    found = await make(resolver).check(raw, ENVELOPE, shown="ann@example.com")
    # SPF passes for example.com, and for nobody else who is named.
    assert not found.aligned
    assert found.dmarc.result is Result.NONE


async def test_nothing_is_asked_where_nobody_wants_to_know(make, resolver):
    found = await make(resolver, authentication=False).check(RAW, ENVELOPE)
    assert found is None
    assert resolver.questions == []


@pytest.mark.parametrize("status", [Status.TIMEOUT, Status.FAILED])
async def test_name_servers_that_cannot_say_are_a_temporary_error(
    make, resolver, status
):
    for name in resolver.texts_of:
        resolver.texts_of[name] = status
    found = await make(resolver).check(signatures.sign(RAW, ed25519()), ENVELOPE)
    assert found.spf.result is Result.TEMPERROR
    assert [(each.result, each.reason) for each in found.dkim] == [
        (Result.TEMPERROR, Fault.NO_ANSWER)
    ]
    assert found.dmarc.result is Result.TEMPERROR
    assert found.dmarc.disposition is Policy.NONE


@pytest.mark.parametrize(
    ("silent", "spf", "dkim", "dmarc"),
    [
        (("example.com",), Result.TEMPERROR, Result.PASS, Result.PASS),
        (("s1.",), Result.PASS, Result.TEMPERROR, Result.PASS),
        (("_dmarc.",), Result.PASS, Result.PASS, Result.TEMPERROR),
        (("",), Result.TEMPERROR, Result.TEMPERROR, Result.TEMPERROR),
    ],
    ids=["spf", "dkim", "dmarc", "all"],
)
async def test_C3_who_is_silent_spoils_nothing_else(make, silent, spf, dkim, dmarc):
    authenticator = make(published(Silence(*silent)), authentication_seconds=0.1)
    found = await authenticator.check(signatures.sign(RAW, ed25519()), ENVELOPE)
    assert found.spf.result is spf
    assert found.spf.domain == "example.com"
    assert [each.result for each in found.dkim] == [dkim]
    assert found.dmarc.result is dmarc
    assert found.dmarc.domain == "example.com"


async def test_domains_that_are_silent_when_their_turn_comes(make):
    resolver = published(Silence("_dmarc.sub."))
    resolver.texts_of["sub.example.com"] = [b"v=spf1 ip4:192.0.2.1 -all"]
    envelope = Envelope(
        reverse_path="a@sub.example.com",
        forward_paths=(),
        helo="mx.example.com",
        peer_ip="192.0.2.1",
    )
    authenticator = make(resolver, authentication_seconds=0.1)
    found = await authenticator.check(RAW, envelope)
    assert found.spf.result is Result.PASS
    assert found.dmarc.result is Result.TEMPERROR


@pytest.mark.parametrize(
    ("body", "count", "thread"),
    [
        (b"small\r\n", 1, "MainThread"),
        (b"large\r\n" * 10_000, 1, "verify"),
        (b"small\r\n", 5, "verify"),
    ],
    ids=["small", "large", "many"],
)
async def test_C3_what_takes_long_is_done_by_threads(
    make, resolver, monkeypatch, body, count, thread
):
    seen = []
    judge = verification.judge

    def watched(*arguments):
        seen.append(threading.current_thread().name)
        return judge(*arguments)

    monkeypatch.setattr(verification, "judge", watched)
    raw = RAW + body
    for number in range(count):
        raw = signatures.sign(raw, ed25519(), d=f"d{number}.example.com")
        host = f"s1._domainkey.d{number}.example.com"
        resolver.texts_of[host] = [ed25519().record]
    found = await make(resolver).check(raw, ENVELOPE)
    assert {each.result for each in found.dkim} == {Result.PASS}
    assert len(seen) == 1
    assert seen[0].startswith(thread)


async def test_C3_what_takes_too_long_is_a_temporary_error(make, resolver, monkeypatch):
    monkeypatch.setattr(authenticators, "COMPUTING_SECONDS", 0.0)
    signed = signatures.sign(RAW + b"large\r\n" * 10_000, ed25519())
    authenticator = make(resolver)
    found = await authenticator.check(signed, ENVELOPE)
    assert [each.result for each in found.dkim] == [Result.TEMPERROR]
    assert found.arc.result is Result.TEMPERROR
    assert found.spf.result is Result.PASS


async def test_C3_a_body_of_blanks_is_verified(make, resolver):
    blank = (b" \t" * 499 + b"\r\n") * 5_000
    signed = signatures.sign(RAW, ed25519()).removesuffix(RAW) + RAW + blank + b"end"
    found = await make(resolver).check(signed, ENVELOPE)
    assert [each.reason for each in found.dkim] == [Fault.BODY_CHANGED]


async def test_a_fault_of_ours_turns_nobody_away(make, resolver, metrics):
    envelope = Envelope(
        reverse_path=None, forward_paths=(), helo="x", peer_ip="no address"
    )
    found = await make(resolver).check(RAW, envelope)
    assert found.spf.result is Result.TEMPERROR
    assert found.dmarc.result is Result.TEMPERROR
    labels = {"component": "authentication"}
    name = "mailbot_unhandled_exceptions_total"
    assert metrics.registry.get_sample_value(name, labels) == 1


async def test_mail_that_was_passed_on_keeps_its_chain(make, resolver):
    host = "s1._domainkey.hop1.example"
    resolver.texts_of[host] = [ed25519().record]
    raw = signatures.pass_on(signatures.sign(RAW, ed25519()), ed25519(), 1)
    found = await make(resolver).check(raw, ENVELOPE)
    assert (found.arc.result, found.arc.sealer) == (Result.PASS, "hop1.example")
    assert found.arc.origin == "i=1; hop1.example; spf=pass"


async def test_the_list_of_suffixes_stands_in_where_nobody_has_a_policy(make):
    resolver = FakeResolver()
    resolver.texts_of["bounce.shop.co.uk"] = [b"v=spf1 ip4:192.0.2.1 -all"]
    resolver.texts_of["other.co.uk"] = [b"v=spf1 ip4:192.0.2.1 -all"]
    raw = RAW.replace(b"example.com", b"news.shop.co.uk")
    for domain, aligned in (("bounce.shop.co.uk", True), ("other.co.uk", False)):
        envelope = Envelope(
            reverse_path=f"a@{domain}", forward_paths=(), helo="x", peer_ip="192.0.2.1"
        )
        found = await make(resolver).check(raw, envelope)
        assert found.dmarc.result is Result.NONE
        assert found.aligned is aligned


async def test_a_message_without_a_readable_header(make, resolver):
    raw = b"X: " + b"a" * 600_000 + b"\r\n" + RAW
    found = await make(resolver).check(raw, ENVELOPE)
    assert [each.reason for each in found.dkim] == [Fault.HEADER_TOO_LARGE]
    assert found.dmarc.result is Result.PERMERROR
