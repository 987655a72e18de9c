"""The chain of changes of each account."""

from typing import Final

NAME: Final = "audit"

_TABLES: Final = """
CREATE TABLE audit_head (
  account_id TEXT PRIMARY KEY, sequence BIGINT NOT NULL, hash {blob} NOT NULL);

CREATE TABLE audit_entry (
  account_id TEXT NOT NULL, sequence BIGINT NOT NULL, id TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL, actor_id TEXT NOT NULL, surface TEXT NOT NULL,
  action TEXT NOT NULL, resource_type TEXT NOT NULL, resource_id TEXT NOT NULL,
  inbox_id TEXT NOT NULL, request_id TEXT NOT NULL, before_json TEXT NOT NULL,
  after_json TEXT NOT NULL, previous_hash {blob} NOT NULL, hash {blob} NOT NULL,
  PRIMARY KEY (account_id, sequence))
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(
        clustered="" if is_postgres else " WITHOUT ROWID",
        blob="BYTEA" if is_postgres else "BLOB",
    )
    return [part.strip() for part in text.split(";")]
