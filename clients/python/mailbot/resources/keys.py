"""API keys, and the account that they speak for."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from mailbot.arguments import InboxRef, as_list, check_keywords, inbox_names, instant
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Account, ApiKey, NewApiKey
from mailbot.v1 import accounts_pb2


class KeyOptions(TypedDict, total=False):
    """What a key can be given; everything may be left out."""

    display_name: str
    """For people."""
    scopes: str | Iterable[str]
    """For example "messages:send"; every scope of the calling key if left out."""
    inbox_ids: InboxRef | Iterable[InboxRef]
    """The only inboxes that it works on; all if left out."""
    expire_time: datetime
    """When it stops working by itself."""
    account_id: str
    """For operators: the account to create it in."""


class Keys:
    """The account's API keys; needs the scope "admin"."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, **options: Unpack[KeyOptions]) -> NewApiKey:
        """A new key. Its secret is in this answer and never again."""
        return self._connection.call(_create(options))

    def list(self, **options: Unpack[PageOptions]) -> Pages[ApiKey]:
        """Keys, newest first, revoked ones too."""
        return Pages(self._connection, _list(options))

    def revoke(self, api_key_id: str) -> ApiKey:
        """Make the key useless for good, within seconds, inside open streams too."""
        return self._connection.call(_revoke(api_key_id))


class AsyncKeys:
    """As `Keys`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, **options: Unpack[KeyOptions]) -> NewApiKey:
        return await self._connection.call(_create(options))

    def list(self, **options: Unpack[PageOptions]) -> AsyncPages[ApiKey]:
        return AsyncPages(self._connection, _list(options))

    async def revoke(self, api_key_id: str) -> ApiKey:
        return await self._connection.call(_revoke(api_key_id))


class AccountReader:
    """Who the caller is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, account_id: str = "") -> Account:
        """The key's own account; with the scope "operator" any."""
        return self._connection.call(_account(account_id))

    def key(self) -> ApiKey:
        """The key that makes these calls."""
        return self._connection.call(_key())


class AsyncAccountReader:
    """As `AccountReader`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, account_id: str = "") -> Account:
        return await self._connection.call(_account(account_id))

    async def key(self) -> ApiKey:
        return await self._connection.call(_key())


def _create(options: KeyOptions) -> Call[NewApiKey]:
    check_keywords(options, KeyOptions)
    request = accounts_pb2.CreateApiKeyRequest(
        api_key=accounts_pb2.ApiKey(
            display_name=options.get("display_name"),
            scopes=as_list(options.get("scopes")),
            inbox_ids=inbox_names(options.get("inbox_ids")),
            expire_time=instant(options.get("expire_time")),
        ),
        account_id=options.get("account_id"),
    )
    return unary(lambda stubs: stubs.accounts.CreateApiKey, request, _new_key)


def _new_key(response: accounts_pb2.CreateApiKeyResponse) -> NewApiKey:
    return NewApiKey(api_key=result(ApiKey, response.api_key), secret=response.secret)


def _list(options: PageOptions) -> Listing[ApiKey]:
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[ApiKey]]:
        request = accounts_pb2.ListApiKeysRequest(page_token=token, page_size=size)
        return unary(lambda stubs: stubs.accounts.ListApiKeys, request, _page)

    return listing(fetch, options)


def _page(response: accounts_pb2.ListApiKeysResponse) -> Page[ApiKey]:
    return page(ApiKey, response.api_keys, response, response.next_page_token)


def _revoke(api_key_id: str) -> Call[ApiKey]:
    request = accounts_pb2.RevokeApiKeyRequest(api_key_id=api_key_id)
    return unary(
        lambda stubs: stubs.accounts.RevokeApiKey,
        request,
        lambda response: result(ApiKey, response.api_key),
    )


def _account(account_id: str) -> Call[Account]:
    return unary(
        lambda stubs: stubs.accounts.GetAccount,
        accounts_pb2.GetAccountRequest(account_id=account_id),
        lambda response: result(Account, response.account),
    )


def _key() -> Call[ApiKey]:
    return unary(
        lambda stubs: stubs.accounts.GetAccount,
        accounts_pb2.GetAccountRequest(),
        lambda response: result(ApiKey, response.api_key),
    )
