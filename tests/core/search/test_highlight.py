"""Pieces are short, and what is marked in them is what was looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.search import grammar, highlight, query
from mailbot_server.core.search.document import Field


def shown(text, asked, field=Field.BODY):
    wanted = query.wanted(grammar.read(asked))
    return highlight.pieces([(field, text)], wanted)


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("Hello World", "world", ["World"]),
        ("Größe und Maß", "grosse MASS", ["Größe", "Maß"]),
        ("cafe\u0301 noir", "café", ["cafe\u0301"]),
        ("東京都庁", "京都", ["京都"]),
        ("東京都庁", "東京都", ["東京都"]),
        ("東京都庁", "庁", ["庁"]),
        ("ｶﾞｷです", "ガキ", ["ｶﾞｷ"]),
        ("an invoice, invoices", "inv*", ["invoice", "invoices"]),
        ("an invoice, invoices", "invoice", ["invoice"]),
        ("one two three two", '"two three"', ["two three"]),
        ("one two", '"two one"', []),
        ("to Ann@Example.com.", "ann@example.com", ["Ann@Example.com"]),
        ("at mail.example.com", "example.com", ["example.com"]),
        ("one one", "one", ["one", "one"]),
        ("ab ab", '"ab ab" ab', ["ab ab"]),
        ("no", "-no yes", []),
        ("ﬁne ™ ½", "fine", ["ﬁne"]),
    ],
)
def test_the_words_are_marked_as_they_stand(text, asked, marked):
    found = [
        piece.text[start:end]
        for piece in shown(text, asked)
        for start, end in piece.ranges
    ]
    assert found == marked


def test_a_word_of_one_field_is_not_marked_in_another():
    assert shown("ann", "subject:ann") == []
    assert len(shown("ann", "subject:ann", Field.SUBJECT)) == 1


def test_pieces_begin_and_end_between_words_where_they_can():
    text = "word " * 100 + "here\nthere " + "word " * 100
    [piece] = shown(text, "here")
    assert len(piece.text) <= highlight.PIECE_LENGTH_MAX
    assert piece.text.startswith("word")
    assert piece.text.endswith("word")
    assert "here there" in piece.text


def test_there_are_at_most_five_pieces_the_header_first():
    body = ("total " + "x " * 300) * 10
    wanted = query.wanted(grammar.read("total"))
    texts = [(Field.SUBJECT, "total"), (Field.SENDER, "no"), (Field.BODY, body)]
    found = highlight.pieces(texts, wanted)
    fields = [each.field for each in found]
    assert fields == [Field.SUBJECT, *[Field.BODY] * 4]


@given(
    st.text("ab é東京\n.@ﬁ½", max_size=700),
    st.sampled_from(["a", "b*", "東", "é", '"a b"', "a b 京"]),
)
def test_pieces_are_short_and_ranges_lie_in_them(text, asked):
    found = shown(text, asked)
    assert len(found) <= highlight.PIECES_MAX
    for piece in found:
        assert 0 < len(piece.text) <= highlight.PIECE_LENGTH_MAX
        assert "\n" not in piece.text
        ends = [place for pair in piece.ranges for place in pair]
        assert ends == sorted(ends)
        assert all(start < end for start, end in piece.ranges)
        assert piece.ranges
        assert ends[-1] <= len(piece.text)
