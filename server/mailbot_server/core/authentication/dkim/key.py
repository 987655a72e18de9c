"""Whether a key that was published may be used for a signature (RFC 6376 6.1.2)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from mailbot_server.core.authentication.dkim.signature import Signature, verdict
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.question import Kind, Question
from mailbot_server.core.authentication.verdicts import DkimVerdict, Result
from mailbot_server.core.mail.address import ascii_domain
from mailbot_server.core.mail.dkim import record
from mailbot_server.core.mail.dkim.record import KeyRecord

RSA_BITS_MIN: Final = 1024
"""RFC 8301 3.2: signatures by shorter keys are not valid."""

RSA_BITS_MAX: Final = 8192
"""Longer ones cost more than they are worth."""

TEXTS_MAX: Final = 4
REMEMBERED: Final = 1000
"""Records that are kept as read; much mail is signed by few keys."""


def question(signature: Signature) -> Question:
    """Where the key is asked for."""
    return Question(Kind.TEXT, record.host(signature.selector, signature.domain))


def usable(
    signature: Signature, texts: Iterable[bytes]
) -> tuple[KeyRecord, ...] | DkimVerdict:
    """The keys that may have made the signature; or why there is none."""
    found = list(texts)[:TEXTS_MAX]
    records = [each for text in found if (each := _read(text)) is not None]
    if not records:
        fault = Fault.KEY_SYNTAX if found else Fault.NO_KEY
        return verdict(signature, Result.PERMERROR, fault)
    faults = [_fault(signature, each) for each in records]
    pairs = zip(records, faults, strict=True)
    good = tuple(each for each, fault in pairs if fault is None)
    return good or verdict(signature, Result.PERMERROR, faults[0] or "")


def refused_by_size(signature: Signature, bits: int) -> DkimVerdict | None:
    """Why an RSA key of so many bits proves nothing; None when it may."""
    if bits < RSA_BITS_MIN:
        return verdict(signature, Result.POLICY, Fault.KEY_WEAK)
    if bits > RSA_BITS_MAX:
        return verdict(signature, Result.POLICY, Fault.KEY_TOO_LONG)
    return None


def _fault(signature: Signature, key: KeyRecord) -> Fault | None:
    if key.is_revoked:
        return Fault.KEY_REVOKED
    if key.key_type != signature.algorithm.key_type:
        return Fault.KEY_TYPE
    if not key.is_for_mail:
        return Fault.KEY_NOT_FOR_MAIL
    if key.is_strict:
        domain = ascii_domain(signature.identity.rpartition("@")[2])
        return None if domain == signature.domain else Fault.KEY_STRICT
    return None


def _read(text: bytes) -> KeyRecord | None:
    """What is too long to be one is not remembered either."""
    return _remembered(text) if len(text) <= record.RECORD_BYTES_MAX else None


_remembered: Final = lru_cache(REMEMBERED)(record.read)
