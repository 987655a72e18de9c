"""
What the MX port answers, verb by verb and fault by fault, over real sockets.

Tests of one row of the fault table carry its id.
"""

import asyncio
import smtplib
import socket
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from mailbot_server.core.errors import Unavailable
from mailbot_server.core.inbox import InboxState, Suspension
from mailbot_server.engine.inbound import mx
from mailbot_server.engine.inbound.room import budget as room
from mailbot_server.engine.inbound.room.holding import Holding
from mailbot_server.store import inboxes
from tests.fakes import tenants
from tests.fakes.certificate import self_signed
from tests.fakes.gate import Gate
from tests.fakes.smtp_peer import Peer
from tests.fakes.tenants import BEGINNING

SENDER = "ann@example.org"
CONTENT = b"From: Ann <ann@example.org>\r\nSubject: Hello\r\n\r\nHow are you?"
SMALL = 65_536


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(f"mailbot_{name}", labels) or 0


@pytest.fixture
async def tls_listener(serve, tmp_path):
    pem = self_signed(tmp_path, "mx.example.com")
    return await serve(smtp_tls_cert=pem, smtp_tls_key=pem, hostname="mx.example.com")


async def test_a_message_is_stored_before_250_names_it(peer, inbox, stored):
    answer = await peer.deliver(SENDER, inbox.address, CONTENT)
    (message,) = await stored.messages()
    assert answer == f"250 2.0.0 Ok: queued as {message.id}"
    assert await stored.contents() == [CONTENT + b"\r\n"]


async def test_smtplib_delivers_to_it(listener, inbox, stored):
    def deliver() -> dict[str, tuple[int, bytes]]:
        with smtplib.SMTP("127.0.0.1", listener.port, timeout=10) as client:
            return client.sendmail(SENDER, [inbox.address], CONTENT + b"\r\n.\r\n..")

    assert await asyncio.to_thread(deliver) == {}
    assert await stored.contents() == [CONTENT + b"\r\n.\r\n..\r\n"]


async def test_what_is_offered_is_what_works(listener, connect):
    peer = await connect(listener, greeted=False)
    assert await peer.reply() == "220 mailbot.localhost ESMTP"
    assert await peer.ask("EHLO client.example.org") == (
        "250-mailbot.localhost\n250-PIPELINING\n250-SIZE 26214400\n250-8BITMIME\n"
        "250-SMTPUTF8\n250-ENHANCEDSTATUSCODES\n250 HELP"
    )


async def test_one_connection_carries_many_messages(peer, inbox, stored, clock):
    for number in range(3):
        clock.advance(seconds=1)
        answer = await peer.deliver(SENDER, inbox.address, b"\r\n%d" % number)
        assert answer.startswith("250 2.0.0")
    assert await stored.contents() == [b"\r\n%d\r\n" % number for number in range(3)]
    assert await peer.ask("QUIT") == "221 2.0.0 Goodbye"
    assert await peer.is_closed()


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("EHLO", "501 5.5.4"),
        ("HELO", "501 5.5.4"),
        ("MAIL FROM:<a@example.org>", "503 5.5.1"),
        ("RCPT TO:<a@example.org>", "503 5.5.1"),
        ("DATA", "503 5.5.1"),
        ("RSET", "250 2.0.0"),
        ("RSET now", "501 5.5.4"),
        ("NOOP", "250 2.0.0"),
        ("noop whatever", "250 2.0.0"),
        ("HELP", "214 2.0.0"),
        ("QUIT now", "501 5.5.4"),
        ("STARTTLS", "502 5.5.1"),
        ("", "500 5.5.1"),
        (" ", "500 5.5.1"),
        ("WHATISTHIS", "500 5.5.1"),
        ("\x00\x01", "500 5.5.1"),
    ],
)
async def test_each_verb_has_its_answer_before_a_greeting(peer, command, answer):
    assert (await peer.ask(command)).startswith(answer)


async def test_nothing_survives_rset_or_a_new_greeting(peer, inbox):
    for forget in ("RSET", "EHLO again.example.org", "HELO again.example.org"):
        await peer.open(SENDER, inbox.address)
        assert (await peer.ask(forget)).startswith("250")
        assert (await peer.ask("DATA")).startswith("503 5.5.1")


async def test_data_without_a_single_good_recipient_is_refused(peer):
    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    await peer.ask("RCPT TO:<nobody@mailbot.localhost>")
    assert (await peer.ask("DATA")).startswith("554 5.5.1")
    assert (await peer.ask("NOOP")).startswith("250")


async def test_long_lines_and_nul_and_8_bit_arrive_as_they_are(peer, inbox, stored):
    content = b"Subject: x\r\n\r\n" + bytes(b for b in range(256) if b not in b"\r\n")
    content += b"\r\n" + b"long " * 3000
    assert (await peer.deliver(SENDER, inbox.address, content)).startswith("250")
    assert await stored.contents() == [content + b"\r\n"]


SMUGGLED = [
    b"\n.\n",
    b"\n.\r",
    b"\r.\n",
    b"\r.\r",
    b"\n.\r\n",
    b"\r.\r\n",
    b"\r\n\x00.\r\n",
    b"\r\n.\r\r\n",
    b"\r\r\n.\r\r\n",
    b"\r\n.\n",
    b"\r\n.\r",
    b"\r\n..\n.\n",
]


@pytest.mark.parametrize("is_followed", [True, False])
@pytest.mark.parametrize("end", SMUGGLED)
async def test_B1_only_crlf_dot_crlf_ends_data(peer, inbox, stored, end, is_followed):
    smuggled = b"MAIL FROM:<evil@example.org>\r\nRCPT TO:<%s>\r\nDATA\r\nevil"
    inner = CONTENT + end
    inner += smuggled % inbox.address.encode() if is_followed else b"x"
    answer = await peer.deliver(SENDER, inbox.address, inner)
    if b"\x00" in end:
        assert answer.startswith("250 2.0.0")
        assert await stored.contents() == [inner + b"\r\n"]
    else:
        assert answer.startswith("550 5.6.0")
        assert await peer.is_closed()
        assert await stored.messages() == []


async def test_B1_a_command_ends_with_crlf_and_nothing_else(peer):
    for command in (b"NOOP\n", b"NOOP\rNOOP\r\n", b"NO\r\rOP\r\n"):
        await peer.send(command)
        assert (await peer.reply()).startswith("501 5.5.4")
    assert (await peer.ask("NOOP")).startswith("250")


async def test_B2_what_comes_with_starttls_in_plaintext_is_never_executed(
    tls_listener, connect, metrics
):
    peer = await connect(tls_listener)
    await peer.ask("EHLO client.example.org")
    await peer.send(b"STARTTLS\r\nMAIL FROM:<evil@example.org>\r\n")
    assert (await peer.reply()).startswith("554 5.5.0")
    assert await peer.is_closed()
    violations = "smtp_server_protocol_violations_total"
    assert sample(metrics, violations, kind="starttls_injection") == 1


async def test_B2_after_starttls_everything_begins_anew(
    tls_listener, connect, inbox, stored
):
    peer = await connect(tls_listener)
    assert "250-STARTTLS" in await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    assert await peer.ask("STARTTLS now") == "501 5.5.4 Syntax error"
    assert (await peer.ask("STARTTLS")).startswith("220")
    await peer.start_tls()
    assert (await peer.ask(f"RCPT TO:<{inbox.address}>")).startswith("503")
    assert (await peer.ask(f"MAIL FROM:<{SENDER}>")).startswith("503")
    assert "STARTTLS" not in await peer.ask("EHLO client.example.org")
    assert (await peer.ask("STARTTLS")).startswith("503")
    assert (await peer.deliver(SENDER, inbox.address, CONTENT)).startswith("250")
    (message,) = await stored.messages()
    raw = await stored.raw(message)
    assert f"by mx.example.com with ESMTPS id {message.id}".encode() in raw


async def test_B2_a_handshake_that_fails_frees_the_session(
    tls_listener, connect, metrics
):
    peer = await connect(tls_listener)
    assert (await peer.ask("STARTTLS")).startswith("220")
    await peer.send(b"this is not TLS\r\n" * 10)
    while await peer._reader.read(1000):
        pass
    await gone(tls_listener)
    assert sample(metrics, "unhandled_exceptions_total", component="smtp") == 0


async def test_B18_the_last_words_reach_a_client_under_tls_too(tls_listener, connect):
    peer = await connect(tls_listener)
    await peer.ask("STARTTLS")
    await peer.start_tls()
    await peer.send(b"WHATISTHIS\r\n" * 20)
    answers = [await peer.reply() for _ in range(10)]
    assert answers[-1].startswith("421 4.7.0")
    await gone(tls_listener)


async def test_B3_auth_is_not_offered_on_the_mx_port(tls_listener, connect):
    peer = await connect(tls_listener)
    assert "AUTH" not in await peer.ask("EHLO client.example.org")
    assert (await peer.ask("AUTH PLAIN AGEAYg==")).startswith("502 5.5.1")
    await peer.ask("STARTTLS")
    await peer.start_tls()
    assert "AUTH" not in await peer.ask("EHLO client.example.org")
    assert (await peer.ask("auth plain AGEAYg==")).startswith("502 5.5.1")


async def test_B5_who_talks_before_the_greeting_is_not_heard(
    listener, inbox, stored, metrics
):
    everything = (
        b"EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<%s>\r\nDATA\r\nx\r\n.\r\n"
        % inbox.address.encode()
    )
    # The system takes the connection, and its first words, before the server does.
    with socket.create_connection(("127.0.0.1", listener.port)) as early:
        early.sendall(everything)
        peer = Peer(*await asyncio.open_connection(sock=early))
        assert (await peer.reply()).startswith("554 5.5.0")
        assert await peer.is_closed()
        await peer.close()
    await gone(listener)
    assert await stored.messages() == []
    violations = "smtp_server_protocol_violations_total"
    assert sample(metrics, violations, kind="early_talk") == 1


async def test_B5_content_sent_before_354_is_content(peer, inbox, stored):
    await peer.open(SENDER, inbox.address)
    await peer.send(b"DATA\r\nQUIT\r\nRSET\r\n.\r\n")
    assert (await peer.reply()).startswith("354")
    assert (await peer.reply()).startswith("250 2.0.0")
    assert await stored.contents() == [b"QUIT\r\nRSET\r\n"]


async def test_B5_content_for_a_refused_data_is_never_taken_for_commands(
    peer, inbox, stored
):
    await peer.ask("EHLO client.example.org")
    evil = (
        f"MAIL FROM:<e@example.org>\r\nRCPT TO:<{inbox.address}>\r\nDATA\r\nx\r\n.\r\n"
    )
    await peer.send(b"DATA\r\n" + evil.encode())
    assert (await peer.reply()).startswith("554 5.5.0")
    assert await peer.is_closed()
    assert await stored.messages() == []


STATES = {
    "connected": [],
    "half a command": [b"EHL"],
    "greeted": [b"EHLO a\r\n"],
    "mail": [b"EHLO a\r\n", b"MAIL FROM:<a@example.org>\r\n"],
    "rcpt": [b"EHLO a\r\n", b"MAIL FROM:<a@example.org>\r\n", b"RCPT TO:<{}>\r\n"],
    "data": [
        *(b"EHLO a\r\n", b"MAIL FROM:<a@example.org>\r\n", b"RCPT TO:<{}>\r\n"),
        b"DATA\r\n",
    ],
    "content": [
        *(b"EHLO a\r\n", b"MAIL FROM:<a@example.org>\r\n", b"RCPT TO:<{}>\r\n"),
        *(b"DATA\r\n", b"Subject: x\r\n\r\nhalf\r\n.\r"),
    ],
}


@pytest.mark.parametrize("way", ["close", "reset", "half_close"])
@pytest.mark.parametrize("state", STATES)
async def test_B6_a_client_that_goes_leaves_nothing_behind(
    listener, connect, inbox, stored, metrics, state, way
):
    peer = await connect(listener)
    for octets in STATES[state]:
        await peer.send(octets.replace(b"{}", inbox.address.encode()))
        if octets.endswith(b"\r\n"):
            await peer.reply()
    leave = getattr(peer, way)()
    if leave is not None:
        await leave
    await gone(listener)
    assert await stored.messages() == []
    assert sample(metrics, "unhandled_exceptions_total", component="smtp") == 0
    assert sample(metrics, "smtp_server_open_connections", listener="mx") == 0


async def test_B6_who_goes_while_an_answer_is_slow_in_coming_is_forgotten(
    listener, connect
):
    peer = await connect(listener)
    await peer.ask("EHLO client.example.org")
    tries = [f"RCPT TO:<user{n}@mailbot.localhost>\r\n" for n in range(9)]
    await peer.send(f"MAIL FROM:<{SENDER}>\r\n{''.join(tries)}".encode())
    for _ in range(4):
        await peer.reply()
    peer.reset()
    await gone(listener)


async def test_B6_who_goes_while_memory_is_waited_for_has_sent_a_message(
    listener, connect, inbox, stored, budget
):
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    assert (await peer.ask("DATA")).startswith("354")
    await budget.load(budget._half)
    content = large(1_000_000)
    await peer.send(content + b"\r\n.\r\n")
    while not budget._waiting:  # noqa: ASYNC110 - nobody tells of it
        await asyncio.sleep(0)
    peer.reset()
    await asyncio.sleep(0)
    budget.unload(budget._half)
    await gone(listener)
    assert len(await stored.messages()) == 1
    assert (budget._coming, budget._files, budget._loaded) == (0, 0, 0)


async def test_B7_a_client_that_falls_silent_is_told_and_left(serve, connect):
    peer = await connect(await serve(smtp_command_seconds=0.05))
    assert (await peer.reply()).startswith("421 4.4.2")
    assert await peer.is_closed()


async def test_B7_content_that_stops_coming_is_given_up(serve, connect, inbox, stored):
    peer = await connect(await serve(smtp_data_block_seconds=0.05))
    await peer.open(SENDER, inbox.address)
    await peer.send(b"DATA\r\nSubject: x\r\n")
    assert (await peer.reply()).startswith("354")
    assert (await peer.reply()).startswith("421 4.4.2")
    assert await peer.is_closed()
    assert await stored.messages() == []


@pytest.mark.parametrize("limit", ["smtp_data_seconds", "smtp_session_seconds"])
async def test_B7_a_trickle_that_never_pauses_is_given_up_too(
    serve, connect, inbox, limit
):
    listener = await serve(**{limit: 0.6}, smtp_data_block_seconds=10)
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    assert (await peer.ask("DATA")).startswith("354")

    trickling = asyncio.create_task(trickle(peer))
    try:
        assert (await peer.reply()).startswith("421 4.4.2")
    finally:
        trickling.cancel()


@pytest.mark.parametrize("ending", [b"", b"x" * 5000])
async def test_B7_a_command_that_comes_octet_by_octet_is_given_up(
    serve, connect, ending
):
    peer = await connect(await serve(smtp_command_seconds=0.3))
    await peer.send(b"NOOP " + ending)
    trickling = asyncio.create_task(trickle(peer))
    try:
        assert (await peer.reply()).startswith("421 4.4.2")
    finally:
        trickling.cancel()


async def test_B7_content_that_comes_too_slowly_is_given_up(
    serve, connect, inbox, stored
):
    # The rate is such that what a test can send buys nothing.
    listener = await serve(
        smtp_data_block_seconds=0.3, smtp_data_bytes_per_second_min=10**12
    )
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    assert (await peer.ask("DATA")).startswith("354")
    trickling = asyncio.create_task(trickle(peer))
    try:
        assert (await peer.reply()).startswith("421 4.4.2")
    finally:
        trickling.cancel()
    await peer.close()
    await gone(listener)
    assert await stored.messages() == []


async def test_B7_what_has_come_buys_time_for_more(serve, connect, inbox, stored):
    listener = await serve(
        smtp_data_block_seconds=0.2, smtp_data_bytes_per_second_min=1
    )
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    assert (await peer.ask("DATA")).startswith("354")
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + 0.5
    sent = b""
    while loop.time() < ends_at:
        sent += b"x" * 70 + b"\r\n"
        await peer.send(sent[-72:])
        await asyncio.sleep(0.01)
    await peer.send(b".\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")
    assert await stored.contents() == [sent]


async def trickle(peer: Peer) -> None:
    """One octet after the other, without end."""
    while True:
        await peer.send(b"x")
        await asyncio.sleep(0)


async def test_B8_a_command_line_over_the_limit_is_skipped_and_refused(peer):
    assert (await peer.ask("NOOP " + "x" * 2043)).startswith("250")
    for length in (2049, 4096, 1_000_000):
        await peer.send(b"x" * length + b"\r\n")
        assert (await peer.reply()).startswith("500 5.5.2")
    assert (await peer.ask("NOOP")).startswith("250")


async def test_B8_endless_content_is_discarded_and_refused_at_its_end(
    serve, connect, inbox, stored
):
    listener = await serve(smtp_message_bytes_max=SMALL)
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    await peer.ask("DATA")
    for _ in range(64):
        await peer.send(b"x" * SMALL)
    await peer.send(b"\r\n.\r\n")
    assert (await peer.reply()).startswith("552 5.3.4")
    assert await stored.messages() == []
    assert (await peer.deliver(SENDER, inbox.address, CONTENT)).startswith("250")


async def test_B10_an_announced_size_over_the_limit_is_refused_at_mail(
    serve, connect, inbox
):
    peer = await connect(await serve(smtp_message_bytes_max=SMALL))
    await peer.ask("EHLO client.example.org")
    too_big = f"MAIL FROM:<{SENDER}> SIZE={SMALL + 1}"
    assert (await peer.ask(too_big)).startswith("552 5.3.4")
    fitting = f"MAIL FROM:<{SENDER}> SIZE={SMALL}"
    assert (await peer.ask(fitting)).startswith("250 2.1.0")


async def test_B10_a_size_that_lies_is_found_out(serve, connect, inbox, stored):
    peer = await connect(await serve(smtp_message_bytes_max=SMALL))
    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}> SIZE=10")
    await peer.ask(f"RCPT TO:<{inbox.address}>")
    await peer.ask("DATA")
    await peer.send(b"x" * SMALL + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("552 5.3.4")
    exact = b"y" * (SMALL - 2)
    assert (await peer.deliver(SENDER, inbox.address, exact)).startswith("250")
    assert await stored.contents() == [exact + b"\r\n"]


def large(size: int) -> bytes:
    """Content of about this size, with dots at the beginning of lines."""
    return b"Subject: Large\r\n\r\n" + b"..a line of content\r\n" * (size // 21)


async def test_a_large_message_arrives_as_it_was_sent_and_leaves_no_room_taken(
    peer, inbox, stored, budget, tmp_path
):
    content = large(3_000_000)
    before = set(tmp_path.iterdir())
    assert (await peer.deliver(SENDER, inbox.address, content)).startswith("250 2.0.0")
    assert await stored.contents() == [content.replace(b"\r\n..", b"\r\n.") + b"\r\n"]
    assert (budget._coming, budget._files, budget._loaded) == (0, 0, 0)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("way", ["close", "reset", "half_close"])
@pytest.mark.parametrize("size", [1000, 1_000_000])
async def test_B6_a_client_that_goes_amid_content_takes_no_room_with_it(
    listener, connect, inbox, budget, monkeypatch, size, way
):
    came, write = asyncio.Event(), Holding.write

    def noted(holding: Holding, piece: bytes) -> bool:
        is_held = write(holding, piece)
        if holding._size >= size // 2:
            came.set()
        return is_held

    monkeypatch.setattr(Holding, "write", noted)
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    assert (await peer.ask("DATA")).startswith("354")
    await peer.send(large(size))
    await came.wait()
    [session] = listener._site.open
    assert budget._coming + budget._files >= size // 2
    leave = getattr(peer, way)()
    if leave is not None:
        await leave
    await gone(listener)
    assert session.transport is None
    assert (budget._coming, budget._files, budget._loaded) == (0, 0, 0)


async def test_B8_content_without_room_for_it_is_put_off_and_the_session_goes_on(
    peer, inbox, stored, budget, metrics
):
    taken = budget._files_max - 500_000
    budget.file(taken)
    content = large(2_000_000)
    answer = await peer.deliver(SENDER, inbox.address, content)
    assert answer.startswith("452 4.3.1")
    labels = {"result": "deferred", "reason": "no_room"}
    assert sample(metrics, "inbound_messages_total", **labels) == 1
    budget.unfile(taken)
    assert (await peer.deliver(SENDER, inbox.address, content)).startswith("250")
    assert len(await stored.messages()) == 1


async def test_a_message_for_which_memory_is_long_in_coming_is_put_off(
    peer, inbox, stored, budget, monkeypatch
):
    await budget.load(budget._half)
    monkeypatch.setattr(room, "WAIT_SECONDS", 0.01)
    content = large(1_000_000)
    answer = await peer.deliver(SENDER, inbox.address, content)
    assert answer.startswith("452 4.3.1")
    assert (await peer.deliver(SENDER, inbox.address, CONTENT)).startswith("250")
    budget.unload(budget._half)
    assert (await peer.deliver(SENDER, inbox.address, content)).startswith("250")
    assert len(await stored.messages()) == 2


async def test_B10_a_size_for_which_there_is_no_room_is_put_off_at_mail(peer, budget):
    budget.file(budget._files_max - 1000)
    await peer.ask("EHLO client.example.org")
    assert (await peer.ask(f"MAIL FROM:<{SENDER}> SIZE=1001")).startswith("452 4.3.1")
    assert (await peer.ask(f"MAIL FROM:<{SENDER}> SIZE=1000")).startswith("250 2.1.0")


async def test_A10_on_a_disk_that_is_nearly_full_mail_is_put_off_until_there_is_room(
    peer, inbox, budget, monkeypatch
):
    shortage = budget._shortage
    monkeypatch.setattr(shortage, "_free", lambda _: (1000, 10**12))
    await peer.ask("EHLO client.example.org")
    assert (await peer.ask(f"MAIL FROM:<{SENDER}>")).startswith("452 4.3.1")
    assert (await peer.ask(f"RCPT TO:<{inbox.address}>")).startswith("503")
    assert (await peer.ask("NOOP")).startswith("250")
    monkeypatch.setattr(shortage, "_free", lambda _: (10**12, 10**12))
    monkeypatch.setattr(shortage, "_looks_at", 0)
    assert (await peer.deliver(SENDER, inbox.address, CONTENT)).startswith("250")


async def test_A9_a_disk_that_fills_up_amid_a_message_puts_it_off(
    db, peer, inbox, stored, budget, monkeypatch
):
    def limit_pages(tx, more: int) -> None:
        [pages] = tx.one("PRAGMA page_count")
        tx.one(f"PRAGMA max_page_count = {pages + more}")

    await peer.open(SENDER, inbox.address)
    assert (await peer.ask("DATA")).startswith("354")
    await db.write(limit_pages, 0)
    shortage = budget._shortage
    monkeypatch.setattr(shortage, "_free", lambda _: (0, 10**12))
    monkeypatch.setattr(shortage, "_looks_at", 0)
    await peer.send(large(200_000) + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("452 4.3.1")
    await db.write(limit_pages, 10_000)
    monkeypatch.setattr(shortage, "_free", lambda _: (10**12, 10**12))
    monkeypatch.setattr(shortage, "_looks_at", 0)
    assert (await peer.deliver(SENDER, inbox.address, CONTENT)).startswith("250")
    assert len(await stored.messages()) == 1
    assert (budget._coming, budget._files, budget._loaded) == (0, 0, 0)


async def test_A11_beyond_its_memory_the_server_puts_mail_off(
    peer, budget, monkeypatch
):
    monkeypatch.setattr(budget._shortage, "_memory_max", 1)
    await peer.ask("EHLO client.example.org")
    assert (await peer.ask(f"MAIL FROM:<{SENDER}>")).startswith("452 4.3.1")


async def test_B11_a_hundred_recipients_are_taken_and_the_rest_later(
    peer, inbox, stored
):
    user, domain = inbox.address.split("@")
    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    commands = [f"RCPT TO:<{user}+{number}@{domain}>\r\n" for number in range(103)]
    await peer.send("".join(commands).encode())
    answers = [await peer.reply() for _ in commands]
    assert {answer[:9] for answer in answers[:100]} == {"250 2.1.5"}
    assert {answer[:9] for answer in answers[100:]} == {"452 4.5.3"}
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")
    tags = [message.tag for message in await stored.messages()]
    assert sorted(tags, key=int) == [str(number) for number in range(100)]


async def test_B11_of_a_thousand_recipients_those_that_fit_get_the_message(
    peer, inbox, stored
):
    user, domain = inbox.address.split("@")
    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    commands = [f"RCPT TO:<{user}+{number}@{domain}>\r\n" for number in range(1000)]
    await peer.send("".join(commands).encode())
    answers = [(await peer.reply())[:9] for _ in commands]
    assert answers == ["250 2.1.5"] * 100 + ["452 4.5.3"] * 900
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")
    assert len(await stored.messages()) == 100


async def test_B11_recipients_without_end_are_the_end(
    peer, inbox, metrics, monkeypatch
):
    monkeypatch.setattr(mx, "EXCESS_MAX", 5)
    await peer.ask("EHLO client.example.org")
    await peer.ask("MAIL FROM:<>")
    assert (await peer.ask(f"RCPT TO:<{inbox.address}>")).startswith("250 2.1.5")
    await peer.send(b"RCPT TO:<other@mailbot.localhost>\r\n" * 6)
    answers = [(await peer.reply())[:9] for _ in range(6)]
    assert answers == ["452 4.5.3"] * 5 + ["421 4.7.0"]
    violations = "smtp_server_protocol_violations_total"
    assert sample(metrics, violations, kind="recipients") == 1


async def test_B12_the_null_reverse_path_reaches_one_inbox(db, peer, inbox, stored):
    other = await tenants.add_inbox(db, 2)
    await peer.ask("EHLO client.example.org")
    assert (await peer.ask("MAIL FROM:<>")).startswith("250 2.1.0")
    assert (await peer.ask(f"RCPT TO:<{inbox.address}>")).startswith("250 2.1.5")
    assert (await peer.ask(f"RCPT TO:<{other.address}>")).startswith("452 4.5.3")
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")
    (message,) = await stored.messages()
    assert message.envelope_sender == ""
    assert message.automated
    assert (await stored.raw(message)).startswith(b"Return-Path: <>\r\n")


async def test_B13_whoever_cannot_receive_does_not_exist(db, peer, inbox, metrics):
    disabled = await tenants.add_inbox(db, 2, state=InboxState.DISABLED)
    silent = await tenants.add_inbox(db, 3, permissions=frozenset({"send"}))
    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    unknown = "nobody--00000001@mailbot.localhost"
    addresses = (unknown, disabled.address, silent.address)
    answers = [await peer.ask(f"RCPT TO:<{address}>") for address in addresses]
    assert set(answers) == {"550 5.1.1 No such mailbox"}
    for reason in ("unknown_recipient", "disabled", "no_receive"):
        labels = {"result": "refused", "reason": reason}
        assert sample(metrics, "inbound_messages_total", **labels) == 1


async def test_B13_whoever_cannot_receive_costs_the_same(
    db, peer, inbox, pauses, monkeypatch
):
    other = await tenants.add_inbox(db, 2)
    await disable(db, other)
    silent = await tenants.add_inbox(db, 3, permissions=frozenset({"send"}))
    asked: list[str] = []
    read = db.read

    async def noted(operation, *arguments):
        asked.append(operation.__name__)
        return await read(operation, *arguments)

    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    monkeypatch.setattr(db, "read", noted)
    seen = []
    for address in (other.address, silent.address, "nobody@mailbot.localhost") * 2:
        asked.clear()
        answer = await peer.ask(f"RCPT TO:<{address}>")
        seen.append((answer, tuple(asked)))
    assert len(set(seen)) == 1


async def test_B13_a_suspended_inbox_receives_unless_told_otherwise(db, peer, inbox):
    suspension = Suspension(reason="late bill", by="operator", since=BEGINNING)
    state = InboxState.SUSPENDED
    open_one = await tenants.add_inbox(db, 2, state=state, suspension=suspension)
    suspension = Suspension(
        reason="abuse", by="operator", since=BEGINNING, refuse_inbound=True
    )
    shut = await tenants.add_inbox(db, 3, state=state, suspension=suspension)
    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    assert (await peer.ask(f"RCPT TO:<{open_one.address}>")).startswith("250 2.1.5")
    assert (await peer.ask(f"RCPT TO:<{shut.address}>")).startswith("450 4.2.1")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("<user@example.com>", "550 5.7.1"),
        ("<user@[192.0.2.4]>", "550 5.7.1"),
        ("<@relay.example.com:user@example.com>", "550 5.7.1"),
        ("<@a.example,@b.example:user@example.com>", "550 5.7.1"),
        ("<user%example.com@mailbot.localhost>", "550 5.1.1"),
        ("<example.com!user@mailbot.localhost>", "550 5.1.1"),
        ('<"user@example.com"@mailbot.localhost>', "550 5.1.1"),
        ("<postmaster>", "550 5.1.1"),
        ("<@relay.example.com:{}>", "250 2.1.5"),
        ("<{}> NOTIFY=NEVER", "555 5.5.4"),
        ("user@mailbot.localhost", "501 5.5.4"),
        ("<>", "501 5.1.3"),
        ("<jörg@mailbot.localhost>", "553 5.6.7"),
    ],
)
async def test_B14_nobody_is_relayed_for(peer, inbox, path, answer):
    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    path = path.replace("{}", inbox.address)
    assert (await peer.ask(f"RCPT TO:{path}")).startswith(answer)


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        ("FROM:a@example.org", "501 5.5.4"),
        ("FROM:<a@example.org", "501 5.5.4"),
        ("FROM:<a b@example.org>", "501 5."),
        ("FROM:<pepe>", "501 5.1.7"),
        ("FROM:<a@xn--->", "501 5.1.7"),
        ("FROM:<a\x00b@example.org>", "501 5."),
        ("FROM:<a@example.org> SIZE=-1", "501 5.5.4"),
        ("FROM:<a@example.org> SIZE=", "501 5.5.4"),
        ("FROM:<a@example.org> SIZE=1 SIZE=2", "501 5.5.4"),
        ("FROM:<a@example.org> BODY=9BIT", "501 5.5.4"),
        ("FROM:<a@example.org> SMTPUTF8=yes", "501 5.5.4"),
        ("FROM:<jörg@example.org>", "553 5.6.7"),
        ("TO:<a@example.org>", "501 5.5.4"),
        ("", "501 5.5.4"),
    ],
)
async def test_B15_half_a_reverse_path_is_none(peer, argument, answer):
    await peer.ask("EHLO client.example.org")
    assert (await peer.ask(f"MAIL {argument}")).startswith(answer)
    assert (await peer.ask("DATA")).startswith("503")


async def test_B15_octets_that_are_no_text_are_refused(peer):
    await peer.ask("EHLO client.example.org")
    await peer.send(b"MAIL FROM:<j\xf6rg@example.org>\r\n")
    assert (await peer.reply()).startswith("501 5.5.4")


@pytest.mark.parametrize(
    ("parameters", "answer"),
    [
        ("BODY=8BITMIME", "250"),
        ("body=7bit SIZE=100 SMTPUTF8", "250"),
        ("AUTH=<>", "250"),
        ("RET=FULL ENVID=abc", "555 5.5.4"),
        ("REQUIRETLS", "555 5.5.4"),
        ("BY=100;R", "555 5.5.4"),
    ],
)
async def test_B16_what_is_not_offered_is_no_parameter(peer, parameters, answer):
    await peer.ask("EHLO client.example.org")
    command = f"MAIL FROM:<{SENDER}> {parameters}"
    assert (await peer.ask(command)).startswith(answer)


async def test_B16_without_ehlo_there_are_no_parameters(peer, inbox, stored):
    assert await peer.ask("HELO client.example.org") == "250 mailbot.localhost"
    with_size = f"MAIL FROM:<{SENDER}> SIZE=10"
    assert (await peer.ask(with_size)).startswith("555 5.5.4")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    await peer.ask(f"RCPT TO:<{inbox.address}>")
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")
    (message,) = await stored.messages()
    assert b" with SMTP id " in await stored.raw(message)


async def test_B16_smtputf8_carries_addresses_beyond_ascii(peer, inbox, stored):
    await peer.ask("EHLO client.example.org")
    command = "MAIL FROM:<jörg@bücher.example> SMTPUTF8"
    assert (await peer.ask(command)).startswith("250")
    await peer.ask(f"RCPT TO:<{inbox.address}>")
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("250")
    (message,) = await stored.messages()
    assert message.envelope_sender == "jörg@xn--bcher-kva.example"
    raw = await stored.raw(message)
    assert raw.startswith("Return-Path: <jörg@xn--bcher-kva.example>\r\n".encode())
    assert b" with UTF8SMTP id " in raw


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("VRFY ann", "252 2.1.5"),
        ("VRFY", "501 5.5.4"),
        ("EXPN staff", "502 5.5.1"),
        ("ETRN example.com", "502 5.5.1"),
        ("TURN", "502 5.5.1"),
        ("BDAT 10 LAST", "502 5.5.1"),
    ],
)
async def test_B17_old_verbs_tell_nothing(peer, command, answer):
    assert (await peer.ask(command)).startswith(answer)
    assert (await peer.ask("NOOP")).startswith("250")


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        (b"GET / HTTP/1.1\r\nHost: mx.example.com\r\n\r\n", "http"),
        (b"POST / HTTP/1.1\r\nMAIL FROM:<a@example.org>\r\n", "http"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "tls_hello"),
        (b"PROXY TCP4 192.0.2.1 192.0.2.2 1 25\r\nEHLO a\r\n", "proxy"),
        (b"\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c", "proxy"),
    ],
)
async def test_B17_other_protocols_are_closed_at_once(peer, metrics, octets, kind):
    await peer.send(octets)
    assert (await peer.reply()).startswith("500 5.5.1")
    assert await peer.is_closed()
    violations = "smtp_server_protocol_violations_total"
    assert sample(metrics, violations, kind=kind) == 1


async def test_B18_the_tenth_bad_command_is_the_last(peer):
    for _ in range(9):
        assert (await peer.ask("WHATISTHIS")).startswith("500")
    assert (await peer.ask("WHATISTHIS")).startswith("421 4.7.0")
    assert await peer.is_closed()


@pytest.mark.parametrize("command", ["RSET", "NOOP", "EHLO a", "VRFY a"])
async def test_B18_a_flood_of_nothing_is_cut(peer, command):
    await peer.send(f"{command}\r\n".encode() * 101)
    answers = [await peer.reply() for _ in range(101)]
    assert {answer[:2] for answer in answers[:100]} == {"25"}
    assert answers[100].startswith("421 4.7.0")
    assert await peer.is_closed()


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("MAIL FROM:<ann@example.org> SIZE=99999999999", "552 5.3.4"),
        ("MAIL FROM:<\xe4nn@example.org>", "553 5.6.7"),
        ("RCPT TO:<\xe4nn@example.org>", "553 5.6.7"),
    ],
)
async def test_B18_a_flood_of_what_is_refused_is_cut(peer, command, answer):
    await peer.ask("EHLO client.example.org")
    if command.startswith("RCPT"):
        await peer.ask(f"MAIL FROM:<{SENDER}>")
    await peer.send(f"{command}\r\n".encode() * 100)
    answers = [await peer.reply() for _ in range(100)]
    assert {each[:9] for each in answers[:-1]} == {answer}
    assert answers[-1].startswith("421 4.7.0")
    assert await peer.is_closed()


async def test_B18_naming_one_recipient_again_and_again_is_cut(peer, inbox):
    await peer.open(SENDER, inbox.address)
    again = f"RCPT TO:<{inbox.address}>\r\n".encode()
    await peer.send(again * 100)
    answers = [await peer.reply() for _ in range(100)]
    assert {answer[:9] for answer in answers[:-1]} == {"250 2.1.5"}
    assert answers[-1].startswith("421 4.7.0")


async def test_B13_trying_addresses_is_slowed_down_and_then_cut(peer, pauses, metrics):
    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    tries = [f"RCPT TO:<user{n}@mailbot.localhost>\r\n" for n in range(12)]
    await peer.send("".join(tries).encode())
    answers = [await peer.reply() for _ in range(10)]
    assert {answer[:9] for answer in answers[:-1]} == {"550 5.1.1"}
    assert answers[-1].startswith("421 4.7.0")
    assert await peer.is_closed()
    assert pauses == [1, 2, 4, 8, 8, 8]
    violations = "smtp_server_protocol_violations_total"
    assert sample(metrics, violations, kind="strangers") == 1


async def test_B13_a_new_transaction_forgets_no_stranger(peer, pauses):
    await peer.ask("EHLO client.example.org")
    for number in range(9):
        await peer.ask(f"MAIL FROM:<{SENDER}>")
        answer = await peer.ask(f"RCPT TO:<user{number}@mailbot.localhost>")
        assert answer.startswith("550 5.1.1")
        await peer.ask("RSET")
    assert len(pauses) == 6


async def test_B13_who_waits_for_an_answer_does_not_delay_the_end(
    listener, connect, inbox
):
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    tries = [f"RCPT TO:<user{n}@mailbot.localhost>\r\n" for n in range(9)]
    await peer.send("".join(tries).encode())
    answers = [await peer.reply() for _ in range(3)]
    assert {answer[:9] for answer in answers} == {"550 5.1.1"}
    draining = asyncio.create_task(listener.drain(30))
    assert (await peer.reply()).startswith("421 4.3.2")
    await peer.close()
    await draining


async def test_B22_a_fault_of_ours_is_451_and_says_nothing(
    db, peer, inbox, metrics, monkeypatch
):
    async def broken(*_arguments: object) -> None:
        raise RuntimeError("password of the database is hunter2")

    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    with monkeypatch.context() as patched, capture_logs() as lines:
        patched.setattr(db, "read", broken)
        answer = await peer.ask(f"RCPT TO:<{inbox.address}>")
    assert answer == "451 4.3.0 Local error, try again later"
    assert [line["event"] for line in lines] == ["command_failed"]
    assert "hunter2" not in str(lines)
    assert sample(metrics, "unhandled_exceptions_total", component="smtp") == 1
    assert (await peer.ask(f"RCPT TO:<{inbox.address}>")).startswith("250 2.1.5")


async def test_no_log_line_holds_an_address_or_words_of_a_message(peer, inbox):
    with capture_logs() as lines:
        await peer.deliver(SENDER, inbox.address, CONTENT)
        await peer.ask(f"MAIL FROM:<{SENDER}>")
        await peer.ask("RCPT TO:<nobody@mailbot.localhost>")
    assert [line["event"] for line in lines] == [
        *("message_accepted", "recipient_refused")
    ]
    for private in (SENDER, inbox.address, "nobody@", "Hello", "How are you"):
        assert private not in str(lines)


@pytest.mark.parametrize("stage", ["read", "write"])
async def test_A12_a_database_that_is_away_is_451_and_mail_goes_on_afterwards(
    db, peer, inbox, stored, monkeypatch, stage
):
    async def away(*_arguments: object) -> None:
        raise Unavailable("the database is not available; try again")

    await peer.ask("EHLO client.example.org")
    await peer.ask(f"MAIL FROM:<{SENDER}>")
    with monkeypatch.context() as patched:
        patched.setattr(db, stage, away)
        answer = await peer.ask(f"RCPT TO:<{inbox.address}>")
        if stage == "write":
            await peer.ask("DATA")
            await peer.send(CONTENT + b"\r\n.\r\n")
            answer = await peer.reply()
    assert answer.startswith("451 4.3.0")
    await peer.ask("RSET")
    assert (await peer.deliver(SENDER, inbox.address, CONTENT)).startswith("250 2.0.0")
    assert len(await stored.messages()) == 1


async def test_B23_a_message_that_loops_is_refused(peer, inbox, stored):
    hop = b"Received: from a.example by b.example\r\n"
    answer = await peer.deliver(SENDER, inbox.address, hop * 51 + CONTENT)
    assert answer.startswith("554 5.4.6")
    answer = await peer.deliver(SENDER, inbox.address, hop * 50 + CONTENT)
    assert answer.startswith("250 2.0.0")
    assert len(await stored.messages()) == 1


async def test_B23_a_message_that_others_send_in_a_circle_through_here_is_refused(
    peer, inbox, stored, clock
):
    content = CONTENT
    for _ in range(5):
        clock.advance(seconds=1)
        assert (await peer.deliver(SENDER, inbox.address, content)).startswith("250")
        *_, newest = await stored.messages()
        content = b"Received: from us by forwarder.example\r\n"
        content += (await stored.raw(newest)).removesuffix(b"\r\n")
    clock.advance(seconds=1)
    assert (await peer.deliver(SENDER, inbox.address, content)).startswith("250")
    *_, newest = await stored.messages()
    content = (await stored.raw(newest)).removesuffix(b"\r\n")
    answer = await peer.deliver(SENDER, inbox.address, content)
    assert answer.startswith("554 5.4.6")


async def test_B24_chunks_are_not_offered_and_none_is_taken_for_commands(
    peer, inbox, stored
):
    await peer.open(SENDER, inbox.address)
    chunk = b"RSET\r\nMAIL FROM:<evil@example.org>\r\n"
    assert (await peer.ask("BDAT 10")).startswith("502 5.5.1")
    await peer.send(b"BDAT %d LAST\r\n" % len(chunk) + chunk)
    assert (await peer.reply()).startswith("554 5.5.0")
    assert await peer.is_closed()
    assert await stored.messages() == []


async def test_B25_a_whole_session_in_one_segment_is_answered_in_order(
    listener, connect, inbox, stored
):
    peer = await connect(listener)
    await peer.send(
        b"EHLO client.example.org\r\nMAIL FROM:<%s>\r\nRCPT TO:<%s>\r\nDATA\r\n"
        b"%s\r\n.\r\nQUIT\r\n" % (SENDER.encode(), inbox.address.encode(), CONTENT)
    )
    peer.half_close()
    answers = [await peer.reply() for _ in range(6)]
    assert [answer[:3] for answer in answers] == [
        *("250", "250", "250", "354", "250", "221")
    ]
    assert await peer.is_closed()
    assert await stored.contents() == [CONTENT + b"\r\n"]


async def test_A3_a_client_that_goes_while_we_commit_does_not_undo_it(
    db, listener, connect, inbox, stored, monkeypatch
):
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    await peer.ask("DATA")
    gate = Gate()
    blocked = asyncio.create_task(db.write(gate.wait))
    await gate.entered()
    write, begun = db.write, asyncio.Event()

    def noted(*arguments):
        begun.set()
        return write(*arguments)

    monkeypatch.setattr(db, "write", noted)
    await peer.send(CONTENT + b"\r\n.\r\n")
    await begun.wait()
    peer.reset()
    gate.open()
    await blocked
    await gone(listener)
    assert await stored.contents() == [CONTENT + b"\r\n"]


async def test_A3_the_copy_of_a_retry_is_flagged(peer, inbox, stored, clock):
    content = b"Message-ID: <1@example.org>\r\n" + CONTENT
    for _ in range(2):
        clock.advance(minutes=1)
        assert (await peer.deliver(SENDER, inbox.address, content)).startswith("250")
    first, second = await stored.messages()
    assert (first.duplicate_of, second.duplicate_of) == ("", first.id)


async def test_an_inbox_that_is_disabled_during_data_is_not_written_to(
    db, peer, inbox, stored
):
    await peer.open(SENDER, inbox.address)
    await peer.ask("DATA")
    await disable(db, inbox)
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("550 5.1.1")
    assert await stored.messages() == []


async def test_one_answer_never_hides_a_recipient_that_got_nothing(
    db, peer, inbox, stored
):
    other = await tenants.add_inbox(db, 2)
    await peer.open(SENDER, inbox.address, other.address)
    await peer.ask("DATA")
    await disable(db, other)
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("451 4.3.0")


async def test_C11_threads_and_replies_stay_inside_an_inbox(db, peer, inbox, stored):
    other = await tenants.add_inbox(db, 2)
    first = b"Message-ID: <1@example.org>\r\n" + CONTENT
    spoof = b"Message-ID: <2@example.org>\r\nIn-Reply-To: <1@example.org>\r\n" + CONTENT
    await peer.deliver(SENDER, inbox.address, first)
    await peer.deliver(SENDER, other.address, spoof)
    one, two = await stored.messages()
    assert one.thread_id != two.thread_id


async def disable(db, inbox) -> None:
    def switch_off(tx) -> None:
        current = inboxes.get(tx, inbox.account_id, inbox.id)
        assert current is not None
        inboxes.update(tx, replace(current, state=InboxState.DISABLED))

    await db.write(switch_off)


async def gone(listener) -> None:
    """Waits until no session is left."""
    async with asyncio.timeout(10):
        while listener._site.open:
            listener._site.is_empty.clear()
            await listener._site.is_empty.wait()
