"""
Fixtures for tests that read mail: `mailbot_inbox`, and what it stands on.

Loaded by pytest itself wherever mailbot is installed. The server is the one that
`--mailbot-target` or MAILBOT_TARGET names, with the key in MAILBOT_API_KEY, or with
`--mailbot-serve` one that is started for the test run: with pytest-xdist, one for each
worker.
"""

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack

import pytest

from mailbot.client import MailBot
from mailbot.errors import AuthError, MailBotError
from mailbot.testing import LocalServer, TemporaryInbox, local_server, temporary_inbox

INBOX: pytest.StashKey[TemporaryInbox] = pytest.StashKey()
DEFAULT_TARGET = "127.0.0.1:50051"
MX_PORT = 2525
NO_SERVER = (
    "no mailbot server: run pytest with --mailbot-serve to start one, or set"
    " MAILBOT_API_KEY, and MAILBOT_TARGET (or --mailbot-target) for one that runs"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The plugin's options."""
    group = parser.getgroup("mailbot", "inboxes of a mailbot server for tests")
    group.addoption(
        "--mailbot-target",
        metavar="HOST:PORT",
        help="the server's gRPC address (MAILBOT_TARGET; 127.0.0.1:50051)",
    )
    group.addoption(
        "--mailbot-mx",
        metavar="HOST:PORT",
        help="where it takes mail (MAILBOT_MX; the target's host, port 2525)",
    )
    group.addoption(
        "--mailbot-insecure",
        action="store_true",
        help="speak plaintext to a server that is not on this machine",
    )
    group.addoption(
        "--mailbot-serve",
        action="store_true",
        help="start a server for this run, in a temporary folder, on free ports",
    )


@pytest.fixture(scope="session")
def mailbot_server(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LocalServer]:
    """Where the server is: `target`, `api_key`, `mx`, `mx_address`."""
    if pytestconfig.getoption("--mailbot-serve"):
        with local_server(tmp_path_factory.mktemp("mailbot")) as server:
            yield server
        return
    key = os.environ.get("MAILBOT_API_KEY", "").strip()
    if not key:
        pytest.fail(NO_SERVER, pytrace=False)
    target = (
        pytestconfig.getoption("--mailbot-target")
        or os.environ.get("MAILBOT_TARGET")
        or DEFAULT_TARGET
    )
    mx = pytestconfig.getoption("--mailbot-mx") or os.environ.get("MAILBOT_MX")
    host = target.rpartition(":")[0] or target
    yield LocalServer(target=target, api_key=key, mx=mx or f"{host}:{MX_PORT}")


@pytest.fixture(scope="session")
def mailbot_client(
    mailbot_server: LocalServer, pytestconfig: pytest.Config
) -> Iterator[MailBot]:
    """A client of the server; MAILBOT_CA_FILE names certificates of one's own."""
    is_insecure = pytestconfig.getoption("--mailbot-insecure")
    try:
        client = MailBot(
            mailbot_server.api_key,
            mailbot_server.target,
            tls=os.environ.get("MAILBOT_CA_FILE") or (False if is_insecure else None),
            insecure=is_insecure,
        )
    except AuthError as error:
        pytest.fail(str(error), pytrace=False)
    with client:
        yield client


@pytest.fixture
def mailbot_inbox(
    mailbot_client: MailBot, request: pytest.FixtureRequest
) -> Iterator[TemporaryInbox]:
    """
    An inbox of the test's own: `address`, `wait_for_message(subject=…)`, `messages()`.

    It carries the test's name as a label, is disabled at the end, and its last events
    stand in the report of a failure.
    """
    with ExitStack() as stack:
        made = temporary_inbox(mailbot_client, name=request.node.nodeid)
        try:
            inbox = stack.enter_context(made)
        except MailBotError as error:
            pytest.fail(f"no inbox for this test: {error}", pytrace=False)
        request.node.stash[INBOX] = inbox
        yield inbox


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Puts what the inbox has seen into the report of a failure."""
    report = yield
    inbox = item.stash.get(INBOX, None)
    if inbox is not None and report.failed:
        report.sections.append(("mailbot inbox", inbox.story()))
    return report
