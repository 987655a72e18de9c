"""What sending needs beyond one host: domains, suppressions, shaping, reputation."""

from typing import Final

NAME: Final = "outbound"

_TABLES: Final = """
ALTER TABLE message ADD COLUMN via TEXT NOT NULL DEFAULT 'api';
ALTER TABLE message ADD COLUMN dsn_return TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN dsn_envelope_id TEXT NOT NULL DEFAULT '';

ALTER TABLE delivery ADD COLUMN last_stage TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN site TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN sender_domain TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN bounce_scope TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN rule_id TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN permanent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN require_tls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN dsn_notify TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN dsn_original TEXT NOT NULL DEFAULT '';
CREATE INDEX delivery_turn ON delivery (stream, account_id, inbox_id, due_at, id)
  WHERE state IN ('queued', 'deferred');
CREATE INDEX delivery_turn_account ON delivery (stream, account_id, due_at)
  WHERE state IN ('queued', 'deferred');
CREATE INDEX delivery_age ON delivery (gives_up_at)
  WHERE state IN ('queued', 'leased', 'deferred', 'held');
CREATE INDEX account_suspended ON account (id) WHERE is_suspended = 1;
CREATE INDEX delivery_account ON delivery (account_id, id);
CREATE INDEX delivery_open_account ON delivery (account_id, id)
  WHERE state IN ('queued', 'leased', 'deferred', 'held');

CREATE TABLE suppression (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL, inbox_id TEXT NOT NULL,
  address TEXT NOT NULL, reason TEXT NOT NULL, created_at BIGINT NOT NULL,
  expires_at BIGINT, delivery_id TEXT NOT NULL, message_id TEXT NOT NULL,
  note TEXT NOT NULL, added_by TEXT NOT NULL,
  UNIQUE (account_id, address, inbox_id));
CREATE INDEX suppression_account ON suppression (account_id, id);
CREATE INDEX suppression_delivery ON suppression (delivery_id)
  WHERE delivery_id <> '';
CREATE INDEX suppression_expiry ON suppression (expires_at)
  WHERE expires_at IS NOT NULL;

CREATE TABLE domain (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL, token TEXT NOT NULL, records TEXT NOT NULL,
  created_at BIGINT NOT NULL, verified_at BIGINT, return_path_at BIGINT,
  lost_at BIGINT, urgent_at BIGINT NOT NULL DEFAULT 0, checked_at BIGINT,
  checks_at BIGINT NOT NULL, deleted_at BIGINT, version INTEGER NOT NULL);
CREATE UNIQUE INDEX domain_own ON domain (account_id, name)
  WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX domain_verified ON domain (name)
  WHERE verified_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX domain_account ON domain (account_id, id);
CREATE INDEX domain_check ON domain (checks_at) WHERE deleted_at IS NULL;

CREATE TABLE domain_key (
  id TEXT PRIMARY KEY, domain_id TEXT NOT NULL REFERENCES domain (id),
  account_id TEXT NOT NULL, domain_name TEXT NOT NULL, selector TEXT NOT NULL,
  algorithm TEXT NOT NULL, sealed {blob} NOT NULL, public_key TEXT NOT NULL,
  state TEXT NOT NULL, created_at BIGINT NOT NULL, activated_at BIGINT,
  retired_at BIGINT, UNIQUE (domain_name, selector));
CREATE INDEX domain_key_domain ON domain_key (domain_id, id);

CREATE TABLE delivery_suspension (
  id TEXT PRIMARY KEY, scope TEXT NOT NULL, name TEXT NOT NULL,
  account_id TEXT NOT NULL, reason TEXT NOT NULL, suspended_by TEXT NOT NULL,
  created_at BIGINT NOT NULL, until_at BIGINT NOT NULL, UNIQUE (scope, name));
CREATE INDEX delivery_suspension_end ON delivery_suspension (until_at);

CREATE TABLE site_limit (
  site TEXT NOT NULL, kind TEXT NOT NULL, value INTEGER NOT NULL,
  reason TEXT NOT NULL, created_at BIGINT NOT NULL, until_at BIGINT NOT NULL,
  PRIMARY KEY (site, kind));

CREATE TABLE tls_policy (
  domain TEXT PRIMARY KEY, data TEXT NOT NULL, fetched_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL);

CREATE TABLE tls_fault (
  host TEXT PRIMARY KEY, reason TEXT NOT NULL, until_at BIGINT NOT NULL);

CREATE TABLE inbox_hour (
  inbox_id TEXT NOT NULL, starts_at BIGINT NOT NULL, outcomes INTEGER NOT NULL,
  hard_bounces INTEGER NOT NULL, complaints INTEGER NOT NULL,
  PRIMARY KEY (inbox_id, starts_at)){clustered};
CREATE INDEX inbox_hour_age ON inbox_hour (starts_at);

CREATE TABLE inbox_warning (inbox_id TEXT PRIMARY KEY, warned_at BIGINT NOT NULL)
"""

# After a bulk of mail the planner must not go on as if the queue were empty.
_POSTGRES: Final = (
    """
    ALTER TABLE delivery SET (
      autovacuum_analyze_scale_factor = 0.1, autovacuum_analyze_threshold = 1000)
    """,
)


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(
        blob="BYTEA" if is_postgres else "BLOB",
        clustered="" if is_postgres else " WITHOUT ROWID",
    )
    tables = [part.strip() for part in text.split(";")]
    return [*tables, *(_POSTGRES if is_postgres else ())]
