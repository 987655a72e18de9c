"""
What a timeline is filtered by, and where each account's log begins.

The new columns of an event are NULL in rows that an older program wrote, or writes
while the new one runs beside it: `event_unfilled` finds them until they are filled.
"""

from typing import Final

NAME: Final = "log"

_TABLES: Final = """
ALTER TABLE event ADD COLUMN recipient_domain TEXT;
ALTER TABLE event ADD COLUMN smtp_code INTEGER;
ALTER TABLE event ADD COLUMN bounce_class TEXT;
ALTER TABLE event_head ADD COLUMN trimmed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX event_unfilled ON event (account_id, position)
  WHERE smtp_code IS NULL;
CREATE INDEX event_type ON event (account_id, type, position);
CREATE INDEX event_thread ON event (thread_id, position) WHERE thread_id <> '';
CREATE INDEX event_inbox ON event (inbox_id, position) WHERE inbox_id <> '';
CREATE INDEX event_recipient ON event (lower(recipient), account_id, position)
  WHERE recipient <> '';
CREATE INDEX event_domain ON event (account_id, recipient_domain, position)
  WHERE recipient_domain <> '';
CREATE INDEX event_code ON event (account_id, smtp_code, position)
  WHERE smtp_code >= 400;
CREATE INDEX event_class ON event (account_id, bounce_class, position)
  WHERE bounce_class <> ''
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    del is_postgres
    return [part.strip() for part in _TABLES.split(";")]
