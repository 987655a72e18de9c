"""
The full-text index with a column for each field, and who a document belongs to.

What is indexed already is indexed again from its bytes, newest first, by a running
server: messages below `index_below` of the table `setting`.
"""

from typing import Final

NAME: Final = "search"

_BELOW: Final = (
    "INSERT INTO setting (name, value)"
    " SELECT 'index_below', CAST(MAX(seq) + 1 AS TEXT) FROM message"
    " HAVING COUNT(*) > 0"
)
# The first column's entries are the shortest, so it is the body.
_SQLITE: Final = (
    "DROP TABLE message_text",
    """
    CREATE VIRTUAL TABLE message_text USING fts5(
      body, subject, sender, recipients, attachments, owner,
      content='', contentless_delete=1, detail=full,
      tokenize="ascii tokenchars '_@.+-'")
    """,
    # Merging later costs a message a tenth less, and a search nothing to speak of.
    "INSERT INTO message_text (message_text, rank) VALUES ('automerge', 8)",
)
# Kept in the row: what lies beside it costs a plan nothing, so that reading all
# documents would look cheaper than asking the index.
_POSTGRES: Final = ("ALTER TABLE message_text ALTER COLUMN body SET STORAGE MAIN",)


def statements(*, is_postgres: bool) -> list[str]:
    """The SQL of this step for one of the databases, in order."""
    return [*(_POSTGRES if is_postgres else _SQLITE), _BELOW]
