"""Durable readers of the log, and what they have been handed."""

from typing import Final

NAME: Final = "subscriptions"

# A handout is due when its lease ends or its pause is over; what is parked, or waits
# behind another event of its thread, is never due.
_TABLES: Final = """
CREATE TABLE subscription (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, kind TEXT NOT NULL,
  display_name TEXT NOT NULL, mode TEXT NOT NULL, filter TEXT NOT NULL,
  view TEXT NOT NULL, state TEXT NOT NULL, ack_deadline_ms BIGINT NOT NULL,
  max_attempts INTEGER NOT NULL, idle_ttl_ms BIGINT, is_ordered INTEGER NOT NULL,
  acked BIGINT NOT NULL, handed BIGINT NOT NULL, generation BIGINT NOT NULL,
  consumer_id TEXT NOT NULL, consumed_at BIGINT, stream TEXT NOT NULL,
  last BIGINT NOT NULL, rounds INTEGER NOT NULL, reached BIGINT NOT NULL,
  redeliver_at BIGINT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
  version INTEGER NOT NULL);
CREATE INDEX subscription_account ON subscription (account_id, kind, id);

CREATE TABLE handout (
  subscription_id TEXT NOT NULL, replay_id TEXT NOT NULL, position BIGINT NOT NULL,
  event_id TEXT NOT NULL, thread_id TEXT NOT NULL, state TEXT NOT NULL,
  attempts INTEGER NOT NULL, due_at BIGINT, holder TEXT NOT NULL,
  lease BIGINT NOT NULL, changed_at BIGINT NOT NULL,
  last_result TEXT NOT NULL, last_status INTEGER NOT NULL,
  PRIMARY KEY (subscription_id, replay_id, position)){clustered};
CREATE INDEX handout_due ON handout (subscription_id, due_at, holder);
CREATE INDEX handout_parked ON handout (subscription_id, changed_at, position)
  WHERE state = 'parked';
CREATE INDEX handout_thread ON handout (subscription_id, thread_id, replay_id, position)
  WHERE thread_id <> ''
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(clustered="" if is_postgres else " WITHOUT ROWID")
    return [part.strip() for part in text.split(";")]
