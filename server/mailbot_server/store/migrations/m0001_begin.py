"""The first schema: accounts, inboxes, messages, threads, deliveries, events."""

from typing import Final

NAME: Final = "begin"

_TABLES: Final = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE node (
  id TEXT PRIMARY KEY, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL);

CREATE TABLE account (
  id TEXT PRIMARY KEY, display_name TEXT NOT NULL,
  sandbox_suffix TEXT NOT NULL UNIQUE, daily_send_limit INTEGER NOT NULL,
  created_at BIGINT NOT NULL, is_suspended INTEGER NOT NULL DEFAULT 0);

CREATE TABLE api_key (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id),
  display_name TEXT NOT NULL, public_id TEXT NOT NULL UNIQUE,
  secret_hash {blob} NOT NULL, scopes TEXT NOT NULL, inbox_ids TEXT NOT NULL,
  created_at BIGINT NOT NULL, expires_at BIGINT, last_used_at BIGINT,
  revoked_at BIGINT);
CREATE INDEX api_key_account ON api_key (account_id, id);

CREATE TABLE request (
  account_id TEXT NOT NULL, method TEXT NOT NULL, request_id TEXT NOT NULL,
  digest {blob} NOT NULL, result_id TEXT NOT NULL, created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, method, request_id));
CREATE INDEX request_age ON request (created_at);

CREATE TABLE send_window (
  scope TEXT NOT NULL, owner_id TEXT NOT NULL, starts_at BIGINT NOT NULL,
  used INTEGER NOT NULL, PRIMARY KEY (scope, owner_id, starts_at));
CREATE INDEX send_window_age ON send_window (starts_at);

CREATE TABLE inbox (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id),
  address TEXT NOT NULL UNIQUE, username TEXT NOT NULL, domain TEXT NOT NULL,
  is_sandbox INTEGER NOT NULL, display_name TEXT NOT NULL, labels TEXT NOT NULL,
  permissions TEXT NOT NULL, daily_send_limit INTEGER NOT NULL,
  metadata TEXT NOT NULL, state TEXT NOT NULL, suspension TEXT NOT NULL,
  resumes_at BIGINT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
  disabled_at BIGINT, expires_at BIGINT, version INTEGER NOT NULL);
CREATE INDEX inbox_account ON inbox (account_id, id);
CREATE INDEX inbox_expiry ON inbox (expires_at)
  WHERE expires_at IS NOT NULL AND state <> 'disabled';
CREATE INDEX inbox_resumption ON inbox (resumes_at)
  WHERE resumes_at IS NOT NULL AND state = 'suspended';

CREATE TABLE inbox_label (
  account_id TEXT NOT NULL, label TEXT NOT NULL, inbox_id TEXT NOT NULL,
  PRIMARY KEY (account_id, label, inbox_id));
CREATE INDEX inbox_label_inbox ON inbox_label (inbox_id);

CREATE TABLE inbox_count (
  inbox_id TEXT PRIMARY KEY, inbound_messages BIGINT NOT NULL DEFAULT 0,
  outbound_messages BIGINT NOT NULL DEFAULT 0, threads BIGINT NOT NULL DEFAULT 0,
  open_deliveries BIGINT NOT NULL DEFAULT 0);

CREATE TABLE thread (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, inbox_id TEXT NOT NULL,
  root_id TEXT NOT NULL, subject TEXT NOT NULL, created_at BIGINT NOT NULL,
  last_message_id TEXT NOT NULL, last_message_at BIGINT NOT NULL,
  inbound_count INTEGER NOT NULL, outbound_count INTEGER NOT NULL,
  participants TEXT NOT NULL, last_inbound_at BIGINT, last_outbound_at BIGINT,
  snippet TEXT NOT NULL, last_manual_id TEXT NOT NULL,
  is_unreplied INTEGER NOT NULL);
CREATE INDEX thread_root ON thread (root_id);
CREATE INDEX thread_inbox_latest ON thread (inbox_id, last_message_id)
  WHERE root_id = id;
CREATE INDEX thread_account_latest ON thread (account_id, last_message_id)
  WHERE root_id = id;

CREATE TABLE thread_tie (
  inbox_id TEXT NOT NULL, tie TEXT NOT NULL, thread_id TEXT NOT NULL,
  PRIMARY KEY (inbox_id, tie)){clustered};
CREATE INDEX thread_tie_thread ON thread_tie (thread_id);

CREATE TABLE message (
  seq {serial} PRIMARY KEY, id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL,
  inbox_id TEXT NOT NULL, thread_id TEXT NOT NULL, direction TEXT NOT NULL,
  created_at BIGINT NOT NULL, date_at BIGINT, sender_address TEXT NOT NULL,
  sender_name TEXT NOT NULL, addressees TEXT NOT NULL, subject TEXT NOT NULL,
  snippet TEXT NOT NULL, rfc822_message_id TEXT NOT NULL,
  in_reply_to TEXT NOT NULL, reference_ids TEXT NOT NULL,
  size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, content_sha256 TEXT NOT NULL,
  attachments TEXT NOT NULL, labels TEXT NOT NULL, metadata TEXT NOT NULL,
  envelope_sender TEXT NOT NULL, envelope_recipient TEXT NOT NULL,
  tag TEXT NOT NULL, automated INTEGER NOT NULL, duplicate_of TEXT NOT NULL,
  defects TEXT NOT NULL, stream TEXT NOT NULL, guarantee TEXT NOT NULL,
  parse_state TEXT NOT NULL, source_delivery_id TEXT UNIQUE);
CREATE INDEX message_account ON message (account_id, id);
CREATE INDEX message_inbox ON message (inbox_id, id);
CREATE INDEX message_thread ON message (thread_id, id);
CREATE INDEX message_rfc822
  ON message (inbox_id, substr(rfc822_message_id, 1, 200), id);
CREATE INDEX message_sent
  ON message (inbox_id, substr(rfc822_message_id, 1, 200), id)
  WHERE direction = 'outbound';
CREATE INDEX message_unparsed ON message (id) WHERE parse_state = 'accepted';

CREATE TABLE raw (message_id TEXT PRIMARY KEY, data {blob} NOT NULL);

CREATE TABLE part (
  message_id TEXT NOT NULL, path TEXT NOT NULL, start INTEGER NOT NULL,
  length INTEGER NOT NULL, encoding TEXT NOT NULL, content_type TEXT NOT NULL,
  charset TEXT NOT NULL, filename TEXT NOT NULL, content_id TEXT NOT NULL,
  disposition TEXT NOT NULL, size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
  is_body INTEGER NOT NULL, PRIMARY KEY (message_id, path)){clustered};

CREATE TABLE upload (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, inbox_id TEXT NOT NULL,
  size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, data {blob} NOT NULL,
  created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);
CREATE INDEX upload_account ON upload (account_id, expires_at);
CREATE INDEX upload_age ON upload (expires_at);

CREATE TABLE delivery (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, inbox_id TEXT NOT NULL,
  thread_id TEXT NOT NULL, message_id TEXT NOT NULL, recipient TEXT NOT NULL,
  domain TEXT NOT NULL, state TEXT NOT NULL, stream TEXT NOT NULL,
  guarantee TEXT NOT NULL, attempts INTEGER NOT NULL, due_at BIGINT NOT NULL,
  queued_at BIGINT NOT NULL, gives_up_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL, reverse_path TEXT NOT NULL,
  lease_owner TEXT NOT NULL, lease_until BIGINT, lease_seq INTEGER NOT NULL,
  started INTEGER NOT NULL, delays_announced INTEGER NOT NULL,
  last_code INTEGER NOT NULL, last_enhanced TEXT NOT NULL, last_text TEXT NOT NULL,
  last_host TEXT NOT NULL, diagnostic TEXT NOT NULL, bounce_class TEXT NOT NULL,
  hold_reason TEXT NOT NULL);
CREATE INDEX delivery_message ON delivery (message_id, id);
CREATE INDEX delivery_due ON delivery (stream, due_at)
  WHERE state IN ('queued', 'deferred');
CREATE INDEX delivery_leased ON delivery (lease_owner, lease_until)
  WHERE state = 'leased';
CREATE INDEX delivery_held ON delivery (hold_reason, inbox_id)
  WHERE state = 'held';
CREATE INDEX delivery_open ON delivery (inbox_id, id)
  WHERE state IN ('queued', 'leased', 'deferred', 'held');

CREATE TABLE event_head (account_id TEXT PRIMARY KEY, position BIGINT NOT NULL);

CREATE TABLE event (
  account_id TEXT NOT NULL, position BIGINT NOT NULL, id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL, created_at BIGINT NOT NULL, inbox_id TEXT NOT NULL,
  thread_id TEXT NOT NULL, message_id TEXT NOT NULL, delivery_id TEXT NOT NULL,
  recipient TEXT NOT NULL, metadata TEXT NOT NULL, request_id TEXT NOT NULL,
  detail TEXT NOT NULL, PRIMARY KEY (account_id, position));
CREATE INDEX event_message ON event (message_id, position) WHERE message_id <> '';
CREATE INDEX event_time ON event (account_id, created_at)
"""

_SQLITE: Final = (
    """
    CREATE VIRTUAL TABLE message_text USING fts5(
      body, content='', contentless_delete=1, detail=full,
      tokenize="unicode61 remove_diacritics 0 tokenchars '_'")
    """,
)
_POSTGRES: Final = (
    "CREATE TABLE message_text (seq BIGINT PRIMARY KEY, body TSVECTOR NOT NULL)",
    "CREATE INDEX message_text_body ON message_text USING gin (body)",
    """
    ALTER TABLE delivery SET (
      fillfactor = 80, autovacuum_vacuum_scale_factor = 0,
      autovacuum_vacuum_threshold = 1000)
    """,
    "ALTER TABLE raw ALTER COLUMN data SET STORAGE EXTERNAL",
    "ALTER TABLE event_head SET (fillfactor = 50)",
    "ALTER TABLE inbox_count SET (fillfactor = 50)",
)


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(
        blob="BYTEA" if is_postgres else "BLOB",
        serial="BIGSERIAL" if is_postgres else "INTEGER",
        clustered="" if is_postgres else " WITHOUT ROWID",
    )
    tables = [part.strip() for part in text.split(";")]
    return [*tables, *(_POSTGRES if is_postgres else _SQLITE)]
