"""`mailbot reclassify` reads stored refusals again by the server's table."""

from typing import Annotated

import typer

from mailbot_server.cli.connection import OPERATOR_KEY_FILE, KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say


def reclassify(
    account: Annotated[
        str, typer.Option(help="Only this account's, as acc_...; all if empty.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count, and change nothing.")
    ] = False,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Classify refusals again after an upgrade, and lift wrong suppressions."""
    examined = changed = lifted = 0
    with refusals(), connect(target, key_file, OPERATOR_KEY_FILE) as mailbot:
        for so_far in mailbot.deliveries.reclassify(account, dry_run=dry_run):
            if so_far.examined > examined:
                say(f"{so_far.examined} examined ...")
            examined, changed, lifted = so_far.examined, so_far.changed, so_far.lifted
    would = "would be " if dry_run else ""
    say(
        f"{examined} refusals examined, {changed} {would}changed,"
        f" {lifted} suppressions {would}lifted"
    )
