"""`mailbot retention` says how long mail is kept, holds messages, and redacts them."""

from datetime import timedelta
from typing import Annotated

import typer

from mailbot import Retention
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say

commands = typer.Typer(
    help="How long mail is kept, and what stays all the same.", no_args_is_help=True
)
Inbox = Annotated[str, typer.Argument(help="The inbox: id or address.")]
Messages = Annotated[list[str], typer.Argument(help="msg_..., at most 500.")]
Days = Annotated[int, typer.Option(min=0, max=3650, help="Days; 0: for ever.")]
Reason = Annotated[str, typer.Option(help="For people, in the audit trail.")]


@commands.command()
def show(inbox: Inbox, target: Target = "", key_file: KeyFile = None) -> None:
    """Show how long an inbox keeps its mail, and whether it is held."""
    with refusals(), connect(target, key_file) as mailbot:
        found = mailbot.inboxes.get(inbox)
        say(_words(found.retention))
        if found.legal_hold:
            say("under a legal hold: nothing goes")


@commands.command("set")
def set_(
    inbox: Inbox,
    content: Days = 0,
    metadata: Days = 0,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Say how long an inbox keeps what messages say, and messages at all."""
    wanted = Retention(content=_length(content), metadata=_length(metadata))
    with refusals(), connect(target, key_file) as mailbot:
        changed = mailbot.inboxes.update(inbox, retention=wanted)
        say(_words(changed.retention))


@commands.command()
def default(inbox: Inbox, target: Target = "", key_file: KeyFile = None) -> None:
    """Have an inbox keep its mail as the server's settings say."""
    with refusals(), connect(target, key_file) as mailbot:
        say(_words(mailbot.inboxes.update(inbox, retention=None).retention))


@commands.command("hold-inbox")
def hold_inbox(
    inbox: Inbox,
    release: Annotated[bool, typer.Option("--release", help="Let it go.")] = False,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Put all messages of an inbox, also those to come, under a legal hold."""
    with refusals(), connect(target, key_file) as mailbot:
        changed = mailbot.inboxes.update(inbox, legal_hold=not release)
        say(f"{changed.id} {'held' if changed.legal_hold else 'let go'}")


@commands.command()
def hold(
    messages: Messages,
    reason: Reason = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Put messages under a legal hold."""
    with refusals(), connect(target, key_file) as mailbot:
        say(f"{mailbot.messages.hold(messages, reason=reason)} held")


@commands.command()
def release(
    messages: Messages,
    reason: Reason = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Let messages go that are under a legal hold."""
    with refusals(), connect(target, key_file) as mailbot:
        changed = mailbot.messages.hold(messages, legal_hold=False, reason=reason)
        say(f"{changed} let go")


@commands.command()
def redact(
    message: Annotated[str, typer.Argument(help="msg_...")],
    reason: Reason = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Delete what a message says, for good."""
    with refusals(), connect(target, key_file) as mailbot:
        say(f"{mailbot.messages.redact(message, reason=reason).id} redacted")


def _length(days: int) -> timedelta | None:
    return timedelta(days=days) if days else None


def _words(kept: Retention | None) -> str:
    if kept is None:
        return "as the server's settings say"
    return f"content {_days(kept.content)}, messages {_days(kept.metadata)}"


def _days(length: timedelta | None) -> str:
    return "for ever" if length is None else f"{length.days} days"
