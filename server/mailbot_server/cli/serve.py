"""`mailbot serve` runs a server until it is stopped; `migrate` prepares its store."""

import asyncio
import gc
import os
import signal
import sys
from typing import Final

from mailbot_server.app import Running, migrate_only, serving
from mailbot_server.cli.terminal import EXIT_USAGE, fail, say, warn
from mailbot_server.config import (
    BadSettings,
    Settings,
    host_port,
    load,
    unknown_variables,
)
from mailbot_server.core.errors import Unavailable
from mailbot_server.folder import FolderInUse
from mailbot_server.store.migrate import SchemaTooNew
from mailbot_server.telemetry import log

STARTING: Final = (
    BadSettings,
    FolderInUse,
    SchemaTooNew,
    Unavailable,
    OSError,
)
"""What can keep a server from starting through no fault of the program."""

GARBAGE_AFTER: Final = 20_000
"""Objects between two looks of the garbage collector: a few hundred connections."""


def serve() -> None:
    """Run the server until SIGTERM or Ctrl-C, then let what is under way finish."""
    settings = _settings()
    try:
        asyncio.run(_serve(settings))
    except STARTING as error:
        raise fail(f"cannot start: {error}", EXIT_USAGE) from error


def migrate() -> None:
    """Bring the database to this version's schema; refused while a server runs."""
    settings = _settings()
    try:
        names = migrate_only(settings)
    except STARTING as error:
        raise fail(f"cannot migrate: {error}", EXIT_USAGE) from error
    say(f"{len(names)} steps: {', '.join(names)}" if names else "nothing to do")


def _settings() -> Settings:
    for name in unknown_variables(os.environ):
        warn(f"{name} is not a setting and has no effect")
    try:
        return load()
    except BadSettings as error:
        raise fail(str(error), EXIT_USAGE) from error


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with serving(settings) as running:
        say(_banner(running))
        sys.stdout.flush()
        _keep_what_is_there()
        await stop.wait()
        log.get("serve").info("server_stopping")


def _keep_what_is_there() -> None:
    """
    Keeps the garbage collector off what stays for ever: modules, tables, parts.

    To look through all of it again and again took a tenth of the time of a server that
    takes mail in, and up to 70 ms at once.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)


def _banner(running: Running) -> str:
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
        lines += ["Try it from Python:", "", snippet(running)]
    return "\n".join([*lines, "Stop with Ctrl-C."])


def _public(running: Running) -> list[str]:
    """Where links in mail lead to, if they lead here."""
    if not running.public_port:
        return []
    address = host_port(running.settings.public_host, running.public_port)
    return [f"  public HTTP   http://{address}  (as {running.settings.public_url})"]


def _keys(running: Running) -> list[str]:
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


def snippet(running: Running) -> str:
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
