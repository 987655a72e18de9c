"""Counts of what was sent and received, by hour."""

from typing import Final

NAME: Final = "usage"

_TABLES: Final = """
CREATE TABLE usage_hour (
  account_id TEXT NOT NULL, hour BIGINT NOT NULL, inbox_id TEXT NOT NULL,
  recipient_domain TEXT NOT NULL, name TEXT NOT NULL, amount BIGINT NOT NULL,
  PRIMARY KEY (account_id, hour, inbox_id, recipient_domain, name)){clustered}
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(
        clustered="" if is_postgres else " WITHOUT ROWID",
        blob="BYTEA" if is_postgres else "BLOB",
    )
    return [part.strip() for part in text.split(";")]
