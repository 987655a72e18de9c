"""One writes at a time, and whoever waits for it does not wait for ever."""

import threading

import pytest

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database.writer import lock
from mailbot_server.store.database.writer.lock import WriterLock


def test_the_next_one_waits_until_it_is_let_go(tmp_path):
    order: list[str] = []
    path = tmp_path / "mailbot.db"

    def second() -> None:
        with WriterLock(path).held():
            order.append("second")

    waiting = threading.Thread(target=second)
    with WriterLock(path).held():
        waiting.start()
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_who_waits_too_long_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)
    path = tmp_path / "mailbot.db"
    with (
        WriterLock(path).held(),
        pytest.raises(Unavailable, match="another process still writes"),
        WriterLock(path).held(),
    ):
        pass
    with WriterLock(path).held():
        assert path.with_name("mailbot.db.writer").exists()


def test_a_folder_that_is_missing_is_left_to_whoever_opens_the_file(tmp_path):
    with WriterLock(tmp_path / "missing" / "mailbot.db").held():
        assert not (tmp_path / "missing").exists()
