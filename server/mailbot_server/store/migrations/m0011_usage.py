"""Counts of what was sent and received, by hour; what was before is counted later."""

from typing import Final

NAME: Final = "usage"

_COUNTS: Final = (
    *("messages", "messages_there", "recipients", "delivered", "sent", "bounced"),
    *("late_bounced", "failed", "expired", "suppressed", "cancelled", "unknown"),
    *("complained", "received", "opened", "clicked", "machine_events", "replied"),
    *("reply_milliseconds", "unsubscribed"),
)
_HOUR: Final = """
CREATE TABLE {table} (
  account_id TEXT NOT NULL, hour BIGINT NOT NULL, inbox_id TEXT NOT NULL,
  recipient_domain TEXT NOT NULL, {counts},
  PRIMARY KEY (account_id, hour, inbox_id, recipient_domain)){clustered}
"""
_BOUNCE: Final = """
CREATE TABLE {table} (
  account_id TEXT NOT NULL, hour BIGINT NOT NULL, inbox_id TEXT NOT NULL,
  recipient_domain TEXT NOT NULL, bounce_class TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (account_id, hour, inbox_id, recipient_domain, bounce_class)){clustered}
"""
# What was counted anew waits in tables of its own until it is put in place.
_TABLES: Final = (
    *((_HOUR, "usage_hour"), (_BOUNCE, "usage_bounce")),
    *((_HOUR, "recount_hour"), (_BOUNCE, "recount_bounce")),
)
# An inbox's hours are few among its account's.
_REST: Final = """
CREATE INDEX usage_hour_inbox ON usage_hour (inbox_id, hour);
CREATE INDEX usage_bounce_inbox ON usage_bounce (inbox_id, hour);
CREATE TABLE recount (
  account_id TEXT PRIMARY KEY, is_first INTEGER NOT NULL, position BIGINT,
  first_hour BIGINT NOT NULL DEFAULT 0, end_hour BIGINT NOT NULL DEFAULT 0,
  next_hour BIGINT NOT NULL DEFAULT 0, again_at BIGINT,
  stepped_at BIGINT NOT NULL DEFAULT 0,
  events BIGINT NOT NULL DEFAULT 0, hours BIGINT NOT NULL DEFAULT 0,
  changed BIGINT NOT NULL DEFAULT 0);
INSERT INTO recount (account_id, is_first)
  SELECT account_id, 1 FROM event_head WHERE position > 0;
ALTER TABLE message ADD COLUMN first_reply_at BIGINT
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    counts = ", ".join(f"{name} BIGINT NOT NULL DEFAULT 0" for name in _COUNTS)
    # Rows that are updated again and again keep room for that in their page.
    clustered = " WITH (fillfactor = 70)" if is_postgres else " WITHOUT ROWID"
    tables = [
        shape.format(table=table, counts=counts, clustered=clustered).strip()
        for shape, table in _TABLES
    ]
    return [*tables, *(part.strip() for part in _REST.split(";"))]
