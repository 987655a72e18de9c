"""Conditions become SQL whose values are all parameters."""

import pytest

from mailbot_server.core.search import grammar
from mailbot_server.core.search.query import Node, Words
from mailbot_server.store.search import conditions
from mailbot_server.store.search.conditions import Where


def written(text: str, *, is_postgres: bool = False) -> Where:
    where = Where()
    node = grammar.read(text)
    conditions.write(where, node, is_postgres=is_postgres, found=_found)
    return where


def _found(node: Node) -> str:
    assert isinstance(node, Words)
    return node.text


@pytest.mark.parametrize("is_postgres", [False, True])
def test_values_are_parameters_in_order(is_postgres):
    where = written(
        "(larger:5 OR -label:x) (word OR before:1970-01-02) -is:automated",
        is_postgres=is_postgres,
    )
    assert where.parameters == [5, '"x"', "word", 86_400_000_000]
    assert where.text.count("?") == 4
    assert "NOT (message.automated = 1)" in where.text


def test_conditions_are_added_up():
    where = written("larger:1")
    where.add("a = ?", 2)
    assert where.text == "(message.size_bytes > ?) AND a = ?"
    assert where.parameters == [1, 2]
