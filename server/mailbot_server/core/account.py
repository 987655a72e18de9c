"""Accounts, the API keys that speak for them, and what a key may do."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.errors import NotAllowed, NotFound, Unauthenticated
from mailbot_server.core.ids import base32

ADMIN: Final = "admin"
OPERATOR: Final = "operator"
ORDINARY_SCOPES: Final = (
    "inboxes:read",
    "inboxes:write",
    "messages:read",
    "messages:send",
    "messages:write",
    "threads:read",
    "threads:write",
    "events:read",
    "domains:read",
    "domains:write",
    "suppressions:read",
    "suppressions:write",
    "deliveries:read",
    "deliveries:write",
    "lists:read",
    "lists:write",
    "rules:read",
    "rules:write",
    "subscriptions:read",
    "subscriptions:write",
    "webhooks:read",
    "webhooks:write",
    "events:consume",
    "events:replay",
    "usage:read",
    "audit:read",
    "retention:write",
)
SCOPES: Final = frozenset((*ORDINARY_SCOPES, ADMIN, OPERATOR))
_KEY: Final = re.compile(r"mb_([0-9a-z]{10})_([0-9A-Za-z]{32,64})")
_NO_SECRET: Final = hashlib.sha256(b"no such key").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A tenant; `sandbox_suffix` is the 8 characters its sandbox addresses carry."""

    id: str
    display_name: str
    sandbox_suffix: str
    daily_send_limit: int
    created_at: datetime
    is_suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as it is stored: the secret's SHA-256, never the secret."""

    id: str
    account_id: str
    display_name: str
    public_id: str
    secret_hash: bytes
    scopes: frozenset[str]
    inbox_ids: tuple[str, ...] = ()
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def prefix(self) -> str:
        """The part of the key that is no secret."""
        return f"mb_{self.public_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """
    Who is calling: an account, by one of its keys.

    `inbox_ids` None means all of the account's inboxes.
    """

    account_id: str
    key_id: str
    scopes: frozenset[str]
    inbox_ids: tuple[str, ...] | None = None

    def has(self, scope: str) -> bool:
        """Whether the key carries this scope; admin carries all but operator."""
        return scope in self.scopes or (scope != OPERATOR and ADMIN in self.scopes)

    def require(self, scope: str) -> None:
        """Raises NotAllowed (SCOPE_MISSING) unless the key carries the scope."""
        if not self.has(scope):
            who = "the operator's key" if scope == OPERATOR else "a key"
            message = f"this API key lacks the scope {scope!r}; use {who} that has it"
            raise NotAllowed(message, details={"scope": scope})

    def may_see(self, inbox_id: str) -> bool:
        """Whether the key's restriction to inboxes, if any, includes this one."""
        return self.inbox_ids is None or inbox_id in self.inbox_ids

    def covers(self, inbox_ids: tuple[str, ...] | None) -> bool:
        """Whether the key sees all that one restricted to these inboxes does."""
        if self.inbox_ids is None:
            return True
        return inbox_ids is not None and set(inbox_ids) <= set(self.inbox_ids)

    def require_inbox(
        self, inbox_id: str, resource_type: str, resource_id: str
    ) -> None:
        """Raises NotFound for a thing of an inbox that the key may not see."""
        if not self.may_see(inbox_id):
            raise NotFound(resource_type, resource_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedKey:
    """A key as a caller sends it."""

    public_id: str
    secret: str


def make_key(public_entropy: bytes, secret_entropy: bytes) -> PresentedKey:
    """A new key from at least 7 and 32 random bytes."""
    return PresentedKey(
        public_id=base32(int.from_bytes(public_entropy[:7], "big"), 10),
        secret=base32(int.from_bytes(secret_entropy[:32], "big"), 52),
    )


def print_key(key: PresentedKey) -> str:
    """`mb_<public id>_<secret>`."""
    return f"mb_{key.public_id}_{key.secret}"


def read_key(text: str) -> PresentedKey | None:
    """The parts of a well-formed key, else None."""
    match = _KEY.fullmatch(text)
    return PresentedKey(public_id=match[1], secret=match[2]) if match else None


def hash_secret(secret: str) -> bytes:
    """SHA-256; enough for secrets of 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()


def authenticate(
    presented: PresentedKey, stored: ApiKey | None, now: datetime
) -> Principal:
    """
    Who presents this key; does the same hash work for unknown ones.

    Raises Unauthenticated: API_KEY_INVALID, API_KEY_REVOKED or API_KEY_EXPIRED.
    """
    expected = stored.secret_hash if stored else _NO_SECRET
    if not hmac.compare_digest(hash_secret(presented.secret), expected) or not stored:
        message = "this API key is unknown or its secret is wrong"
        raise Unauthenticated(message, reason="API_KEY_INVALID")
    check_alive(stored, now)
    return Principal(
        account_id=stored.account_id,
        key_id=stored.id,
        scopes=stored.scopes,
        inbox_ids=stored.inbox_ids or None,
    )


def check_alive(key: ApiKey, now: datetime) -> None:
    """Raises Unauthenticated when the key was revoked or has expired."""
    if key.revoked_at is not None:
        message = "this API key was revoked; use another one"
        raise Unauthenticated(message, reason="API_KEY_REVOKED")
    if key.expires_at is not None and key.expires_at <= now:
        message = "this API key has expired; use another one"
        raise Unauthenticated(message, reason="API_KEY_EXPIRED")
