"""Servers in processes of their own, their CPU time, and how they are started."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")
STOP_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """A server under load; `smtp_port` takes mail for `recipient`."""

    pid: int
    smtp_port: int
    target: str = ""
    api_key: str = ""
    database: Path = Path()

    def cpu_seconds(self) -> float:
        """User and system time so far, that of its children included."""
        return _ticks(self.pid) / TICKS


def _ticks(pid: int) -> int:
    """Of the process and of those that it started."""
    own = _stat(Path(f"/proc/{pid}"))
    others = map(_stat, Path("/proc").glob("[0-9]*"))
    its = [own, *(fields for fields in others if fields and int(fields[1]) == pid)]
    return sum(int(fields[11]) + int(fields[12]) for fields in its)


def _stat(process: Path) -> list[str]:
    """What follows the name, beginning with the state; nothing for one that ended."""
    try:
        return (process / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


@contextmanager
def mailbot(
    database_url: str = "", prepared: Path | None = None, **settings: str
) -> Iterator[Measured]:
    """
    `mailbot serve` in a temporary folder; with these settings mail may leave it.

    `prepared` is a folder whose files it starts with.
    """
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        if prepared:
            shutil.copytree(prepared, folder, dirs_exist_ok=True)
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("MAILBOT_")},
            "MAILBOT_DATA_DIR": folder,
            "MAILBOT_GRPC_PORT": "0",
            "MAILBOT_MX_PORT": "0",
            "MAILBOT_SUBMISSION_PORT": "0",
            "MAILBOT_OPERATOR_PORT": "0",
            "MAILBOT_LOG_LEVEL": "error",
            **{f"MAILBOT_{name.upper()}": text for name, text in settings.items()},
        }
        if database_url:
            environment["MAILBOT_DATABASE_URL"] = database_url
            environment["MAILBOT_SERVER_KEY"] = "k" * 32
        command = [sys.executable, "-m", "mailbot_server", "serve"]
        with _running(command, environment) as (process, banner):
            yield Measured(
                process.pid,
                int(_find(r"SMTP \(MX\) +\S+:(\d+)", banner)),
                _find(r"gRPC API +(\S+)", banner),
                _key(Path(folder)),
                Path(folder) / "mailbot.db",
            )


def _key(folder: Path) -> str:
    """The default account's; a prepared database has none."""
    path = folder / "default.key"
    return path.read_text().strip() if path.exists() else ""


@contextmanager
def naive_peer() -> Iterator[Measured]:
    """The obvious program: stock aiosmtpd, email.message, one commit a message."""
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        command = [sys.executable, "-m", "bench.naive", folder]
        with _running(command, dict(os.environ)) as (process, banner):
            yield Measured(process.pid, int(_find(r"port (\d+)", banner)))


@contextmanager
def sink(*extensions: str) -> Iterator[int]:
    """A server that takes everything and does nothing with it; its port."""
    command = [sys.executable, "-m", "bench.sink", *extensions]
    with _running(command, dict(os.environ)) as (_, banner):
        yield int(_find(r"port (\d+)", banner))


@contextmanager
def _running(
    command: list[str], environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process, _banner(process)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def _banner(process: subprocess.Popen[str]) -> str:
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if "Stop with" in line:
            return "".join(lines)
    sys.exit("a server did not start; its messages are above")


def _find(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        sys.exit(f"a server's first lines lack {pattern}")
    return match[1]
