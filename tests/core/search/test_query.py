"""Trees are printed so that they are read again, and say what they ask of whom."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.search import grammar, query
from mailbot_server.core.search.document import Field
from mailbot_server.core.search.query import (
    After,
    Before,
    Flag,
    Is,
    Label,
    Larger,
    Node,
    Words,
)

texts = st.text("ab é東.@-*'()", min_size=1, max_size=12).filter(
    lambda text: bool(Words(text).asked.words)
)
fields = st.none() | st.sampled_from(list(query.FIELDS.values()))
instants = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Words, texts, fields, st.booleans()),
    st.sampled_from(Flag).map(Is),
    st.text("abc/-", min_size=1, max_size=5).map(Label),
    instants.map(Before),
    instants.map(After),
    st.integers(0, 999_999_999).map(Larger),
)


def _more(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=1, max_size=3)
    return several.map(query.all_of) | several.map(query.any_of) | nodes.map(query.not_)


trees = st.recursive(leaves, _more, max_leaves=12)


def depth(node: Node) -> int:
    match node:
        case query.Not(inner):
            return depth(inner)
        case query.All(nodes) | query.Any(nodes):
            return 1 + max(map(depth, nodes))
        case _:
            return 0


@given(trees.filter(lambda node: depth(node) <= grammar.DEPTH_MAX))
def test_a_printed_tree_is_read_again(node):
    text = query.text_of(node)
    if len(text) <= grammar.LENGTH_MAX:
        assert grammar.read(text) == node


@given(trees)
def test_a_tree_comes_apart_into_what_it_says(node):
    words, others = query.apart(node)
    parts = [part for part in (words, others) if part is not None]
    assert words is None or query.is_only_words(words)
    together = query.all_of(parts)
    leaves_of = {
        text for part in _conjuncts(together) for text in [query.text_of(part)]
    }
    assert leaves_of == {query.text_of(part) for part in _conjuncts(node)}


def _conjuncts(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, query.All) else (node,)


def test_only_what_a_hit_may_have_is_wanted():
    node = grammar.read("a -b (c OR d) subject:a a is:inbound -(e f)")
    assert query.wanted(node) == [
        Words("a"),
        Words("c"),
        Words("d"),
        Words("a", Field.SUBJECT),
    ]


def test_a_flag_is_mentioned_wherever_it_stands():
    for text in ("is:quarantined", "a -is:quarantined", "(a OR is:quarantined) b"):
        assert query.mentions(grammar.read(text), Flag.QUARANTINED)
    assert not query.mentions(grammar.read("is:inbound a"), Flag.QUARANTINED)
