"""
Has somebody else's code check a key before it signs for the first time.

A message is signed by the key and verified by dkimpy with the record that DNS answered:
a key whose published half is another, or that no verifier can read, never signs.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

import dkim

from mailbot_server.core.domain.key import StoredKey
from mailbot_server.core.mail.dkim import record
from mailbot_server.core.mail.dkim.record import Standing
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.telemetry.metrics import Metrics

# Folds, blanks and empty lines: where two readings of the standard would differ.
_PROBE: Final = (
    b"From: DKIM <dkim@%(domain)s>\r\n"
    b"Subject: is this key\r\n \tthe one\r\n"
    b"MIME-Version: 1.0\r\n"
    b"\r\n"
    b"A line \t with  blanks \t\r\n.\r\n \r\n\r\n"
)


async def prove(
    signer: Signer, metrics: Metrics, key: StoredKey, texts: Sequence[bytes]
) -> Standing:
    """
    How a key stands by the TXT records of its name; it may sign when it `is_ours`.

    Raises SigningUnavailable when its private half cannot be opened.
    """
    standing = record.standing(texts, key.algorithm, key.public)
    if not standing.is_ours:
        return standing
    passes = await asyncio.to_thread(_passes, signer, key, texts)
    metrics.dkim_operations.labels("verify", "pass" if passes else "fail").inc()
    return standing if passes else Standing.BROKEN


def _passes(signer: Signer, key: StoredKey, texts: Sequence[bytes]) -> bool:
    """Whether dkimpy verifies with each record that claims to be the key."""
    probe = _PROBE % {b"domain": key.domain.encode()}
    # Without t= and x=, which dkimpy would hold against the machine's own clock.
    signed = signer.sign_now(probe, [key], None) + probe
    return all(
        _verifies(signed, text) for text in texts if record.read(text) is not None
    )


def _verifies(signed: bytes, text: bytes) -> bool:
    def answer(name: bytes, timeout: float) -> bytes:
        del name, timeout
        return text

    try:
        return bool(dkim.DKIM(signed).verify(dnsfunc=answer))
    except dkim.DKIMException:
        return False
