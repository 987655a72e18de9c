"""Arguments in every form that a caller may write them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from mailbot.types import Inbox, Mailbox
from mailbot.v1 import messages_pb2

InboxRef = str | Inbox
"""An inbox: its id, its address, or itself."""

Recipient = str | tuple[str, str] | Mailbox
"""An address, a pair of name and address, or a `Mailbox`."""

Recipients = Recipient | Iterable[Recipient]
"""One recipient or several."""


def check_keywords(options: Mapping[str, Any], declared: type) -> None:
    """TypeError for a keyword that is not declared, as for any other function."""
    names: frozenset[str] = getattr(declared, "__optional_keys__")  # noqa: B009
    unknown = sorted(options.keys() - names)
    if unknown:
        raise TypeError(
            f"unexpected keyword argument {unknown[0]!r}; "
            f"there are {', '.join(sorted(names))}"
        )


def as_list(values: str | Iterable[str] | None) -> list[str]:
    """One string, several or none as a list: a string is never taken apart."""
    if values is None:
        return []
    return [values] if isinstance(values, str) else list(values)


def instant(value: datetime | None) -> datetime | None:
    """The same instant; ValueError without a time zone, which would be a guess."""
    if value is not None and value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone: use datetime.now(UTC) or tzinfo")
    return value


def inbox_name(inbox: InboxRef) -> str:
    """What the server knows the inbox by."""
    return inbox.id if isinstance(inbox, Inbox) else inbox


def inbox_names(inboxes: InboxRef | Iterable[InboxRef] | None) -> list[str]:
    """What the server knows one inbox, several or none by."""
    if isinstance(inboxes, str | Inbox):
        return [inbox_name(inboxes)]
    return [inbox_name(each) for each in inboxes or ()]


def mailboxes(recipients: Recipients | None) -> list[messages_pb2.Mailbox]:
    """
    The recipients, in order.

    A tuple is one recipient. ValueError when it looks like two addresses.
    """
    if recipients is None:
        return []
    if isinstance(recipients, str | tuple | Mailbox):
        return [_mailbox(recipients)]
    return [_mailbox(each) for each in recipients]


def _mailbox(recipient: Recipient) -> messages_pb2.Mailbox:
    if isinstance(recipient, str):
        return messages_pb2.Mailbox(address=recipient)
    if isinstance(recipient, Mailbox):
        name, address = recipient.display_name, recipient.address
    else:
        name, address = _pair(recipient)
    return messages_pb2.Mailbox(address=address, display_name=name)


def _pair(recipient: tuple[str, ...]) -> tuple[str, str]:
    if len(recipient) != 2 or "@" in recipient[0]:
        raise ValueError(
            f"{recipient!r}: a tuple is (name, address); put several into a list"
        )
    return recipient[0], recipient[1]
