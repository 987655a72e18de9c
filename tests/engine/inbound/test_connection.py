"""A connection's input, output and time, whatever is spoken on it."""

import asyncio

import pytest

from mailbot_server.core.mail import reply
from mailbot_server.engine.inbound import connection

LARGE = b"NOOP\r\n" * 100


async def closed(listener) -> None:
    async with asyncio.timeout(10):
        while listener._site.open:
            listener._site.is_empty.clear()
            await listener._site.is_empty.wait()


async def test_connections_share_nothing_that_changes(listener, connect):
    for _ in range(2):
        await connect(listener)
    one, two = listener._site.open
    assert one._wire is not two._wire
    assert one._out is not two._out
    assert one.session is not two.session
    assert one.transport is not two.transport
    prototype = listener._prototype
    assert prototype.transport is None
    assert one.command_size_limits == {}


async def test_answers_to_a_group_leave_together(listener, connect):
    peer = await connect(listener)
    await peer.send(b"NOOP\r\nNOOP\r\nNOOP\r\n")
    answer = b"250 2.0.0 OK\r\n"
    await peer.reply()
    assert peer._reader._buffer == answer * 2


async def test_a_client_that_takes_no_answers_is_cut(serve, connect, monkeypatch):
    monkeypatch.setattr(connection, "LINGER_SECONDS", 0.05)
    listener = await serve(smtp_command_seconds=0.05)
    peer = await connect(listener)
    (one,) = listener._site.open
    # As if the client's window were full.
    one.pause_writing()
    await peer.send(b"NOOP\r\n")
    await closed(listener)


async def test_a_client_that_is_cut_short_learns_why_though_it_still_sends(
    listener, connect
):
    peer = await connect(listener)
    await peer.send(b"GET / HTTP/1.1\r\n" + LARGE * 1000)
    assert (await peer.reply()).startswith("500 5.5.1")
    assert await peer.is_closed()
    await peer.close()
    await closed(listener)


async def test_a_client_that_never_closes_its_side_is_cut(
    listener, connect, monkeypatch
):
    monkeypatch.setattr(connection, "LINGER_SECONDS", 0.05)
    peer = await connect(listener)
    await peer.send(b"GET / HTTP/1.1\r\n")
    assert (await peer.reply()).startswith("500 5.5.1")
    await closed(listener)


async def test_a_session_that_only_works_is_not_hurried(
    listener, connect, inbox, monkeypatch, db
):
    peer = await connect(listener)
    ring = asyncio.Event()
    slow = asyncio.Event()
    (one,) = listener._site.open
    original, read = one._ring, db.read

    def rung() -> None:
        original()
        ring.set()

    async def slowly(*arguments):
        slow.set()
        await ring.wait()
        return await read(*arguments)

    await peer.ask("EHLO client.example.org")
    await peer.ask("MAIL FROM:<ann@example.org>")
    monkeypatch.setattr(db, "read", slowly)
    await peer.send(f"RCPT TO:<{inbox.address}>\r\n".encode())
    await slow.wait()
    one._alarm.cancel()
    one._alarm = one.loop.call_soon(rung)  # the time is up now
    assert (await peer.reply()).startswith("250 2.1.5")


def test_who_hangs_up_says_why():
    end = connection.HangUp(reply.IDLE_TIMEOUT, "timeout")
    assert (end.last, end.violation) == (reply.IDLE_TIMEOUT, "timeout")


async def test_only_a_prototype_is_constructed(listener):
    with pytest.raises(NotImplementedError):
        await connection.Connection(listener._site).serve()
