"""Connects commands to a server, with the key that its first start wrote."""

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from mailbot import MailBot
from mailbot_server.cli.terminal import EXIT_USAGE, fail
from mailbot_server.config import BadSettings, Settings, host_port, load

API_KEY_FILE: Final = "default.key"
OPERATOR_KEY_FILE: Final = "operator.key"

Target = Annotated[
    str, typer.Option(envvar="MAILBOT_TARGET", help="host:port of the gRPC API.")
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        help="File with the API key; else MAILBOT_API_KEY, else the data folder's."
    ),
]


def connect(
    target: str, key_file: Path | None, file_name: str = API_KEY_FILE
) -> MailBot:
    """
    A client of the server; ends the command with a sentence if it has no key.

    MAILBOT_CA_FILE names the root certificates of a server that speaks TLS and is not
    known to the system. What is not given comes from the server's own settings, a key
    from `file_name` in its data folder.
    """
    key = os.environ.get("MAILBOT_API_KEY", "") if key_file is None else ""
    if not key:
        key = _read(key_file or _settings().data_dir / file_name)
    if not target:
        settings = _settings()
        target = host_port(settings.grpc_host, settings.grpc_port)
    return MailBot(
        api_key=key, target=target, tls=os.environ.get("MAILBOT_CA_FILE") or None
    )


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError as error:
        why = f"{path}: {error.strerror}"
        sentence = f"no API key: set MAILBOT_API_KEY or --key-file ({why})"
        raise fail(sentence, EXIT_USAGE) from error


def _settings() -> Settings:
    try:
        return load()
    except BadSettings as error:
        raise fail(str(error), EXIT_USAGE) from error
