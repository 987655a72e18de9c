"""Which process leads, which ones deliver, and what operators call them."""

from typing import Final

NAME: Final = "workers"

_TABLES: Final = """
CREATE TABLE leader (
  role TEXT PRIMARY KEY, node_id TEXT NOT NULL, term BIGINT NOT NULL,
  until BIGINT NOT NULL){clustered};
ALTER TABLE node ADD COLUMN delivers INTEGER NOT NULL DEFAULT 1;
ALTER TABLE node ADD COLUMN name TEXT NOT NULL DEFAULT ''
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(clustered="" if is_postgres else " WITHOUT ROWID")
    return [part.strip() for part in text.split(";")]
