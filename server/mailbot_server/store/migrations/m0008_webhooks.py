"""Endpoints, their secrets, and every attempt to reach them."""

from typing import Final

NAME: Final = "webhooks"

_TABLES: Final = """
CREATE TABLE webhook (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, url TEXT NOT NULL,
  headers {blob} NOT NULL, secret {blob} NOT NULL, former_secret {blob},
  former_secret_ends_at BIGINT, timeout_ms BIGINT NOT NULL,
  max_concurrency INTEGER NOT NULL, state TEXT NOT NULL, disable_reason TEXT NOT NULL,
  failures INTEGER NOT NULL, succeeded_at BIGINT, failing_since BIGINT,
  probe_at BIGINT);
CREATE INDEX webhook_account ON webhook (account_id, id);

CREATE TABLE webhook_attempt (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, webhook_id TEXT NOT NULL,
  event_id TEXT NOT NULL, event_type TEXT NOT NULL, attempt INTEGER NOT NULL,
  replay_id TEXT NOT NULL, started_at BIGINT NOT NULL, duration_ms BIGINT NOT NULL,
  result TEXT NOT NULL, status INTEGER NOT NULL, diagnostic TEXT NOT NULL,
  remote_address TEXT NOT NULL, url TEXT NOT NULL, request_headers TEXT NOT NULL,
  request_body {blob} NOT NULL, response_headers TEXT NOT NULL,
  response_body {blob} NOT NULL, next_at BIGINT);
CREATE INDEX webhook_attempt_webhook ON webhook_attempt (webhook_id, id);
CREATE INDEX webhook_attempt_failed ON webhook_attempt (webhook_id, id)
  WHERE result <> 'success';
CREATE INDEX webhook_attempt_event ON webhook_attempt (event_id, webhook_id, id)
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(blob="BYTEA" if is_postgres else "BLOB")
    return [part.strip() for part in text.split(";")]
