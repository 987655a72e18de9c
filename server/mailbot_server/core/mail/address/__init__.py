"""Parses, normalises and prints mail addresses (RFC 5321 4.1.2, RFC 6531)."""

from mailbot_server.core.mail.address.mailbox import (
    Mailbox,
    format_mailbox,
    parse_mailboxes,
)
from mailbot_server.core.mail.address.path import Path, PathFault, parse_path
from mailbot_server.core.mail.address.spec import (
    ascii_domain,
    domain_of,
    fold,
    local_of,
    normalise,
    split_tag,
)

__all__ = [
    "Mailbox",
    "Path",
    "PathFault",
    "ascii_domain",
    "domain_of",
    "fold",
    "format_mailbox",
    "local_of",
    "normalise",
    "parse_mailboxes",
    "parse_path",
    "split_tag",
]
