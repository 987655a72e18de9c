"""Which names an account can bring along."""

import pytest

from mailbot_server.core.domain import name

OWN = ("mx.mailbot.example", "inbox.mailbot.example", "")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Example.COM.", "example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        (" example.com ", "example.com"),
        ("exa mple.com", None),
        ("", None),
        ("..", None),
        ("-a.example", None),
    ],
)
def test_names_are_a_labels_in_lower_case(given, expected):
    assert name.normal(given) == expected


@pytest.mark.parametrize(
    "good", ["example.com", "a.b.example.com", "rpm.pl", "a.rp.pl", "otherexample.org"]
)
def test_a_name_of_the_public_dns_can_be_used(good):
    assert name.check(good, OWN) is None


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        pytest.param("com", "two labels", id="top-level"),
        pytest.param("mail.localhost", "no public", id="rfc6761"),
        pytest.param("10.0.0.1", "no public", id="address"),
        pytest.param("x" * 60 + ("." + "y" * 60) * 3, "at most 200", id="long"),
        pytest.param("rp.example.com", "bounces come back", id="return-path"),
        pytest.param("rp.pl", "bounces come back", id="return-path-of-two-labels"),
        pytest.param("mx.mailbot.example", "its operator", id="hostname"),
        pytest.param("mailbot.example", "its operator", id="above"),
        pytest.param("a.inbox.mailbot.example", "its operator", id="below-the-sandbox"),
    ],
)
def test_other_names_are_refused_with_the_reason(bad, words):
    assert words in (name.check(bad, OWN) or "")


def test_the_operator_may_use_names_of_the_server():
    assert name.check("inbox.mailbot.example", ()) is None
