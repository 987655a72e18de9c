"""
The writer process: `python -m mailbot_server.store.database.writer.child SOCKET`.

It runs what its server hands in over the socket and answers after the commit. The end
of the socket, when the server stops or is killed, is its own end: what has come in
whole until then is still written. It takes no signals, which a terminal or a service
manager sends to the whole group: its server decides when it ends.
"""

import contextlib
import ctypes
import gc
import importlib
import signal
import socket
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import peewee

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database import connection as connections
from mailbot_server.store.database.commit import BATCH_MAX, Committer
from mailbot_server.store.database.job import Job
from mailbot_server.store.database.writer import wire
from mailbot_server.store.database.writer.lock import WriterLock
from mailbot_server.store.database.writer.wire import (
    Answer,
    CannotTravel,
    Committed,
    Opened,
    Setup,
)

RECEIVED_BYTES_MAX: Final = 32 * 1024 * 1024
"""While so much waits to be written nothing more is taken in."""

RECEIVE_BYTES: Final = 65_536
GIVEN_BACK_FROM: Final = 4 * 1024 * 1024
"""Octets of one commit: for less, the allocator may keep what it has."""

_GARBAGE_AFTER: Final = 50_000
"""Objects between two looks of the garbage collector: an operation leaves no cycles."""


def main(arguments: Sequence[str]) -> None:
    """Serves the socket of that number until it ends."""
    gc.disable()  # until all is imported: imports leave next to no garbage
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with socket.socket(fileno=int(arguments[0])) as server:
        serve(server)


def serve(server: socket.socket) -> None:
    """Opens the file that the first frame names, then writes until the socket ends."""
    inbox = _Inbox(server)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for _, body in inbox.take(1):
            setup: Setup = wire.value_of(body)
            try:
                with WriterLock(setup.path).held():
                    _write(server, inbox, setup)
            except (peewee.PeeweeException, Unavailable) as error:
                _send(server, Opened(error=error))


def _write(server: socket.socket, inbox: "_Inbox", setup: Setup) -> None:
    database = connections.database_of(setup.path, connections.WRITER)
    connection = connections.open_patiently(database)
    _send(server, Opened())
    _make_ready(setup.modules)
    committer = Committer(connection)
    while octets := _work(server, inbox, committer):
        if octets >= GIVEN_BACK_FROM:
            _give_back()
    connection.close()


def _work(server: socket.socket, inbox: "_Inbox", committer: Committer) -> int:
    """Writes what has come; how many octets, 0 at the end. It holds none of them."""
    frames = inbox.take(BATCH_MAX)
    octets = sum(len(body) for _, body in frames)
    calls = {number: _read(number, body) for number, body in frames}
    frames.clear()
    if not calls:
        return 0
    jobs = [call for call in calls.values() if isinstance(call, Job)]
    if jobs:
        committer.commit(jobs)
    answers = [_answer(number, call) for number, call in calls.items()]
    _tell(server, answers, dict(committer.outcomes))
    committer.outcomes.clear()
    return octets


def _give_back() -> None:
    """Has the allocator return what it would keep for messages as large as the last."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _make_ready(modules: Iterable[str]) -> None:
    """Imports while nobody waits, and keeps the collector off what stays for ever."""
    for name in modules:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE_AFTER)
    gc.enable()


class _Inbox:
    """Frames as they come."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self._frames = wire.Frames()

    def take(self, most: int) -> list[tuple[int, bytes]]:
        """All that are there, at least one; none at the end of the socket."""
        taken: list[tuple[int, bytes]] = []
        octets = 0
        while len(taken) < most and octets < RECEIVED_BYTES_MAX:
            found = self._frames.next()
            if found is not None:
                taken.append(found)
                octets += len(found[1])
            elif not self._receive(wait=not taken):
                break
        return taken

    def _receive(self, *, wait: bool) -> bool:
        try:
            piece = self._server.recv(RECEIVE_BYTES, 0 if wait else socket.MSG_DONTWAIT)
        except (BlockingIOError, ConnectionResetError):
            return False
        self._frames.add(piece)
        return bool(piece)


def _read(number: int, body: bytes) -> Job | Answer:
    try:
        operation, arguments, stamp = wire.value_of(body)
    except CannotTravel as error:
        return Answer(number=number, error=error)
    return Job(operation, arguments, stamp)


def _answer(number: int, call: Job | Answer) -> Answer:
    if isinstance(call, Answer):
        return call
    return Answer(
        number=number,
        result=call.result,
        error=call.error and wire.with_trace(call.error),
        topics=frozenset(call.topics),
        events=tuple(call.events),
    )


def _tell(
    server: socket.socket, answers: list[Answer], outcomes: dict[str, int]
) -> None:
    try:
        _send(server, Committed(answers=tuple(answers), outcomes=outcomes))
    except CannotTravel:
        checked = tuple(map(_able_to_travel, answers))
        _send(server, Committed(answers=checked, outcomes=outcomes))


def _able_to_travel(answer: Answer) -> Answer:
    """The answer, or that it cannot be given, although it is written."""
    try:
        wire.frame(0, answer)
    except CannotTravel as error:
        return replace(answer, result=None, error=error)
    return answer


def _send(server: socket.socket, value: object) -> None:
    for piece in wire.frame(0, value):
        server.sendall(piece)


if __name__ == "__main__":
    main(sys.argv[1:])
