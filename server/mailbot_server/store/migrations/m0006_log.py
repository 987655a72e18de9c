"""What a timeline is filtered by, and where each account's log begins."""

from typing import Final

NAME: Final = "log"

_TABLES: Final = """
ALTER TABLE event ADD COLUMN recipient_domain TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN smtp_code INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN bounce_class TEXT NOT NULL DEFAULT '';
ALTER TABLE event_head ADD COLUMN trimmed BIGINT NOT NULL DEFAULT 0
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    text = _TABLES.format(
        clustered="" if is_postgres else " WITHOUT ROWID",
        blob="BYTEA" if is_postgres else "BLOB",
    )
    return [part.strip() for part in text.split(";")]
