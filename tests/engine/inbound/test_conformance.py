"""
What the session library gets wrong by itself, and must stay right here.

Each test is one finding in aiosmtpd 1.4.6. Those that a test elsewhere pins are not
repeated: endless lines and short ones (`test_receiver.py`), faults of ours (B22), bare
newlines (B1), AUTH (`submission/test_session.py`), limits (B11, B18, B20), PROXY (B21).
"""

import asyncio
import logging

import pytest

from tests.fakes.smtp_peer import Peer

SENDER = "ann@example.org"
CONTENT = b"Subject: Hello\r\n\r\nHow are you?"


async def test_the_longest_command_of_one_client_is_not_that_of_another(
    listener, connect
):
    first, second = await connect(listener), await connect(listener)
    await first.ask("EHLO client.example.org")
    long = f"MAIL FROM:<{SENDER}> SIZE=1000 BODY=8BITMIME SMTPUTF8" + " " * 900
    await second.ask("HELO client.example.org")
    assert (await first.ask(long)).startswith("250 2.1.0")


async def test_the_null_reverse_path_is_no_address(peer, inbox, stored):
    await peer.deliver("", inbox.address, CONTENT)
    [message] = await stored.messages()
    assert message.envelope_sender == ""
    assert (await stored.raw(message)).startswith(b"Return-Path: <>\r\n")


@pytest.mark.parametrize(
    "argument",
    [
        *("FROM:ann@example.org", "FROM:<ann@example.org", "FROM:<an n@example.org>"),
        *("FROM <ann@example.org>", "FROM:<ann@example.org>>", "FROM:<ann@>"),
        *(
            "FROM:<ann@example.org>SIZE=1",
            "FROM:<<ann@example.org>",
            "<ann@example.org>",
        ),
    ],
)
async def test_half_a_path_is_none(peer, argument):
    await peer.ask("EHLO client.example.org")
    assert (await peer.ask(f"MAIL {argument}"))[:3] in {"501", "555"}
    assert (await peer.ask(f"MAIL FROM:<{SENDER}>")).startswith("250")


async def test_a_path_with_a_million_brackets_is_refused_at_once(peer):
    await peer.ask("EHLO client.example.org")
    for octets in (b"(" * 2000, b'"' * 1999, b"<" * 2000, b"@a," * 600):
        await peer.send(b"MAIL FROM:<" + octets + b">\r\n")
        assert (await peer.reply())[:3] == "501"


@pytest.mark.parametrize("line", [998, 1000, 1001, 2000, 65536])
async def test_lines_of_content_may_be_longer_than_the_standard_has_them(
    peer, inbox, stored, line
):
    content = b"Subject: x\r\n\r\n" + b"x" * line
    assert (await peer.deliver(SENDER, inbox.address, content)).startswith("250")
    assert await stored.contents() == [content + b"\r\n"]


async def test_a_transfer_may_take_longer_than_the_wait_for_a_command(
    serve, connect, inbox, stored
):
    listener = await serve(smtp_command_seconds=0.2)
    peer = await connect(listener)
    await peer.open(SENDER, inbox.address)
    assert (await peer.ask("DATA")).startswith("354")
    loop = asyncio.get_running_loop()
    [session] = listener._site.open
    ends_at = session._began_at + 0.5
    lines = 0
    while loop.time() < ends_at:
        await peer.send(b"x\r\n")
        lines += 1
        await asyncio.sleep(0.01)
    await peer.send(b".\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")
    assert await stored.contents() == [b"x\r\n" * lines]


async def test_while_a_large_message_comes_others_are_answered(
    listener, connect, inbox, stored
):
    large, other = await connect(listener), await connect(listener)
    await large.open(SENDER, inbox.address)
    assert (await large.ask("DATA")).startswith("354")
    line = b"." + b"x" * 70 + b"\r\n"

    async def send() -> None:
        for _ in range(200):
            await large.send(line * 500)
        await large.send(b".\r\n")

    sending = asyncio.create_task(send())
    answers = 0
    while not sending.done():
        assert (await other.ask("NOOP")).startswith("250")
        answers += 1
        if answers == 50:
            assert (await other.ask("RSET")).startswith("250")
            break
    await sending
    assert (await large.reply()).startswith("250 2.0.0")
    assert answers > 1
    [message] = await stored.messages()
    assert message.size_bytes > 200 * 500 * (len(line) - 1)


async def test_no_word_of_a_session_reaches_the_librarys_log(peer, inbox, caplog):
    caplog.set_level(logging.DEBUG, logger="mail.log")
    await peer.deliver(SENDER, inbox.address, CONTENT)
    assert [each for each in caplog.records if each.name == "mail.log"] == []


async def test_what_is_offered_includes_what_the_library_lacks(listener):
    peer = await Peer.connect(listener.port)
    offered = await peer.ask("EHLO client.example.org")
    for keyword in ("PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8"):
        assert f"250-{keyword}\n" in offered
    await peer.close()
