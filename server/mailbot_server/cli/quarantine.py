"""`mailbot quarantine` shows what is kept apart, and lets it out."""

from typing import Annotated

import typer

from mailbot import Message
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say

commands = typer.Typer(
    help="Messages that are kept apart, and how they get out.", no_args_is_help=True
)


@commands.command("list")
def list_(
    inbox: Annotated[str, typer.Option(help="Only of this inbox: id or address.")] = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """List what is kept apart, newest first, and why."""
    with refusals(), connect(target, key_file) as mailbot:
        for message in mailbot.messages.list(inbox_id=inbox, quarantined=True):
            say(_line(message))


@commands.command()
def release(
    message_ids: Annotated[list[str], typer.Argument(help="msg_...; one or several.")],
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Let messages out: they join their threads, and are told of."""
    with refusals(), connect(target, key_file) as mailbot:
        for message_id in message_ids:
            released = mailbot.messages.release(message_id)
            say(f"{released.id} is in {released.thread_id}")


def _line(message: Message) -> str:
    sender = message.sender.address if message.sender else "<>"
    why = message.quarantine
    reason = f"{why.reason}: {why.explanation}" if why else ""
    return "  ".join([message.id, sender, repr(message.subject), reason])
