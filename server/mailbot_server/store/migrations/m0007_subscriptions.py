"""Durable readers of the log, and what they have been handed."""

from typing import Final

NAME: Final = "subscriptions"

_TABLES: Final = """
CREATE TABLE subscription (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, kind TEXT NOT NULL,
  display_name TEXT NOT NULL, mode TEXT NOT NULL, filter TEXT NOT NULL,
  view TEXT NOT NULL, state TEXT NOT NULL, ack_deadline_ms BIGINT NOT NULL,
  max_attempts INTEGER NOT NULL, idle_ttl_ms BIGINT,
  acked BIGINT NOT NULL, handed BIGINT NOT NULL, generation BIGINT NOT NULL,
  consumer_id TEXT NOT NULL, consumed_at BIGINT, ordered INTEGER NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version INTEGER NOT NULL);
CREATE INDEX subscription_account ON subscription (account_id, id);

CREATE TABLE handout (
  subscription_id TEXT NOT NULL, replay_id TEXT NOT NULL, position BIGINT NOT NULL,
  account_id TEXT NOT NULL, event_id TEXT NOT NULL, thread_id TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL, due_at BIGINT NOT NULL,
  holder TEXT NOT NULL, lease BIGINT NOT NULL, changed_at BIGINT NOT NULL,
  last_result TEXT NOT NULL, last_status INTEGER NOT NULL,
  PRIMARY KEY (subscription_id, replay_id, position)){clustered};
CREATE INDEX handout_due ON handout (subscription_id, state, due_at, position)
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(
        clustered="" if is_postgres else " WITHOUT ROWID",
        blob="BYTEA" if is_postgres else "BLOB",
    )
    return [part.strip() for part in text.split(";")]
