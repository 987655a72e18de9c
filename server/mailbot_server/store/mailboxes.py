"""How addresses with their names are written in columns: compact JSON, "" for none."""

import json
from collections.abc import Iterable

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Addressees
from mailbot_server.store import columns

_FIELDS = ("to", "cc", "bcc", "reply_to")


def write(mailboxes: Iterable[Mailbox]) -> str:
    """An array of `[address, display name]`, in order."""
    pairs = _pairs(mailboxes)
    return columns.write_json(pairs) if pairs else ""


def read(text: str) -> tuple[Mailbox, ...]:
    """The mailboxes that `write` wrote."""
    return _mailboxes(json.loads(text)) if text else ()


def write_addressees(addressees: Addressees) -> str:
    """An object of the fields that are not empty."""
    fields = {name: _pairs(getattr(addressees, name)) for name in _FIELDS}
    filled = {name: pairs for name, pairs in fields.items() if pairs}
    return columns.write_json(filled) if filled else ""


def read_addressees(text: str) -> Addressees:
    """The addressees that `write_addressees` wrote."""
    if not text:
        return Addressees()
    fields: dict[str, list[list[str]]] = json.loads(text)
    return Addressees(**{name: _mailboxes(pairs) for name, pairs in fields.items()})


def _pairs(mailboxes: Iterable[Mailbox]) -> list[list[str]]:
    return [[mailbox.address, mailbox.display_name] for mailbox in mailboxes]


def _mailboxes(pairs: list[list[str]]) -> tuple[Mailbox, ...]:
    return tuple(Mailbox(address=pair[0], display_name=pair[1]) for pair in pairs)
