"""A copy of a SQLite file is one whole state, or it is not there."""

import os
import shutil
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database import copying
from mailbot_server.store.database.copying import BadCopy

ROWS = 20_000


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Path]:
    """A database of mailbot as a server has it: with a log beside it."""
    path = tmp_path / "mailbot.db"
    database = apsw.Connection(str(path))
    database.pragma("journal_mode", "wal")
    database.pragma("wal_autocheckpoint", 0)
    database.execute("CREATE TABLE migration (number INTEGER)")
    database.execute("CREATE TABLE pair (one INTEGER, other INTEGER)")
    database.execute("INSERT INTO pair VALUES (0, 0)")
    database.execute("CREATE TABLE bulk (text TEXT)")
    database.execute("BEGIN")
    text = "some words of a message, again and again; " * 5
    database.executemany("INSERT INTO bulk VALUES (?)", ((text,) for _ in range(ROWS)))
    database.execute("COMMIT")
    yield path
    database.close()


def rows(path: Path, sql: str) -> list[tuple]:
    database = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def nothing(done: int, of: int) -> None:
    """Nobody is told."""


def test_a_copy_is_one_file_that_only_its_owner_reads(source, tmp_path):
    target = tmp_path / "copy.db"
    assert copying.copy(source, target, nothing) == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert rows(target, "SELECT COUNT(*) FROM bulk") == [(ROWS,)]
    assert sorted(p.name for p in tmp_path.glob("copy*")) == ["copy.db"]


def test_a_server_that_writes_meanwhile_neither_waits_nor_shows(source, tmp_path):
    """Each step finds more to come, and the copy stays at the state it began with."""
    writer = apsw.Connection(str(source))
    steps: list[tuple[int, int]] = []

    def write(done: int, of: int) -> None:
        steps.append((done, of))
        writer.execute("UPDATE pair SET one = one + 1, other = other + 1")

    target = tmp_path / "copy.db"
    copying.copy(source, target, write)
    assert rows(target, "SELECT one, other FROM pair") == [(0, 0)]
    assert rows(source, "SELECT one, other FROM pair") == [(len(steps), len(steps))]
    assert len(steps) > 1
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1][0] == steps[-1][1]
    writer.close()


def test_what_is_there_is_not_written_over(source, tmp_path):
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(FileExistsError, match="not written over"):
        copying.copy(source, target, nothing)
    assert target.read_text() == "precious"


def test_what_an_interrupted_copy_has_left_is_in_nobodys_way(source, tmp_path):
    target = tmp_path / "copy.db"

    def interrupt(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copying.copy(source, target, interrupt)
    assert list(tmp_path.glob("copy*")) == []
    left = tmp_path / f"copy.db.partial-{os.getpid()}"
    left.write_text("of a crash")
    copying.copy(source, target, nothing)
    assert [p.name for p in tmp_path.glob("copy*")] == ["copy.db"]


def test_a_copy_that_another_process_is_making_is_not_touched(source, tmp_path):
    """As two timers have it that overlap: neither completes what the other began."""
    target, theirs = tmp_path / "copy.db", tmp_path / "copy.db.partial-1"
    theirs.write_text("half of a copy")
    copying.copy(source, target, nothing)
    assert rows(target, "SELECT COUNT(*) FROM bulk") == [(ROWS,)]
    assert theirs.read_text() == "half of a copy"
    assert copying.partials_of(target) == [theirs]


def test_a_database_is_folded_into_one_file(source, tmp_path):
    """What is only in the log is in the file then; a damaged one is told of."""
    path = tmp_path / "folded.db"
    for end in ("", "-wal"):
        shutil.copy(f"{source}{end}", f"{path}{end}")
    copying.fold(path)
    assert [p.name for p in tmp_path.glob("folded*")] == ["folded.db"]
    assert rows(path, "SELECT COUNT(*) FROM bulk") == [(ROWS,)]
    path.write_text("no database" * 1000)
    with pytest.raises(OSError, match="cannot be completed"):
        copying.fold(path)


@pytest.mark.parametrize("end", [".restoring", ".restoring.partial-1"])
def test_an_empty_place_is_not_filled_while_a_restore_is_under_way(tmp_path, end):
    path = tmp_path / "mailbot.db"
    copying.check_in_place(path)
    copying.check_in_place(tmp_path / "missing" / "mailbot.db")
    (tmp_path / f"mailbot.db{end}").write_text("made ready")
    with pytest.raises(Unavailable, match="a restore was interrupted"):
        copying.check_in_place(path)
    path.write_text("the one of before")
    copying.check_in_place(path)


def test_a_disk_that_cannot_take_it_is_a_sentence(source, tmp_path):
    with pytest.raises(OSError, match=r"missing"):
        copying.copy(source, tmp_path / "missing" / "copy.db", nothing)


def test_a_disk_that_is_full_is_said_to_be(source, tmp_path):
    """SQLite's own words for what a step of a copy met are "not an error"."""

    def fill(done: int, of: int) -> None:
        message = "not an error"
        raise apsw.FullError(message)

    with pytest.raises(OSError, match="the disk is full"):
        copying.copy(source, tmp_path / "copy.db", fill)
    assert list(tmp_path.glob("copy*")) == []


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("remember the milk" * 100)
    with pytest.raises(BadCopy, match="no database that can be read"):
        copying.check(path)
    with pytest.raises(BadCopy, match="no database that can be read"):
        copying.check(tmp_path / "missing.db")


def test_another_programs_database_is_not_ours(tmp_path):
    path = tmp_path / "other.db"
    database = apsw.Connection(str(path))
    database.execute("CREATE TABLE bookmark (url TEXT)")
    database.close()
    with pytest.raises(BadCopy, match="no database of mailbot"):
        copying.check(path)


def test_a_damaged_copy_is_found(source, tmp_path):
    target = tmp_path / "copy.db"
    copying.copy(source, target, nothing)
    with target.open("r+b") as file:
        file.seek(target.stat().st_size // 2)
        file.write(b"\xff" * 20_000)
    with pytest.raises(BadCopy, match=r"damaged|no database"):
        copying.check(target)


def test_a_damaged_original_gives_no_copy(source, tmp_path):
    target = tmp_path / "copy.db"
    copying.copy(source, target, nothing)
    with target.open("r+b") as file:
        file.seek(target.stat().st_size // 2)
        file.write(b"\xff" * 20_000)
    with pytest.raises(BadCopy):
        copying.copy(target, tmp_path / "second.db", nothing)
    assert not (tmp_path / "second.db").exists()


def test_copies_of_one_database_may_be_made_at_once(source, tmp_path):
    targets = [tmp_path / f"copy{n}.db" for n in range(3)]
    threads = [
        threading.Thread(target=copying.copy, args=(source, target, nothing))
        for target in targets
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [rows(t, "SELECT COUNT(*) FROM bulk") for t in targets] == [[(ROWS,)]] * 3
