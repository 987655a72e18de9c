"""How often phrases stand in columns, as text and back."""

import apsw
import pytest

from mailbot_server.store.database import occurrences


@pytest.fixture
def connection():
    """A table of two columns with one row."""
    made = apsw.Connection(":memory:")
    occurrences.register(made)
    made.execute("CREATE VIRTUAL TABLE t USING fts5(one, two)")
    made.execute("INSERT INTO t VALUES ('a b a', 'a c')")
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("a", [{0: 2, 1: 1}]),
        ('"a b" OR c', [{0: 1}, {1: 1}]),
        ("a NOT z", [{0: 2, 1: 1}, {}]),
        ("two : a", [{1: 1}]),
    ],
)
def test_phrases_are_counted_by_column(connection, query, found):
    sql = f"SELECT {occurrences.NAME}(t) FROM t WHERE t MATCH ?"
    [(text,)] = connection.execute(sql, (query,)).fetchall()
    assert occurrences.read(text) == found
