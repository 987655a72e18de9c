"""`mailbot accounts` creates, lists and stops accounts, for operators."""

from typing import Annotated

import typer

from mailbot import Account
from mailbot_server.cli.connection import OPERATOR_KEY_FILE, KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say

commands = typer.Typer(
    help="Create, list and stop accounts: for operators.", no_args_is_help=True
)
Id = Annotated[str, typer.Argument(help="acc_...")]


@commands.command()
def create(
    name: Annotated[str, typer.Argument(help="For people.")],
    daily_send_limit: Annotated[
        int, typer.Option(min=0, help="Recipients a day; 0: the default.")
    ] = 0,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Make an account; `mailbot keys create --account` gives it a key."""
    with refusals(), connect(target, key_file, OPERATOR_KEY_FILE) as mailbot:
        say(_line(mailbot.accounts.create(name, daily_send_limit=daily_send_limit)))


@commands.command("list")
def list_(target: Target = "", key_file: KeyFile = None) -> None:
    """List accounts, newest first."""
    with refusals(), connect(target, key_file, OPERATOR_KEY_FILE) as mailbot:
        for account in mailbot.accounts.list():
            say(_line(account))


@commands.command()
def suspend(account_id: Id, target: Target = "", key_file: KeyFile = None) -> None:
    """Stop an account: its keys only read; what waits to leave is another matter."""
    with refusals(), connect(target, key_file, OPERATOR_KEY_FILE) as mailbot:
        say(_line(mailbot.accounts.suspend(account_id)))


@commands.command()
def activate(account_id: Id, target: Target = "", key_file: KeyFile = None) -> None:
    """Let an account go on."""
    with refusals(), connect(target, key_file, OPERATOR_KEY_FILE) as mailbot:
        say(_line(mailbot.accounts.activate(account_id)))


def _line(account: Account) -> str:
    sent = f"{account.sends_today} of {account.daily_send_limit} today"
    return f"{account.id}  {account.state:<9}  {sent}  {account.display_name}"
