"""What a start finds or makes: server keys and a certificate; accounts in test_app.py."""

from datetime import UTC, datetime

import pytest

from mailbot_server.config import BadSettings, Settings
from mailbot_server.core.signed import cursor, server_key
from mailbot_server.folder import DataFolder
from mailbot_server.parts.beginning import make_certificate, server_keys

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    return DataFolder(tmp_path)


def test_cursors_of_one_key_are_read_with_several(folder):
    old, new = "o" * 32, "n" * 32
    where = cursor.Log(epoch="e", account_id="a")
    before = server_keys(Settings(server_key=old), folder)
    after = server_keys(Settings(server_key=f"{new}, {old}"), folder)
    token = cursor.write_cursor(server_key.signing_keys(before), where, 7)
    assert cursor.read_cursor(server_key.signing_keys(after), where, token) == 7


def test_what_a_file_signed_is_read_when_its_text_has_become_a_setting(folder):
    text = "a1" * 32
    folder.write_secret("server.key", text)
    where = cursor.Log(epoch="e", account_id="a")
    kept = server_keys(Settings(), folder)
    token = cursor.write_cursor(server_key.signing_keys(kept), where, 7)
    for setting in (text, f"{'n' * 40},{text}"):
        after = server_keys(Settings(server_key=setting), folder)
        assert after[0] == setting.partition(",")[0].encode()
        assert cursor.read_cursor(server_key.signing_keys(after), where, token) == 7


def test_a_file_s_reading_of_a_setting_gives_way_to_a_key_of_its_number(folder):
    first = "1" * 64
    number = server_key.key_id(bytes.fromhex(first))
    taken = next(
        text
        for text in (f"{n:040}" for n in range(100_000))
        if server_key.key_id(text.encode()) == number
    )
    found = server_keys(Settings(server_key=f"{first},{taken}"), folder)
    assert found == [first.encode(), taken.encode()]


def test_two_server_keys_with_one_name_are_refused(folder):
    twice = ",".join(["k" * 32] * 2)
    with pytest.raises(BadSettings, match="server_key: two server keys"):
        server_keys(Settings(server_key=twice), folder)


def test_a_key_that_is_not_set_is_made_once_and_kept(folder):
    made = server_keys(Settings(), folder)
    assert len(made) == 1
    assert server_keys(Settings(), folder) == made


def test_a_kept_key_that_cannot_be_read_is_a_bad_setting(folder):
    (folder.path / "server.key").write_text("not hexadecimal")
    with pytest.raises(BadSettings, match="does not hold a server key"):
        server_keys(Settings(), folder)


def test_a_certificate_is_made_once_and_not_beside_one_that_is_set(folder):
    pem = folder.path / "submission.pem"
    elsewhere = folder.path / "own.pem"
    elsewhere.write_text("")
    own = Settings(smtp_tls_cert=elsewhere, smtp_tls_key=elsewhere)
    make_certificate(own, folder, NOW)
    assert not pem.exists()
    make_certificate(Settings(), folder, NOW)
    made = pem.read_bytes()
    make_certificate(Settings(), folder, NOW)
    assert pem.read_bytes() == made
