"""
The name of the place where a domain's mail is taken, however many domains it serves.

Limits belong to who receives: the same MX hosts are the same place for all of their
customers. Written like KumoMTA's site names: `(mx1|mx2).example.net`.
"""

import hashlib
from collections.abc import Iterable
from itertools import zip_longest
from typing import Final

from mailbot_server.core.mail.address import ascii_domain

LENGTH_MAX: Final = 200

# Who gives every customer, or group of customers, hosts of other names. Never suffixes
# under which customers run hosts of their own.
SUFFIXES: Final = {
    "google": ("google.com", "googlemail.com"),
    "microsoft": (
        *("mail.protection.outlook.com", "mail.protection.office365.us"),
        *("mail.protection.partner.outlook.cn", "mx.microsoft"),
    ),
    # outlook.com, hotmail.com, live.com: another service with other limits.
    "microsoft-consumer": ("olc.protection.outlook.com",),
    "yahoo": ("yahoodns.net",),
    "apple": ("mail.icloud.com", "mail.me.com"),
    "barracuda": ("ess.barracudanetworks.com", "ess.de.barracudanetworks.com"),
    "cisco": ("iphmx.com",),
    "mimecast": ("mimecast.com", "mimecast.co.za", "mimecast-offshore.com"),
    "proofpoint": ("pphosted.com", "ppe-hosted.com", "gpphosted.com"),
    "zoho": ("zoho.com", "zoho.eu", "zoho.in", "zohomail.com"),
}

_SITE: Final = {suffix: name for name, each in SUFFIXES.items() for suffix in each}
_LABELS_MAX: Final = max(suffix.count(".") + 1 for suffix in _SITE)


def site_of(hosts: Iterable[str]) -> str:
    """
    The site of a domain's best MX hosts (A-labels, lower case); "" for none.

    The same for the same hosts in any order, and at most LENGTH_MAX characters.
    """
    names = sorted(set(hosts))
    known = {_known(name) for name in names}
    if len(known) == 1 and (site := known.pop()):
        return site
    text = _rolled_up(names)
    if len(text) <= LENGTH_MAX:
        return text
    digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return f"{text[: LENGTH_MAX - len(digest) - 1]}~{digest}"


def named(text: str) -> str:
    """The site or recipient domain that a person names, as it is known here."""
    text = text.strip().lower()
    return ascii_domain(text.removesuffix(".")) or text


def _known(host: str) -> str:
    labels = host.split(".")[-_LABELS_MAX:]
    suffixes = (".".join(labels[start:]) for start in range(len(labels)))
    return next((_SITE[suffix] for suffix in suffixes if suffix in _SITE), "")


def _rolled_up(names: list[str]) -> str:
    """The names label by label from the end, with what differs in brackets."""
    columns = zip_longest(*(reversed(name.split(".")) for name in names))
    return ".".join(reversed([_alternatives(column) for column in columns]))


def _alternatives(column: Iterable[str | None]) -> str:
    labels = dict.fromkeys(column)
    present = [label for label in labels if label is not None]
    text = present[0] if len(present) == 1 else f"({'|'.join(present)})"
    return f"{text}?" if None in labels else text
