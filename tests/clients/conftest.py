"""What the tests of every client share: a scripted server, perhaps a whole one."""

from collections.abc import Iterator

import pytest

from tests.clients.fake_mailbot import FakeMailbot


@pytest.fixture
def server() -> Iterator[FakeMailbot]:
    """A mailbot that answers as it is told."""
    fake = FakeMailbot()
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture
def whole_server(request: pytest.FixtureRequest):
    """`running_server`: its `target` and its `api_key`."""
    try:
        return request.getfixturevalue("running_server")
    except pytest.FixtureLookupError:
        pytest.skip("no fixture `running_server` starts a whole server here")
