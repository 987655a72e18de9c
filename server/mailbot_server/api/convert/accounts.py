"""Accounts and API keys."""

from typing import Final

from mailbot.v1 import accounts_pb2
from mailbot_server.api.convert import times
from mailbot_server.core.account import Account, ApiKey

_STATE: Final = {
    False: accounts_pb2.Account.STATE_ACTIVE,
    True: accounts_pb2.Account.STATE_SUSPENDED,
}


def account(found: Account, sends_today: int) -> accounts_pb2.Account:
    """An account and how much of its day is used."""
    return accounts_pb2.Account(
        id=found.id,
        display_name=found.display_name,
        sandbox_suffix=found.sandbox_suffix,
        daily_send_limit=found.daily_send_limit,
        sends_today=sends_today,
        create_time=times.to_proto(found.created_at),
        state=_STATE[found.is_suspended],
    )


def api_key(key: ApiKey) -> accounts_pb2.ApiKey:
    """A key, never its secret."""
    return accounts_pb2.ApiKey(
        id=key.id,
        display_name=key.display_name,
        prefix=key.prefix,
        scopes=sorted(key.scopes),
        inbox_ids=key.inbox_ids,
        create_time=times.to_proto(key.created_at),
        expire_time=times.to_proto(key.expires_at),
        last_used_time=times.to_proto(key.last_used_at),
        revoke_time=times.to_proto(key.revoked_at),
        account_id=key.account_id,
    )
