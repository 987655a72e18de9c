"""Commands find a server and a key: named, in the environment, or in the settings."""

import pytest

from tests.servers.process import ServerProcess


def settings(path, server: ServerProcess):
    """The server's settings as a file in the working directory."""
    (path / "mailbot.toml").write_text(
        f'grpc_port = {server.grpc_port}\ndata_dir = "{server.folder}"\n'
    )


def test_the_environment_names_both(command):
    command("inboxes", "list")


def test_both_come_from_the_settings_of_the_server(bare, server, tmp_path):
    settings(tmp_path, server)
    assert bare("inboxes", "list").exit_code == 0


def test_options_win(bare, server, tmp_path):
    words = (
        "--target",
        server.target,
        "--key-file",
        str(server.folder / "default.key"),
    )
    result = bare(
        *("inboxes", "list", *words),
        MAILBOT_TARGET="127.0.0.1:1",
        MAILBOT_API_KEY="mb_wrong",
    )
    assert result.exit_code == 0, result.output


def test_without_a_key_there_is_a_sentence(bare):
    result = bare("inboxes", "list")
    assert result.exit_code == 2
    assert "no API key: set MAILBOT_API_KEY or --key-file" in result.stderr
    assert "data/default.key: No such file or directory" in result.stderr


def test_bad_settings_are_a_sentence(bare, tmp_path):
    (tmp_path / "mailbot.toml").write_text("grpc_prot = 1\n")
    result = bare("inboxes", "list")
    assert result.exit_code == 2
    assert result.stderr == "mailbot: grpc_prot: there is no such setting\n"


def test_settings_are_not_needed_by_those_who_name_everything(bare, server, tmp_path):
    (tmp_path / "mailbot.toml").write_text("grpc_prot = 1\n")
    result = bare(
        *("inboxes", "list"),
        MAILBOT_TARGET=server.target,
        MAILBOT_API_KEY=server.api_key,
    )
    assert result.exit_code == 0


def test_a_wrong_key_is_the_server_s_refusal(bare, server):
    key = "mb_0123456789_" + "0" * 52
    result = bare(
        *("inboxes", "list"), MAILBOT_TARGET=server.target, MAILBOT_API_KEY=key
    )
    assert result.exit_code == 1
    assert "(API_KEY_INVALID)" in result.stderr
    assert key not in result.output


def test_root_certificates_that_are_not_there_are_a_sentence(bare, server):
    result = bare(
        *("inboxes", "list"),
        MAILBOT_TARGET=server.target,
        MAILBOT_API_KEY=server.api_key,
        MAILBOT_CA_FILE="absent.pem",
    )
    assert result.exit_code == 2
    assert "absent.pem" in result.stderr


@pytest.mark.parametrize("name", ["--help", "-x"])
def test_a_command_that_is_misused_shows_how_it_is_used(bare, name):
    result = bare("tail", name)
    assert result.exit_code == (0 if name == "--help" else 2)
    assert "Usage" in result.output
