"""`mailbot serve` as a process that can be killed and started again on the same ports."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.servers.forking import Forked
from tests.servers.machines import Machine

_BELOW_EPHEMERAL = (20_000, 32_000)
_CHANCE = random.SystemRandom()

WAIT_SECONDS = 30


class ServerProcess:
    """
    One server with its own folder; `start` returns once it is ready.

    It runs the program that is tested, or one whose sources are elsewhere, on this
    machine or on a made one. Where neither is asked for, nor a start as a shell does it,
    it is spared the imports.
    """

    def __init__(
        self,
        folder: Path,
        database_url: str = "",
        sources: Path | None = None,
        machine: Machine | None = None,
        *,
        by_shell: bool = False,
        **settings: Any,
    ) -> None:
        self.folder = folder
        self._is_forked = not (by_shell or sources or machine)
        self.host = machine.address if machine else "127.0.0.1"
        self._within = machine.within if machine else ()
        ports = free_ports(5)
        self.grpc_port, self.mx_port, self.operator_port = ports[:3]
        self.submission_port, self.submissions_port = ports[3:]
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("MAILBOT_")},
            "MAILBOT_DATA_DIR": str(folder),
            "MAILBOT_GRPC_PORT": str(self.grpc_port),
            "MAILBOT_MX_PORT": str(self.mx_port),
            "MAILBOT_SUBMISSION_PORT": str(self.submission_port),
            "MAILBOT_SUBMISSIONS_PORT": str(self.submissions_port),
            "MAILBOT_OPERATOR_PORT": str(self.operator_port),
            "MAILBOT_LOG_LEVEL": "error",
            # No test asks the DNS of whoever runs it.
            "MAILBOT_AUTHENTICATION": "false",
            **_database(database_url),
            **_program(sources),
            **_hosts(machine),
            **{f"MAILBOT_{name.upper()}": _text(v) for name, v in settings.items()},
        }
        self._process: subprocess.Popen[str] | Forked | None = None
        self.banner = ""

    @property
    def target(self) -> str:
        """host:port of the API."""
        return f"{self.host}:{self.grpc_port}"

    @property
    def api_key(self) -> str:
        """The default account's key."""
        return (self.folder / "default.key").read_text().strip()

    def start(self) -> None:
        """Starts it; returns once it takes mail and calls."""
        errors = self.folder.parent / "stderr.txt"
        self._process = self._begin(errors)
        assert self._process.stdout is not None
        lines = []
        for line in self._process.stdout:
            lines.append(line)
            if line.startswith("Stop with"):
                self.banner = "".join(lines)
                return
        code = self.wait()
        message = f"the server ended with {code}: {''.join(lines)}{errors.read_text()}"
        raise RuntimeError(message)

    def _begin(self, errors: Path) -> subprocess.Popen[str] | Forked:
        if self._is_forked:
            return Forked(self._environment, errors)
        with errors.open("a") as file:
            return subprocess.Popen(
                [*self._within, sys.executable, "-m", "mailbot_server", "serve"],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
            )

    @property
    def pid(self) -> int:
        """Its process, the supervisor where there are workers."""
        assert self._process is not None
        return self._process.pid

    @property
    def children(self) -> list[int]:
        """The processes that it has started and that run."""
        assert self._process is not None
        stats = [_stat(folder) for folder in Path("/proc").glob("[0-9]*")]
        ours = str(self._process.pid)
        return [int(p) for p, state, parent in stats if parent == ours and state != "Z"]

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Asks it to end; its exit code."""
        return self._end(signal.SIGTERM)

    def signal(self, number: int) -> None:
        """Sends a signal and does not wait."""
        assert self._process is not None
        self._process.send_signal(number)

    def wait(self) -> int:
        """Waits for the end; the exit code."""
        assert self._process is not None
        return self._process.wait(WAIT_SECONDS)

    def _end(self, number: int) -> int:
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(number)
        code = self._process.wait(WAIT_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None
        return code


def _stat(process: Path) -> tuple[str, str, str]:
    """Id, state and parent; empty for one that has just ended."""
    try:
        state, parent = (process / "stat").read_text().rsplit(")", 1)[1].split()[:2]
    except OSError:
        return "", "", ""
    return process.name, state, parent


def _database(url: str) -> dict[str, str]:
    if not url:
        return {}
    return {"MAILBOT_DATABASE_URL": url, "MAILBOT_SERVER_KEY": "k" * 40}


def _program(sources: Path | None) -> dict[str, str]:
    if sources is None:
        return {}
    roots = ("server", "gen/python", "clients/python")
    return {"PYTHONPATH": os.pathsep.join(str(sources / each) for each in roots)}


def _hosts(machine: Machine | None) -> dict[str, str]:
    if machine is None:
        return {}
    names = ("GRPC", "MX", "SUBMISSION", "OPERATOR")
    return {f"MAILBOT_{name}_HOST": machine.address for name in names}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def free_ports(count: int) -> list[int]:
    """Ports that the system gives nobody who only asks for one, and nobody has."""
    found: list[int] = []
    while len(found) < count:
        port = _CHANCE.randrange(*_BELOW_EPHEMERAL)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in found:
                found.append(port)
    return found
