"""`mailbot subscriptions` shows durable subscriptions, moves and deletes them."""

from datetime import datetime
from typing import Annotated

import typer

from mailbot import DurableSubscription
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say

commands = typer.Typer(
    help="Durable readers of the event log: how far they are.", no_args_is_help=True
)
Id = Annotated[str, typer.Argument(help="sub_...")]


@commands.command("list")
def list_(target: Target = "", key_file: KeyFile = None) -> None:
    """List subscriptions, newest first."""
    with refusals(), connect(target, key_file) as mailbot:
        for subscription in mailbot.subscriptions.list():
            say(_line(subscription))


@commands.command()
def show(subscription_id: Id, target: Target = "", key_file: KeyFile = None) -> None:
    """Show a subscription: what stands before it, is in hand, and was given up."""
    with refusals(), connect(target, key_file) as mailbot:
        found = mailbot.subscriptions.get(subscription_id)
        say(_line(found))
        lag = f", the oldest {found.lag} old" if found.lag else ""
        say(f"behind: {found.backlog_events} events{lag}")
        say(f"in hand: {found.outstanding_events}")
        seen = found.consume_time.isoformat() if found.consume_time else "never"
        say(f"last consumer: {seen}")
        say(f"given up: {found.parked_events}")
        for parked in mailbot.subscriptions.parked(found):
            event = parked.event
            say(f"  {event.id}  {event.type}  {parked.attempts} attempts")


@commands.command()
def seek(
    subscription_id: Id,
    to: Annotated[
        str,
        typer.Argument(help="earliest, latest, a cursor, or 2026-03-02T12:00:00Z."),
    ],
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Go on from another place; what was handed out is forgotten."""
    with refusals(), connect(target, key_file) as mailbot:
        say(_line(mailbot.subscriptions.seek(subscription_id, _place(to))))


@commands.command()
def release(
    subscription_id: Id,
    event_ids: Annotated[
        list[str] | None, typer.Argument(help="evt_...; none: all.")
    ] = None,
    drop: Annotated[bool, typer.Option(help="Forget instead.")] = False,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Deliver what was given up again, or forget it."""
    with refusals(), connect(target, key_file) as mailbot:
        move = mailbot.subscriptions.drop if drop else mailbot.subscriptions.release
        count = move(subscription_id, event_ids or None)
        say(f"{count} {'dropped' if drop else 'released'}")


@commands.command()
def delete(
    subscription_ids: Annotated[
        list[str], typer.Argument(help="sub_...; one or several.")
    ],
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Delete subscriptions; their consumers end."""
    with refusals(), connect(target, key_file) as mailbot:
        for subscription_id in subscription_ids:
            mailbot.subscriptions.delete(subscription_id)
            say(f"{subscription_id} is deleted")


def _line(subscription: DurableSubscription) -> str:
    return "  ".join(
        [
            *(subscription.id, subscription.delivery_mode, subscription.state),
            repr(subscription.display_name),
        ]
    )


def _place(text: str) -> str | datetime:
    """An instant, if it reads as one that says its zone; else as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if moment.tzinfo else text
