"""What the index holds of one message: the words of each field, ready to be written."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from mailbot_server.core import tokens

_REMEMBERED_LENGTH_MAX: Final = 256
_REMEMBERED_MAX: Final = 2048
"""Short texts whose words are kept: names and addresses come again and again."""


class Field(StrEnum):
    """Where a word stands; the values are the names of highlights."""

    BODY = "body"
    SUBJECT = "subject"
    SENDER = "from"
    RECIPIENTS = "to"
    ATTACHMENTS = "attachment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The words of each field, as `tokens.spaced` gives them."""

    body: str = ""
    subject: str = ""
    sender: str = ""
    recipients: str = ""
    attachments: str = ""

    @property
    def fields(self) -> tuple[str, str, str, str, str]:
        """In the order of Field."""
        return (
            *(self.body, self.subject, self.sender),
            *(self.recipients, self.attachments),
        )


def write(
    *,
    body: str = "",
    subject: str = "",
    sender: str = "",
    recipients: Iterable[str] = (),
    attachments: Iterable[str] = (),
) -> Document:
    """
    The document of a message with these texts; all fields together have an end.

    The header's fields go first: of a message that is too long, its text is cut.
    """
    room = tokens.INDEX_LENGTH_MAX
    fields: list[str] = []
    for text in (subject, sender, "\n".join(recipients), "\n".join(attachments), body):
        found = _words(text, room) if text and room > 0 else ""
        room -= len(found)
        fields.append(found)
    return Document(
        subject=fields[0],
        sender=fields[1],
        recipients=fields[2],
        attachments=fields[3],
        body=fields[4],
    )


def _words(text: str, room: int) -> str:
    if len(text) <= _REMEMBERED_LENGTH_MAX:
        words = _words_of_short(text)
        if len(words) <= room:
            return words
    return tokens.spaced(text, room)


@lru_cache(maxsize=_REMEMBERED_MAX)
def _words_of_short(text: str) -> str:
    return tokens.spaced(text)
