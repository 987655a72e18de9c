"""Links and what recipients did with them."""

from typing import Final

NAME: Final = "engagement"

_TABLES: Final = """
ALTER TABLE message ADD COLUMN tracking TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox ADD COLUMN tracking TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN is_tracked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN opens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN clicks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN replied_at BIGINT;

CREATE TABLE tracked_message (
  message_id TEXT NOT NULL PRIMARY KEY, plan TEXT NOT NULL, urls TEXT NOT NULL);

CREATE TABLE engagement (
  delivery_id TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL,
  first_at BIGINT NOT NULL, times INTEGER NOT NULL,
  hour BIGINT NOT NULL, told INTEGER NOT NULL,
  PRIMARY KEY (delivery_id, kind, number)){clustered}
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(clustered="" if is_postgres else " WITHOUT ROWID")
    return [part.strip() for part in text.split(";")]
