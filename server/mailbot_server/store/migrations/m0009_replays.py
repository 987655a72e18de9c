"""Jobs that deliver recorded events again."""

from typing import Final

NAME: Final = "replays"

_TABLES: Final = """
CREATE TABLE replay (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, state TEXT NOT NULL,
  target_ids TEXT NOT NULL, filter TEXT NOT NULL, positions TEXT NOT NULL,
  undelivered_only INTEGER NOT NULL, low BIGINT NOT NULL, high BIGINT NOT NULL,
  position BIGINT NOT NULL, event_count BIGINT NOT NULL,
  handed_over BIGINT NOT NULL, handed TEXT NOT NULL, created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL, ended_at BIGINT);
CREATE INDEX replay_account ON replay (account_id, id);
CREATE INDEX replay_running ON replay (id) WHERE state = 'running';
CREATE INDEX replay_ended ON replay (ended_at) WHERE ended_at IS NOT NULL
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    del is_postgres
    return [part.strip() for part in _TABLES.split(";")]
