"""The writer process as seen from its socket."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import peewee
import pytest

from mailbot_server.core.errors import WrongState
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.database.writer import child, wire
from mailbot_server.store.database.writer.wire import (
    Answer,
    CannotTravel,
    Committed,
    Frames,
    Opened,
    Setup,
)
from tests.fakes import operations
from tests.fakes.tenants import BEGINNING

STAMP = Stamp(now=BEGINNING, seed=bytes(16))


class Server:
    """The other half: hands calls in, reads what is answered."""

    def __init__(self, end: socket.socket) -> None:
        self.socket = end
        self._frames = Frames()

    def call(self, number: int, operation: Any, *arguments: Any) -> bytes:
        return b"".join(wire.frame(number, (operation, arguments, STAMP)))

    def hand_in(self, *calls: bytes) -> None:
        self.socket.sendall(b"".join(calls))

    def heard(self) -> Any:
        while (found := self._frames.next()) is None:
            piece = self.socket.recv(65_536)
            assert piece, "the child has ended"
            self._frames.add(piece)
        return wire.value_of(found[1])


@pytest.fixture
def server(path: Path) -> Iterator[Server]:
    """A child that has opened the file, in a thread of this process."""
    with _served(path) as ours:
        assert ours.heard() == Opened()
        yield ours


@contextlib.contextmanager
def _served(path: Path) -> Iterator[Server]:
    ours, theirs = socket.socketpair()
    running = threading.Thread(target=child.serve, args=[theirs])
    running.start()
    with ours, theirs:
        ours.settimeout(20)
        ours.sendall(b"".join(wire.frame(0, Setup(path=path))))
        yield Server(ours)
        with contextlib.suppress(OSError):
            ours.shutdown(socket.SHUT_WR)
        running.join(20)
        assert not running.is_alive()


def names(path: Path) -> list[str]:
    with contextlib.closing(apsw.Connection(str(path))) as stranger:
        rows = stranger.execute(
            "SELECT name FROM setting WHERE name NOT IN"
            " ('epoch', 'schema_serves_from') ORDER BY name"
        )
        return [str(row[0]) for row in rows]


def test_what_comes_together_is_answered_together(server):
    calls = [server.call(n, operations.put, f"n{n}") for n in (7, 8, 9)]
    server.hand_in(*calls)
    committed: Committed = server.heard()
    assert [answer.number for answer in committed.answers] == [7, 8, 9]
    assert committed.outcomes == {"commit": 1}


def test_errors_are_answers(server):
    server.hand_in(server.call(1, operations.refuse), server.call(2, operations.names))
    refused, named = server.heard().answers
    assert isinstance(refused.error, WrongState)
    assert refused.error.subject == "inb_1"
    assert named == Answer(number=2, result=[])


def test_a_call_that_cannot_be_read_hurts_nobody_beside_it(server):
    gone = b"cmailbot_gone\nnothing\n."
    broken = wire._HEADER.pack(1, len(gone)) + gone
    server.hand_in(broken, server.call(2, operations.put, "a"))
    unread, put = server.heard().answers
    assert isinstance(unread.error, CannotTravel)
    assert put == Answer(number=2)


def test_a_result_that_cannot_be_given_is_an_error_of_its_caller_alone(server, path):
    server.hand_in(
        server.call(1, operations.lambda_of), server.call(2, operations.names)
    )
    ours, beside = server.heard().answers
    assert isinstance(ours.error, CannotTravel)
    assert beside.result == ["lambda"]
    assert names(path) == ["lambda"]


def test_what_came_in_whole_is_written_when_the_server_is_gone_and_a_half_is_not(path):
    with _served(path) as server:
        assert server.heard() == Opened()
        whole = [server.call(n, operations.put, f"n{n}") for n in range(3)]
        half = server.call(3, operations.put, "half")[:-1]
        server.hand_in(*whole, half)
        server.socket.close()
    assert names(path) == ["n0", "n1", "n2"]


def test_a_file_that_cannot_be_opened_is_said(tmp_path):
    with _served(tmp_path / "missing" / "mailbot.db") as server:
        assert isinstance(server.heard().error, peewee.OperationalError)


def test_a_server_that_says_nothing_and_goes_leaves_nothing(tmp_path):
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        child.serve(theirs)
    assert list(tmp_path.iterdir()) == []


def test_it_takes_in_no_more_than_it_can_hold(server, monkeypatch):
    monkeypatch.setattr(child, "RECEIVED_BYTES_MAX", 1)
    server.hand_in(*(server.call(n, operations.put, f"n{n}") for n in (1, 2)))
    assert [answer.number for answer in server.heard().answers] == [1]
    assert [answer.number for answer in server.heard().answers] == [2]
