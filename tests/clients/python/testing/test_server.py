"""A server of one's own starts on free ports, ends with its block, and says why not."""

import pytest

from mailbot import MailBot, UnavailableError
from mailbot.testing import ServerFailedError, local_server
from mailbot.testing.server import split

pytestmark = pytest.mark.slow


def test_it_runs_as_long_as_its_block(tmp_path):
    with local_server(tmp_path, sandbox_domain="own.example") as server:
        assert len({server.target, server.mx, server.submission}) == 3
        with MailBot(server.api_key, server.target) as mailbot:
            assert mailbot.inboxes.create().address.endswith("@own.example")
        assert server.api_key not in repr(server)
    with (
        MailBot(server.api_key, server.target, timeout=1) as mailbot,
        pytest.raises(UnavailableError),
    ):
        mailbot.account.get()


def test_settings_of_the_environment_are_not_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILBOT_SANDBOX_DOMAIN", "prod.example")
    with (
        local_server(tmp_path) as server,
        MailBot(server.api_key, server.target) as mailbot,
    ):
        assert not mailbot.inboxes.create().address.endswith("@prod.example")


def test_one_that_cannot_start_says_why(tmp_path):
    with (
        pytest.raises(ServerFailedError, match="mx_port"),
        local_server(tmp_path, mx_port="x"),
    ):
        pass


@pytest.mark.parametrize(
    ("text", "expected"),
    [("127.0.0.1:25", ("127.0.0.1", 25)), ("[::1]:2525", ("::1", 2525))],
)
def test_an_address_has_a_host_and_a_port(text, expected):
    assert split(text) == expected


@pytest.mark.parametrize("text", ["", "host", ":25", "host:x", "host:"])
def test_what_is_no_address_is_named(text):
    with pytest.raises(ValueError, match="host:port"):
        split(text)
