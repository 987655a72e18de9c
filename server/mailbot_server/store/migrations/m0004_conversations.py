"""What conversations need beyond ties: labels, participants, merges and splits."""

from typing import Final

NAME: Final = "conversations"

_TABLES: Final = """
ALTER TABLE thread ADD COLUMN labels TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN more_ties TEXT NOT NULL DEFAULT '';
DROP INDEX thread_tie_thread;
CREATE INDEX thread_unreplied ON thread (account_id, inbox_id)
  WHERE root_id = id AND is_unreplied = 1;

CREATE TABLE thread_label (
  inbox_id TEXT NOT NULL, label TEXT NOT NULL, thread_id TEXT NOT NULL,
  PRIMARY KEY (inbox_id, label, thread_id)){clustered};

CREATE TABLE thread_participant (
  inbox_id TEXT NOT NULL, address TEXT NOT NULL, thread_id TEXT NOT NULL,
  PRIMARY KEY (inbox_id, address, thread_id)){clustered};

CREATE TABLE message_label (
  inbox_id TEXT NOT NULL, label TEXT NOT NULL, message_id TEXT NOT NULL,
  account_id TEXT NOT NULL, PRIMARY KEY (inbox_id, label, message_id)){clustered};
CREATE INDEX message_label_account ON message_label (account_id, label, message_id);

CREATE TABLE thread_change (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, thread_id TEXT NOT NULL,
  kind TEXT NOT NULL, other_ids TEXT NOT NULL, message_id TEXT NOT NULL,
  changed_by TEXT NOT NULL, created_at BIGINT NOT NULL);
CREATE INDEX thread_change_thread ON thread_change (thread_id, id);

CREATE TABLE thread_apart (
  one_id TEXT NOT NULL, other_id TEXT NOT NULL,
  PRIMARY KEY (one_id, other_id)){clustered};

UPDATE inbox_count SET unreplied_threads = (
  SELECT COUNT(*) FROM thread WHERE thread.inbox_id = inbox_count.inbox_id
  AND root_id = id AND is_unreplied = 1)
"""

# Rows that are there already; addresses of most are what `fold` would make of them.
_SQLITE: Final = (
    """
    INSERT INTO message_label (inbox_id, label, message_id, account_id)
      SELECT DISTINCT inbox_id, each.value, message.id, account_id
      FROM message, json_each(message.labels) AS each WHERE labels <> ''
    """,
    """
    INSERT INTO thread_participant (inbox_id, address, thread_id)
      SELECT DISTINCT inbox_id, LOWER(json_extract(each.value, '$[0]')), thread.id
      FROM thread, json_each(thread.participants) AS each
      WHERE participants <> '' AND root_id = thread.id
    """,
)
_POSTGRES: Final = (
    """
    INSERT INTO message_label (inbox_id, label, message_id, account_id)
      SELECT DISTINCT inbox_id, label, message.id, account_id
      FROM message, json_array_elements_text(CAST(labels AS json)) AS each (label)
      WHERE labels <> ''
    """,
    """
    INSERT INTO thread_participant (inbox_id, address, thread_id)
      SELECT DISTINCT inbox_id, LOWER(each.pair ->> 0), thread.id
      FROM thread, json_array_elements(CAST(participants AS json)) AS each (pair)
      WHERE participants <> '' AND root_id = thread.id
    """,
)


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(clustered="" if is_postgres else " WITHOUT ROWID")
    tables = [part.strip() for part in text.split(";")]
    return [*tables, *(_POSTGRES if is_postgres else _SQLITE)]
