"""What clients say in AUTH PLAIN and LOGIN, and what they cannot mean."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import sasl
from mailbot_server.core.mail.sasl import Login


def encoded(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


@pytest.mark.parametrize("acts_as", [b"", b"tim"])
def test_plain_is_a_name_and_a_password(acts_as):
    login = sasl.read_plain(encoded(acts_as + b"\0tim\0tanstaaftanstaaf"))
    assert login == Login(username="tim", password="tanstaaftanstaaf")
    assert "tanstaaf" not in repr(login)


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(b"bob\0tim\0secret", id="rfc4616-2-acts-for-another"),
        pytest.param(b"tim\0secret", id="two-parts"),
        pytest.param(b"\0tim\0sec\0ret", id="four-parts"),
        pytest.param(b"\0\0secret", id="no-name"),
        pytest.param(b"\0tim\0", id="no-password"),
        pytest.param(b"\0tim\0\xff", id="not-utf8"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_plain_does_not_mean_is_nothing(octets):
    assert sasl.read_plain(encoded(octets)) is None


@pytest.mark.parametrize(
    ("response", "text"),
    [("dGlt", "tim"), ("=", ""), ("", ""), ("w7w=", "ü"), ("dGl", None), ("é", None)],
)
def test_text_is_base64_of_utf8(response, text):
    assert sasl.read_text(response) == text


@given(st.text())
def test_nothing_that_is_said_raises(response):
    sasl.read_plain(response)
