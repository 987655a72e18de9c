"""`mailbot replay` has recorded events delivered again, and shows how far that is."""

from typing import Annotated, Any, Final

import typer

from mailbot import Replay
from mailbot_server.cli import which
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say, table

LIST_MAX: Final = 100

commands = typer.Typer(
    help="Deliver recorded events again, to webhooks or subscriptions; sends no mail.",
    no_args_is_help=True,
)
Id = Annotated[str, typer.Argument(help="rpl_...")]
_FIELDS: Final = {
    "evt": "event_ids",
    "inb": "inbox_ids",
    "msg": "message_ids",
    "thr": "thread_ids",
}


@commands.command()
def start(
    targets: Annotated[list[str], typer.Argument(help="whk_... and sub_...")],
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="evt_..., inb_..., msg_..., thr_... or a type as message.received;"
            " often. Left out: everything."
        ),
    ] = None,
    since: Annotated[
        str, typer.Option(help="An instant like 2030-01-31T12:00Z; UTC.")
    ] = "",
    undelivered: Annotated[
        bool, typer.Option(help="Only what the target did not get.")
    ] = False,
    dry_run: Annotated[bool, typer.Option(help="Only count.")] = False,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Deliver recorded events again, under their own ids."""
    with refusals(), connect(target, key_file) as mailbot:
        wanted: dict[str, Any] = {}
        for each in only or ():
            field = _FIELDS.get(each.partition("_")[0], "types")
            wanted.setdefault(field, []).append(each)
        if since:
            wanted["start"] = which.instant(since)
        begun = mailbot.events.replay(
            targets, undelivered_only=undelivered, dry_run=dry_run, **wanted
        )
        say(f"{begun.event_count} events" if dry_run else _told(begun))


@commands.command("list")
def list_(target: Target = "", key_file: KeyFile = None) -> None:
    """List replays of the last 30 days, newest first."""
    with refusals(), connect(target, key_file) as mailbot:
        names = ("REPLAY", "STATE", "EVENTS", "HANDED", "DELIVERED", "PARKED", "TO")
        found = mailbot.events.list_replays(limit=LIST_MAX)
        table(names, [_row(each) for each in found])


@commands.command()
def show(replay_id: Id, target: Target = "", key_file: KeyFile = None) -> None:
    """Show how far a replay is."""
    with refusals(), connect(target, key_file) as mailbot:
        say(_told(mailbot.events.get_replay(replay_id)))


@commands.command()
def cancel(replay_id: Id, target: Target = "", key_file: KeyFile = None) -> None:
    """End a replay; what it has handed over stays."""
    with refusals(), connect(target, key_file) as mailbot:
        say(_told(mailbot.events.cancel_replay(replay_id)))


def _told(replay: Replay) -> str:
    return (
        f"{replay.id} {replay.state}: {replay.handed_over_count} of"
        f" {replay.event_count} events handed over, {replay.delivered_count} delivered,"
        f" {replay.parked_count} parked"
    )


def _row(replay: Replay) -> tuple[str, ...]:
    counts = (
        replay.event_count,
        replay.handed_over_count,
        replay.delivered_count,
        replay.parked_count,
    )
    return (replay.id, replay.state, *map(str, counts), " ".join(replay.target_ids))
