"""The chain of changes of each account; what was written stays as it is."""

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
  PRIMARY KEY (account_id, sequence));
CREATE INDEX audit_entry_time ON audit_entry (account_id, created_at, sequence);
CREATE INDEX audit_entry_actor
  ON audit_entry (account_id, actor_id, created_at, sequence);
CREATE INDEX audit_entry_resource
  ON audit_entry (account_id, resource_id, created_at, sequence);
CREATE INDEX audit_entry_type
  ON audit_entry (account_id, resource_type, created_at, sequence);
CREATE INDEX audit_entry_inbox
  ON audit_entry (account_id, inbox_id, created_at, sequence)
"""

# Against mistakes; whoever may drop a trigger is found out by the hashes.
_KEPT_SQLITE: Final = (
    """
    CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit entries are only ever added'); END
    """,
    """
    CREATE TRIGGER audit_entry_not_removed BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit entries are only ever added'); END
    """,
)
_KEPT_POSTGRES: Final = (
    """
    CREATE FUNCTION audit_entry_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit entries are only ever added'; END $$
    """,
    """
    CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_kept()
    """,
    """
    CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_kept()
    """,
)


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(blob="BYTEA" if is_postgres else "BLOB")
    tables = [part.strip() for part in text.split(";")]
    return [*tables, *(_KEPT_POSTGRES if is_postgres else _KEPT_SQLITE)]
