"""What receiving needs beyond parsing: verdicts, quarantine, address lists, rules."""

from typing import Final

NAME: Final = "inbound"

_TABLES: Final = """
ALTER TABLE message ADD COLUMN kind TEXT NOT NULL DEFAULT 'normal';
ALTER TABLE message ADD COLUMN verdicts TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN is_quarantined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN quarantine TEXT NOT NULL DEFAULT '';
CREATE INDEX message_quarantined ON message (inbox_id, id) WHERE is_quarantined = 1;

ALTER TABLE inbox ADD COLUMN require_auth TEXT NOT NULL DEFAULT 'none';
ALTER TABLE inbox ADD COLUMN is_catch_all INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX inbox_catch_all ON inbox (domain)
  WHERE is_catch_all = 1 AND state <> 'disabled';

ALTER TABLE inbox_count ADD COLUMN quarantined_messages BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inbox_count ADD COLUMN unreplied_threads BIGINT NOT NULL DEFAULT 0;

CREATE TABLE address_entry (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, inbox_id TEXT NOT NULL,
  direction TEXT NOT NULL, action TEXT NOT NULL, pattern TEXT NOT NULL,
  note TEXT NOT NULL, created_at BIGINT NOT NULL, created_by TEXT NOT NULL,
  UNIQUE (account_id, inbox_id, direction, action, pattern));
CREATE INDEX address_entry_list ON address_entry (account_id, id);

CREATE TABLE rule (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, inbox_id TEXT NOT NULL,
  display_name TEXT NOT NULL, priority INTEGER NOT NULL,
  is_disabled INTEGER NOT NULL, conditions TEXT NOT NULL, actions TEXT NOT NULL,
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version INTEGER NOT NULL);
CREATE INDEX rule_order ON rule (account_id, priority, id)
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step, in order; the same for both databases."""
    del is_postgres
    return [part.strip() for part in _TABLES.split(";")]
