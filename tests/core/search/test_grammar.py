"""Queries become trees, whatever was written, or are refused with the place."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.search import grammar
from mailbot_server.core.search.document import Field
from mailbot_server.core.search.query import (
    After,
    All,
    Any,
    Before,
    Flag,
    Is,
    Label,
    Larger,
    Not,
    Words,
    text_of,
)

A, B, C = Words("a"), Words("b"), Words("c")

READ = [
    ("a", A),
    ("  a\tb\n", All((A, B))),
    ("a OR b", Any((A, B))),
    ("a b OR c", Any((All((A, B)), C))),
    ("a (b OR c)", All((A, Any((B, C))))),
    ("((a)) (b c)", All((A, B, C))),
    ("-a", Not(A)),
    ("-(a b)", Not(All((A, B)))),
    ("-(-a)", A),
    ("a or b", All((A, Words("or"), B))),
    ("a AND b", All((A, Words("AND"), B))),
    ("ORa", Words("ORa")),
    ('"a b"', Words("a b")),
    ('"a b"*', Words("a b", is_open=True)),
    ("inv*", Words("inv", is_open=True)),
    ("inv**", Words("inv", is_open=True)),
    ('a"b"c', All((A, B, C))),
    ("a(b)c", All((A, B, C))),
    ("--a", Words("--a")),
    ("- a", A),
    ("a - !!! ??", A),
    ("a OR !!!", A),
    ("(!!!) a", A),
    ("from:ann", Words("ann", Field.SENDER)),
    ("FROM:Ann@x.com", Words("Ann@x.com", Field.SENDER)),
    ('subject:"a b"', Words("a b", Field.SUBJECT)),
    ("to:inf*", Words("inf", Field.RECIPIENTS, is_open=True)),
    (
        "body:(a OR -b)",
        Any((Words("a", Field.BODY), Not(Words("b", Field.BODY)))),
    ),
    ("-from:ann", Not(Words("ann", Field.SENDER))),
    ("has:attachment", Is(Flag.ATTACHMENT)),
    ("is:INBOUND", Is(Flag.INBOUND)),
    ("-is:automated", Not(Is(Flag.AUTOMATED))),
    ("label:New", Label("new")),
    ('label:"a/b"', Label("a/b")),
    ("larger:10", Larger(10)),
    ("larger:5M", Larger(5 * 1024 * 1024)),
    ("larger:2kb", Larger(2048)),
    ("before:2026-01-31", Before(datetime(2026, 1, 31, tzinfo=UTC))),
    ("after:2026-01-31T10:30Z", After(datetime(2026, 1, 31, 10, 30, tzinfo=UTC))),
    ("http://x.com/a?b=c", Words("http://x.com/a?b=c")),
    ("cc:a", Words("cc:a")),
    ("NEAR(a b)", All((Words("NEAR"), A, B))),
    ("'a';--b*", Words("'a';--b", is_open=True)),
    ("^a {b} %c_", All((Words("^a"), Words("{b}"), Words("%c_")))),
    ("(" * 10 + "a" + ")" * 10, A),
    ("a" * 1000, Words("a" * 1000)),
]


@pytest.mark.parametrize(("text", "node"), READ, ids=[text[:30] for text, _ in READ])
def test_queries_are_read(text, node):
    assert grammar.read(text) == node


REFUSED = [
    ("", 1),
    ("  ", 1),
    ("!?", 1),
    ("OR a", 1),
    ("a OR", 4),
    ("a OR OR b", 6),
    ("a (OR b)", 4),
    ("a)", 2),
    ("(a", 1),
    ("a (", 4),
    ("()", 2),
    ("a ()", 4),
    ("-)", 2),
    ('"a', 1),
    ('a from:"b', 8),
    ("from:", 1),
    ("a from: b", 3),
    ("from:!", 1),
    ("label:", 1),
    ('label:""', 1),
    ("a label:b\0", 3),
    ("is:lost", 1),
    ("has:wings", 1),
    ("larger:5X", 1),
    ("larger:-1", 1),
    ("before:yesterday", 1),
    ("before:2026-02-30", 1),
    ("after:2026-1-1", 1),
    ("subject:(is:inbound)", 10),
    ("subject:(from:a)", 10),
    ("(" * 11 + "a" + ")" * 11, 11),
    ("a" * 1001, 1001),
    (" ".join(["ab"] * 51), 151),
    (" ".join(["is:inbound"] * 51), 551),
]


@pytest.mark.parametrize(("text", "position"), REFUSED)
def test_what_cannot_be_read_is_refused_with_its_place(text, position):
    with pytest.raises(InvalidInput) as caught:
        grammar.read(text)
    assert caught.value.reason == "QUERY_INVALID"
    assert caught.value.details["position"] == str(position)
    assert f"at character {position}" in caught.value.message


pieces = st.sampled_from(
    [
        *("a", "OR", "-", "(", ")", '"', " ", "*", "from:", "subject:(", "is:inbound"),
        *("label:x", "before:2026-01-31", "larger:5M", "東京", "é", "@", "\0", "'"),
    ]
)


@given(st.text(max_size=80) | st.lists(pieces, max_size=30).map("".join))
def test_anything_is_read_or_refused(text):
    found = _read(text)
    if isinstance(found, InvalidInput):
        assert found.reason == "QUERY_INVALID"
        assert 1 <= int(found.details["position"]) <= len(text) + 1
    else:
        assert grammar.read(text_of(found)) == found


def _read(text):
    try:
        return grammar.read(text)
    except InvalidInput as error:
        return error
