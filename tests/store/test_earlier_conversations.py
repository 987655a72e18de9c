"""What an earlier version wrote is found by labels and participants, and counted."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Direction, MessageFilter, ThreadFilter
from mailbot_server.store import inboxes, mailboxes, message_rows, messages, migrate
from mailbot_server.store import threads as store
from mailbot_server.store.database import Database
from mailbot_server.store.database.transaction import Connection
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy
from tests.fakes.mail import message
from tests.fakes.tenants import account, inbox
from tests.servers.postgres import PostgresServer

BEFORE = 3
THREAD = (
    *("id", "account_id", "inbox_id", "root_id", "subject", "created_at"),
    *("last_message_id", "last_message_at", "inbound_count", "outbound_count"),
    *("participants", "last_inbound_at", "snippet", "last_manual_id", "is_unreplied"),
)
PEOPLE = mailboxes.write(
    [Mailbox(address=each) for each in ("Ann@Example.org", 'b"@x.example')]
)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A database as the step before left it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/mailbot.db"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.url("postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS earlier WITH (FORCE)")
            connection.execute("CREATE DATABASE earlier")
        url = server.url("earlier")
    return url


def _database(url: str) -> Database:
    clock = FakeClock()
    return Database(url, clock=clock, entropy=FakeEntropy(), metrics=Metrics())


async def test_rows_of_an_earlier_version_are_brought_along(
    earlier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = migrate.STEPS
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", steps[:BEFORE])
        migrate.migrate(_database(earlier).backend, FakeClock()(), "epoch")
    _write_earlier(earlier)
    assert migrate.migrate(_database(earlier).backend, FakeClock()(), "epoch")
    db = _database(earlier)
    await db.start()
    try:
        await _assert_found(db)
    finally:
        await db.stop()


def _write_earlier(url: str) -> None:
    """One thread that waits for an answer, with one message that carries labels."""
    home = inbox()
    sent = message(
        1,
        home,
        thread_id="thr_1",
        direction=Direction.INBOUND,
        sender=mailboxes.read(PEOPLE)[0],
        labels=("blue", "red"),
        snippet="s",
    )
    facts = (
        *("thr_1", home.account_id, home.id, "thr_1", "Hello", 0),
        *(sent.id, 0, 1, 0, PEOPLE, 0, "s", sent.id, 1),
    )
    with migrate._exclusive(_database(url).backend) as connection:
        there = _columns(connection)
        row = {k: v for k, v in message_rows.row(sent).items() if k in there}
        for table, names, values in (
            ("message", tuple(row), tuple(row.values())),
            ("thread", THREAD, facts),
            (
                "inbox_count",
                ("inbox_id", "threads", "inbound_messages"),
                (home.id, 1, 1),
            ),
        ):
            marks = ", ".join("?" * len(names))
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
            connection.execute(sql, values)


def _columns(connection: Connection) -> set[str]:
    """Of the table of messages, as it was then."""
    sql = (
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'message'"
        if connection.is_postgres
        else "SELECT name FROM pragma_table_info('message')"
    )
    return {row[0] for row in connection.execute(sql, ()).fetchall()}


async def _assert_found(db: Database) -> None:
    for wanted in (
        ThreadFilter(participant_address="ann@example.org", inbox_id=inbox().id),
        ThreadFilter(participant_address='B"@x.example', inbox_id=inbox().id),
        ThreadFilter(unreplied=True),
    ):
        found = await db.read(store.list_latest, account().id, wanted, "", 9)
        assert [each.id for each, _ in found] == ["thr_1"], wanted
    for label in ("blue", "red"):
        labelled = await db.read(
            messages.list_,
            account().id,
            MessageFilter(labels=(label,)),
            "",
            9,
            oldest_first=True,
        )
        assert [each.labels for each in labelled] == [("blue", "red")]
    assert (await db.read(inboxes.counts, inbox().id)).unreplied_threads == 1
