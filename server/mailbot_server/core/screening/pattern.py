"""
What an entry stands for: one address, a domain, or a domain and all below it.

`user@example.com`, `example.com`, or `*.example.com`, which holds for the bare one too.
Written as they are compared: case folded, the domain as A-labels.
"""

from typing import Final

from mailbot_server.core.mail.address import (
    ascii_domain,
    domain_of,
    fold,
    local_of,
    normalise,
)

WILDCARD: Final = "*."
ANYBODY: Final = "*@"
LABELS_MAX: Final = 20
"""Labels of a domain that wildcards are looked for in, from the right; more are an
attack."""


def read(text: str) -> str | None:
    """A pattern as it is compared; None when it is none. "*@" is everybody there."""
    text = text.removeprefix(ANYBODY)
    if "@" in text:
        address = normalise(text)
        return fold(address) if address else None
    domain = ascii_domain(text.removeprefix(WILDCARD))
    if domain is None:
        return None
    return f"{WILDCARD}{domain}" if text.startswith(WILDCARD) else domain


def matching(address: str) -> list[str]:
    """Every pattern that an address fulfils, the most exact first."""
    folded = fold(address)
    written = domain_of(folded)
    if not written:
        return [folded] if folded else []
    # Strangers write it, with a final dot as well.
    domain = ascii_domain(written.rstrip(".")) or written
    folded = f"{local_of(folded)}@{domain}"
    labels = domain.split(".")
    start = max(len(labels) - LABELS_MAX, 0)
    rest = (".".join(labels[place:]) for place in range(start, len(labels)))
    return [folded, domain, *(f"{WILDCARD}{name}" for name in rest)]
