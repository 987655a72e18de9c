"""A load generator for SMTP, in a process of its own: `python -m bench.load …`.

Prints the seconds that it took. Every message is distinct; answers must be 250. One
loop waits for all sockets and costs a fifth of what asyncio would: the servers that are
compared share the machine with it.
"""

import select
import socket
import sys
from collections.abc import Iterator
from time import perf_counter
from typing import Final

from bench.mail import message, with_attachment

ANSWER_SECONDS: Final = 60
MAKERS: Final = {"plain": message, "attachment": with_attachment}
Said = tuple[bytes, bytes]


class Lane:
    """One connection at a time, and the messages that it still has to send."""

    def __init__(self, port: int, to: str, mails: list[bytes], *, reuse: bool) -> None:
        self._port = port
        self._to = to.encode()
        self._mails = mails[::-1]
        self._reuse = reuse

    @property
    def has_more(self) -> bool:
        """Whether messages are left."""
        return bool(self._mails)

    def open(self) -> int:
        """Connects; its file descriptor."""
        self._socket = socket.create_connection(("127.0.0.1", self._port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answer = b""
        self._expected = b"220"
        self._dialogue = self._say()
        return self._socket.fileno()

    def go_on(self) -> bool:
        """Takes what has come; False when the connection has ended."""
        piece = self._socket.recv(65_536)
        self._answer += piece
        if piece and not self._answer.endswith(b"\r\n"):
            return True
        last = self._answer[self._answer.rfind(b"\n", 0, -1) + 1 :]
        if not last.startswith(self._expected):
            words = f"expected {self._expected.decode()}, got {self._answer!r}"
            raise RuntimeError(words)
        if last[3:4] == b"-":
            return True
        self._answer = b""
        said = next(self._dialogue, None)
        if said is None:
            self._socket.close()
            return False
        self._socket.sendall(said[0])
        self._expected = said[1]
        return True

    def _say(self) -> Iterator[Said]:
        """What is said after each answer, and the code of the next."""
        yield b"EHLO load.bench.example.com\r\n", b"250"
        while self._mails:
            yield b"MAIL FROM:<sender@bench.example.com>\r\n", b"250"
            yield b"RCPT TO:<%b>\r\n" % self._to, b"250"
            yield b"DATA\r\n", b"354"
            yield self._mails.pop() + b".\r\n", b"250"
            if not self._reuse:
                break
        yield b"QUIT\r\n", b"221"


def run(lanes: list[Lane]) -> None:
    """Until all lanes have sent all they have."""
    poll = select.epoll()
    working: dict[int, Lane] = {}

    def begin(lane: Lane) -> None:
        number = lane.open()
        working[number] = lane
        poll.register(number, select.EPOLLIN)

    for lane in lanes:
        if lane.has_more:
            begin(lane)
    while working:
        ready = poll.poll(ANSWER_SECONDS)
        if not ready:
            sys.exit(f"no answer for {ANSWER_SECONDS} seconds")
        for number, _ in ready:
            lane = working[number]
            if not lane.go_on():
                # A closed socket leaves the poll by itself.
                del working[number]
                if lane.has_more:
                    begin(lane)


def main(arguments: list[str]) -> None:
    """port, recipient, run name, messages, connections, reuse or new; then the kind."""
    port, to, name, count, connections, mode, *kind = arguments
    make = MAKERS["".join(kind) or "plain"]
    mails = [make(name, number, to) for number in range(int(count))]
    lanes = [
        Lane(int(port), to, mails[lane :: int(connections)], reuse=mode == "reuse")
        for lane in range(int(connections))
    ]
    started = perf_counter()
    run(lanes)
    print(perf_counter() - started)


if __name__ == "__main__":
    main(sys.argv[1:])
