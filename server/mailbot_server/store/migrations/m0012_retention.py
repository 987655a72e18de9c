"""How long mail is kept, and what is kept back."""

from typing import Final

NAME: Final = "retention"

_TABLES: Final = """
ALTER TABLE inbox ADD COLUMN content_days INTEGER;
ALTER TABLE inbox ADD COLUMN metadata_days INTEGER;
ALTER TABLE inbox ADD COLUMN legal_hold INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN legal_hold INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN is_redacted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_content ON message (inbox_id, id) WHERE is_redacted = 0;
CREATE INDEX inbox_retention ON inbox (id)
  WHERE content_days > 0 OR metadata_days > 0
"""


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    del is_postgres
    return [part.strip() for part in _TABLES.split(";")]
