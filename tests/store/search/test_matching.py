"""Questions to the index hold nothing but quoted words and our own operators."""

import re

import pytest

from mailbot_server.core.search import grammar
from mailbot_server.core.search.query import Flag, Is, Words
from mailbot_server.store.search import matching


@pytest.mark.parametrize(
    ("text", "fts5", "tsquery"),
    [
        (
            "Word",
            '{body subject sender recipients attachments} : "word"',
            "(('word') | ('~word'))",
        ),
        ("subject:inv*", 'subject : "inv" *', "('inv':*A)"),
        ('body:"two words"', 'body : "two words"', "('two':D <-> 'words':D)"),
        (
            "from:a -to:b",
            '((sender : "a") NOT recipients : "b")',
            "((('a':B)) & !('b':C))",
        ),
        ("-to:b", '(owner : ("x") NOT recipients : "b")', "(('#x') & !('b':C))"),
        (
            "from:a OR from:b",
            '(sender : "a" OR sender : "b")',
            "(('a':B) | ('b':B))",
        ),
    ],
)
def test_a_tree_is_written_for_both(text, fts5, tsquery):
    node = grammar.read(text)
    found = matching.fts5(node, ("x",)).text
    assert found == f'owner : ("x") AND {fts5}'
    assert matching.tsquery(node, ("x",)).text == f"('#x') & {tsquery}"


def test_phrases_are_named_in_their_order():
    node = grammar.read("a -b (c OR -d)")
    match = matching.fts5(node, ("x", "y"))
    named = [each.text if each else None for each in match.phrases]
    quoted = re.findall(r'"([^"]*)"', match.text)
    assert named == [None if each in "xy" else each for each in quoted]


def test_a_condition_is_no_question_to_the_index():
    with pytest.raises(TypeError):
        matching.fts5(Is(Flag.INBOUND), ("x",))


def test_what_is_written_in_a_query_stays_inside_quotes():
    node = Words("a' | 'b \" OR * ^ : ( NEAR")
    assert matching.fts5(node, ("x",)).text.endswith(': "a b or near"')
    assert "'a' <-> 'b' <-> 'or' <-> 'near'" in matching.tsquery(node, ("x",)).text
