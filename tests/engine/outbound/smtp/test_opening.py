"""From an address to an open session: greeting, TLS, login, over real sockets."""

import os
import resource
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mailbot_server.core.delivery import Deferred, Refused, Stage
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.shaping.flow import Signal, signal_of
from mailbot_server.engine.outbound.smtp.session import Transaction
from mailbot_server.ways import SmartHost
from tests.fakes.certificate import server_context
from tests.fakes.dialer import INTERNATIONAL, LARGE
from tests.fakes.remote_mta import CLOSE, SILENCE, RemoteMta, Then

# --- room of our own ---


@contextmanager
def no_descriptors() -> Iterator[None]:
    """This process may open nothing more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(each.name) for each in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, hard))
    taken: list[int] = []
    try:
        try:
            while True:
                taken.append(os.dup(0))
        except OSError:
            yield
    finally:
        for number in taken:
            os.close(number)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_want_of_descriptors_is_said_of_this_server_and_not_of_the_host(
    dialer, sample
):
    async with RemoteMta() as mta:
        with no_descriptors():
            outcome = await dialer.outcome(mta)
        assert isinstance(outcome, Deferred)
        assert "this server has no room" in outcome.trace.diagnostic
        assert outcome.trace.reply == Reply(code=0, enhanced="4.3.0")
        assert signal_of(outcome) is Signal.NONE
        await dialer.send(mta)
    assert len(mta.accepted) == 1
    results = ("ok", "refused")
    name = "mailbot_smtp_client_connects_total"
    counted = [sample(name, provider="other", result=each) for each in results]
    assert counted == [1, 0]


# --- TLS and AUTH ---


async def test_starttls_is_used_when_it_is_offered(dialer, pem, sample):
    async with RemoteMta(tls=server_context(pem)) as mta:
        await dialer.send(mta, mode="opportunistic")
    assert mta.accepted[0].is_tls
    progress = dialer.progress
    assert progress.tls_level == "unverified"
    assert progress.tls_protocol == "TLSv1.3"
    assert progress.tls_cipher
    verbs = [line.split()[0] for line in mta.sessions[0]]
    assert verbs == ["EHLO", "STARTTLS", "EHLO", "MAIL", "RCPT", "DATA", "QUIT"]
    name = "mailbot_smtp_client_tls_total"
    assert sample(name, level="unverified", result="ok") == 1


async def test_a_large_message_arrives_whole_over_tls(dialer, pem):
    async with RemoteMta(tls=server_context(pem)) as mta:
        large = Transaction(reverse_path="", recipient="a@example.com", raw=LARGE)
        await dialer.send(mta, large, mode="opportunistic")
    assert mta.accepted[0].data == LARGE


async def test_without_starttls_opportunistic_mail_goes_in_the_clear(dialer):
    async with RemoteMta() as mta:
        await dialer.send(mta, mode="opportunistic")
    assert not mta.accepted[0].is_tls
    assert dialer.progress.tls_level == "none"


@pytest.mark.parametrize(
    "answer", ["454 4.7.0 Not now", Then("220 Go ahead", b"what?\r\n"), CLOSE, SILENCE]
)
async def test_d10_a_broken_handshake_says_so(hasty, pem, answer, sample):
    async with RemoteMta("STARTTLS") as mta:
        mta.script["STARTTLS"] = [answer]
        outcome = await hasty.outcome(mta, mode="opportunistic")
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.TLS
    assert outcome.trace.tls_level == ""
    name = "mailbot_smtp_client_tls_total"
    assert sample(name, level="unverified", result="failed") == 1


async def test_d12_plaintext_behind_the_220_is_not_believed_over_tls(dialer, pem):
    injected = b"220 Go ahead\r\n250-mx.example.com\r\n250 SMTPUTF8\r\n"
    async with RemoteMta(tls=server_context(pem)) as mta:
        mta.script["STARTTLS"] = [Then(injected, "220 also plain")]
        outcome = await dialer.outcome(
            mta, transaction=INTERNATIONAL, mode="opportunistic"
        )
    assert isinstance(outcome, Refused)
    assert "SMTPUTF8" in outcome.trace.diagnostic


async def test_a_required_starttls_that_is_not_offered_is_a_deferral(dialer):
    async with RemoteMta() as mta:
        outcome = await dialer.outcome(mta, mode="starttls")
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.TLS
    assert not [line for line in mta.sessions[0] if line.startswith("MAIL")]


async def test_a_required_starttls_checks_the_certificate(dialer, pem, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    dialer.context = ssl.create_default_context()
    async with RemoteMta(tls=server_context(pem)) as mta:
        assert isinstance(await dialer.send(mta, mode="starttls"), Reply)
    assert dialer.progress.tls_level == "verified"


@pytest.mark.parametrize("mode", ["starttls", "implicit"])
async def test_an_untrusted_certificate_is_a_deferral(dialer, pem, mode):
    dialer.context = ssl.create_default_context()
    is_implicit = mode == "implicit"
    async with RemoteMta(tls=server_context(pem), is_implicit_tls=is_implicit) as mta:
        outcome = await dialer.outcome(mta, mode=mode)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.TLS
    assert "certificate is not valid" in outcome.trace.diagnostic


async def test_implicit_tls_protects_from_the_first_byte(dialer, pem, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    dialer.context = ssl.create_default_context()
    async with RemoteMta(tls=server_context(pem), is_implicit_tls=True) as mta:
        assert isinstance(await dialer.send(mta, mode="implicit"), Reply)
    assert mta.accepted[0].is_tls
    assert dialer.progress.tls_level == "verified"


def smart_host(**changes) -> SmartHost:
    plain = {"host": "relay.example.net", "username": "user", "password": "secret"}
    return SmartHost.model_validate(plain | changes)


async def test_a_smart_host_is_logged_in_to(dialer, pem):
    dialer.relay = smart_host()
    async with RemoteMta("AUTH PLAIN", tls=server_context(pem)) as mta:
        assert isinstance(await dialer.send(mta, mode="opportunistic"), Reply)
    assert mta.accepted[0].user == "user"


async def test_a_refused_login_never_bounces_mail(dialer, pem):
    dialer.relay = smart_host()
    async with RemoteMta("AUTH PLAIN", tls=server_context(pem)) as mta:
        mta.script["AUTH"] = ["535 5.7.8 Wrong password"]
        outcome = await dialer.outcome(mta, mode="opportunistic")
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.AUTH
    assert "refused our login" in outcome.trace.diagnostic
    assert "secret" not in outcome.trace.diagnostic


async def test_a_password_is_not_sent_in_the_clear_unless_told_to(dialer):
    dialer.relay = smart_host(tls="opportunistic")
    async with RemoteMta("AUTH PLAIN") as mta:
        outcome = await dialer.outcome(mta, mode="opportunistic")
        assert isinstance(outcome, Deferred)
        assert outcome.trace.stage is Stage.AUTH
        assert not [line for line in mta.sessions[0] if line.startswith("AUTH")]
        dialer.relay = smart_host(tls="none")
        assert isinstance(await dialer.send(mta, mode="none"), Reply)


@pytest.mark.parametrize("extensions", [(), ("AUTH GSSAPI",)])
async def test_a_smart_host_without_a_login_that_we_know_is_a_deferral(
    dialer, extensions
):
    dialer.relay = smart_host(tls="none")
    async with RemoteMta(*extensions) as mta:
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.AUTH


async def test_a_connection_lost_amid_the_login_is_a_deferral(dialer):
    dialer.relay = smart_host(tls="none")
    async with RemoteMta("AUTH PLAIN") as mta:
        mta.script["AUTH"] = [CLOSE]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.AUTH
