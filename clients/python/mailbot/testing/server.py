"""A mailbot server of one's own: in a folder, on free ports, ended with the tests."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 60.0
STOP_SECONDS = 20.0
# Free ports; nothing leaves the machine; nobody is asked who a sender is.
SETTINGS = {
    "MAILBOT_GRPC_PORT": "0",
    "MAILBOT_MX_PORT": "0",
    "MAILBOT_SUBMISSION_PORT": "0",
    "MAILBOT_OPERATOR_PORT": "0",
    "MAILBOT_SQLITE_WRITER": "thread",
    "MAILBOT_AUTHENTICATION": "false",
    "MAILBOT_LOG_LEVEL": "warning",
}
BANNER = re.compile(
    r"gRPC API +(?P<target>\S+)\n.*"
    r"SMTP \(MX\) +(?P<mx>\S+)\n.*"
    r"submission +(?P<submission>\S+:\d+)",
    re.DOTALL,
)
LAST_LINE = "Stop with"
STDERR_SHOWN = 2000


class ServerFailedError(RuntimeError):
    """The server did not start; the text is what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalServer:
    """Where a server listens: "host:port" each; `api_key` is the default account's."""

    target: str
    api_key: str = field(repr=False)
    mx: str
    submission: str = ""

    @property
    def mx_address(self) -> tuple[str, int]:
        """Where mail is taken, as `smtplib.SMTP(*…)` wants it."""
        return split(self.mx)


def split(address: str) -> tuple[str, int]:
    """Host and port of "host:port"; ValueError when it is not that."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError(f"{address!r} is not host:port")
    return host.strip("[]"), int(port)


@contextmanager
def local_server(folder: Path, **settings: str) -> Iterator[LocalServer]:
    """
    `mailbot serve` in an empty folder until the end of the block.

    `settings` by their names in lower case, such as `sandbox_domain="test.example"`.
    Raises ServerFailedError.
    """
    given = {f"MAILBOT_{name.upper()}": value for name, value in settings.items()}
    own = {name: v for name, v in os.environ.items() if not name.startswith("MAILBOT_")}
    data = folder / "data"
    errors = folder / "stderr.txt"
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "mailbot_server", "serve"],
            cwd=folder,
            env={**own, **SETTINGS, "MAILBOT_DATA_DIR": str(data), **given},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    try:
        banner = _banner(process)
        found = BANNER.search(banner)
        if found is None:
            said = errors.read_text()[-STDERR_SHOWN:]
            raise ServerFailedError(f"mailbot serve did not start: {banner}{said}")
        yield LocalServer(
            target=found["target"],
            api_key=(data / "default.key").read_text().strip(),
            mx=found["mx"],
            submission=found["submission"],
        )
    finally:
        _stop(process)


def _banner(process: subprocess.Popen[str]) -> str:
    """What it prints up to its last line; it is killed if that takes too long."""
    assert process.stdout is not None, "a pipe was asked for"
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith(LAST_LINE):
                break
        return "".join(lines)
    finally:
        timer.cancel()


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
