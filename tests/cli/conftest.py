"""A whole server for the commands, and a way to run them."""

from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner, Result

from mailbot_server.cli import application
from tests.servers.process import ServerProcess

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all commands."""
    made = ServerProcess(
        tmp_path_factory.mktemp("cli") / "data",
        webhook_allowed_hosts=["127.0.0.1"],
    )
    made.start()
    yield made
    made.kill()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path) -> Run:
    """Runs a command that knows no server and no settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("MAILBOT_API_KEY", "MAILBOT_TARGET", "MAILBOT_CONFIG"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, stdin: str = "", **environment: str) -> Result:
        return CliRunner().invoke(application, words, input=stdin, env=environment)

    return run


@pytest.fixture
def command(bare: Run, server: ServerProcess) -> Run:
    """Runs a command against the server; fails unless it succeeds."""

    def run(*words: str, stdin: str = "", code: int = 0) -> Result:
        result = bare(
            *words,
            stdin=stdin,
            MAILBOT_TARGET=server.target,
            MAILBOT_API_KEY=server.api_key,
        )
        assert result.exit_code == code, result.output
        return result

    return run
