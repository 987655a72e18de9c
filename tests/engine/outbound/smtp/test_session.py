"""One session with a real server on loopback that answers as scripted."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import Deferred, Lost, Refused, Stage
from mailbot_server.core.mail.dsn.request import RcptRequest
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.smtp import session
from mailbot_server.engine.outbound.smtp.ending import Ended
from mailbot_server.engine.outbound.smtp.handshake import PLAINTEXT
from mailbot_server.engine.outbound.smtp.session import Peer, Session, Transaction
from mailbot_server.engine.outbound.smtp.wire import Wire
from tests.fakes.dialer import INTERNATIONAL, LARGE, RAW, TRANSACTION, Dialer
from tests.fakes.remote_mta import CLOSE, RESET, SILENCE, After, RemoteMta, Then

PEER = Peer(
    host="mx.example.com",
    address="192.0.2.1:25",
    provider="other",
    protected=PLAINTEXT,
    extensions=frozenset(),
)


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


EIGHT_BITS = Transaction(
    reverse_path="user@example.net",
    recipient="customer@example.com",
    raw="Subject: hello\r\n\r\nHow are you, Jörg?\r\n".encode("latin-1"),
)
INTERNATIONAL_HEADER = Transaction(
    reverse_path="user@example.net",
    recipient="customer@example.com",
    raw="To: jörg@example.org\r\n\r\nhello\r\n".encode(),
)
LATIN_HEADER = Transaction(
    reverse_path="user@example.net",
    recipient="customer@example.com",
    raw="Subject: für\r\n\r\nhello\r\n".encode("latin-1"),
)


async def test_an_international_header_asks_for_smtputf8_too(dialer):
    async with RemoteMta("SMTPUTF8", "8BITMIME") as mta:
        await dialer.send(mta, INTERNATIONAL_HEADER)
    assert mta.accepted[0].mail.endswith("BODY=8BITMIME SMTPUTF8")


@pytest.mark.parametrize("transaction", [EIGHT_BITS, LATIN_HEADER])
async def test_text_of_8_bits_needs_8bitmime_and_nothing_else(dialer, transaction):
    async with RemoteMta("8BITMIME") as mta:
        await dialer.send(mta, transaction)
    [taken] = mta.accepted
    assert taken.mail == "FROM:<user@example.net> BODY=8BITMIME"
    assert taken.data == transaction.raw


async def test_text_of_8_bits_is_never_converted_for_a_host_of_7(dialer):
    async with RemoteMta("SIZE") as mta:
        outcome = await dialer.outcome(mta, transaction=EIGHT_BITS)
    assert isinstance(outcome, Refused)
    assert outcome.trace.reply == Reply(code=0, enhanced="5.6.3")
    assert "8BITMIME" in outcome.trace.diagnostic
    assert mta.transactions == []


# --- PIPELINING ---


def verbs(mta: RemoteMta, number: int = 0) -> list[str]:
    return [line.split()[0] for line in mta.sessions[number]]


async def test_commands_wait_for_replies_where_pipelining_is_not_offered(dialer):
    allowed = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["MAIL"] = [After(allowed, "250 OK")]
        sending = asyncio.create_task(dialer.send(mta))
        await mta.reached("MAIL")
        assert verbs(mta) == ["EHLO", "MAIL"]
        allowed.set()
        assert isinstance(await sending, Reply)


class Capturing(Reluctant):
    """Takes everything; each write stands for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def write(self, data):
        self.pieces.append(data)

    def abort(self):
        pass

    close = abort


PIPELINING = Peer(
    host="mx.example.com",
    address="192.0.2.1:25",
    provider="other",
    protected=PLAINTEXT,
    extensions=frozenset({"pipelining"}),
)


async def test_commands_go_in_one_piece_and_the_text_waits_for_354(dialer, metrics):
    transport = Capturing()
    wire = Wire(transport)
    subject = Session(dialer.settings, metrics, PIPELINING, wire)
    sending = asyncio.create_task(subject.transact(TRANSACTION, dialer.progress))
    await asyncio.sleep(0)
    assert transport.pieces == [
        b"MAIL FROM:<user@example.net>\r\nRCPT TO:<customer@example.com>\r\nDATA\r\n"
    ]
    for reply in (b"250 OK\r\n", b"250 OK\r\n"):
        wire.data_received(reply)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert len(transport.pieces) == 1
    wire.data_received(b"354 Go ahead\r\n")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert transport.pieces[1:] == [RAW, b".\r\n"]
    wire.data_received(b"250 OK\r\n")
    assert (await sending).code == 250
    assert subject.is_usable


@pytest.mark.parametrize("offers", ["PIPELINING", "SIZE"])
@pytest.mark.parametrize("code", [250, 251, 252, 299])
async def test_a_recipient_is_taken_with_any_reply_that_says_so(dialer, code, offers):
    async with RemoteMta(offers) as mta:
        mta.script["RCPT"] = [f"{code} Fine"]
        reply = await dialer.send(mta)
    assert isinstance(reply, Reply)
    assert len(mta.accepted) == 1


@pytest.mark.parametrize(
    ("verb", "stage"),
    [("MAIL", Stage.MAIL), ("RCPT", Stage.RCPT), ("DATA", Stage.DATA)],
)
@pytest.mark.parametrize("code", [450, 554])
async def test_d6_a_refusal_amid_a_group_is_told_by_its_own_stage(
    dialer, verb, stage, code
):
    async with RemoteMta("PIPELINING") as mta:
        mta.script[verb] = [f"{code} No"]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred if code == 450 else Refused)
    assert outcome.trace.stage is stage
    assert outcome.trace.reply == Reply(code=code, text="No")
    assert verbs(mta) == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]
    assert mta.accepted == []


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
async def test_a_host_that_wants_the_text_of_a_refused_message_gets_none(
    dialer, metrics, verb
):
    """RFC 2920 3.1: and its answer to the lone dot counts for nothing."""
    transport = Capturing()
    wire = Wire(transport)
    subject = Session(dialer.settings, metrics, PIPELINING, wire)
    sending = asyncio.create_task(subject.transact(TRANSACTION, dialer.progress))
    await asyncio.sleep(0)
    refused = {"MAIL": b"550 no\r\n250 OK\r\n", "RCPT": b"250 OK\r\n550 no\r\n"}
    wire.data_received(refused[verb] + b"354 Go ahead\r\n")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert transport.pieces[1:] == [b".\r\n"]
    wire.data_received(b"250 2.0.0 Queued\r\n")
    with pytest.raises(Ended) as ended:
        await sending
    assert isinstance(ended.value.outcome, Refused)
    assert ended.value.outcome.trace.stage is Stage[verb]
    assert subject.is_usable


async def test_a_host_that_is_silent_behind_a_refusal_is_left(hasty):
    async with RemoteMta("PIPELINING") as mta:
        mta.script["RCPT"] = ["550 5.1.1 No such user"]
        mta.script["DATA"] = [SILENCE]
        outcome = await hasty.outcome(mta)
    assert isinstance(outcome, Refused)
    assert outcome.trace.stage is Stage.RCPT
    assert not hasty.session.is_usable


async def test_replies_too_many_for_a_group_are_never_taken_for_the_last(dialer):
    async with RemoteMta("PIPELINING") as mta:
        mta.script["MAIL"] = [b"250 OK\r\n250 OK\r\n354 OK\r\n250 taken\r\n"]
        outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert mta.accepted == []


# --- one transaction after another ---


async def test_a_refusal_is_reset_before_the_next_transaction(dialer):
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["550 5.1.1 No such user"]
        assert isinstance(await dialer.outcome(mta, stays_open=True), Refused)
        assert dialer.session.is_usable
        assert isinstance(await dialer.again(), Reply)
    assert verbs(mta)[1:] == ["MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA", "QUIT"]
    assert len(mta.accepted) == 1


@pytest.mark.parametrize("answer", ["250 2.0.0 Queued", "554 5.7.1 Spam"])
async def test_what_ended_with_the_dot_needs_no_reset(dialer, answer):
    async with RemoteMta() as mta:
        mta.script["EOD"] = [answer]
        await dialer.send(mta, stays_open=True)
        assert isinstance(await dialer.again(), Reply)
    assert "RSET" not in verbs(mta)


@pytest.mark.parametrize("answer", ["500 5.5.1 What?", "421 4.3.2 Going", CLOSE])
async def test_a_refused_reset_never_bounces_the_next_message(dialer, answer):
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["550 5.1.1 No such user"]
        mta.script["RSET"] = [answer]
        await dialer.send(mta, stays_open=True)
        outcome = await dialer.again()
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.MAIL
    assert not dialer.session.is_usable


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("MAIL", "421 4.3.2 Going"),
        ("RCPT", b"nonsense\r\n"),
        ("EOD", Then("250 OK", "421 4.3.2 Going")),
        ("EOD", b"250 OK\r\n2"),
        ("EOD", b"nonsense\r\n"),
    ],
)
async def test_a_session_out_of_step_is_not_used_again(dialer, verb, answer):
    async with RemoteMta() as mta:
        mta.script[verb] = [answer]
        await dialer.send(mta, stays_open=True)
        assert not dialer.session.is_usable
        dialer.session.close()


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
@pytest.mark.parametrize("extensions", [(), ("PIPELINING",)])
async def test_d5_421_is_a_deferral_wherever_it_comes(dialer, verb, closes, extensions):
    answer = "421 4.3.2 Shutting down"
    async with RemoteMta(*extensions) as mta:
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
@pytest.mark.parametrize("extensions", [(), ("PIPELINING",)])
async def test_d5_a_connection_lost_before_the_final_dot_is_a_deferral(
    dialer, verb, deed, extensions
):
    async with RemoteMta(*extensions) as mta:
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
        assert hasty.session._wire._transport._sock.fileno() == -1
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


async def test_a_port_that_nobody_listens_on_is_a_quick_deferral(dialer, sample):
    async with RemoteMta() as mta:
        pass
    outcome = await dialer.outcome(mta)
    assert isinstance(outcome, Deferred)
    assert outcome.is_quick
    assert outcome.trace.stage is Stage.CONNECT
    assert outcome.trace.reply == Reply(code=0, enhanced="4.4.1")
    name = "mailbot_smtp_client_connects_total"
    assert sample(name, provider="other", result="refused") == 1


async def test_an_attempt_that_is_called_off_leaves_no_connection_behind(
    dialer, sample
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
    open_now = sample("mailbot_smtp_client_connections", provider="other")
    assert open_now == 0


async def test_replies_are_counted_by_stage_and_known_code(dialer, sample):
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["299 fine"]
        await dialer.send(mta)
    name = "mailbot_smtp_client_replies_total"
    assert sample(name, stage="mail", code="250") == 1
    assert sample(name, stage="rcpt", code="other") == 1


# --- reports ---

ASKED = replace(
    TRANSACTION,
    delivery_id="dlv_1",
    asked=RcptRequest(notify="SUCCESS", original="rfc822;Bob@example.com"),
)


async def test_B16_who_offers_dsn_is_told_what_the_submitter_wants(dialer):
    async with RemoteMta("DSN") as mta:
        await dialer.send(mta, ASKED)
    [taken] = mta.accepted
    assert taken.mail == "FROM:<user@example.net> RET=HDRS ENVID=dlv_1"
    said = "RCPT TO:<customer@example.com> NOTIFY=SUCCESS,FAILURE"
    assert f"{said} ORCPT=rfc822;Bob@example.com" in mta.sessions[0]
    assert dialer.progress.will_report


async def test_who_offers_no_dsn_is_told_nothing_of_it(dialer):
    async with RemoteMta() as mta:
        await dialer.send(mta, ASKED)
    [taken] = mta.accepted
    assert taken.mail == "FROM:<user@example.net>"
    assert taken.recipients == ["<customer@example.com>"]
    assert not dialer.progress.will_report


async def test_who_was_not_asked_for_success_will_not_report_it(dialer):
    async with RemoteMta("DSN") as mta:
        await dialer.send(mta, replace(ASKED, asked=RcptRequest(notify="NEVER")))
    assert "RCPT TO:<customer@example.com> NOTIFY=FAILURE" in mta.sessions[0]
    assert not dialer.progress.will_report
