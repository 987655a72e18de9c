"""`mailbot send` hands in a message; `mailbot tail` prints events as they happen."""

import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from mailbot import Event
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import moment, refusals, say


def send(
    to: Annotated[list[str], typer.Option(help="Recipient; may be given often.")],
    inbox: Annotated[
        str, typer.Option(help="Inbox to send from: id or address; a new one if empty.")
    ] = "",
    subject: Annotated[str, typer.Option(help="Subject.")] = "",
    text: Annotated[
        str, typer.Option(help="Text; read from standard input if empty.")
    ] = "",
    attach: Annotated[
        list[Path] | None, typer.Option(help="File to attach; may be given often.")
    ] = None,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Send a message from an inbox."""
    body = text or sys.stdin.read()
    with refusals(), connect(target, key_file) as mailbot:
        sender = inbox or mailbot.inboxes.create().id
        message = mailbot.messages.send(
            inbox_id=sender, to=to, subject=subject, text=body, attachments=attach or []
        )
        who = message.sender.address if message.sender else sender
        say(f"{message.id} accepted, from {who}")
        for recipient in message.recipients:
            say(f"  {recipient.address}: {recipient.state}")
            if recipient.hold_reason:
                say(f"    {recipient.hold_reason}: {recipient.diagnostic}")


def tail(
    types: Annotated[
        list[str] | None,
        typer.Option("--type", help="Only this type, as message.received; often."),
    ] = None,
    inbox: Annotated[
        list[str] | None, typer.Option(help="Only this inbox's id.")
    ] = None,
    since_start: Annotated[
        bool, typer.Option("--all", help="From the log's beginning, not from now.")
    ] = False,
    stop: Annotated[
        bool, typer.Option(help="End when the log's end is reached.")
    ] = False,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Print the account's events as they happen; Ctrl-C ends it."""
    start = "earliest" if since_start else "latest"
    with (
        refusals(),
        connect(target, key_file) as mailbot,
        contextlib.suppress(KeyboardInterrupt),
    ):
        events = mailbot.events.subscribe(
            types=types or [], inbox_ids=inbox or [], start=start, stop_at_end=stop
        )
        with events:
            for event in events:
                say(line(event))


def line(event: Event) -> str:
    """One event on one line: time, type, whom it is about, what was said."""
    parts = [moment(event.create_time), f"{event.type:<20}", event.message_id]
    if event.recipient:
        parts.append(event.recipient)
    parts.append(_said(event))
    return "  ".join(part for part in parts if part)


def _said(event: Event) -> str:
    if event.attempt is not None:
        reply = event.attempt.reply
        words = f"{reply.code} {reply.text}" if reply and reply.code else ""
        return words or event.attempt.diagnostic
    if event.content is not None:
        return f"{event.content.subject!r}"
    if event.hold is not None:
        return f"{event.hold.reason}: {event.hold.explanation}"
    if event.inbox is not None:
        return f"{event.inbox.address} {event.inbox.state}"
    return ""
