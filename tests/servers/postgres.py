"""A PostgreSQL of the tests' own: started from the installed binaries, then stopped.

initdb refuses root, so a root test run steps down to an unprivileged user.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 30


def binaries() -> Path | None:
    """The folder of initdb and postgres, the newest one; None if there is none."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        return Path(on_path).resolve().parent
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parts[-3]),
    )
    return found[-1].parent if found else None


class PostgresServer:
    """One server in a temporary folder, on a free port of loopback."""

    def __init__(self, folder: Path) -> None:
        self._bin = folder
        self._user = _unprivileged()
        self._home = Path(tempfile.mkdtemp(prefix="mailbot-pg-"))
        if self._user:
            os.chown(self._home, self._user.pw_uid, self._user.pw_gid)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Creates the cluster and starts it; returns once it answers."""
        data = str(self._home / "data")
        command = [
            str(self._bin / "initdb"),
            "-D",
            data,
            "-U",
            "mailbot",
            "-A",
            "trust",
        ]
        self._run([*command, "-E", "UTF8", "--locale=C", "-N"])
        self.resume()

    def resume(self) -> None:
        """Starts the cluster, again perhaps; returns once it answers."""
        # What a vacuum learns of tables would outlive the test that filled them.
        settings = ["fsync=off", "full_page_writes=off", "autovacuum=off"]
        # A deadlock ends as it does after the usual second, only at once.
        settings += ["max_connections=400", "deadlock_timeout=20ms"]
        options = [part for setting in settings for part in ("-c", setting)]
        self._process = subprocess.Popen(
            [
                *(str(self._bin / "postgres"), "-D", str(self._home / "data")),
                *("-p", str(self.port), "-h", "127.0.0.1", "-k", str(self._home)),
                *options,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._identity(),
        )
        self._wait()

    def pause(self) -> None:
        """Stops it at once, as a crash would; `resume` brings it back."""
        if self._process:
            self._process.terminate()
            self._process.send_signal(3)
            self._process.wait(START_SECONDS)
            self._process = None

    def stop(self) -> None:
        """Stops it and removes its folder."""
        self.pause()
        shutil.rmtree(self._home, ignore_errors=True)

    def bind_to_standby(self) -> None:
        """Has every commit wait until a standby has it, too."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://mailbot@127.0.0.1:{self.port}/{database}"

    def _identity(self) -> dict[str, Any]:
        if not self._user:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "cwd": "/"}

    def _run(self, command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True, **self._identity())

    def _wait(self) -> None:
        ready = [str(self._bin / "pg_isready"), "-q", "-h", "127.0.0.1"]
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if (
                subprocess.run([*ready, "-p", str(self.port)], check=False).returncode
                == 0
            ):
                return
            time.sleep(0.05)
        message = "PostgreSQL did not start"
        raise RuntimeError(message)


class Standby(PostgresServer):
    """A copy of another server that follows it, until it is promoted."""

    def __init__(self, folder: Path, primary: PostgresServer) -> None:
        super().__init__(folder)
        self._primary = primary

    def start(self) -> None:
        """Copies the primary and follows it; returns once it answers."""
        self._run(
            [
                *(str(self._bin / "pg_basebackup"), "-D", str(self._home / "data")),
                *("-d", self._primary.url("postgres")),
                *("--write-recovery-conf", "--checkpoint=fast"),
            ]
        )
        self.resume()

    def promote(self) -> None:
        """Makes it the primary; returns once it takes writes."""
        data = str(self._home / "data")
        self._run([str(self._bin / "pg_ctl"), "promote", "-w", "-D", data])


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
