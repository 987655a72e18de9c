"""
Signing up with a mailed code, tested as a visitor sees it.

    pytest examples/signup_flow --mailbot-serve
"""

from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from examples.signup_flow.shop import Shop
from mailbot.testing import LocalServer, TemporaryInbox


@pytest.fixture
def shop(mailbot_server: LocalServer) -> Iterator[Shop]:
    """The shop under test; its mail goes where the test server takes mail."""
    with Shop(mail_host=mailbot_server.mx_address) as running:
        yield running


def visit(url: str, **form: str) -> str:
    """What the page says; with a form, after it was sent."""
    data = urlencode(form).encode() if form else None
    with urlopen(url, data) as page:  # noqa: S310 - a server of our own
        text: str = page.read().decode()
        return text


def test_the_code_lets_the_visitor_in(
    shop: Shop, mailbot_inbox: TemporaryInbox
) -> None:
    visit(f"{shop.url}/sign-up", email=mailbot_inbox.address)

    message = mailbot_inbox.wait_for_message(subject="confirm", sender="shop.example")

    assert message.code is not None
    page = visit(f"{shop.url}/confirm", email=mailbot_inbox.address, code=message.code)
    assert page.startswith("Welcome")


def test_the_link_does_as_well(shop: Shop, mailbot_inbox: TemporaryInbox) -> None:
    visit(f"{shop.url}/sign-up", email=mailbot_inbox.address)

    message = mailbot_inbox.wait_for_message(subject="confirm")

    assert visit(message.link("Confirm my address").url).startswith("Welcome")


def test_a_second_code_replaces_the_first(
    shop: Shop, mailbot_inbox: TemporaryInbox
) -> None:
    visit(f"{shop.url}/sign-up", email=mailbot_inbox.address)
    first = mailbot_inbox.wait_for_message(body="your code")
    visit(f"{shop.url}/sign-up", email=mailbot_inbox.address)
    second = mailbot_inbox.wait_for_message(body="your code")

    assert first.code != second.code
    with pytest.raises(HTTPError, match="403"):
        visit(first.link("confirm").url)
    assert visit(second.link("confirm").url).startswith("Welcome")
