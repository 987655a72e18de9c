"""
Exim and OpenSMTPD from build/peers, where scripts/unpack_peers.sh puts them.

Their paths and users are compiled in. Each runs in a mount namespace of its own, with
their files laid over the system's and users that exist only there: nothing outside of
the test's folder changes.
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

PEERS: Final = Path(__file__).parents[2] / "build" / "peers"
STOP_SECONDS: Final = 10

USERS: Final = """\
Debian-exim:x:64101:64101::/var/spool/exim4:/usr/sbin/nologin
opensmtpd:x:64102:64102::/var/lib/opensmtpd/empty:/usr/sbin/nologin
opensmtpq:x:64103:64103::/var/lib/opensmtpd/empty:/usr/sbin/nologin
"""
GROUPS: Final = """\
Debian-exim:x:64101:
opensmtpd:x:64102:
opensmtpq:x:64103:
"""

# $1 the peers, $2 the test's folder; the command follows.
_LAY_OVER: Final = """\
peers=$1; folder=$2; shift 2
mount -t tmpfs tmpfs "$folder/ns"
cd "$folder/ns"
# Copied, because a layer must not lie inside another, as build/peers does in /.
mkdir over
cp -a "$peers/." over
mkdir -p over/etc over/var/lib/opensmtpd/empty over/var/spool/smtpd work root
chmod 711 over/var/spool/smtpd
cat /etc/passwd "$folder/passwd" >over/etc/passwd
cat /etc/group "$folder/group" >over/etc/group
mount -t overlay overlay -o lowerdir=/,upperdir=over,workdir=work root
mount --bind "$folder" "root$folder"
mount --rbind /dev root/dev
mount -t proc proc root/proc
exec chroot root "$@"
"""


@cache
def may_lay_over() -> bool:
    """Whether this system lets us mount, which needs root and no strict container."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    script = (
        "mount -t tmpfs tmpfs /mnt && mkdir /mnt/u /mnt/w /mnt/r && mount -t overlay"
    )
    script += " overlay -o lowerdir=/etc,upperdir=/mnt/u,workdir=/mnt/w /mnt/r"
    done = subprocess.run(
        ["unshare", "-m", "sh", "-ec", script], capture_output=True, check=False
    )
    return done.returncode == 0


def is_unpacked(program: str) -> bool:
    """Whether the program is among the peers."""
    return (PEERS / "usr" / "sbin" / program).exists()


class Unpacked:
    """One of the peers' programs, in the foreground, with the test's folder."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder = folder
        self.log = folder / "output.log"
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; its port opens a moment later."""
        (self.folder / "ns").mkdir(exist_ok=True)
        (self.folder / "passwd").write_text(USERS)
        (self.folder / "group").write_text(GROUPS)
        wrap = ["unshare", "-m", "sh", "-ec", _LAY_OVER, "sh"]
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [*wrap, str(PEERS), str(self.folder), *self._command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    @property
    def has_ended(self) -> bool:
        """Whether it has given up by itself."""
        return self._process is not None and self._process.poll() is not None

    def stop(self) -> None:
        """Ends it."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
