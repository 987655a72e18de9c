"""`mailbot lists` shows, adds, removes and asks allow and block lists."""

from typing import Annotated, Final

import typer

from mailbot import AddressEntry
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say

DIRECTIONS: Final = ("sender", "recipient")

commands = typer.Typer(
    help="Whom inboxes let write to them, and whom they write to.", no_args_is_help=True
)
Pattern = Annotated[
    str, typer.Argument(help="An address, a domain, or *. and a domain.")
]
Inbox = Annotated[str, typer.Option(help="Only for this inbox: id or address.")]
Direction = Annotated[str, typer.Option(help=f"One of {', '.join(DIRECTIONS)}.")]
Note = Annotated[str, typer.Option(help="For people.")]


@commands.command("list")
def list_(
    inbox: Inbox = "",
    direction: Direction = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """List entries, newest first."""
    with refusals(), connect(target, key_file) as mailbot:
        for found in mailbot.lists.list(inbox_id=inbox, direction=direction):
            say(_line(found))


@commands.command()
def allow(
    pattern: Pattern,
    inbox: Inbox = "",
    direction: Direction = "sender",
    note: Note = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Let somebody through, and from now on nobody else who is not named."""
    with refusals(), connect(target, key_file) as mailbot:
        kept = mailbot.lists.allow(
            pattern, inbox_id=inbox, direction=direction, note=note
        )
        say(_line(kept))


@commands.command()
def block(
    pattern: Pattern,
    inbox: Inbox = "",
    direction: Direction = "sender",
    note: Note = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Keep somebody out."""
    with refusals(), connect(target, key_file) as mailbot:
        kept = mailbot.lists.block(
            pattern, inbox_id=inbox, direction=direction, note=note
        )
        say(_line(kept))


@commands.command()
def remove(
    entry_id: Annotated[str, typer.Argument(help="lst_..., as `list` shows it.")],
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Take an entry off its list."""
    with refusals(), connect(target, key_file) as mailbot:
        mailbot.lists.remove(entry_id)
        say(f"{entry_id} removed")


@commands.command()
def check(
    address: Annotated[str, typer.Argument(help="Whom it is about.")],
    inbox: Annotated[str, typer.Option(help="The inbox: id or address.")],
    direction: Direction = "sender",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Say what the lists make of an address, and which entry decides."""
    with refusals(), connect(target, key_file) as mailbot:
        found = mailbot.lists.check(address, inbox_id=inbox, direction=direction)
        because = f"by {_line(found.entry)}" if found.entry else "no entry matches"
        say(f"{found.action}: {because}")


def _line(entry: AddressEntry) -> str:
    where = entry.inbox_id or "all inboxes"
    parts = [entry.id, entry.action, entry.direction, entry.pattern, where, entry.note]
    return "  ".join(part for part in parts if part)
