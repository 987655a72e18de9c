"""`mailbot usage` shows how much was sent and received, and counts it again."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from mailbot.types import UsageCounts
from mailbot_server.cli.connection import OPERATOR_KEY_FILE, KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say
from mailbot_server.clock import WallClock

commands = typer.Typer(
    help="How much was sent and received, and what became of it.", no_args_is_help=True
)
Days = Annotated[int, typer.Option(min=1, max=366, help="Up to now.")]
Inbox = Annotated[str, typer.Option(help="Only this inbox: id or address.")]


@commands.command()
def show(
    days: Days = 30,
    inbox: Inbox = "",
    domain: Annotated[str, typer.Option(help="Only mail to this domain.")] = "",
    by: Annotated[str, typer.Option(help="hour or day; empty: all together.")] = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Show the counts of the account, an inbox or a recipient domain."""
    with refusals(), connect(target, key_file) as mailbot:
        found = mailbot.usage.get(
            start_time=_ago(days),
            interval=by,
            inbox_id=inbox,
            recipient_domain=domain,
        )
        for piece in found.pieces if by else ():
            say(f"{piece.start_time:%Y-%m-%d %H:%M}  {_line(piece.counts)}")
        say(f"together: {_line(found.total)}")
        for name, count in sorted(found.total.bounced_by_class.items()):
            say(f"  bounced, {name}: {count}")
        if found.incomplete:
            say("events from before the server kept counts are still being counted")


@commands.command()
def inboxes(days: Days = 30, target: Target = "", key_file: KeyFile = None) -> None:
    """List inboxes, those that wrote to most recipients first."""
    with refusals(), connect(target, key_file) as mailbot:
        for found in mailbot.usage.by_inbox(start_time=_ago(days)):
            say(f"{found.inbox_id}  {_line(found.counts)}")


@commands.command()
def domains(
    days: Days = 30, inbox: Inbox = "", target: Target = "", key_file: KeyFile = None
) -> None:
    """List the 50 recipient domains that most was written to."""
    with refusals(), connect(target, key_file) as mailbot:
        for found in mailbot.usage.by_domain(inbox_id=inbox, start_time=_ago(days)):
            say(f"{found.recipient_domain}  {_line(found.counts)}")


@commands.command()
def rebuild(
    account: Annotated[str, typer.Argument(help="acc_...")],
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Count an account's events again: for operators."""
    with refusals(), connect(target, key_file, OPERATOR_KEY_FILE) as mailbot:
        events = hours = changed = 0
        for so_far in mailbot.usage.rebuild(account):
            events, hours = so_far.event_count, so_far.hour_count
            changed = so_far.changed_hour_count
            if not so_far.done:
                say(f"{events} events counted, {hours} hours put in place ...")
    say(f"{events} events counted, {hours} hours put in place, {changed} were others")


def _ago(days: int) -> datetime:
    return WallClock()() - timedelta(days=days)


def _line(counts: UsageCounts) -> str:
    shown = {
        "messages": counts.messages_sent,
        "recipients": counts.recipients,
        "sent": counts.sent,
        "delivered": counts.delivered,
        "bounced": counts.bounced,
        "complained": counts.complained,
        "opened": counts.opened,
        "clicked": counts.clicked,
        "replied": counts.replied,
        "received": counts.messages_received,
    }
    words = ", ".join(f"{count} {name}" for name, count in shown.items())
    if counts.mean_first_reply is None:
        return words
    seconds = round(counts.mean_first_reply.total_seconds())
    return f"{words}, first reply after {timedelta(seconds=seconds)}"
