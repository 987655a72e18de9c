"""What is done to a database without a server: migrate it, copy it, put it back."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mailbot_server.clock import SystemClock, WallClock, entropy
from mailbot_server.config import BadSettings, Settings
from mailbot_server.core import account
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.signed import server_key
from mailbot_server.engine import accounts
from mailbot_server.engine.restoring import aftermath
from mailbot_server.engine.restoring.aftermath import Aftermath
from mailbot_server.folder import DataFolder
from mailbot_server.parts import beginning
from mailbot_server.store.database import Database, copying
from mailbot_server.store.database.copying import BadCopy, Progress
from mailbot_server.store.domains import keys as domain_keys
from mailbot_server.store.webhooks import endpoints
from mailbot_server.telemetry.metrics import Metrics

REPLACED: Final = ".replaced-"
_BESIDE: Final = ("", "-wal", "-shm", "-journal", ".writer")
"""What the names of the database's file and of those beside it end with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """
    A database that a server may work on.

    `unreadable` secrets (DKIM keys, webhooks') were sealed with a server key that is
    not here; `replaced` is where the database of before is.
    """

    aftermath: Aftermath
    unreadable: int
    replaced: Path | None = None


def migrate_only(settings: Settings) -> list[str]:
    """
    Brings the database to the current schema; the names of the steps that ran.

    Raises FolderInUse while a server runs in the data folder of a SQLite database, and
    SchemaTooNew. On PostgreSQL servers may run meanwhile, those of this version and of
    the one before.
    """
    with _owned(settings):
        return beginning.migrated(_database(settings, settings.store_url))


def back_up(settings: Settings, target: Path, tell: Progress) -> int:
    """
    Copies the SQLite database to a new file, beside a server that works; its size.

    The server's key is not in it. Raises BadSettings on PostgreSQL, which has its own
    tools, OSError, and BadCopy for a database that is damaged.
    """
    if not settings.uses_sqlite:
        message = (
            "database_url names a PostgreSQL: copy it with its own tools, for example"
            " pg_dump --format=custom"
        )
        raise BadSettings(message)
    source = _file(settings)
    if not source.exists():
        message = f"there is no database {source}"
        raise FileNotFoundError(message)
    return copying.copy(source, target, tell)


def put_back(
    settings: Settings, source: Path, tell: Progress, *, replaces: bool
) -> Restored:
    """
    Makes a copy the database of the data folder; see `aftermath.settle_down`.

    The copy stays as it is. Nothing is in its place before all is done, and while
    nothing is there no server starts. Raises FolderInUse while a server runs,
    BadSettings without the server's key or on PostgreSQL, FileExistsError for a
    database in place that is not to be replaced, BadCopy, SchemaTooNew, OSError.
    """
    if not settings.uses_sqlite:
        message = (
            "database_url names a PostgreSQL: put it back with its own tools, then run"
            " this command without a file"
        )
        raise BadSettings(message)
    target = _file(settings)
    with _owned(settings):
        masters = _masters(settings)
        if target.exists() and not replaces:
            message = f"{target} is there already; --replace puts it aside"
            raise FileExistsError(message)
        copying.check(source)
        draft = copying.draft_of(target)
        if draft.exists() and draft.samefile(source):
            message = f"{source} is what a restore had begun: name the copy it read"
            raise BadCopy(message)
        done, unreadable = _drafted(settings, source, draft, masters, tell)
        replaced = _put_aside(target)
        draft.rename(target)
        _remove(draft)
        copying.sync(target.parent)
    return Restored(aftermath=done, unreadable=unreadable, replaced=replaced)


def _drafted(
    settings: Settings, source: Path, draft: Path, masters: list[bytes], tell: Progress
) -> tuple[Aftermath, int]:
    """The copy as a server may have it, in one file; none is left if that fails."""
    _remove(draft)
    try:
        copying.copy(source, draft, tell)
        done = asyncio.run(_settle(settings, f"sqlite:///{draft}", masters))
        copying.fold(draft)
    except BaseException as error:
        _remove(draft)
        if isinstance(error, Unavailable):
            message = f"{error}; is there room in {draft.parent}? Nothing was changed"
            raise Unavailable(message) from error
        raise
    return done


def settle_down(settings: Settings) -> Restored:
    """
    The same for a PostgreSQL that was put back with its own tools.

    Raises Unavailable while servers work on it.
    """
    if settings.uses_sqlite:
        message = "which copy? Name the file that `mailbot backup` wrote"
        raise BadSettings(message)
    masters = _masters(settings)
    done, unreadable = asyncio.run(_settle(settings, settings.store_url, masters))
    return Restored(aftermath=done, unreadable=unreadable)


def make_operator_key(settings: Settings) -> Path:
    """
    A new operator's key in its file; the ones of before stay good until revoked.

    Raises FolderInUse while a server runs in the data folder of a SQLite database, and
    Unavailable for a database without an account.
    """
    with _owned(settings):
        return asyncio.run(_make_operator_key(settings))


async def _make_operator_key(settings: Settings) -> Path:
    presented = account.make_key(entropy(7), entropy(32))
    async with beginning.opened(_database(settings, settings.store_url)) as db:
        if not await db.write(accounts.add_operator_key, presented):
            message = "there is no account yet; `mailbot serve` makes the first one"
            raise Unavailable(message)
    text = account.print_key(presented)
    folder = DataFolder(settings.data_dir)
    return folder.write_secret(beginning.OPERATOR_KEY_FILE, text)


async def _settle(
    settings: Settings, url: str, masters: list[bytes]
) -> tuple[Aftermath, int]:
    known = [server_key.key_id(master) for master in masters]
    async with beginning.opened(_database(settings, url)) as db:
        done = await aftermath.settle_down(db)
        unreadable = [
            await db.read(each.sealed_by_others, known)
            for each in (domain_keys, endpoints)
        ]
        return done, sum(unreadable)


def _database(settings: Settings, url: str) -> Database:
    clock = WallClock() if settings.uses_sqlite else SystemClock()
    return Database(url, clock=clock, entropy=entropy, metrics=Metrics())


@contextlib.contextmanager
def _owned(settings: Settings) -> Iterator[None]:
    """
    A SQLite database belongs to one process; a PostgreSQL looks after itself.

    What is made meanwhile belongs to the folder's owner, also where root makes it.
    """
    folder = DataFolder(settings.data_dir)
    if not settings.uses_sqlite:
        yield
        return
    with folder.locked():
        try:
            yield
        finally:
            database = _file(settings).name
            made = (*(database + end for end in _BESIDE), beginning.OPERATOR_KEY_FILE)
            folder.give_to_owner(made)


def _masters(settings: Settings) -> list[bytes]:
    """The server's keys; raises BadSettings rather than make a new one."""
    folder = DataFolder(settings.data_dir)
    if not settings.server_key and not folder.has_server_key:
        message = (
            f"{folder.path} has no server.key: put it there first, from where you keep"
            " it (it is not in copies), or set server_key; without it DKIM keys,"
            " webhooks' secrets and links in mail that was sent cannot be read"
        )
        raise BadSettings(message)
    return beginning.server_keys(settings, folder)


def _file(settings: Settings) -> Path:
    return Path(settings.store_url.removeprefix("sqlite:///"))


def _put_aside(path: Path) -> Path | None:
    """
    Renames a database and what is beside it; where it is now, if there was one.

    A log without its database goes, too, and a journal: the next one would read it.
    """
    had, aside = path.exists(), _free_name(path)
    for end in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    copying.sync(path.parent)
    return aside if had else None


def _free_name(path: Path) -> Path:
    """One that neither the database nor a log of it has had in this second."""
    at, number = f"{path.name}{REPLACED}{WallClock()():%Y%m%dT%H%M%SZ}", 1
    name = at
    while any(path.with_name(name + end).exists() for end in _BESIDE):
        number += 1
        name = f"{at}-{number}"
    return path.with_name(name)


def _remove(path: Path) -> None:
    for end in _BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)
    for partial in copying.partials_of(path):
        partial.unlink(missing_ok=True)
