"""
A queue of messages drained to smtp-sink, by mailbot and by Postfix, in turns.

Both queues are durable: SQLite with `synchronous=FULL`, Postfix as it is. Both are full
before the clock starts: mailbot's deliveries become due at one instant, Postfix has
deferred all and is flushed. Both may have 20 connections to the sink. "new" is one
message for each connection, "reused" as many as fit. Postfix runs as root only.

With --dkim mailbot signs each message with RSA-2048 as it leaves; Postfix, which has no
signer, drains the same unsigned.
"""

import argparse
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Final

from bench import preload, process
from bench.figures import Figures, compare
from mailbot_server.store import columns
from tests.servers.postfix import Postfix, is_installed

CONNECTIONS: Final = 20
MESSAGE_BYTES: Final = 5000
AHEAD: Final = timedelta(seconds=4)
"""Until mail becomes due: a server has started and rests by then."""

GLANCE_SECONDS: Final = 0.01
DRAIN_SECONDS: Final = 300
MODES: Final = ("new", "reused")

# What makes one message for each connection, or many.
_OURS: Final = {
    "new": {"smtp_connection_messages_max": "1"},
    "reused": {"smtp_connection_messages_max": "1000"},
}
_POSTFIX: Final = {
    "new": {"smtp_connection_cache_on_demand": "no"},
    "reused": {"smtp_connection_cache_destinations": "static:all"},
}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--modes", nargs="+", choices=MODES, default=MODES)
    parser.add_argument("--dkim", action="store_true", help="mailbot signs, RSA-2048")
    parser.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="one more setting of mailbot's",
    )
    options = parser.parse_args()
    if not has_sink():
        sys.exit("smtp-sink is not installed: it comes with Postfix")
    extra = dict(each.split("=", 1) for each in options.setting)
    measure(
        *(options.messages, options.rounds, options.modes, extra), signed=options.dkim
    )


def has_sink() -> bool:
    """Whether there is something to drain to."""
    return shutil.which("smtp-sink") is not None


def measure(
    count: int,
    rounds: int,
    modes: tuple[str, ...] = MODES,
    extra: dict[str, str] | None = None,
    *,
    signed: bool = False,
) -> None:
    """Rounds of both, in turns; prints medians and ratios."""
    what = "signed queue" if signed else "queue"
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        prepared = Path(folder)
        preload.run(prepared, count, signed=signed)
        for mode in modes:
            ours, theirs = Figures([], []), Figures([], [])
            for _ in range(rounds):
                settings = _known(_OURS[mode]) | (extra or {})
                _drain_ours(prepared, count, settings, ours)
                if is_installed():
                    _drain_postfix(count, _POSTFIX[mode], theirs)
            compare(f"{what} drained, {mode} connections", ours, theirs, "Postfix")


def _known(settings: dict[str, str]) -> dict[str, str]:
    """Those of the settings that this version has."""
    from mailbot_server.config import Settings  # noqa: PLC0415 - asked once a round

    return {k: v for k, v in settings.items() if k in Settings.model_fields}


def _drain_ours(
    prepared: Path, count: int, settings: dict[str, str], figures: Figures
) -> None:
    with _sink() as port:
        due = datetime.now(tz=UTC) + AHEAD
        with sqlite3.connect(prepared / "mailbot.db") as connection:
            connection.execute("UPDATE delivery SET due_at = ?", [_instant(due)])
        connection.close()
        route = [{"domain": "example.com", "host": "127.0.0.1", "port": port}]
        given = {
            "hostname": "mail.example.net",
            "routes": json.dumps(route),
            "delivery_concurrency": str(CONNECTIONS * 2),
            "delivery_per_destination": str(CONNECTIONS),
            "server_key": preload.SERVER_KEY,
        }
        with process.mailbot(prepared=prepared, **(given | settings)) as server:
            sleep(max((due - datetime.now(tz=UTC)).total_seconds() - 0.1, 0))
            before = server.cpu_seconds()
            wait = (due - datetime.now(tz=UTC)).total_seconds()
            started = perf_counter() + wait
            _until_empty(server.database, started)
            figures.add(count, perf_counter() - started, server.cpu_seconds() - before)


def _until_empty(database: Path, started: float) -> None:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    waiting = (
        "SELECT 1 FROM delivery"
        " WHERE state IN ('queued', 'leased', 'deferred', 'held') LIMIT 1"
    )
    try:
        while connection.execute(waiting).fetchone():
            if perf_counter() - started > DRAIN_SECONDS:
                sys.exit("the queue did not become empty")
            sleep(GLANCE_SECONDS)
        states = connection.execute("SELECT state, COUNT(*) FROM delivery GROUP BY 1")
        found = dict(states.fetchall())
        if set(found) != {"delivered"}:
            sys.exit(f"not all of it was delivered: {found}")
    finally:
        connection.close()


def _drain_postfix(count: int, settings: dict[str, str], figures: Figures) -> None:
    with _sink() as port, tempfile.TemporaryDirectory(prefix="postfix-bench-") as home:
        Path(home).chmod(0o755)
        postfix = Postfix(
            Path(home) / "postfix",
            default_transport=f"smtp:[127.0.0.1]:{port}",
            defer_transports="smtp",
            smtp_tls_security_level="none",
            default_destination_concurrency_limit=str(CONNECTIONS),
            **settings,
        )
        postfix.start()
        try:
            _fill(postfix, count)
            postfix.set(defer_transports="")
            postfix.reload()
            sleep(1)  # Postfix gives no sign of having read it.
            before, started = postfix.cpu_seconds(), perf_counter()
            postfix.flush()
            while postfix.queued():
                sleep(GLANCE_SECONDS)
            seconds = perf_counter() - started
            figures.add(count, seconds, postfix.cpu_seconds() - before)
            if postfix.sent() != count:
                sys.exit(f"Postfix delivered {postfix.sent()}, not {count}")
        finally:
            postfix.stop()


def _fill(postfix: Postfix, count: int) -> None:
    source = ["smtp-source", "-s", "20", "-m", str(count), "-l", str(MESSAGE_BYTES)]
    ends = ["-f", "a@example.net", "-t", "b@example.com"]
    subprocess.run(
        [*source, *ends, f"127.0.0.1:{postfix.port}"], check=True, timeout=DRAIN_SECONDS
    )
    while postfix.deferred() < count:
        sleep(GLANCE_SECONDS)


@contextmanager
def _sink() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = ["smtp-sink", "-u", "nobody", f"127.0.0.1:{port}", "1000"]
    sink = subprocess.Popen(command)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except ConnectionRefusedError:
                sleep(GLANCE_SECONDS)
            else:
                break
        yield port
    finally:
        sink.terminate()
        sink.wait(process.STOP_SECONDS)


def _instant(instant: datetime) -> object:
    return columns.write_time(instant)


if __name__ == "__main__":
    main()
