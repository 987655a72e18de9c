"""Which names can become a domain of an account."""

from collections.abc import Iterable
from typing import Final

from mailbot_server.core.mail.address import ascii_domain

LENGTH_MAX: Final = 200
"""Below the 253 of the DNS: `_domainkey`, selectors and `rp.` come before it."""

LABELS_MIN: Final = 2
RETURN_PATH_LABEL: Final = "rp"
"""The first label of the names that hold reverse-paths and nothing else."""

_SPECIAL: Final = frozenset({"localhost", "local", "invalid", "onion", "arpa"})
"""Top-level names that no public DNS answers for (RFC 6761, 6762, 7686, 3172)."""


def normal(text: str) -> str | None:
    """A name as A-labels in lower case, without a final dot; None if it is none."""
    return ascii_domain(text.strip().removesuffix("."))


def check(name: str, own: Iterable[str]) -> str | None:
    """
    What is wrong with a `normal` name; None when nothing is.

    `own` are names of this server: they, what is above them and what is below them
    stay the operator's.
    """
    labels = name.split(".")
    if len(labels) < LABELS_MIN:
        return "must have at least two labels, as example.com has"
    if len(name) > LENGTH_MAX:
        return f"must have at most {LENGTH_MAX} characters"
    if labels[-1] in _SPECIAL or labels[-1].isdigit():
        return f"ends in {labels[-1]!r}, which is no public top-level domain"
    if labels[0].startswith("_"):
        return "is the name of a record, not of a domain"
    if labels[0] == RETURN_PATH_LABEL:
        return "begins with rp., where bounces come back; it holds no inboxes"
    if any(_related(name, each) for each in own if each):
        return "is a name of this server; only its operator can use it"
    return None


def _related(name: str, own: str) -> bool:
    """Whether one is the other, or lies below it."""
    return f".{name}".endswith(f".{own}") or f".{own}".endswith(f".{name}")
