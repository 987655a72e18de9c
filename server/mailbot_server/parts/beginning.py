"""What a server needs before its first call: database, keys, account, certificate."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

from mailbot_server.clock import entropy
from mailbot_server.config import BadSettings, Settings
from mailbot_server.core import account
from mailbot_server.core.signed import server_key
from mailbot_server.engine import accounts
from mailbot_server.engine.inbound.submission import certificate
from mailbot_server.folder import DataFolder, key_of_file
from mailbot_server.store import accounts as store_accounts
from mailbot_server.store import migrate
from mailbot_server.store.database import Database

API_KEY_FILE: Final = "default.key"
OPERATOR_KEY_FILE: Final = "operator.key"


@contextlib.asynccontextmanager
async def opened(db: Database) -> AsyncIterator[Database]:
    """The database at work, brought to the current schema; blocks no event loop."""
    await asyncio.to_thread(migrated, db)
    await db.start()
    try:
        yield db
    finally:
        await db.stop()


def migrated(db: Database) -> list[str]:
    """The steps that ran; blocks until no other process migrates."""
    return migrate.migrate(db.backend, db.clock(), db.entropy(8).hex())


async def first_start(db: Database, folder: DataFolder) -> bool:
    """
    Makes the default account and writes its keys; True when it just did.

    The files come first: a crash in between leaves files that the next start writes
    again, never an account that nobody has a key for.
    """
    if await db.read(store_accounts.list_newest, "", 1):
        return False
    first = accounts.draw_first_keys(entropy)
    files = [
        folder.write_secret(API_KEY_FILE, account.print_key(first.api)),
        folder.write_secret(OPERATOR_KEY_FILE, account.print_key(first.operator)),
    ]
    if await db.write(accounts.begin, first, entropy(8)):
        return True
    for file in files:
        file.unlink()
    return False


def make_certificate(settings: Settings, folder: DataFolder, now: datetime) -> None:
    """For the submission ports, once, where no other is set."""
    if settings.smtp_tls_cert or (folder.path / certificate.FILE).exists():
        return
    name = settings.hostname or settings.sandbox_domain
    folder.write_secret(certificate.FILE, certificate.self_signed(name, now))


def server_keys(settings: Settings, folder: DataFolder) -> list[bytes]:
    """
    The current one first; raises BadSettings.

    What `server.key` holds is a key as it is there, and another one as a setting: where
    it has become a setting, what it made as a file is still read.
    """
    if settings.server_key:
        parts = [part.strip() for part in settings.server_key.split(",")]
        masters = [part.encode() for part in parts]
    else:
        parts, masters = [], [_kept_key(folder)]
    try:
        known = server_key.signing_keys(masters).secrets
    except ValueError as error:
        message = f"server_key: {error}"
        raise BadSettings(message) from error
    were_files = filter(None, map(key_of_file, parts))
    return [*masters, *(m for m in were_files if server_key.key_id(m) not in known)]


def _kept_key(folder: DataFolder) -> bytes:
    try:
        return folder.server_key(entropy)
    except ValueError as error:
        raise BadSettings(str(error)) from error
