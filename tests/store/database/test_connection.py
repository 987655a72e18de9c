"""How the file is opened."""

import contextlib
import threading

import apsw
import pytest

from mailbot_server.store.database import connection as connections


def test_a_reader_cannot_write(path):
    reader = connections.open_patiently(
        connections.database_of(path, connections.READER)
    )
    with pytest.raises(apsw.ReadOnlyError):
        reader.execute("DELETE FROM setting")
    reader.close()


def test_who_changes_a_new_file_to_wal_waits_for_whoever_has_it(tmp_path):
    path = tmp_path / "new.db"
    with contextlib.closing(apsw.Connection(str(path))) as stranger:
        stranger.execute("BEGIN EXCLUSIVE")
        letting_go = threading.Timer(0.1, stranger.execute, ["ROLLBACK"])
        letting_go.start()
        opened = connections.open_patiently(
            connections.database_of(path, connections.WRITER)
        )
        letting_go.join()
    assert opened.rows("PRAGMA journal_mode") == [("wal",)]
    opened.close()


def test_rolling_back_without_a_transaction_does_nothing(path):
    writer = connections.open_patiently(
        connections.database_of(path, connections.WRITER)
    )
    writer.roll_back()
    writer.execute("BEGIN")
    writer.roll_back()
    assert writer.raw.getautocommit()
    writer.close()
