"""Jobs that deliver recorded events again."""

from typing import Final

NAME: Final = "replays"

_TABLES: Final = """
CREATE TABLE replay (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, state TEXT NOT NULL,
  plan TEXT NOT NULL, target_ids TEXT NOT NULL, position BIGINT NOT NULL,
  ends_at_position BIGINT NOT NULL, event_count BIGINT NOT NULL,
  handed_over BIGINT NOT NULL, delivered BIGINT NOT NULL, parked BIGINT NOT NULL,
  created_by TEXT NOT NULL, created_at BIGINT NOT NULL, ended_at BIGINT);
CREATE INDEX replay_account ON replay (account_id, id)
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(
        clustered="" if is_postgres else " WITHOUT ROWID",
        blob="BYTEA" if is_postgres else "BLOB",
    )
    return [part.strip() for part in text.split(";")]
