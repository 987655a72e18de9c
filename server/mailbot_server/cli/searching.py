"""`mailbot search` finds messages by words, and shows where they stand."""

from typing import Annotated

import typer

from mailbot import Highlight, SearchHit
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say


def search(
    query: Annotated[
        list[str],
        typer.Argument(
            help='As in invoice from:ann "two words" -spam; behind -- if one begins'
            " with a minus."
        ),
    ],
    inbox: Annotated[str, typer.Option(help="Only in this inbox: id or address.")] = "",
    relevance: Annotated[
        bool, typer.Option("--relevance", help="The best first, not the newest.")
    ] = False,
    limit: Annotated[int, typer.Option(help="At most so many.")] = 20,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Find messages by words and operators."""
    order = "relevance" if relevance else "newest_first"
    with refusals(), connect(target, key_file) as mailbot:
        words = " ".join(query)
        for hit in mailbot.messages.search(
            words, inbox_id=inbox, order=order, limit=limit
        ):
            _show(hit)


def _show(hit: SearchHit) -> None:
    message = hit.message
    sender = message.sender.address if message.sender else "-"
    when = message.create_time
    day = when.strftime("%Y-%m-%d %H:%M") if when else ""
    say(f"{message.id}  {day}  {sender}  {message.subject!r}")
    for each in hit.highlights:
        say(f"  {each.field}: {_marked(each)}")


def _marked(piece: Highlight) -> str:
    """The piece, with what matched in [ ]."""
    text, place = "", 0
    for each in piece.ranges:
        text += f"{piece.text[place : each.start]}[{piece.text[each.start : each.end]}]"
        place = each.end
    return text + piece.text[place:]
