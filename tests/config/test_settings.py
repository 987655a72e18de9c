"""Settings: where they come from, their defaults, and the sentence for each bad one."""

import os
import re
from pathlib import Path

import pytest

from mailbot_server import config
from mailbot_server.config import BadSettings, Settings
from mailbot_server.ways import Route

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = sorted((ROOT / "tests" / "configs").glob("bad_*"))


@pytest.fixture(autouse=True)
def clean(monkeypatch, tmp_path):
    """No settings of whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith("MAILBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(tmp_path, text, name="mailbot.toml"):
    path = tmp_path / name
    path.write_text(text)
    return path


@pytest.mark.parametrize("folder", CONFIGS, ids=lambda folder: folder.name)
def test_bad_settings_end_with_their_sentence(folder, tmp_path, monkeypatch):
    """`{folder}` in the files stands for where they are read from."""

    def text(name):
        return (folder / name).read_text().replace("{folder}", str(tmp_path))

    monkeypatch.setenv("MAILBOT_CONFIG", str(written(tmp_path, text("mailbot.toml"))))
    if (folder / "environment").exists():
        for line in text("environment").splitlines():
            monkeypatch.setenv(*line.split("=", 1))
    with pytest.raises(BadSettings) as caught:
        config.load()
    assert str(caught.value) == text("sentence.txt").rstrip("\n")


def test_nothing_has_to_be_set():
    settings = config.load()
    assert settings == Settings()
    assert settings.uses_sqlite
    assert settings.grpc_port == 50051
    assert settings.mx_port == 2525
    assert settings.hostname == ""


def test_the_file_in_the_working_directory_is_read(tmp_path):
    written(tmp_path, 'hostname = "Mail.Example.COM."\n')
    assert config.load().hostname == "mail.example.com"


def test_another_file_can_be_named(tmp_path, monkeypatch):
    path = written(tmp_path, "grpc_port = 1\n", "other.toml")
    written(tmp_path, "grpc_port = 2\n")
    monkeypatch.setenv("MAILBOT_CONFIG", str(path))
    assert config.load().grpc_port == 1


def test_what_says_something_first_wins(tmp_path, monkeypatch):
    written(tmp_path, "grpc_port = 1\nmx_port = 1\noperator_port = 1\n")
    monkeypatch.setenv("MAILBOT_GRPC_PORT", "2")
    monkeypatch.setenv("MAILBOT_MX_PORT", "2")
    settings = config.load(grpc_port=3)
    assert (settings.grpc_port, settings.mx_port, settings.operator_port) == (3, 2, 1)


def test_tables_and_lists_come_from_the_environment_too(monkeypatch):
    monkeypatch.setenv("MAILBOT_ROUTES", '[{"domain": "*.Example.com", "host": "h"}]')
    monkeypatch.setenv("MAILBOT_SMART_HOST__HOST", "relay.example.com")
    monkeypatch.setenv("MAILBOT_SMART_HOST__PORT", "25")
    monkeypatch.setenv("MAILBOT_DNS_SERVERS", '["192.0.2.1"]')
    settings = config.load()
    assert settings.routes == (Route(domain="*.example.com", host="h", port=25),)
    assert settings.smart_host is not None
    assert settings.smart_host.port == 25
    assert settings.dns_servers == ("192.0.2.1",)


def test_a_file_that_may_not_be_read_is_a_sentence(tmp_path, monkeypatch):
    path = written(tmp_path, "")
    path.write_bytes(b"\xff\xfe")
    monkeypatch.setenv("MAILBOT_CONFIG", str(path))
    with pytest.raises(BadSettings, match=rf"{re.escape(str(path))} cannot be read"):
        config.load()


def test_secrets_are_in_no_sentence_and_no_picture_of_the_settings(tmp_path):
    secret = "s3cret" * 6
    written(
        tmp_path,
        f'server_key = "{secret}"\n'
        f'database_url = "postgresql://mailbot:{secret}@db.example.com/mailbot"\n'
        f'[smart_host]\nhost = "h"\npassword = "{secret}"\n',
    )
    assert "s3cret" not in repr(config.load())
    written(tmp_path, f'server_key = ["{secret}"]\n[smart_host]\npassword = 7\n')
    with pytest.raises(BadSettings) as caught:
        config.load()
    assert "s3cret" not in str(caught.value)


def test_settings_do_not_change():
    with pytest.raises(ValueError, match="frozen"):
        config.load().grpc_port = 1  # type: ignore[misc]


def test_the_embedded_database_lies_in_the_data_folder(tmp_path):
    settings = config.load(data_dir=tmp_path / "data")
    assert settings.store_url == f"sqlite:///{tmp_path}/data/mailbot.db"


def test_postgresql_takes_its_place():
    url = "postgresql://db.example.com/mailbot"
    settings = config.load(database_url=url, server_key="k" * 32)
    assert (settings.store_url, settings.uses_sqlite) == (url, False)


def test_misspelt_variables_are_found():
    names = [
        *("MAILBOT_GRPC_PROT", "MAILBOT_HOSTNAME", "MAILBOT_SMART_HOST__HOST"),
        *("MAILBOT_CONFIG", "MAILBOT_API_KEY", "MAILBOT_TARGET", "HOME", "PATH"),
        *("MAILBOT_PORT_50051_TCP_ADDR", "MAILBOT_SERVICE_HOST"),
        *("MAILBOT_SMARTHOST__HOST",),
    ]
    assert config.unknown_variables(names) == [
        "MAILBOT_GRPC_PROT",
        "MAILBOT_SMARTHOST__HOST",
    ]


def test_the_example_names_every_setting_with_its_default(tmp_path, monkeypatch):
    example = (ROOT / "mailbot.example.toml").read_text()
    set_there = re.findall(
        r"(?m)^#([a-z_]+) = (?!.*# (?:required|unset))(.*)$", example
    )
    top, _, _ = example.partition("\n#[")
    lines = [line for line in top.splitlines() if re.match(r"#[a-z_]+ = ", line)]
    text = "\n".join(line[1:] for line in lines if "# unset" not in line)
    written(tmp_path, text)
    assert config.load() == Settings()
    named = {name for name, _ in set_there}
    simple = {
        name
        for name, field in Settings.model_fields.items()
        if field.default is not None
        and name not in {"routes", "sender_routes", "smart_host"}
    }
    assert simple <= named
