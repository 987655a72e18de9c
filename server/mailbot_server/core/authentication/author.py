"""The domains in whose name a message speaks: those of its From (RFC 9989 4.2)."""

import re
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.mail.address import (
    ascii_domain,
    domain_of,
    parse_mailboxes,
)

MAILBOXES_MAX: Final = 20
DOMAINS_MAX: Final = 3
_VALUE_MAX: Final = 8192
_WITH_UNDERSCORE: Final = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """
    The domains as A-labels, in order; `is_clear` unless one of them cannot be read.

    Several From fields count together: programs differ in which they show.
    """

    domains: tuple[str, ...] = ()
    is_clear: bool = True


def read(message: Message, shown: str) -> Authors:
    """Of all From fields, and of `shown`, the address that people will see."""
    addresses = [shown] if shown else []
    is_clear = True
    for field in message.named(b"from"):
        text = field.value[:_VALUE_MAX].decode("utf-8", "replace")
        found = parse_mailboxes(text.replace("\r\n", ""), MAILBOXES_MAX)
        addresses += [each.address for each in found]
        is_clear &= len(found) < MAILBOXES_MAX and len(field.value) <= _VALUE_MAX
    names = [_name(domain_of(each)) for each in addresses if "@" in each]
    domains = tuple(dict.fromkeys(name for name in names if name))
    return Authors(
        domains=domains[:DOMAINS_MAX],
        is_clear=is_clear
        and bool(domains)
        and None not in names
        and len(domains) <= DOMAINS_MAX,
    )


def _name(domain: str) -> str | None:
    """The domain as the DNS knows it, which takes what hosts may not be called."""
    if _WITH_UNDERSCORE.fullmatch(domain):
        return domain.lower()
    return ascii_domain(domain)
