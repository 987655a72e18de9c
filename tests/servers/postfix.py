"""
A Postfix of the tests' own, with its configuration, queue and mail in one folder.

It listens on a free port of loopback, never on the one of an installed Postfix. Started
by root only, which its master process insists on.
"""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

COMMAND_SECONDS: Final = 60
TICKS: Final = os.sysconf("SC_CLK_TCK")

_SERVICES: Final = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def is_installed() -> bool:
    """Whether there is a Postfix here that we may start."""
    return os.geteuid() == 0 and shutil.which("postfix", path=_path()) is not None


class Postfix:
    """One Postfix; `settings` are lines of main.cf."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self.log = folder / "mail.log"
        self._config = folder / "config"
        self._queue = folder / "queue"
        user = pwd.getpwnam("postfix")
        for path in (folder, self._config, self._queue, folder / "data"):
            path.mkdir(exist_ok=True)
            path.chmod(0o755)
        os.chown(folder / "data", user.pw_uid, user.pw_gid)
        (self._config / "master.cf").write_text(_SERVICES.format(port=self.port))
        self.set(**self._defaults(), **settings)

    def _defaults(self) -> dict[str, str]:
        return {
            "compatibility_level": "3.6",
            "queue_directory": str(self._queue),
            "data_directory": str(self.folder / "data"),
            "maillog_file": str(self.log),
            "maillog_file_prefixes": str(self.folder),
            "myhostname": "postfix.example.org",
            "mydestination": "",
            "mynetworks": "127.0.0.0/8",
            "inet_interfaces": "loopback-only",
            "inet_protocols": "ipv4",
            "alias_maps": "",
            "alias_database": "",
            "local_recipient_maps": "",
            "smtputf8_enable": "yes",
        }

    def set(self, **settings: str) -> None:
        """Changes main.cf; a running Postfix needs `reload`."""
        path = self._config / "main.cf"
        lines = path.read_text().splitlines() if path.exists() else []
        values = dict(line.split(" = ", 1) for line in lines if line)
        text = "".join(f"{k} = {v}\n" for k, v in (values | settings).items())
        path.write_text(text)

    def start(self) -> None:
        """Starts it; returns once its master process runs."""
        self._run("postfix", "-c", str(self._config), "start")

    def stop(self) -> None:
        """Stops it at once; never fails."""
        command = ["postfix", "-c", str(self._config), "abort"]
        subprocess.run(
            command,
            env=_environment(),
            capture_output=True,
            check=False,
            timeout=COMMAND_SECONDS,
        )

    def reload(self) -> None:
        """Makes a running Postfix read its configuration again."""
        self._run("postfix", "-c", str(self._config), "reload")

    def flush(self) -> None:
        """Tries everything in its queue now."""
        self._run("postqueue", "-c", str(self._config), "-f")

    def queued(self) -> int:
        """How many messages are in its queue."""
        # In the order in which they move, so that none is missed on its way.
        return sum(1 for _ in self._files("deferred", "incoming", "active"))

    def deferred(self) -> int:
        """How many messages wait for another time."""
        return sum(1 for _ in self._files("deferred"))

    def sent(self) -> int:
        """How many deliveries have succeeded, by its log."""
        return self.log.read_text().count("status=sent")

    def cpu_seconds(self) -> float:
        """User and system time of all its processes so far, also of ended ones."""
        master = int((self._queue / "pid" / "master.pid").read_text())
        return _cpu_seconds(master)

    def _files(self, *names: str) -> Iterator[str]:
        for name in names:
            for _, _, files in os.walk(self._queue / name):
                yield from files

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            command,
            env=_environment(),
            capture_output=True,
            check=False,
            text=True,
            timeout=COMMAND_SECONDS,
        )
        if done.returncode:
            log = self.log.read_text() if self.log.exists() else ""
            message = f"{' '.join(command)}: {done.stderr}{log}"
            raise RuntimeError(message)


def _cpu_seconds(parent: int) -> float:
    total = 0
    for pid in (int(p.name) for p in Path("/proc").iterdir() if p.name.isdecimal()):
        try:
            text = Path(f"/proc/{pid}/stat").read_text()
        except OSError:  # It has ended meanwhile.
            continue
        fields = text.rsplit(")", 1)[1].split()
        if pid == parent:
            total += sum(int(field) for field in fields[11:15])
        elif int(fields[1]) == parent:
            total += sum(int(field) for field in fields[11:13])
    return total / TICKS


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": _path()}


def _path() -> str:
    return f"/usr/sbin:/sbin:{os.environ.get('PATH', '')}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
