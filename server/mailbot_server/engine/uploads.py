"""Takes bodies that will be attached: bounded, checked, kept for a day."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from mailbot_server.core.errors import InvalidInput, LimitExceeded, Violation
from mailbot_server.store import uploads
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.uploads import Upload

KEEP: Final = timedelta(hours=24)
UPLOAD_BYTES_MAX: Final = 25 * 1024 * 1024
ACCOUNT_BYTES_MAX: Final = 256 * 1024 * 1024
"""What all waiting uploads of an account may take together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What the caller says that it will send."""

    account_id: str
    inbox_id: str
    size_bytes: int
    sha256: str = ""


def check(announced: Announced) -> None:
    """Raises InvalidInput when the announced body could not be taken."""
    violations = []
    if not 0 <= announced.size_bytes <= UPLOAD_BYTES_MAX:
        words = f"must be 0 to {UPLOAD_BYTES_MAX} bytes"
        violations.append(Violation(field="header.size_bytes", description=words))
    if announced.sha256 and not _is_digest(announced.sha256):
        words = "must be 64 hexadecimal digits"
        violations.append(Violation(field="header.sha256", description=words))
    if violations:
        raise InvalidInput.of(violations)


async def take(
    db: Database, announced: Announced, chunks: AsyncIterator[bytes]
) -> Upload:
    """
    Reads the chunks and keeps them.

    Raises InvalidInput UPLOAD_MISMATCH when they are not what was announced, and
    LimitExceeded UPLOAD_QUOTA; then nothing is kept.
    """
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > announced.size_bytes:
            raise _mismatch("header.size_bytes", "more bytes came than were announced")
    if len(body) != announced.size_bytes:
        raise _mismatch("header.size_bytes", "fewer bytes came than were announced")
    digest = hashlib.sha256(body).hexdigest()
    if announced.sha256 and announced.sha256.lower() != digest:
        raise _mismatch("header.sha256", "the bytes that came have another SHA-256")
    return await db.write(_keep, announced, bytes(body), digest)


def _keep(tx: Transaction, announced: Announced, body: bytes, digest: str) -> Upload:
    waiting = uploads.total_bytes(tx, announced.account_id)
    if waiting + len(body) > ACCOUNT_BYTES_MAX:
        message = "too many uploads wait to be used; send them or let them expire"
        raise LimitExceeded(
            message,
            reason="UPLOAD_QUOTA",
            subject=announced.account_id,
            details={"limit": str(ACCOUNT_BYTES_MAX)},
        )
    upload = Upload(
        id=tx.new_id("upl"),
        account_id=announced.account_id,
        inbox_id=announced.inbox_id,
        size_bytes=len(body),
        sha256=digest,
        created_at=tx.now,
        expires_at=tx.now + KEEP,
    )
    uploads.add(tx, upload, body)
    return upload


def _mismatch(field: str, words: str) -> InvalidInput:
    violation = Violation(field=field, description=words, reason="UPLOAD_MISMATCH")
    return InvalidInput.of([violation])


def _is_digest(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdefABCDEF" for c in text)
