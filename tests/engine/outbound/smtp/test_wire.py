"""Replies as hosts send them: whole, in pieces, wrong, out of turn."""

import asyncio
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.smtp.wire import REPLY_BYTES_MAX, Garbage, Wire


class Transport(asyncio.Transport):
    """Remembers what was written; the other end is the test."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_closed = False

    def write(self, data):
        self.written += data

    def set_write_buffer_limits(self, high=None, low=None):
        assert (high, low) == (1, 0)

    def set_protocol(self, protocol):
        self.protocol = protocol

    def is_closing(self):
        return self.is_closed

    def close(self):
        self.is_closed = True


@pytest.fixture
def transport() -> Transport:
    return Transport()


@pytest.fixture
def wire(transport) -> Wire:
    return Wire(transport)


async def test_a_command_gets_its_reply(wire, transport):
    await wire.send(["RCPT TO:<a@example.com>"], 1)
    assert transport.written == b"RCPT TO:<a@example.com>\r\n"
    hearing = asyncio.create_task(wire.reply(1))
    await asyncio.sleep(0)
    wire.data_received(b"250-2.1.5 Fine\r\n250 2.1.5 thanks\r\n")
    assert await hearing == Reply(code=250, enhanced="2.1.5", text="Fine thanks")


TALK = b"220 hi\r\n250-a\r\n250-b\r\n250 c\r\n354\r\n550 5.1.1 no\xff\r\n421 \xc3\xbc\n"
HEARD = [
    Reply(code=220, text="hi"),
    Reply(code=250, text="a b c"),
    Reply(code=354),
    Reply(code=550, enhanced="5.1.1", text="no\ufffd"),
    Reply(code=421, text="ü"),
]


@given(st.sets(st.integers(min_value=1, max_value=len(TALK) - 1)))
def test_replies_do_not_depend_on_how_the_bytes_arrive(cuts):
    async def listen() -> list[Reply]:
        wire = Wire(Transport())
        edges = [0, *sorted(cuts), len(TALK)]
        heard = []
        for start, end in itertools.pairwise(edges):
            wire.data_received(TALK[start:end])
            while reply := wire._parse():
                heard.append(reply)
        return heard

    assert asyncio.run(listen()) == HEARD


@given(st.binary(max_size=200))
def test_whatever_arrives_is_a_reply_garbage_or_not_yet_complete(data):
    async def listen() -> None:
        wire = Wire(Transport())
        wire.data_received(data)
        try:
            reply = wire._parse()
        except Garbage:
            return
        assert reply is None or 200 <= reply.code < 600

    asyncio.run(listen())


@pytest.mark.parametrize(
    "line",
    [b"hello\r\n", b"25\r\n", b"2500 OK\r\n", b"600 OK\r\n", b"250OK\r\n", b"\r\n"],
)
async def test_d9_what_is_no_reply_is_garbage(wire, line):
    wire.data_received(line)
    with pytest.raises(Garbage):
        await wire.reply(1)


@pytest.mark.parametrize("piece", [b"250-more\r\n", b"x"])
async def test_d9_a_reply_without_end_stops_at_a_bound(wire, piece):
    for _ in range(20):
        wire.data_received(piece * 10_000)
    assert len(wire._received) <= 2 * REPLY_BYTES_MAX
    with pytest.raises(Garbage):
        await wire.reply(1)


async def test_d9_a_line_is_read_once_however_slowly_the_next_one_comes(wire):
    for _ in range(3):
        wire.data_received(b"250-more\r\n")
        assert wire._parse() is None
        assert wire._received == b""
    with pytest.raises(Garbage):
        wire.early()
    wire.data_received(b"250 end\r\n")
    assert await wire.reply(1) == Reply(code=250, text="more more more end")


async def test_the_last_reply_is_heard_after_the_connection_is_lost(wire):
    wire.data_received(b"421 bye\r\n")
    wire.connection_lost(None)
    assert await wire.reply(1) == Reply(code=421, text="bye")
    with pytest.raises(ConnectionError):
        await wire.reply(1)


async def test_a_lost_connection_wakes_who_waits(wire):
    waiting = asyncio.create_task(wire.reply(10))
    await asyncio.sleep(0)
    wire.connection_lost(ConnectionResetError())
    with pytest.raises(ConnectionError):
        await waiting


async def test_a_silent_host_is_given_up(wire):
    with pytest.raises(TimeoutError):
        await wire.reply(0.001)


async def test_writing_waits_until_the_system_has_taken_everything(wire):
    wire.pause_writing()
    writing = asyncio.create_task(wire.write(b"data", 10))
    await asyncio.sleep(0)
    assert not writing.done()
    wire.resume_writing()
    await writing


async def test_writing_to_a_host_that_does_not_read_ends(wire):
    wire.pause_writing()
    with pytest.raises(TimeoutError):
        await wire.write(b"data", 0.001)


async def test_writing_on_a_lost_connection_is_an_error_at_once(wire, transport):
    transport.is_closed = True
    with pytest.raises(ConnectionError):
        await wire.write(b"data", 10)
    assert transport.written == b""


async def test_commands_go_out_in_one_piece(wire, transport):
    await wire.send(["MAIL FROM:<>", "DATA"], 1)
    assert transport.written == b"MAIL FROM:<>\r\nDATA\r\n"


def test_a_refusal_out_of_turn_is_a_reply(wire):
    assert wire.early() is None
    wire.data_received(b"421 4.3.2 Going down\r\n")
    reply = wire.early()
    assert reply == Reply(code=421, enhanced="4.3.2", text="Going down")


@pytest.mark.parametrize("stray", [b"250 OK\r\n", b"2", b"250-more\r\n"])
def test_d9_anything_else_out_of_turn_is_garbage(wire, stray):
    assert wire.is_quiet
    wire.data_received(stray)
    assert not wire.is_quiet
    with pytest.raises(Garbage):
        wire.early()


@pytest.mark.parametrize("command", ["MAIL\r\nRCPT", "MAIL\n", "a\0b"])
async def test_a_command_is_one_line(wire, transport, command):
    with pytest.raises(ValueError, match="one line"):
        await wire.send(["DATA", command], 1)
    assert transport.written == b""


def test_who_watches_is_told_once_that_the_host_speaks_or_leaves(wire):
    told = []
    wire.watch(lambda: told.append("spoke"))
    wire.data_received(b"421 bye\r\n")
    wire.data_received(b"more\r\n")
    assert told == ["spoke"]
    wire.watch(lambda: told.append("left"))
    wire.connection_lost(None)
    assert told == ["spoke", "left"]


def test_who_watches_no_more_is_not_told(wire):
    wire.watch(lambda: pytest.fail("told"))
    wire.watch(None)
    wire.data_received(b"250 OK\r\n")


async def test_leaving_says_quit_to_a_host_that_is_there(wire, transport):
    wire.leave()
    assert transport.written == b"QUIT\r\n"
    assert transport.is_closed


async def test_leaving_a_lost_connection_writes_nothing(wire, transport):
    wire.connection_lost(None)
    wire.leave()
    assert transport.written == b""
