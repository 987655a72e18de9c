"""
Reads and writes the record that publishes a key (RFC 6376 3.6.1, RFC 8463 4).

Others write DNS: reading never raises, and what is not understood is no key.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mailbot_server.core.mail.dkim.algorithm import Algorithm

RECORD_BYTES_MAX: Final = 4096
"""RSA with 4096 bits takes 800."""

TEXTS_MAX: Final = 16
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_TAG: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Standing(StrEnum):
    """How a key that we hold stands in DNS."""

    PUBLISHED = "published"
    TESTING = "testing"
    """It is ours, and marked `t=y`: verifiers treat the mail as if it were unsigned."""
    MISSING = "missing"
    REVOKED = "revoked"
    DIFFERENT = "different"
    """There is a key, and another one than ours."""
    BROKEN = "broken"
    """There is a record, and no verifier could use it for mail."""

    @property
    def is_ours(self) -> bool:
        """Whether a verifier finds the other half of our key."""
        return self in {Standing.PUBLISHED, Standing.TESTING}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """
    A record that can be read: `public` is what `p=` encodes, empty when revoked.

    `is_testing` is the flag `t=y`: verifiers treat the mail as if it were unsigned.
    `is_strict` is `t=s`, `hashes` is `h=` (empty for all), `services` is `s=`.
    """

    key_type: str = "rsa"
    public: bytes
    hashes: tuple[str, ...] = ()
    services: tuple[str, ...] = ("*",)
    is_testing: bool = False
    is_strict: bool = False

    @property
    def is_revoked(self) -> bool:
        """Whether the owner has taken the key back (RFC 6376 3.6.1, `p=`)."""
        return not self.public

    @property
    def is_for_mail(self) -> bool:
        """Whether it may be used for mail and with SHA-256."""
        suits = {"*", "email"} & set(self.services)
        return bool(suits) and (not self.hashes or "sha256" in self.hashes)


def host(selector: str, domain: str) -> str:
    """The name whose TXT record holds the key."""
    return f"{selector}._domainkey.{domain}"


def write(algorithm: Algorithm, public: bytes) -> str:
    """The record's text; `public` is SubjectPublicKeyInfo (RSA) or 32 bytes."""
    encoded = base64.b64encode(public).decode()
    return f"v=DKIM1; k={algorithm.key_type}; p={encoded}"


def read(text: bytes) -> KeyRecord | None:
    """The record in a TXT answer (its strings joined); None when it is no key."""
    tags = _tags(text)
    if tags is None or tags.get("v", "DKIM1") != "DKIM1" or "p" not in tags:
        return None
    public = _decoded(tags["p"])
    if public is None:
        return None
    flags = _words(tags.get("t", ""))
    return KeyRecord(
        key_type=tags.get("k", "rsa").lower(),
        public=public,
        hashes=_words(tags.get("h", "")),
        services=_words(tags.get("s", "")) or ("*",),
        is_testing="y" in flags,
        is_strict="s" in flags,
    )


def standing(texts: Iterable[bytes], algorithm: Algorithm, public: bytes) -> Standing:
    """
    What is found of our key among the TXT records of its name.

    Where there are several, a verifier may take any (RFC 6376 3.6.2.2), so that all
    have to be ours. Records for other purposes (`v=spf1`) do not count.
    """
    found = [text for text in list(texts)[:TEXTS_MAX] if _may_be_key(text)]
    if not found:
        return Standing.MISSING
    records = [record for text in found if (record := read(text)) is not None]
    if any(record.is_revoked for record in records):
        return Standing.REVOKED
    if len(records) < len(found) or not all(record.is_for_mail for record in records):
        return Standing.BROKEN
    if {(r.key_type, r.public) for r in records} != {(algorithm.key_type, public)}:
        return Standing.DIFFERENT
    if any(record.is_testing for record in records):
        return Standing.TESTING
    return Standing.PUBLISHED


def _may_be_key(text: bytes) -> bool:
    """Whether a record claims to be a key, or claims nothing."""
    start = _BLANKS.sub("", text[:64].decode("ascii", "replace"))
    return start.startswith("v=DKIM1") or not start.startswith("v=")


def _tags(text: bytes) -> dict[str, str] | None:
    """Tag → value without outer blanks (RFC 6376 3.2); None when it is no tag list."""
    if len(text) > RECORD_BYTES_MAX or not text.isascii():
        return None
    tags: dict[str, str] = {}
    for piece in text.decode("ascii").strip(" \t\r\n;").split(";"):
        name, equals, value = (part.strip(" \t\r\n") for part in piece.partition("="))
        if not equals or not _TAG.fullmatch(name) or name in tags:
            return None
        tags[name] = value
    return tags


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(_BLANKS.sub("", text), validate=True)
    except binascii.Error:
        return None


def _words(text: str) -> tuple[str, ...]:
    words = (word.strip(" \t\r\n").lower() for word in text.split(":"))
    return tuple(word for word in words if word)
