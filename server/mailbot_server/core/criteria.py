"""What a program waits for: conditions on a received message, and whether they hold."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.parse import Header
from mailbot_server.core.message import Message


class Place(StrEnum):
    """Where in a message a condition looks."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    SUBJECT = "subject"
    BODY = "body"
    HEADER = "header"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """
    One condition: `text`, as `fold` gives it, is in `place`.

    A label is `text` as it stands. Of a header field `name` is the name in lower case;
    with an empty `text` it only has to be there.
    """

    place: Place
    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Conditions of which all have to hold, or any; without one every message does."""

    conditions: tuple[Criterion, ...] = ()
    is_any: bool = False

    @property
    def has_body(self) -> bool:
        """Whether one looks into the text, which asks for a permission."""
        return any(each.place is Place.BODY for each in self.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands in a message's bytes and not in its row."""

    body: str
    headers: tuple[Header, ...]


def fold(text: str) -> str:
    """Text as it is compared: without case, width and kinds of space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def hold(criteria: Criteria, message: Message, words: Words | None) -> bool | None:
    """Whether they hold; None: that cannot be said without the words."""
    is_open = False
    for criterion in criteria.conditions:
        found = _holds(criterion, message, words)
        if found is None:
            is_open = True
        elif found is criteria.is_any:
            return found
    if is_open:
        return None
    return not criteria.is_any or not criteria.conditions


def _holds(criterion: Criterion, message: Message, words: Words | None) -> bool | None:
    match criterion.place:
        case Place.LABEL:
            return criterion.text in message.labels
        case Place.SENDER:
            return _among(criterion.text, (message.sender,))
        case Place.RECIPIENT:
            return _is_recipient(criterion.text, message)
        case Place.SUBJECT:
            return criterion.text in fold(message.subject)
    if words is None:
        return None
    if criterion.place is Place.BODY:
        return criterion.text in fold(words.body)
    return any(
        header.name.lower() == criterion.name and criterion.text in fold(header.value)
        for header in words.headers
    )


def _is_recipient(text: str, message: Message) -> bool:
    people = (*message.addressees.to, *message.addressees.cc)
    return _among(text, people) or text in fold(message.envelope_recipient)


def _among(text: str, people: tuple[Mailbox | None, ...]) -> bool:
    """In a name or an address, or in both as a mail program writes them."""
    return any(
        text in fold(f"{each.display_name} <{each.address}>") for each in people if each
    )
