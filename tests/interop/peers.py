"""Other people's mail servers as our next hop: one class each, with the same three doors."""

import asyncio
import os
import socket
from pathlib import Path
from typing import Final, Protocol

import pytest

from tests.fakes.certificate import self_signed
from tests.servers import postfix, unpacked
from tests.servers.postfix import Postfix
from tests.servers.unpacked import Unpacked

DOMAIN: Final = "example.com"
"""Where a peer takes everything, into one maildir."""

DEAD_DOMAIN: Final = "bounce.example.com"
"""Where it takes everything, too, and then finds out that it cannot deliver it."""

HOME: Final = "mailbot.localhost"
START_SECONDS: Final = 20
NOBODY: Final = 65534


class Peer(Protocol):
    """A mail server that takes mail on `port` and puts it into `maildir`."""

    port: int
    maildir: Path
    knows_smtputf8: bool
    tls_level: str

    def start(self, mx_port: int) -> None:
        """Starts it; its bounces go to this port."""

    def stop(self) -> None:
        """Ends it."""

    def output(self) -> str:
        """What it logged."""


class PostfixPeer:
    """Postfix, as installed."""

    knows_smtputf8 = True
    tls_level = "unverified"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o755)
        self.maildir = _maildir(folder, NOBODY)
        pem = self_signed(folder, "postfix.example.org")
        self._postfix = Postfix(
            folder / "postfix",
            smtpd_tls_security_level="may",
            smtpd_tls_cert_file=str(pem),
            smtpd_tls_key_file=str(pem),
            smtpd_reject_unlisted_recipient="no",
            virtual_mailbox_domains=DOMAIN,
            virtual_mailbox_base=str(folder),
            virtual_mailbox_maps="static:mail/",
            virtual_uid_maps=f"static:{NOBODY}",
            virtual_gid_maps=f"static:{NOBODY}",
        )
        self.port = self._postfix.port

    def start(self, mx_port: int) -> None:
        ways = {
            HOME: f"smtp:[127.0.0.1]:{mx_port}",
            f".{HOME}": f"smtp:[127.0.0.1]:{mx_port}",
            DEAD_DOMAIN: "error:5.1.1 No such user here",
        }
        table = ", ".join(f"{{ {name} = {way} }}" for name, way in ways.items())
        self._postfix.set(transport_maps=f"inline:{{ {table} }}")
        self._postfix.start()

    def stop(self) -> None:
        self._postfix.stop()

    def output(self) -> str:
        return self._postfix.log.read_text()


EXIM: Final = """\
primary_hostname = exim.example.org
domainlist local_domains = {domain}
spool_directory = {folder}/spool
log_file_path = {folder}/log-%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts = *
tls_certificate = {pem}
tls_privatekey = {pem}
smtputf8_advertise_hosts = *
host_lookup =
rfc1413_hosts =
smtp_accept_queue_per_connection = 0
acl_smtp_rcpt = take
keep_environment =
never_users =

begin acl
take:
  accept

begin routers
dead:
  driver = redirect
  domains = {dead}
  data = :fail: 550 5.1.1 No such user here
  allow_fail
home:
  driver = manualroute
  domains = {home} : *.{home}
  route_list = * 127.0.0.1 byname
  self = send
  transport = home
store:
  driver = accept
  domains = +local_domains
  transport = store

begin transports
home:
  driver = smtp
  port = {mx_port}
store:
  driver = appendfile
  directory = {maildir}
  maildir_format
  user = Debian-exim

begin retry
* * F,1h,1m
"""


class EximPeer:
    """Exim 4, unpacked."""

    knows_smtputf8 = True
    tls_level = "unverified"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o755)
        self._folder = folder
        self.maildir = _maildir(folder, 64101)
        self.port = _free_port()
        self._pem = self_signed(folder, "exim.example.org")
        self._pem.chmod(0o644)
        spool = folder / "spool"
        spool.mkdir()
        os.chown(spool, 64101, 64101)
        os.chown(folder, 64101, 64101)
        config = folder / "exim.conf"
        # With a configuration of its own, Exim keeps root's rights only to switch users.
        self._daemon = Unpacked(folder, "exim4", "-C", str(config), "-bdf", "-q1m")
        self._config = config

    def start(self, mx_port: int) -> None:
        text = EXIM.format(
            domain=DOMAIN,
            dead=DEAD_DOMAIN,
            home=HOME,
            folder=self._folder,
            port=self.port,
            pem=self._pem,
            mx_port=mx_port,
            maildir=self.maildir,
        )
        self._config.write_text(text)
        self._daemon.start()

    def stop(self) -> None:
        self._daemon.stop()

    def output(self) -> str:
        logs = sorted(self._folder.glob("log-*"))
        return "".join(p.read_text() for p in [self._daemon.log, *logs])


OPENSMTPD: Final = """\
pki ours cert "{pem}"
pki ours key "{pem}"
table everybody {{ "@" = nobody }}
listen on 127.0.0.1 port {port} tls pki ours hostname opensmtpd.example.org
action "store" maildir "{maildir}" virtual <everybody>
action "fail" mda "exit 67" virtual <everybody>
action "home" relay host smtp://127.0.0.1:{mx_port}
match from any for domain "{domain}" action "store"
match from any for domain "{dead}" action "fail"
match from any for domain {{ "{home}", "*.{home}" }} action "home"
"""


class OpenSmtpdPeer:
    """
    OpenSMTPD 6.8, unpacked; it has no SMTPUTF8.

    It offers STARTTLS and then breaks off every handshake: the engine that keeps its
    keys apart was written before OpenSSL 3. So mail to it shows how we fall back.
    """

    knows_smtputf8 = False
    tls_level = "none"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o755)
        self._folder = folder
        self.maildir = _maildir(folder, NOBODY)
        self.port = _free_port()
        self._pem = self_signed(folder, "opensmtpd.example.org")
        self._pem.chmod(0o600)
        self._config = folder / "smtpd.conf"
        self._daemon = Unpacked(folder, "smtpd", "-d", "-f", str(self._config))

    def start(self, mx_port: int) -> None:
        text = OPENSMTPD.format(
            domain=DOMAIN,
            dead=DEAD_DOMAIN,
            home=HOME,
            port=self.port,
            pem=self._pem,
            mx_port=mx_port,
            maildir=self.maildir,
        )
        self._config.write_text(text)
        self._config.chmod(0o644)
        self._daemon.start()

    def stop(self) -> None:
        self._daemon.stop()

    def output(self) -> str:
        return self._daemon.log.read_text()


def make(name: str, folder: Path) -> Peer:
    """The peer of this name, not started; skips the test where there is none."""
    if name == "postfix":
        if not postfix.is_installed():
            pytest.skip("Postfix is not installed, or this is not root")
        return PostfixPeer(folder)
    if not unpacked.may_lay_over():
        pytest.skip("this system does not let us mount, or this is not root")
    if name == "exim":
        _need("exim4")
        return EximPeer(folder)
    _need("smtpd")
    return OpenSmtpdPeer(folder)


def _need(program: str) -> None:
    if not unpacked.is_unpacked(program):
        pytest.skip(f"{program} is not in build/peers: see scripts/unpack_peers.sh")


async def listening(peer: Peer) -> None:
    """Returns once the peer greets; fails with what it logged when it does not."""
    try:
        async with asyncio.timeout(START_SECONDS):
            while not await _greets(peer.port):  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.05)
    except TimeoutError:
        pytest.fail(f"it does not listen: {peer.output()}")


async def _greets(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return False
    greeting = await reader.readline()
    writer.close()
    return greeting.startswith(b"220")


def _maildir(folder: Path, uid: int) -> Path:
    path = folder / "mail"
    for each in (path, path / "new", path / "cur", path / "tmp"):
        each.mkdir()
        os.chown(each, uid, uid)
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
