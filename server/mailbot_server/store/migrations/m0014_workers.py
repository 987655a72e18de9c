"""Which process leads, and what several processes must share."""

from typing import Final

NAME: Final = "workers"

_TABLES: Final = """
CREATE TABLE leader (
  role TEXT PRIMARY KEY, node_id TEXT NOT NULL, term BIGINT NOT NULL,
  until BIGINT NOT NULL)
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(
        clustered="" if is_postgres else " WITHOUT ROWID",
        blob="BYTEA" if is_postgres else "BLOB",
    )
    return [part.strip() for part in text.split(";")]
