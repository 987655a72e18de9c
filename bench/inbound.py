"""
Messages taken in durably, by mailbot, by Postfix and by a naive peer, in turns.

mailbot says 250 once a message is parsed, threaded, indexed and committed with its
events; Postfix once it is in its queue, from which `discard` takes it. All write to the
same disk as they do by themselves: SQLite with `synchronous=FULL`. mailbot verifies
nothing that it would have to ask others for. "new" is one message for each connection,
"reuse" as many as there are. Postfix runs as root only.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Final

from bench import process
from bench.figures import Figures, beside, show
from bench.process import Measured
from mailbot import MailBot
from tests.servers.postfix import Postfix, is_installed

GLANCE_SECONDS: Final = 0.05
LOAD_SECONDS: Final = 300
LARGE_PART: Final = 3
"""Of so many messages one is sent where each has 50 KB."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How messages are sent, and what they are."""

    connections: int
    mode: str
    kind: str = "plain"

    @property
    def title(self) -> str:
        """For the table."""
        size = "5 KB" if self.kind == "plain" else "50 KB"
        return f"inbound {size}, {self.connections} connections, {self.mode}"


SHAPES: Final = (
    Shape(10, "new"),
    Shape(50, "new"),
    Shape(10, "reuse"),
    Shape(50, "reuse"),
    Shape(10, "new", "attachment"),
    Shape(50, "reuse", "attachment"),
)


@dataclass(frozen=True, slots=True)
class Server:
    """Who takes mail in; `rest` returns once it has nothing left to do."""

    name: str
    port: int
    recipient: str
    cpu_seconds: Callable[[], float]
    rest: Callable[[], None]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=1500)
    parser.add_argument("--database", default="", help="postgresql://…; default SQLite")
    options = parser.parse_args()
    with process.mailbot(options.database, authentication="false") as ours:
        measure(ours, options.messages, options.rounds)


def measure(ours: Measured, count: int, rounds: int) -> None:
    """Rounds of all, in turns; prints medians and ratios."""
    with ExitStack() as stack:
        peer = stack.enter_context(process.naive_peer())
        servers = [
            _server("mailbot", ours, _inbox(ours)),
            _server("naive peer", peer, "anybody@example.com"),
        ]
        if is_installed():
            servers.append(stack.enter_context(_postfix()))
        for shape in SHAPES:
            _compare(servers, shape, count, rounds)


def _compare(servers: list[Server], shape: Shape, count: int, rounds: int) -> None:
    if shape.kind != "plain":
        count //= LARGE_PART
    figures = [Figures([], []) for _ in servers]
    for number in range(rounds):
        for server, its in zip(servers, figures, strict=True):
            name = f"r{number}.{shape.connections}.{shape.mode}.{shape.kind}"
            before = server.cpu_seconds()
            seconds = _load(server, shape, count, name)
            server.rest()
            its.add(count, seconds, server.cpu_seconds() - before)
    ours, *others = figures
    show(shape.title, ours)
    for server, theirs in zip(servers[1:], others, strict=True):
        beside(ours, theirs, server.name)


def _load(server: Server, shape: Shape, count: int, name: str) -> float:
    """The seconds that it took to have everything accepted."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "bench.load", str(server.port), server.recipient),
            *(name, str(count), str(shape.connections), shape.mode, shape.kind),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=LOAD_SECONDS,
    )
    return float(done.stdout)


def _inbox(server: Measured) -> str:
    with MailBot(api_key=server.api_key, target=server.target) as mailbot:
        return mailbot.inboxes.create().address


def _server(name: str, server: Measured, recipient: str) -> Server:
    return Server(name, server.smtp_port, recipient, server.cpu_seconds, lambda: None)


@contextmanager
def _postfix() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="postfix-bench-") as home:
        Path(home).chmod(0o755)
        postfix = Postfix(Path(home) / "postfix", default_transport="discard")
        postfix.start()

        def rest() -> None:
            while postfix.queued():
                sleep(GLANCE_SECONDS)

        try:
            recipient = "anybody@example.com"
            cpu = postfix.cpu_seconds
            yield Server("Postfix", postfix.port, recipient, cpu, rest)
        finally:
            postfix.stop()


if __name__ == "__main__":
    main()
