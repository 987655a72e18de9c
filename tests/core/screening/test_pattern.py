"""Patterns: what they are, what they hold for, and which is the most exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.screening import pattern


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Bob@Example.COM", "bob@example.com"),
        ("example.com", "example.com"),
        ("*.Example.com", "*.example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("bob@bücher.example", "bob@xn--bcher-kva.example"),
        ("*", None),
        ("*.", None),
        ("", None),
        ("*@example.com", "example.com"),
        ("bob@", None),
        ("@example.com", None),
        ("exa mple.com", None),
        ("**.example.com", None),
        ("foo.*.example.com", None),
    ],
)
def test_what_a_pattern_is(text, read):
    assert pattern.read(text) == read


def test_the_most_exact_comes_first():
    assert pattern.matching("Bob@A.example.com") == [
        "bob@a.example.com",
        "a.example.com",
        "*.a.example.com",
        "*.example.com",
        "*.com",
    ]


def test_a_wildcard_holds_for_the_bare_domain_too():
    assert "*.example.com" in pattern.matching("bob@example.com")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Bob@Example.COM.", "bob@example.com"),
        ("bob@BÜCHER.example.", "bob@xn--bcher-kva.example"),
    ],
)
def test_a_final_dot_changes_nothing(written, meant):
    assert pattern.matching(written) == pattern.matching(meant)


def test_what_is_no_address_matches_only_itself():
    assert pattern.matching("nobody") == ["nobody"]
    assert pattern.matching("") == []


@given(st.text(max_size=400))
def test_any_text_has_few_patterns(text):
    assert len(pattern.matching(text)) <= pattern.LABELS_MAX + 2


@given(st.emails())
def test_an_address_matches_what_is_read_of_it(address):
    read = pattern.read(address)
    if read is not None:
        assert read in pattern.matching(address)
