"""
`mailbot suppressions` lists, adds, removes, imports and exports suppressions.

A file is CSV with the columns address, reason, expire_time, note; all but the first may
be left out, and a first line of these names is one of names.
"""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, TextIO

import typer

from mailbot import Suppression, SuppressionEntry
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import EXIT_FAULT, refusals, say, warn

COLUMNS: Final = ("address", "reason", "expire_time", "note")
REASONS: Final = ("hard_bounce", "complaint", "unsubscribe", "manual")
FAULTS_MAX: Final = 100
"""So many bad lines are named, as many as a server names."""
LINE_MAX: Final = 64 * 1024
STANDARD: Final = Path("-")

commands = typer.Typer(
    help="List, add, remove, import and export suppressions.", no_args_is_help=True
)
Inbox = Annotated[str, typer.Option(help="Only for mail of this inbox: id or address.")]
Reason = Annotated[str, typer.Option(help=f"One of {', '.join(REASONS)}.")]


@commands.command("list")
def list_(
    reason: Reason = "",
    inbox: Inbox = "",
    contains: Annotated[str, typer.Option(help="Part of the address.")] = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """List suppressions, newest first."""
    with refusals(), connect(target, key_file) as mailbot:
        for found in mailbot.suppressions.list(
            reasons=reason or (), inbox_id=inbox, address_contains=contains
        ):
            say(_line(found))


@commands.command()
def add(
    address: Annotated[str, typer.Argument(help="Who gets no more mail.")],
    reason: Reason = "manual",
    note: Annotated[str, typer.Option(help="For people.")] = "",
    until: Annotated[
        str, typer.Option(help="When it ends, as 2030-01-31T12:00Z; never if empty.")
    ] = "",
    inbox: Inbox = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Suppress an address; prints what holds now."""
    with refusals(), connect(target, key_file) as mailbot:
        ends = _instant(until) if until else None
        kept = mailbot.suppressions.add(
            address, reason=reason, note=note, expire_time=ends, inbox_id=inbox
        )
        say(_line(kept))


@commands.command()
def remove(
    address: Annotated[str, typer.Argument(help="Who may get mail again.")],
    inbox: Inbox = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Let mail go to an address again."""
    with refusals(), connect(target, key_file) as mailbot:
        removed = mailbot.suppressions.remove(address, inbox_id=inbox)
        say(f"{removed.id} removed" if removed else f"{address} was not suppressed")


@commands.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV; - is standard input.")],
    inbox: Inbox = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Add many; bad lines are named and left out. Again, it changes nothing."""
    with refusals(), connect(target, key_file) as mailbot, _reading(file) as source:
        lines = Lines(source)
        done = mailbot.suppressions.import_(lines, inbox_id=inbox)
        for fault in done.faults:
            lines.refuse(lines.numbers[fault.index], fault.description)
        for number, words in sorted(lines.faults):
            warn(f"line {number}: {words}")
        refused = lines.refused + done.refused
        counts = f"{done.added} added, {done.changed} changed"
        say(f"{counts}, {done.unchanged} unchanged, {refused} refused")
    if refused:
        raise typer.Exit(EXIT_FAULT)


@commands.command()
def export(
    file: Annotated[Path, typer.Argument(help="CSV; - is standard output.")] = STANDARD,
    inbox: Inbox = "",
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """Write those for all of the account, or an inbox's own, oldest first."""
    with refusals(), connect(target, key_file) as mailbot:
        rows = (
            _row(found)
            for found in mailbot.suppressions.export(inbox_id=inbox)
            if bool(found.inbox_id) == bool(inbox)
        )
        if file == STANDARD:
            say(_csv(COLUMNS))
            for row in rows:
                say(_csv(row))
            return
        with file.open("w", encoding="utf-8", newline="") as sink:
            writer = csv.writer(sink)
            writer.writerow(COLUMNS)
            writer.writerows(rows)


class Lines:
    """
    The entries of a CSV file, read once.

    `numbers` are the lines of what was given out, `faults` the first bad ones.
    """

    def __init__(self, source: Iterable[str]) -> None:
        self._rows = csv.reader(_bounded(source))
        self.numbers: list[int] = []
        self.faults: list[tuple[int, str]] = []
        self.refused = 0

    def __iter__(self) -> Iterator[SuppressionEntry]:
        while (cells := self._next()) is not None:
            number = self._rows.line_num
            if not any(cells) or (number == 1 and cells[0].strip() == COLUMNS[0]):
                continue
            try:
                entry = _entry(cells)
            except ValueError as error:
                self.refused += 1
                self.refuse(number, str(error))
            else:
                self.numbers.append(number)
                yield entry

    def _next(self) -> list[str] | None:
        try:
            return next(self._rows, None)
        except csv.Error as error:
            # A quote that is never closed makes the rest of the file one cell.
            raise ValueError(f"line {self._rows.line_num}: {error}") from error

    def refuse(self, number: int, words: str) -> None:
        """Remembers what is wrong with a line, if there is room."""
        if len(self.faults) < FAULTS_MAX:
            self.faults.append((number, words))


def _bounded(source: Iterable[str]) -> Iterator[str]:
    """The lines; ValueError for one that is no line of such a file."""
    for line in source:
        if len(line) > LINE_MAX:
            raise ValueError(f"a line has more than {LINE_MAX} characters")
        yield line.replace("\x00", "\ufffd")


def _entry(cells: Sequence[str]) -> SuppressionEntry:
    """ValueError names what cannot be read."""
    if len(cells) > len(COLUMNS):
        raise ValueError(f"has {len(cells)} columns; there are {', '.join(COLUMNS)}")
    padded = [*(cell.strip() for cell in cells), *[""] * len(COLUMNS)]
    address, reason, expire_time, note = padded[: len(COLUMNS)]
    if reason and reason not in REASONS:
        raise ValueError(f"reason: {reason[:40]!r} is none of {', '.join(REASONS)}")
    ends = _instant(expire_time) if expire_time else None
    return SuppressionEntry(address, reason, ends, note)


def _instant(text: str) -> datetime:
    """ISO 8601; UTC unless it says otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        words = f"expire_time: {text[:40]!r} is no instant like 2030-01-31T12:00Z"
        raise ValueError(words) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _row(found: Suppression) -> tuple[str, ...]:
    ends = found.expire_time.isoformat() if found.expire_time else ""
    return found.address, found.reason, ends, found.note


def _csv(row: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(row)
    return line.getvalue()


def _line(found: Suppression) -> str:
    ends = found.expire_time.isoformat() if found.expire_time else "never ends"
    note = " ".join(found.note.split())
    parts = (found.id, f"{found.reason:<11}", ends, found.inbox_id, found.address, note)
    return "  ".join(part for part in parts if part)


def _reading(file: Path) -> AbstractContextManager[TextIO]:
    if file == STANDARD:
        return nullcontext(sys.stdin)
    return file.open(encoding="utf-8-sig", newline="")
