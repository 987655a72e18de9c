"""`mailbot backup`, `restore` and `operator-key`: what works without a server."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Annotated, Final

import typer

from mailbot_server import offline
from mailbot_server.cli.serve import STARTING, settings_or_exit
from mailbot_server.cli.terminal import EXIT_USAGE, fail, say, warn
from mailbot_server.core.delivery import HELD_BY_RESTORE
from mailbot_server.offline import Restored
from mailbot_server.store.database.copying import BadCopy

TELL_SECONDS: Final = 2.0
_MEGABYTE: Final = 1_000_000


def backup(
    file: Annotated[Path, typer.Argument(help="Where to; it must not exist yet.")],
) -> None:
    """
    Copy the SQLite database, whole, while the server works.

    The server's key (server.key, or the setting) is not in it: keep that apart.
    """
    settings = settings_or_exit()
    with _refusals("back up"):
        size = offline.back_up(settings, file, _Telling())
    say(f"{file}: {_megabytes(size)}, complete, read again and on the disk")
    if not settings.server_key:
        key = settings.data_dir / "server.key"
        say(f"not in it: {key}, without which its secrets cannot be read")


def restore(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="What `mailbot backup` wrote. Left out: the PostgreSQL of"
            " database_url, which was put back with its own tools."
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the database in place aside.")
    ] = False,
) -> None:
    """
    Put a copy in the database's place, and make it safe to serve from.

    No server may run. What the copy has as undelivered may have left since: it is
    held until you release or cancel it. Cursors of before are refused.
    """
    settings = settings_or_exit()
    with _refusals("restore"):
        if file is None:
            done = offline.settle_down(settings)
        else:
            done = offline.put_back(settings, file, _Telling(), replaces=replace)
    _tell(done)


def operator_key() -> None:
    """
    Write a new operator key to operator.key, in place of one that was lost.

    With SQLite no server may run. Keys of before stay good until they are revoked.
    """
    settings = settings_or_exit()
    with _refusals("make a key"):
        path = offline.make_operator_key(settings)
    say(f"{path}: a new key; `mailbot keys list` shows those of before")


class _Telling:
    """Says now and then how far a copy is."""

    def __init__(self) -> None:
        self._told_at = monotonic()

    def __call__(self, done: int, of: int) -> None:
        if monotonic() - self._told_at < TELL_SECONDS:
            return
        self._told_at = monotonic()
        warn(f"{_megabytes(done)} of {_megabytes(of)}")


@contextlib.contextmanager
def _refusals(doing: str) -> Iterator[None]:
    try:
        yield
    except (*STARTING, BadCopy) as error:
        raise fail(f"cannot {doing}: {error}", EXIT_USAGE) from error


def _tell(done: Restored) -> None:
    if done.replaced:
        say(f"the database of before is {done.replaced}")
    after = done.aftermath
    say(f"accounts: {after.accounts}, deliveries held: {after.held}")
    if after.held:
        say("They may have left since the copy was made. When the server runs:")
        say(f"  mailbot queue list hold={HELD_BY_RESTORE}")
        say(f"  mailbot queue release hold={HELD_BY_RESTORE}    # or: cancel")
    say("Programs with a cursor of before are told CURSOR_FOREIGN and begin anew.")
    if done.unreadable:
        warn(
            f"{done.unreadable} DKIM keys and webhook secrets were sealed with another"
            " server key: put the right one in place, or make these anew"
        )


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f} MB"
