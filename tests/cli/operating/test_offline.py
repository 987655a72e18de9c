"""`mailbot backup`, `restore` and `operator-key`, as they are typed."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot import MailBot
from mailbot_server import offline
from mailbot_server.cli.operating import offline as commands
from tests.cli.conftest import Run
from tests.servers.process import ServerProcess


@pytest.fixture
def folder(server: ServerProcess, tmp_path: Path) -> Path:
    """An empty data folder with the key of the server that was copied."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(server.folder / "server.key", folder)
    return folder


@pytest.fixture
def copy(bare: Run, server: ServerProcess, tmp_path: Path) -> Path:
    """A copy of the running server's database, in which something waits."""
    with MailBot(api_key=server.api_key, target=server.target) as mailbot:
        mailbot.messages.send(
            inbox_id=mailbot.inboxes.create(),
            to="bob@example.com",
            send_time=datetime.now(UTC) + timedelta(days=1),
            text="x",
        )
    path = tmp_path / "copy.db"
    made = bare("backup", str(path), MAILBOT_DATA_DIR=str(server.folder))
    assert made.exit_code == 0, made.output
    assert f"{path}: " in made.stdout
    assert "complete" in made.stdout
    assert f"not in it: {server.folder / 'server.key'}" in made.stdout
    return path


def test_a_copy_is_put_back_and_what_to_do_next_is_said(
    bare: Run, copy: Path, folder: Path
) -> None:
    done = bare("restore", str(copy), MAILBOT_DATA_DIR=str(folder))
    assert done.exit_code == 0, done.output
    assert re.search(r"accounts: [1-9]\d*, deliveries held: [1-9]", done.stdout)
    assert "mailbot queue release hold=database_restored" in done.stdout
    assert (folder / "mailbot.db").exists()
    again = bare("restore", str(copy), MAILBOT_DATA_DIR=str(folder))
    assert again.exit_code == 2
    assert "--replace" in again.stderr
    replaced = bare("restore", str(copy), "--replace", MAILBOT_DATA_DIR=str(folder))
    assert replaced.exit_code == 0, replaced.output
    assert "the database of before is" in replaced.stdout


def test_secrets_that_cannot_be_read_are_counted(
    bare: Run, copy: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = offline.put_back

    def put_back(*arguments, **options):
        done = whole(*arguments, **options)
        return offline.Restored(aftermath=done.aftermath, unreadable=3)

    monkeypatch.setattr(offline, "put_back", put_back)
    done = bare("restore", str(copy), MAILBOT_DATA_DIR=str(folder))
    assert done.exit_code == 0
    assert "3 DKIM keys and webhook secrets" in done.stderr


def test_a_server_that_runs_keeps_its_database(
    bare: Run, copy: Path, server: ServerProcess
) -> None:
    environment = {"MAILBOT_DATA_DIR": str(server.folder)}
    refused = bare("restore", str(copy), "--replace", **environment)
    assert refused.exit_code == 2
    assert "cannot restore: another mailbot process uses the folder" in refused.stderr
    refused = bare("operator-key", **environment)
    assert refused.exit_code == 2
    assert "cannot make a key" in refused.stderr


def test_a_copy_is_not_written_over(
    bare: Run, copy: Path, server: ServerProcess
) -> None:
    refused = bare("backup", str(copy), MAILBOT_DATA_DIR=str(server.folder))
    assert refused.exit_code == 2
    assert "not written over" in refused.stderr


def test_what_is_no_copy_is_refused_in_a_sentence(
    bare: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("remember the milk" * 100)
    refused = bare("restore", str(tmp_path / "notes.txt"), MAILBOT_DATA_DIR=str(folder))
    assert refused.exit_code == 2
    assert "no database that can be read" in refused.stderr
    refused = bare("restore", MAILBOT_DATA_DIR=str(folder))
    assert refused.exit_code == 2
    assert "which copy" in refused.stderr


def test_a_new_operator_key_is_written_to_its_file(
    bare: Run, copy: Path, folder: Path
) -> None:
    environment = {"MAILBOT_DATA_DIR": str(folder)}
    assert bare("restore", str(copy), **environment).exit_code == 0
    made = bare("operator-key", **environment)
    assert made.exit_code == 0, made.output
    assert str(folder / "operator.key") in made.stdout
    key = (folder / "operator.key").read_text().strip()
    assert key.startswith("mb_")
    assert key not in made.output


def test_a_long_copy_says_how_far_it_is(
    bare: Run, server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "TELL_SECONDS", 0.0)
    path = tmp_path / "copy.db"
    made = bare("backup", str(path), MAILBOT_DATA_DIR=str(server.folder))
    size = f"{path.stat().st_size / 1e6:,.1f} MB"
    assert f"{size} of {size}" in made.stderr


def test_settings_that_are_wrong_are_named(bare: Run, tmp_path: Path) -> None:
    refused = bare("backup", str(tmp_path / "copy.db"), MAILBOT_GRPC_PORT="many")
    assert refused.exit_code == 2
    assert "grpc_port" in refused.stderr
