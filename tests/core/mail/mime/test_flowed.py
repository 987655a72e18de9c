import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime.flowed import unwrap


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("one\ntwo", "one\ntwo", id="rfc3676-4.1-fixed"),
        pytest.param("a wo \nrd and  \nmore", "a word and more", id="rfc3676-4.5"),
        pytest.param(
            "https://example.com/a/ \nb?c=d", "https://example.com/a/b?c=d", id="link"
        ),
        pytest.param("a \n", "a", id="open-at-the-end"),
        pytest.param("a \n\nb", "a\nb", id="an-empty-line-closes"),
        pytest.param(" From x\n >no quote", "From x\n>no quote", id="rfc3676-4.4"),
        pytest.param("> a \n> b\n>> c", "> ab\n>> c", id="quote"),
        pytest.param("> a \nb", "> a\nb", id="rfc3676-4.5-depth-changes"),
        pytest.param("> \n> x", ">\n> x", id="rfc3676-4.4-stuffed-empty-line"),
        pytest.param("text \n-- \nAnn", "text\n-- \nAnn", id="rfc3676-4.3-signature"),
        pytest.param("> -- \n> Ann", "> -- \n> Ann", id="quoted-signature"),
    ],
)
def test_unwrapped(sent, shown):
    assert unwrap(sent) == shown


@given(st.lists(st.sampled_from([">", " ", "-- ", "a", "\n", "b "]), max_size=40))
def test_no_word_is_lost(pieces):
    text = "".join(pieces)
    unwrapped = unwrap(text)
    assert unwrapped.count("a") == text.count("a")
    assert unwrapped.count("b") == text.count("b")
    assert unwrapped.count("\n") <= text.count("\n")


def test_a_paragraph_of_many_lines():
    assert unwrap("ab \n" * 200_000) == "ab" * 200_000


def test_what_nobody_reads_stays_as_it_is():
    text = "ab \n" * 300_000
    assert unwrap(text) == text
