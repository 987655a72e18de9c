"""Which links of a plain text are found."""

import pytest

from mailbot_server.core.tracking import plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://e.com/a.", ["https://e.com/a"]),
        ("(https://e.com/a)", ["https://e.com/a"]),
        ("https://e.com/a_(b)", ["https://e.com/a_(b)"]),
        ("<https://e.com/a>", ["https://e.com/a"]),
        ("HTTP://e.com https://f.com", ["HTTP://e.com", "https://f.com"]),
        ("www.e.com mailto:a@b.c ftp://e.com xhttps://e.com", []),
        ("https://e.com/unsubscribe/1", []),
        ("To unsubscribe: https://e.com/1", []),
        ("Unsubscribe\nhttps://e.com/1", ["https://e.com/1"]),
        ("https://", []),
        ("https://bücher.example/ü!", ["https://bücher.example/ü"]),
    ],
)
def test_links_of_a_text(text, found):
    links = plain.read(text)
    assert [each.url for each in links] == found
    assert [text[each.start : each.end] for each in links] == found


def test_the_target_of_list_unsubscribe_stays():
    assert plain.read("https://e.com/1", frozenset({"https://e.com/1"})) == ()
