"""
A domain's DKIM key as it is stored, and which of its keys sign now.

A key signs only after its published half was seen in DNS, and a domain that has keys
never sends unsigned: what cannot be signed waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from mailbot_server.core.mail.dkim import record
from mailbot_server.core.mail.dkim.algorithm import Algorithm

CLOCK_SLACK: Final = timedelta(minutes=5)
"""Machines differ by less; a clock that stands before the key was made is wrong, and
what it signs would be expired or from the future."""


class KeyState(StrEnum):
    """Where a key is in its life; it only moves down this list."""

    PENDING = "pending"
    """Made; its record has not been seen in DNS."""
    ACTIVE = "active"
    """Signs."""
    RETIRED = "retired"
    """Never signs again; its record stays until what it signed has arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredKey:
    """
    One key; `domain` and `selector` are A-labels in lower case.

    `public` is SubjectPublicKeyInfo (RSA) or the 32 bytes (Ed25519) of its record.
    `sealed_private` opens with the server's key, this id and this domain only.
    """

    id: str
    account_id: str
    domain_id: str
    domain: str
    selector: str
    algorithm: Algorithm
    public: bytes
    sealed_private: bytes
    state: KeyState = KeyState.PENDING
    created_at: datetime
    activated_at: datetime | None = None
    retired_at: datetime | None = None

    @property
    def host(self) -> str:
        """The name whose TXT record publishes it."""
        return record.host(self.selector, self.domain)

    @property
    def record(self) -> str:
        """What that record has to say."""
        return record.write(self.algorithm, self.public)


class SigningUnavailable(Exception):
    """
    A key is expected and none can sign: the mail waits, it never leaves unsigned.

    The text tells the owner of the domain or the operator what to do.
    """


def is_signing(keys: Iterable[StoredKey]) -> bool:
    """Whether mail of the domain with these keys is signed for every verifier."""
    return any(
        key.state is KeyState.ACTIVE and key.algorithm is Algorithm.RSA_SHA256
        for key in keys
    )


def signing(keys: Iterable[StoredKey], now: datetime) -> tuple[StoredKey, ...]:
    """
    The keys of one domain that sign now: the newest active one of each algorithm.

    None for a domain without keys. Raises SigningUnavailable, unless an RSA key is
    among them: RFC 8463 has verifiers that know no other, to whom it were unsigned.
    """
    known = list(keys)
    active = [key for key in known if key.state is KeyState.ACTIVE]
    if known and not is_signing(known):
        raise SigningUnavailable(_missing(known[0].domain))
    newest: dict[Algorithm, StoredKey] = {}
    for key in sorted(active, key=lambda key: key.activated_at or key.created_at):
        newest[key.algorithm] = key
    if any(now < key.created_at - CLOCK_SLACK for key in newest.values()):
        raise SigningUnavailable(_CLOCK)
    return tuple(newest[each] for each in Algorithm if each in newest)


_CLOCK: Final = (
    "the server's clock stands before the DKIM key of the domain was made; set the"
    " clock right"
)


def none_for(domain: str) -> str:
    """The words about a domain that should have keys and has none."""
    return (
        f"there is no DKIM key for {domain}: rotate the domain's keys, publish the"
        " records in DNS and have the domain verified"
    )


def _missing(domain: str) -> str:
    return (
        f"no RSA key for DKIM of {domain} may sign: publish its records in DNS and"
        " have the domain verified"
    )
