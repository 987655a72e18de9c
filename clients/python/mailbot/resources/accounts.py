"""Accounts: created, listed, stopped and let go on, by operators."""

from typing import Unpack
from uuid import uuid4

from mailbot.arguments import check_keywords
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Account
from mailbot.v1 import accounts_pb2


class Accounts:
    """All accounts of the server; needs the scope "operator"."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(
        self, display_name: str, *, daily_send_limit: int = 0, request_id: str = ""
    ) -> Account:
        """A new account, without a key: `keys.create(account_id=…)` makes one."""
        return self._connection.call(
            _create(display_name, daily_send_limit, request_id)
        )

    def list(self, **options: Unpack[PageOptions]) -> Pages[Account]:
        """Accounts, newest first."""
        return Pages(self._connection, _list(options))

    def suspend(self, account_id: str) -> Account:
        """Stop it within seconds: its keys may only read; mail still comes in."""
        return self._connection.call(_suspend(account_id))

    def activate(self, account_id: str) -> Account:
        """Let it go on."""
        return self._connection.call(_activate(account_id))


class AsyncAccounts:
    """As `Accounts`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(
        self, display_name: str, *, daily_send_limit: int = 0, request_id: str = ""
    ) -> Account:
        return await self._connection.call(
            _create(display_name, daily_send_limit, request_id)
        )

    def list(self, **options: Unpack[PageOptions]) -> AsyncPages[Account]:
        return AsyncPages(self._connection, _list(options))

    async def suspend(self, account_id: str) -> Account:
        return await self._connection.call(_suspend(account_id))

    async def activate(self, account_id: str) -> Account:
        return await self._connection.call(_activate(account_id))


def _create(display_name: str, daily_send_limit: int, request_id: str) -> Call[Account]:
    request = accounts_pb2.CreateAccountRequest(
        account=accounts_pb2.Account(
            display_name=display_name, daily_send_limit=daily_send_limit
        ),
        request_id=request_id or str(uuid4()),
    )
    return unary(
        lambda stubs: stubs.accounts.CreateAccount,
        request,
        _account,
    )


def _account(
    response: accounts_pb2.CreateAccountResponse
    | accounts_pb2.SuspendAccountResponse
    | accounts_pb2.ActivateAccountResponse,
) -> Account:
    return result(Account, response.account)


def _list(options: PageOptions) -> Listing[Account]:
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[Account]]:
        request = accounts_pb2.ListAccountsRequest(page_token=token, page_size=size)
        return unary(lambda stubs: stubs.accounts.ListAccounts, request, _page)

    return listing(fetch, options)


def _page(response: accounts_pb2.ListAccountsResponse) -> Page[Account]:
    return page(Account, response.accounts, response, response.next_page_token)


def _suspend(account_id: str) -> Call[Account]:
    return unary(
        lambda stubs: stubs.accounts.SuspendAccount,
        accounts_pb2.SuspendAccountRequest(account_id=account_id),
        _account,
    )


def _activate(account_id: str) -> Call[Account]:
    return unary(
        lambda stubs: stubs.accounts.ActivateAccount,
        accounts_pb2.ActivateAccountRequest(account_id=account_id),
        _account,
    )
