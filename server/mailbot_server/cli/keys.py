"""`mailbot keys` creates, lists and revokes API keys."""

from typing import Annotated

import typer

from mailbot_server.cli.connection import (
    API_KEY_FILE,
    OPERATOR_KEY_FILE,
    KeyFile,
    Target,
    connect,
)
from mailbot_server.cli.terminal import refusals, say

commands = typer.Typer(help="Create, list and revoke API keys.", no_args_is_help=True)


@commands.command()
def create(
    name: Annotated[str, typer.Argument(help="For people.")] = "",
    scope: Annotated[
        list[str] | None, typer.Option(help="As messages:send; often. All if none.")
    ] = None,
    inbox: Annotated[
        list[str] | None, typer.Option(help="Restrict it to this inbox's id; often.")
    ] = None,
    account: Annotated[
        str, typer.Option(help="For operators: in this account, acc_...")
    ] = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Make a key; prints it, once."""
    own = OPERATOR_KEY_FILE if account else API_KEY_FILE
    with refusals(), connect(target, key_file, own) as mailbot:
        made = mailbot.keys.create(
            display_name=name,
            scopes=scope or [],
            inbox_ids=inbox or [],
            account_id=account,
        )
        say(made.secret)


@commands.command("list")
def list_(target: Target = "", key_file: KeyFile = None) -> None:
    """List keys, newest first."""
    with refusals(), connect(target, key_file) as mailbot:
        for key in mailbot.keys.list():
            ended = "revoked" if key.revoke_time else "active"
            scopes = ",".join(key.scopes)
            text = f"{key.id}  {key.prefix}  {ended:<7}  {key.display_name}  {scopes}"
            say(text)


@commands.command()
def revoke(
    key_id: Annotated[str, typer.Argument(help="key_...")],
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """End a key for good."""
    with refusals(), connect(target, key_file) as mailbot:
        say(f"{mailbot.keys.revoke(key_id).id} revoked")
