import os
from pathlib import Path

import pytest

from mailbot import CursorError, FileCursor, MemoryCursor


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_store_remembers_what_was_saved_last(kind, tmp_path):
    store = MemoryCursor() if kind == "memory" else FileCursor(tmp_path / "cursor")
    assert store.load() is None
    store.save("c1")
    store.save("c2~7")
    assert store.load() == "c2~7"


def test_a_file_outlives_its_process(tmp_path):
    FileCursor(tmp_path / "cursor").save("c1")
    assert FileCursor(str(tmp_path / "cursor")).load() == "c1"
    assert list(tmp_path.iterdir()) == [tmp_path / "cursor"]


def test_a_save_that_fails_leaves_the_old_cursor(tmp_path, monkeypatch):
    store = FileCursor(tmp_path / "cursor")
    store.save("c1")

    def full(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        store.save("c2")
    assert store.load() == "c1"
    assert list(tmp_path.iterdir()) == [tmp_path / "cursor"]


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_damaged_file_is_not_taken_for_a_new_one(tmp_path, content):
    file = tmp_path / "cursor"
    file.write_bytes(content)
    with pytest.raises(CursorError, match="holds no cursor"):
        FileCursor(file).load()


def test_the_file_is_synced_before_it_gets_its_name(tmp_path, monkeypatch):
    steps = []
    sync, rename = os.fsync, Path.replace

    def noted_sync(descriptor):
        steps.append("sync")
        sync(descriptor)

    def noted_rename(self, target):
        steps.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_rename)
    FileCursor(tmp_path / "cursor").save("c1")
    assert steps == ["sync", "rename", "sync"]
