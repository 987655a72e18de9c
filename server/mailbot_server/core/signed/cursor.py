"""
A position in an account's log, or a place in a list, as an opaque signed token.

Both tokens are base64url of a version byte, a key id, a body and a truncated
HMAC-SHA256 over all of it. A cursor binds the log's epoch and the account; a page
token binds the account, the method and a digest of everything else that was asked.
"""

import hashlib
import hmac
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.errors import InvalidInput, Violation
from mailbot_server.core.signed import token

_CURSOR: Final = 1
_PAGE: Final = 2
ACK: Final = 3
"""The kind of token that `signed.ack` makes."""

_ANEW: Final = "begin again at the log's start, its end or a time"
_TAG_BYTES: Final = 12
_TOKEN_MAX: Final = 2048
_POSITION: Final = struct.Struct(">Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKeys:
    """Secrets by key id (0 to 255); new tokens use `current`, old keys still verify."""

    current: int
    secrets: Mapping[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One account's event log: `epoch` changes when a database is restored."""

    epoch: str
    account_id: str

    def digest(self) -> bytes:
        """16 bytes that stand for this log inside a cursor."""
        text = f"{self.epoch}\n{self.account_id}".encode()
        return hashlib.sha256(text).digest()[:16]


def write_cursor(keys: SigningKeys, log: Log, position: int) -> str:
    """The cursor after `position`; 0 is before the first event."""
    return seal(keys, _CURSOR, log.digest() + _POSITION.pack(position))


def read_cursor(keys: SigningKeys, log: Log, text: str, field: str = "cursor") -> int:
    """
    The position that a cursor names.

    Raises InvalidInput with CURSOR_INVALID (unreadable, tampered with) or
    CURSOR_FOREIGN (another account's, or from before a restore).
    """
    body = unseal(keys, _CURSOR, text)
    if body is None or len(body) != 16 + _POSITION.size:
        raise _refusal(
            "CURSOR_INVALID", field, f"is not a cursor of this server; {_ANEW}"
        )
    if not hmac.compare_digest(body[:16], log.digest()):
        words = f"belongs to another account, or to before a restore; {_ANEW}"
        raise _refusal("CURSOR_FOREIGN", field, words)
    return int(_POSITION.unpack(body[16:])[0])


def write_page(keys: SigningKeys, scope: str, place: list[str | int]) -> str:
    """A page token for `place`; `scope` is all that must be the same next time."""
    body = json.dumps(place, separators=(",", ":")).encode()
    return seal(keys, _PAGE, _scope(scope) + body)


def read_page(keys: SigningKeys, scope: str, text: str) -> list[str | int]:
    """The place that a page token names; raises InvalidInput PAGE_TOKEN_INVALID."""
    body = unseal(keys, _PAGE, text)
    if body is None or not hmac.compare_digest(body[:16], _scope(scope)):
        message = "is not a page token for this account, method, filter and order"
        raise _refusal("PAGE_TOKEN_INVALID", "page_token", message)
    place: list[str | int] = json.loads(body[16:])
    return place


def _scope(scope: str) -> bytes:
    return hashlib.sha256(scope.encode()).digest()[:16]


def seal(keys: SigningKeys, kind: int, body: bytes) -> str:
    """A token of a kind; its body begins with 16 bytes that say what it is bound to."""
    signed = bytes((kind, keys.current)) + body
    secret = keys.secrets[keys.current]
    return token.spelt(signed + token.tag(secret, signed, _TAG_BYTES))


def unseal(keys: SigningKeys, kind: int, text: str) -> bytes | None:
    """The body of a token of this kind; None for anything else."""
    data = token.read(text, _TOKEN_MAX)
    signed, tag = data[:-_TAG_BYTES], data[-_TAG_BYTES:]
    if len(signed) < 2 + 16 or signed[0] != kind:
        return None
    secret = keys.secrets.get(signed[1])
    if secret is None:
        return None
    is_ours = hmac.compare_digest(token.tag(secret, signed, _TAG_BYTES), tag)
    return signed[2:] if is_ours else None


def _refusal(reason: str, field: str, words: str) -> InvalidInput:
    violation = Violation(field=field, description=words, reason=reason)
    return InvalidInput.of([violation])
