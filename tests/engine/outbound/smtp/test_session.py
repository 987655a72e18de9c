"""One session with a real server on loopback that answers as scripted."""

import asyncio
import ssl
from typing import Any

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import Deferred, Lost, Outcome, Refused, Stage
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.engine.outbound.smtp import session
from mailbot_server.engine.outbound.smtp.ending import Ended
from mailbot_server.engine.outbound.smtp.handshake import PLAINTEXT
from mailbot_server.engine.outbound.smtp.opening import Opening
from mailbot_server.engine.outbound.smtp.progress import Progress
from mailbot_server.engine.outbound.smtp.session import Peer, Session, Transaction
from mailbot_server.engine.outbound.smtp.wire import Wire
from mailbot_server.ways import SmartHost
from tests.fakes.certificate import self_signed, server_context
from tests.fakes.remote_mta import CLOSE, RESET, SILENCE, After, RemoteMta, Then

RAW = b"Subject: hello\r\n\r\nHow are you?\r\n"
TRANSACTION = Transaction(
    reverse_path="user@example.net", recipient="customer@example.com", raw=RAW
)
PEER = Peer(
    host="mx.example.com",
    address="192.0.2.1:25",
    provider="other",
    protected=PLAINTEXT,
    extensions=frozenset(),
)
# Larger than what the system takes in for a peer that does not read.
LARGE = b"Subject: large\r\n\r\n" + b"x" * 76 + b"\r\n"
LARGE += (b"y" * 998 + b"\r\n") * 16_000


class Dialer:
    """Opens one connection after the other and tells how each ended."""

    def __init__(self, clock, metrics, **settings) -> None:
        self.settings = load(hostname="mail.example.net", **settings)
        self.metrics = metrics
        self.clock = clock
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.relay: SmartHost | None = None
        self.progress = Progress(clock, metrics, "pinned")
        self.session: Any = None

    async def send(
        self, mta: RemoteMta, transaction: Transaction = TRANSACTION, mode="none"
    ) -> Reply | Outcome:
        self.progress = Progress(self.clock, self.metrics, "pinned")
        target = Target(host="mx.example.com", address=mta.host, port=mta.port)
        opening = Opening(self.settings, self.metrics, self.progress, target, mode)
        try:
            self.session = await opening.run(self.context, self.relay)
        except Ended as ended:
            return ended.outcome
        try:
            return await self.session.transact(transaction, self.progress)
        except Ended as ended:
            return ended.outcome
        finally:
            self.session.close()

    async def outcome(self, mta: RemoteMta, **keywords) -> Outcome:
        ended = await self.send(mta, **keywords)
        assert not isinstance(ended, Reply)
        return ended


class Reluctant(asyncio.Transport):
    """Remembers what was written, and takes a text only when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.wrote = asyncio.Event()
        self.wire: Any = None

    def write(self, data):
        self.written += data
        self.wrote.set()
        if data == RAW:
            self.wire.pause_writing()

    def set_write_buffer_limits(self, high=None, low=None):
        assert (high, low) == (1, 0)

    def set_protocol(self, protocol):
        self.wire = protocol

    def is_closing(self):
        return False


@pytest.fixture
def dialer(clock, metrics) -> Dialer:
    return Dialer(clock, metrics)


@pytest.fixture
def hasty(clock, metrics) -> Dialer:
    """Waits for nobody."""
    return Dialer(
        clock,
        metrics,
        smtp_greeting_seconds=0.05,
        smtp_reply_seconds=0.05,
        smtp_final_reply_seconds=0.05,
        smtp_data_block_seconds=0.05,
    )


@pytest.fixture(scope="module")
def pem(tmp_path_factory):
    return self_signed(tmp_path_factory.mktemp("tls"), "mx.example.com")


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


# --- what goes over the wire ---


async def test_a_message_is_handed_over_with_envelope_and_bytes_intact(dialer):
    async with RemoteMta("SIZE 1000000") as mta:
        reply = await dialer.send(mta)
    assert reply == Reply(code=250, enhanced="2.0.0", text="Queued as 42")
    [taken] = mta.accepted
    assert taken.helo == "mail.example.net"
    assert taken.mail == f"FROM:<user@example.net> SIZE={len(RAW)}"
    assert taken.recipients == ["<customer@example.com>"]
    assert taken.data == RAW
    assert dialer.progress.address == f"127.0.0.1:{mta.port}"
    assert mta.sessions[0][-1] == "QUIT"


async def test_lines_that_begin_with_a_dot_arrive_as_they_were(dialer):
    raw = b".\r\n..two\r\nSubject: x\r\n\r\n.\r\n.dot\r\na.b\r\n...\r\n"
    async with RemoteMta() as mta:
        await dialer.send(
            mta, Transaction(reverse_path="", recipient="a@b.com", raw=raw)
        )
    assert mta.accepted[0].data == raw


@pytest.mark.parametrize("offset", [-2, -1, 0, 1])
async def test_a_dot_where_two_blocks_meet_arrives_as_it_was(dialer, offset):
    lines = b"x" * (session.BLOCK_BYTES - 2 + offset) + b"\r\n"
    raw = lines + b".\r\n.dot\r\n" + lines + b"..\r\n"
    async with RemoteMta() as mta:
        await dialer.send(
            mta, Transaction(reverse_path="", recipient="a@b.com", raw=raw)
        )
    assert mta.accepted[0].data == raw


async def test_the_final_dot_waits_until_the_system_has_taken_the_text(dialer, metrics):
    transport = Reluctant()
    wire = Wire(transport)
    subject = Session(dialer.settings, metrics, PEER, wire)
    sending = asyncio.create_task(subject.transact(TRANSACTION, dialer.progress))
    for reply in (b"250 OK\r\n", b"250 OK\r\n", b"354 Go ahead\r\n"):
        await transport.wrote.wait()
        transport.wrote.clear()
        wire.data_received(reply)
    await transport.wrote.wait()
    assert transport.written.endswith(RAW)
    stages = [dialer.progress.stage]
    transport.wrote.clear()
    wire.resume_writing()
    await transport.wrote.wait()
    assert transport.written.endswith(RAW + b".\r\n")
    assert [*stages, dialer.progress.stage] == [Stage.DATA, Stage.EOD]
    wire.data_received(b"250 OK\r\n")
    assert (await sending).code == 250


async def test_the_null_reverse_path_is_written_as_brackets(dialer):
    async with RemoteMta() as mta:
        await dialer.send(
            mta, Transaction(reverse_path="", recipient="a@example.com", raw=RAW)
        )
    assert mta.accepted[0].mail == "FROM:<>"


async def test_a_quoted_local_part_stays_quoted(dialer):
    recipient = '"a b@c"@example.com'
    async with RemoteMta() as mta:
        await dialer.send(
            mta, Transaction(reverse_path="u@example.net", recipient=recipient, raw=RAW)
        )
    assert mta.accepted[0].recipients == [f"<{recipient}>"]


async def test_a_server_without_a_name_greets_with_its_address(clock, metrics):
    dialer = Dialer(clock, metrics)
    dialer.settings = load(hostname="")
    async with RemoteMta() as mta:
        await dialer.send(mta)
    assert mta.accepted[0].helo == "[127.0.0.1]"


async def test_an_address_over_ipv6_is_written_in_brackets(dialer):
    async with RemoteMta(host="::1") as mta:
        dialer.settings = load(hostname="")
        await dialer.send(mta)
    assert mta.accepted[0].helo == "[IPv6:::1]"
    assert dialer.progress.address == f"[::1]:{mta.port}"


async def test_a_host_that_knows_no_ehlo_is_greeted_with_helo(dialer):
    async with RemoteMta() as mta:
        mta.script["EHLO"] = ["502 5.5.1 What?"]
        assert isinstance(await dialer.send(mta), Reply)
    assert mta.sessions[0][:2] == ["EHLO mail.example.net", "HELO mail.example.net"]


async def test_a_large_message_arrives_whole(dialer):
    async with RemoteMta() as mta:
        await dialer.send(
            mta, Transaction(reverse_path="", recipient="a@example.com", raw=LARGE)
        )
    assert mta.accepted[0].data == LARGE


# --- SMTPUTF8 ---

INTERNATIONAL = Transaction(
    reverse_path="user@example.net",
    recipient="jörg@example.com",
    raw="To: jörg@example.com\r\n\r\nhello\r\n".encode(),
)


async def test_an_international_address_asks_for_smtputf8(dialer):
    async with RemoteMta("SMTPUTF8", "8BITMIME") as mta:
        await dialer.send(mta, INTERNATIONAL)
    [taken] = mta.accepted
    assert taken.mail.endswith("BODY=8BITMIME SMTPUTF8")
    assert taken.recipients == ["<jörg@example.com>"]
    assert taken.data == INTERNATIONAL.raw


async def test_c9_a_host_without_smtputf8_never_sees_an_international_address(dialer):
    async with RemoteMta("8BITMIME") as mta:
        outcome = await dialer.outcome(mta, transaction=INTERNATIONAL)
    assert isinstance(outcome, Refused)
    assert outcome.trace.reply == Reply(code=0, enhanced="5.6.7")
    assert "SMTPUTF8" in outcome.trace.diagnostic
    assert not [line for line in mta.sessions[0] if line.startswith("MAIL")]


# --- replies ---

STAGES = {
    "greeting": Stage.GREETING,
    "EHLO": Stage.GREETING,
    "MAIL": Stage.MAIL,
    "RCPT": Stage.RCPT,
    "DATA": Stage.DATA,
    "EOD": Stage.EOD,
}


@pytest.mark.parametrize("verb", STAGES)
@pytest.mark.parametrize("closes", [False, True], ids=["open", "closed"])
async def test_d5_421_is_a_deferral_wherever_it_comes(dialer, verb, closes):
    answer = "421 4.3.2 Shutting down"
    async with RemoteMta() as mta:
        mta.script[verb] = [Then(answer, CLOSE) if closes else answer]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is STAGES[verb]
    assert outcome.trace.reply == Reply(
        code=421, enhanced="4.3.2", text="Shutting down"
    )
    assert outcome.is_quick == (STAGES[verb] is Stage.GREETING)


@pytest.mark.parametrize("verb", ["greeting", "MAIL", "RCPT", "DATA", "EOD"])
async def test_d6_d7_a_5xx_is_a_refusal_with_what_the_host_said(dialer, verb):
    async with RemoteMta() as mta:
        mta.script[verb] = ["554 5.7.1 We do not\n554 5.7.1 want it"]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Refused)
    assert outcome.trace.reply == Reply(
        code=554, enhanced="5.7.1", text="We do not want it"
    )
    assert outcome.trace.stage is STAGES[verb]
    assert outcome.trace.diagnostic == "the host said 554 5.7.1 We do not want it"


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "EOD"])
async def test_d14_a_4xx_is_a_deferral(dialer, verb):
    async with RemoteMta() as mta:
        mta.script[verb] = ["450 4.2.0 Greylisted"]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.reply == Reply(code=450, enhanced="4.2.0", text="Greylisted")
    assert mta.sessions[0][-1] == "QUIT"


async def test_a_host_that_wants_a_login_does_not_refuse_the_recipient(dialer):
    async with RemoteMta() as mta:
        mta.script["MAIL"] = ["530 5.7.0 Authentication required"]
        assert isinstance(await dialer.outcome(mta), Deferred)


GARBAGE = {
    "no-code": b"hello there\r\n",
    "code-600": b"600 what\r\n",
    "too-long": b"250 " + b"x" * 100_000 + b"\r\n",
    "endless": b"250-more\r\n" * 10_000,
    "binary": bytes(range(256)) * 40 + b"\r\n",
    "unexpected-success": b"354 go on\r\n",
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "EOD"])
async def test_d9_what_is_no_reply_is_a_protocol_error(dialer, garbage, verb):
    async with RemoteMta() as mta:
        mta.script[verb] = [Then(garbage, SILENCE)]
        outcome = await dialer.outcome(mta)
    # After the final dot it may still mean that the message was taken.
    assert isinstance(outcome, Lost if verb == "EOD" else Deferred)
    assert outcome.trace.reply == Reply(code=0, enhanced="4.5.0")


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("stray", [b"250 OK\r\n", b"2", b"354 go\r\n"])
async def test_d9_what_nobody_asked_for_is_not_taken_for_the_next_reply(
    dialer, verb, stray
):
    async with RemoteMta() as mta:
        code = b"354" if verb == "DATA" else b"250"
        mta.script[verb] = [Then(code + b" OK\r\n" + stray, SILENCE)]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.reply == Reply(code=0, enhanced="4.5.0")
    assert mta.transactions == []


async def test_a_host_that_leaves_out_of_turn_says_why(dialer):
    async with RemoteMta() as mta:
        mta.script["MAIL"] = [Then(b"250 OK\r\n421 4.3.2 Going down\r\n", SILENCE)]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.reply == Reply(code=421, enhanced="4.3.2", text="Going down")


# --- lost connections ---


@pytest.mark.parametrize("verb", ["greeting", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("deed", [CLOSE, RESET])
async def test_d5_a_connection_lost_before_the_final_dot_is_a_deferral(
    dialer, verb, deed
):
    async with RemoteMta() as mta:
        mta.script[verb] = [deed]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is STAGES[verb]
    assert outcome.trace.reply == Reply(code=0, enhanced="4.4.2")
    assert outcome.is_quick == (STAGES[verb] is Stage.GREETING)


@pytest.mark.parametrize("deed", [CLOSE, RESET])
async def test_d8_a6_a_connection_lost_after_the_final_dot_is_a_loss(dialer, deed):
    async with RemoteMta() as mta:
        mta.script["EOD"] = [deed]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Lost)
    assert outcome.trace.stage is Stage.EOD
    assert len(mta.transactions) == 1


async def test_d8_silence_after_the_final_dot_is_a_loss(hasty):
    async with RemoteMta() as mta:
        mta.script["EOD"] = [SILENCE]
        outcome = await hasty.outcome(mta)
    assert isinstance(outcome, Lost)
    assert "timed out" in outcome.trace.diagnostic


@pytest.mark.parametrize("verb", ["greeting", "EHLO", "MAIL", "RCPT", "DATA"])
async def test_a_silent_host_is_given_up(hasty, verb):
    async with RemoteMta() as mta:
        mta.script[verb] = [SILENCE]
        outcome = await hasty.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is STAGES[verb]
    assert "timed out" in outcome.trace.diagnostic


async def test_d22_a_host_that_stops_reading_is_given_up_before_the_final_dot(hasty):
    async with RemoteMta() as mta:
        mta.script["DATA"] = [Then("354 Go ahead", SILENCE)]
        large = Transaction(reverse_path="", recipient="a@example.com", raw=LARGE)
        outcome = await hasty.outcome(mta, transaction=large)
        # What it does not take must not be waited for by the connection either.
        assert hasty.session._wire._transport.get_write_buffer_size() == 0
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.DATA


@pytest.mark.parametrize("deed", [CLOSE, RESET])
async def test_a_connection_lost_amid_the_data_is_a_deferral(dialer, deed):
    async with RemoteMta() as mta:
        mta.script["DATA"] = [Then("354 Go ahead", deed)]
        large = Transaction(reverse_path="", recipient="a@example.com", raw=LARGE)
        outcome = await dialer.outcome(mta, transaction=large)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.DATA


async def test_what_a_host_says_before_the_final_dot_counts(dialer):
    async with RemoteMta() as mta:
        too_big = "552 5.3.4 Too big"
        mta.script["DATA"] = [Then("354 Go ahead", Then(too_big, CLOSE))]
        large = Transaction(reverse_path="", recipient="a@example.com", raw=LARGE)
        outcome = await dialer.outcome(mta, transaction=large)
    assert isinstance(outcome, Refused)
    assert outcome.trace.reply == Reply(code=552, enhanced="5.3.4", text="Too big")


async def test_a_port_that_nobody_listens_on_is_a_quick_deferral(dialer, metrics):
    async with RemoteMta() as mta:
        pass
    outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.is_quick
    assert outcome.trace.stage is Stage.CONNECT
    assert outcome.trace.reply == Reply(code=0, enhanced="4.4.1")
    name = "mailbot_smtp_client_connects_total"
    assert sample(metrics, name, provider="other", result="refused") == 1


async def test_an_attempt_that_is_called_off_leaves_no_connection_behind(
    dialer, metrics
):
    never = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [After(never, "250 OK")]
        sending = asyncio.create_task(dialer.send(mta))
        await mta.reached("RCPT")
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        never.set()
    open_now = sample(metrics, "mailbot_smtp_client_connections", provider="other")
    assert open_now == 0


# --- TLS and AUTH ---


async def test_starttls_is_used_when_it_is_offered(dialer, pem, metrics):
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
    assert sample(metrics, name, level="unverified", result="ok") == 1


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
async def test_d10_a_broken_handshake_says_so(hasty, pem, answer, metrics):
    async with RemoteMta("STARTTLS") as mta:
        mta.script["STARTTLS"] = [answer]
        outcome = await hasty.outcome(mta, mode="opportunistic")
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.TLS
    assert outcome.trace.tls_level == ""
    name = "mailbot_smtp_client_tls_total"
    assert sample(metrics, name, level="unverified", result="failed") == 1


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


async def test_replies_are_counted_by_stage_and_known_code(dialer, metrics):
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["299 fine"]
        await dialer.send(mta)
    name = "mailbot_smtp_client_replies_total"
    assert sample(metrics, name, stage="mail", code="250") == 1
    assert sample(metrics, name, stage="rcpt", code="other") == 1
