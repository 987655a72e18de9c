"""A connection straight on its socket: what is written, kept, read, and how it ends."""

import asyncio
import socket

import pytest

from mailbot_server.engine.outbound.smtp.plain import Plain

MUCH = b"x" * 4_000_000
"""More than the system takes at once."""


class Recorder(asyncio.BufferedProtocol):
    """What a protocol was told."""

    def __init__(self):
        self.buffer = bytearray(16)
        self.read = b""
        self.told = []
        self.changed = asyncio.Event()

    def get_buffer(self, sizehint):
        return self.buffer

    def buffer_updated(self, nbytes):
        self.read += self.buffer[:nbytes]
        self.changed.set()

    def pause_writing(self):
        self.told.append("pause")

    def resume_writing(self):
        self.told.append("resume")
        self.changed.set()

    def connection_lost(self, exc):
        self.told.append(("lost", type(exc)))
        self.changed.set()


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def protocol():
    return Recorder()


@pytest.fixture
async def plain(ends, protocol):
    made = Plain(ends[0], protocol)
    yield made
    made.abort()


async def taken(theirs, size):
    """So many octets, as they arrive."""
    loop, got = asyncio.get_running_loop(), bytearray()
    async with asyncio.timeout(10):
        while len(got) < size and (piece := await loop.sock_recv(theirs, 1 << 20)):
            got += piece
    return bytes(got)


async def until(protocol, condition):
    async with asyncio.timeout(10):
        while not condition():
            protocol.changed.clear()
            await protocol.changed.wait()


async def test_what_is_written_is_there_at_once(plain, ends):
    plain.write(b"EHLO\r\n")
    assert ends[1].recv(100) == b"EHLO\r\n"


async def test_what_comes_is_read_into_the_protocols_buffer(plain, ends, protocol):
    ends[1].send(b"220 mx.example.com, which is longer than the buffer\r\n")
    await until(protocol, lambda: protocol.read.endswith(b"\n"))
    assert protocol.read.startswith(b"220 mx.example.com, which")


async def test_what_does_not_fit_goes_when_it_can(plain, ends, protocol):
    plain.write(MUCH)
    plain.write(b"and more")
    assert protocol.told == ["pause"]
    assert await taken(ends[1], len(MUCH) + 8) == MUCH + b"and more"
    await until(protocol, lambda: "resume" in protocol.told)
    assert protocol.told == ["pause", "resume"]


async def test_an_end_goes_out_with_what_it_ends(plain, ends):
    assert plain.write_whole(b"text\r\n", b".\r\n")
    assert ends[1].recv(100) == b"text\r\n.\r\n"


async def test_an_end_stays_here_while_its_text_does(plain, ends, protocol):
    assert not plain.write_whole(MUCH, b".\r\n")
    assert await taken(ends[1], len(MUCH)) == MUCH
    await until(protocol, lambda: "resume" in protocol.told)
    with pytest.raises(BlockingIOError):
        ends[1].recv(1)


async def test_an_end_that_is_half_out_follows(plain, ends, monkeypatch):
    sock = Halting(ends[0], 7)
    monkeypatch.setattr(plain, "_sock", sock)
    assert plain.write_whole(b"text\r\n", b".\r\n")
    assert await taken(ends[1], 9) == b"text\r\n.\r\n"


async def test_closing_waits_for_what_was_written(plain, ends, protocol):
    plain.write(MUCH)
    plain.close()
    assert plain.is_closing()
    assert protocol.told == ["pause"]
    assert await taken(ends[1], len(MUCH) + 1) == MUCH
    await until(protocol, lambda: len(protocol.told) > 1)
    assert protocol.told[-1] == ("lost", type(None))


async def test_aborting_waits_for_nothing(plain, ends, protocol):
    plain.write(MUCH)
    plain.abort()
    assert protocol.told[-1] == ("lost", type(None))
    assert ends[0].fileno() == -1


async def test_the_other_sides_end_is_the_end(plain, ends, protocol):
    ends[1].close()
    await until(protocol, lambda: protocol.told)
    assert protocol.told == [("lost", type(None))]
    assert plain.is_closing()


async def test_writing_to_who_has_gone_is_the_end(plain, ends, protocol):
    ends[1].close()
    plain.write(b"QUIT\r\n")
    assert protocol.told == [("lost", BrokenPipeError)]
    assert not plain.write_whole(b"text", b".\r\n")


async def test_a_connection_is_lost_once(plain, protocol):
    plain.close()
    plain.close()
    plain.abort()
    assert protocol.told == [("lost", type(None))]


async def test_whoever_takes_the_socket_over_has_it_alone(plain, ends, protocol):
    sock = plain.detach()
    plain.abort()
    ends[1].send(b"220\r\n")
    loop = asyncio.get_running_loop()
    assert await loop.sock_recv(sock, 100) == b"220\r\n"
    assert protocol.told == []


class Halting:
    """A socket that takes so many octets the first time."""

    def __init__(self, sock, first):
        self._sock = sock
        self._first = first

    def send(self, data):
        size, self._first = self._first, len(data)
        return self._sock.send(data[:size])

    def __getattr__(self, name):
        return getattr(self._sock, name)
