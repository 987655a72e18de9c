"""`mailbot inboxes` creates and lists inboxes."""

from typing import Annotated

import typer

from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say

commands = typer.Typer(help="Create and list inboxes.", no_args_is_help=True)


@commands.command()
def create(
    username: Annotated[str, typer.Argument(help="Random if empty.")] = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Make an inbox; prints its id and address."""
    with refusals(), connect(target, key_file) as mailbot:
        inbox = mailbot.inboxes.create(username=username)
        say(f"{inbox.id}  {inbox.address}")


@commands.command("list")
def list_(target: Target = "", key_file: KeyFile = None) -> None:
    """List inboxes, newest first."""
    with refusals(), connect(target, key_file) as mailbot:
        for inbox in mailbot.inboxes.list():
            say(f"{inbox.id}  {inbox.state:<9}  {inbox.address}")
