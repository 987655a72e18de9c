"""The peer: stock aiosmtpd, the standard library's parser, a commit per message.

It does what mailbot does for a message, in the obvious way: parse, look up the
thread, write message, raw bytes, index and event, commit, then answer 250.
"""

import asyncio
import email
import email.policy
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

SCHEMA = """
PRAGMA journal_mode = wal;
PRAGMA synchronous = full;
CREATE TABLE message (id INTEGER PRIMARY KEY, thread INTEGER, uid TEXT UNIQUE,
  sender TEXT, recipients TEXT, subject TEXT, snippet TEXT, size INTEGER);
CREATE INDEX message_thread ON message (thread, id);
CREATE TABLE raw (id INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE event (position INTEGER PRIMARY KEY, type TEXT, message INTEGER);
CREATE VIRTUAL TABLE words USING fts5 (body, content='');
"""


class Store:
    """Writes one message in one transaction."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "naive.db", isolation_level=None)
        self._db.executescript(SCHEMA)

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802
        """Answers after the commit."""
        self._add(envelope.original_content or envelope.content)
        return "250 OK"

    def _add(self, raw: bytes) -> None:
        parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
        text = "\n".join(
            bytes(part.get_payload(decode=True)).decode("utf-8", "replace")
            for part in parsed.walk()
            if part.get_content_type() == "text/plain"
        )
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        thread = self._thread(parsed)
        row = (thread, parsed["Message-ID"], parsed["From"], parsed["To"])
        columns = "(thread, uid, sender, recipients, subject, snippet, size)"
        cursor = db.execute(
            f"INSERT OR IGNORE INTO message {columns} VALUES (?,?,?,?,?,?,?)",  # noqa: S608
            (*row, parsed["Subject"], text[:200], len(raw)),
        )
        number = cursor.lastrowid
        db.execute("INSERT OR REPLACE INTO raw VALUES (?,?)", (number, raw))
        db.execute("INSERT INTO words (rowid, body) VALUES (?,?)", (number, text))
        for kind in ("message.received", "message.parsed"):
            db.execute("INSERT INTO event (type, message) VALUES (?,?)", (kind, number))
        db.execute("COMMIT")

    def _thread(self, parsed: Any) -> int | None:
        for uid in reversed((parsed["References"] or "").split()):
            row = self._db.execute(
                "SELECT COALESCE(thread, id) FROM message WHERE uid = ?", (uid,)
            ).fetchone()
            if row:
                return int(row[0])
        return None


async def main(folder: Path) -> None:
    """Serves until SIGTERM."""
    store = Store(folder)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    server = await loop.create_server(lambda: SMTP(store), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(f"port {port}\nStop with SIGTERM.", flush=True)
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
