"""Accounts and API keys as the server returns them."""

from dataclasses import dataclass, field
from datetime import datetime

from mailbot.v1 import accounts_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A tenant."""

    id: str
    display_name: str
    sandbox_suffix: str
    daily_send_limit: int
    sends_today: int
    create_time: datetime | None
    state: str
    raw: accounts_pb2.Account = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """An API key without its secret."""

    id: str
    display_name: str
    prefix: str
    scopes: tuple[str, ...]
    inbox_ids: tuple[str, ...]
    create_time: datetime | None
    expire_time: datetime | None
    last_used_time: datetime | None
    revoke_time: datetime | None
    account_id: str
    raw: accounts_pb2.ApiKey = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiKey:
    """A key just made; its secret cannot be read again and is not in the repr."""

    api_key: ApiKey
    secret: str = field(repr=False)
