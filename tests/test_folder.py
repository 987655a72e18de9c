"""The data folder: one owner at a time, secrets for its owner's eyes."""

import os
import stat
import subprocess
import sys

import pytest

from mailbot_server.folder import DataFolder, FolderInUse

HOLD = """
import sys
from pathlib import Path
from mailbot_server.folder import DataFolder
with DataFolder(Path(sys.argv[1])).locked():
    print("locked", flush=True)
    sys.stdin.read()
"""


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "deep" / "data")


def test_a_missing_folder_is_made_for_its_owner_alone(folder):
    with folder.locked():
        assert mode(folder.path) == 0o700


def test_a_folder_has_one_owner(folder):
    with folder.locked():
        other = DataFolder(folder.path)
        with pytest.raises(FolderInUse, match=str(folder.path)), other.locked():
            pytest.fail("two owners")


def test_the_next_owner_comes_when_the_first_has_gone(folder):
    for _ in range(2):
        with folder.locked():
            pass


def test_another_process_is_kept_out_until_this_one_dies(folder):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        with pytest.raises(FolderInUse), folder.locked():
            pytest.fail("two owners")
        holder.kill()
        holder.wait(10)
    with folder.locked():
        pass


def test_a_secret_is_written_for_its_owner_alone(folder):
    old = os.umask(0)
    try:
        with folder.locked():
            path = folder.write_secret("default.key", "mb_secret")
    finally:
        os.umask(old)
    assert path.read_text() == "mb_secret\n"
    assert mode(path) == 0o600
    assert {p.name for p in folder.path.iterdir()} == {"lock", "default.key"}


def test_a_secret_is_written_over_whole(folder):
    with folder.locked():
        folder.write_secret("default.key", "a" * 100)
        assert folder.write_secret("default.key", "b").read_text() == "b\n"


def test_what_a_crash_left_behind_is_no_hindrance(folder):
    with folder.locked():
        draft = folder.path / "default.key.new"
        draft.write_text("half")
        draft.chmod(0o644)
        path = folder.write_secret("default.key", "mb_secret")
    assert path.read_text() == "mb_secret\n"
    assert mode(path) == 0o600
    assert not draft.exists()


def test_the_server_key_is_made_once(folder):
    with folder.locked():
        made = folder.server_key(os.urandom)
        assert len(made) == 32
        assert folder.server_key(os.urandom) == made
        assert mode(folder.path / "server.key") == 0o600


@pytest.mark.parametrize("text", ["not hexadecimal", "", "ab" * 31, "0" * 63 + "x"])
def test_a_server_key_that_is_none_is_a_sentence(folder, text):
    with folder.locked():
        folder.write_secret("server.key", text)
        with pytest.raises(ValueError, match=r"server\.key"):
            folder.server_key(os.urandom)


def test_whether_there_is_a_server_key_is_known_without_making_one(folder):
    with folder.locked():
        assert not folder.has_server_key
        folder.server_key(os.urandom)
        assert folder.has_server_key


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files of others")
def test_what_root_has_made_is_given_to_whom_the_folder_belongs(folder, tmp_path):
    """But no file of the system, though the folder's owner has named it in there."""
    precious = tmp_path / "precious"
    precious.write_text("of root")
    with folder.locked():
        made = ("made", "link", "twice", "missing")
        folder.give_to_owner(made)
        assert (folder.path / "lock").stat().st_uid == 0
        os.chown(folder.path, 65534, 65534)
        (folder.path / "made").touch()
        (folder.path / "link").symlink_to(precious)
        (folder.path / "twice").hardlink_to(precious)
        folder.give_to_owner(made)
    owners = {p.name: p.lstat().st_uid for p in folder.path.iterdir()}
    assert owners == {"lock": 65534, "made": 65534, "link": 0, "twice": 0}
    assert precious.stat().st_uid == 0
