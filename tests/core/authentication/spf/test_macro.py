import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.authentication.spf import macro

# RFC 7208 7.4.
VALUES = {
    "s": "strong-bad@email.example.com",
    "o": "email.example.com",
    "d": "email.example.com",
    "l": "strong-bad",
    "i": "192.0.2.3",
    "v": "in-addr",
    "h": "mail.example.com",
    "p": "unknown",
    "c": "192.0.2.3",
    "r": "mx.example",
    "t": "1",
}


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{S}", "strong-bad%40email.example.com"),
        ("%%%_%-", "% %20"),
        ("%{d99999999999999999999}", "email.example.com"),
        ("no macro", "no macro"),
    ],
)
def test_expansion(text, expanded):
    assert macro.expand(text, VALUES) == expanded


@pytest.mark.parametrize(
    ("text", "string", "target", "words"),
    [
        ("example.com", True, True, True),
        ("example.com.", True, True, True),
        ("%{d}", True, True, True),
        ("%{d}.example", True, True, True),
        ("a.%{d}", True, True, True),
        ("example", True, False, True),
        ("a.123", True, False, True),
        ("a.1-b", True, True, True),
        ("a.-b", True, False, True),
        ("%{t}", False, False, True),
        ("%{d0}", False, False, False),
        ("%{x}", False, False, False),
        ("%", False, False, False),
        ("%(d)", False, False, False),
        ("a b.com", False, False, True),
        ("", True, False, True),
        ("\n.com", False, False, False),
    ],
)
def test_syntax(text, string, target, words):
    assert macro.is_string(text) is string
    assert macro.is_target(text) is target
    assert macro.is_words(text) is words


def test_a_name_that_is_too_long_loses_labels_on_the_left():
    long = {**VALUES, "l": ".".join(["a" * 60] * 6)}
    found = macro.name("%{l}.example.com", long)
    assert len(found) <= 253
    assert found.endswith(".example.com")
    assert macro.name("%{l}", {"l": "a" * 300}) == ""


@given(st.text(max_size=60))
def test_nothing_raises(text):
    for each in (text, "%{" + text + "}", "%{d" + text):
        macro.is_target(each)
        if macro.is_words(each):
            macro.expand(each, VALUES)
