"""`mailbot serve` runs a server until it is stopped; `migrate` prepares its store."""

import asyncio
import os
import resource
import signal
import socket
import sys
from typing import Any, Final

import typer

from mailbot_server.app import (
    Opened,
    Running,
    keep_what_is_there,
    serving,
)
from mailbot_server.cli.terminal import EXIT_USAGE, fail, say, warn
from mailbot_server.config import (
    ROLES,
    BadSettings,
    Settings,
    host_port,
    load,
    unknown_variables,
)
from mailbot_server.core.errors import Unavailable
from mailbot_server.folder import FolderInUse
from mailbot_server.offline import migrate_only
from mailbot_server.store.migrate import SchemaTooNew
from mailbot_server.telemetry import log
from mailbot_server.workers.child import NotStarted
from mailbot_server.workers.supervisor import Supervisor
from mailbot_server.workers.worker import serve as serve_as_worker

STARTING: Final = (
    BadSettings,
    FolderInUse,
    NotStarted,
    SchemaTooNew,
    Unavailable,
    OSError,
)
"""What can keep a server from starting through no fault of the program."""


def serve(
    workers: int | None = typer.Option(
        None, help="Processes that share ports and work; more than 1: PostgreSQL."
    ),
    roles: str = typer.Option(
        "", help=f"What they do, with commas between: {','.join(ROLES)}."
    ),
) -> None:
    """
    Run the server until SIGTERM or Ctrl-C, then let what is under way finish.

    With several workers, SIGHUP replaces them one by one by what is installed then;
    one takes new certificates, but ends with the terminal that it was started in.
    """
    asked = {"workers": workers, "roles": _names(roles)}
    settings = settings_or_exit(**{name: each for name, each in asked.items() if each})
    run = _supervise if settings.workers > 1 else _serve
    _take_all_descriptors()
    try:
        asyncio.run(run(settings))
    except STARTING as error:
        raise fail(f"cannot start: {error}", EXIT_USAGE) from error


def worker(line: int) -> None:
    """Serve as a supervisor says over this descriptor; `serve` starts it."""
    with socket.socket(fileno=line) as end:
        if not asyncio.run(serve_as_worker(end)):
            raise typer.Exit(EXIT_USAGE)


def migrate() -> None:
    """
    Bring the database to this version's schema.

    With SQLite it is refused while a server runs; with PostgreSQL servers go on.
    """
    settings = settings_or_exit()
    try:
        names = migrate_only(settings)
    except STARTING as error:
        raise fail(f"cannot migrate: {error}", EXIT_USAGE) from error
    say(f"{len(names)} steps: {', '.join(names)}" if names else "nothing to do")


def _take_all_descriptors() -> None:
    """Each connection needs one, and 1024 are the custom; workers inherit the limit."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def settings_or_exit(**overrides: Any) -> Settings:
    """The settings, or the sentence that says what is wrong with them, and the end."""
    for name in unknown_variables(os.environ):
        warn(f"{name} is not a setting and has no effect")
    try:
        return load(**overrides)
    except BadSettings as error:
        raise fail(str(error), EXIT_USAGE) from error


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    # The terminal may be gone; without one, nothing is there to be renewed yet.
    loop.add_signal_handler(signal.SIGHUP, stop.set if os.isatty(0) else _nothing)
    async with serving(settings) as running:
        if not os.isatty(0):
            loop.add_signal_handler(signal.SIGHUP, _renew, running)
        say(_banner(running))
        sys.stdout.flush()
        keep_what_is_there()
        await stop.wait()
        log.get("serve").info("server_stopping")


def _nothing() -> None:
    """Whoever waits goes on."""


def _renew(running: Running) -> None:
    """Somebody asks for what only a supervisor does, or for new certificates."""
    running.renew()
    log.get("serve").info("only_certificates_renewed", reason="there is one worker")


async def _supervise(settings: Settings) -> None:
    supervisor = Supervisor(settings)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, supervisor.stop)
    loop.add_signal_handler(signal.SIGHUP, supervisor.renew)

    def tell(opened: Opened) -> None:
        say(_banner(opened))
        sys.stdout.flush()

    await supervisor.run(tell)


def _banner(running: Opened) -> str:
    settings = running.settings
    mx = host_port(settings.mx_host, running.mx_port)
    submission = ", ".join(
        host_port(settings.submission_host, port) for port in running.submission_ports
    )
    operator = host_port(settings.operator_host, running.operator_port)
    hostname = settings.hostname or (
        "not set: mail to outside domains is held until it is"
    )
    lines = [
        "mailbot is ready.",
        f"  gRPC API      {host_port(settings.grpc_host, running.grpc_port)}",
        f"  SMTP (MX)     {mx}",
        f"  submission    {submission}  (user: an inbox, password: an API key)",
        f"  metrics       http://{operator}/metrics",
        *_public(running),
        f"  data folder   {settings.data_dir.resolve()}",
        *_keys(running),
        f"  hostname      {hostname}",
        "",
    ]
    if running.api_key_file.exists():
        lines += [f"Try it from Python ({sys.executable}):", "", snippet(running)]
    return "\n".join([*lines, "Stop with Ctrl-C."])


def _public(running: Opened) -> list[str]:
    """Where links in mail lead to, if they lead here."""
    if not running.public_port:
        return []
    address = host_port(running.settings.public_host, running.public_port)
    return [f"  public HTTP   http://{address}  (as {running.settings.public_url})"]


def _keys(running: Opened) -> list[str]:
    """Where the keys are; the key itself at the first start, and to a terminal only."""
    if not running.api_key_file.exists():
        return ["  API keys      in the data folder of the first server"]
    lines = [
        f"  API key       {running.api_key_file}  (account default)",
        f"  operator key  {running.operator_key_file}",
    ]
    if running.is_first_start and sys.stdout.isatty():
        lines.insert(1, f"                {running.api_key_file.read_text().strip()}")
    return lines


def snippet(running: Opened) -> str:
    """A program to paste: one inbox writes to another, which is read."""
    settings = running.settings
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(  # noqa: S104 - not bound here
        settings.grpc_host, settings.grpc_host
    )
    target = host_port(host, running.grpc_port)
    cert = settings.grpc_tls_cert
    tls = f', tls="{cert.resolve()}"' if cert else ""
    return f"""\
from pathlib import Path
from mailbot import MailBot

key = Path("{running.api_key_file.resolve()}").read_text().strip()
with MailBot(api_key=key, target="{target}"{tls}) as mailbot:
    alice = mailbot.inboxes.create()
    bob = mailbot.inboxes.create()
    with mailbot.events.subscribe(types=["message.parsed"]) as events:
        events.ready()
        mailbot.messages.send(
            inbox_id=alice.id, to=bob.address, subject="Hello", text="It works."
        )
        received = next(iter(events))
    message = mailbot.messages.get(received.message_id)
    print(message.sender.address, "wrote:", message.text_body)
"""
