import pytest

from mailbot import AsyncMailBot
from mailbot.v1 import accounts_pb2

ACCOUNT = accounts_pb2.Account(
    id="acc_1", display_name="Acme", state=accounts_pb2.Account.STATE_ACTIVE
)


def test_create_names_its_limit_and_its_request(server, bot):
    answer = accounts_pb2.CreateAccountResponse(account=ACCOUNT)
    server.answer("CreateAccount", answer, answer)
    assert bot.accounts.create("Acme", daily_send_limit=500).id == "acc_1"
    bot.accounts.create("Acme", request_id="mine")
    first, second = server.requests("CreateAccount")
    assert (first.account.display_name, first.account.daily_send_limit) == ("Acme", 500)
    assert first.request_id
    assert second.request_id == "mine"


def test_accounts_are_listed_page_by_page(server, bot):
    server.answer(
        "ListAccounts",
        accounts_pb2.ListAccountsResponse(accounts=[ACCOUNT], next_page_token="t"),
        accounts_pb2.ListAccountsResponse(accounts=[ACCOUNT]),
    )
    assert [each.state for each in bot.accounts.list()] == ["active", "active"]
    assert [each.page_token for each in server.requests("ListAccounts")] == ["", "t"]


def test_one_is_stopped_and_let_go_on(server, bot):
    server.answer(
        "SuspendAccount", accounts_pb2.SuspendAccountResponse(account=ACCOUNT)
    )
    server.answer(
        "ActivateAccount", accounts_pb2.ActivateAccountResponse(account=ACCOUNT)
    )
    assert bot.accounts.suspend("acc_1").id == "acc_1"
    assert bot.accounts.activate("acc_1").id == "acc_1"
    assert server.requests("SuspendAccount")[0].account_id == "acc_1"
    assert server.requests("ActivateAccount")[0].account_id == "acc_1"


@pytest.mark.asyncio
async def test_the_same_awaited(server):
    server.answer("CreateAccount", accounts_pb2.CreateAccountResponse(account=ACCOUNT))
    server.answer("ListAccounts", accounts_pb2.ListAccountsResponse(accounts=[ACCOUNT]))
    server.answer(
        "SuspendAccount", accounts_pb2.SuspendAccountResponse(account=ACCOUNT)
    )
    server.answer(
        "ActivateAccount", accounts_pb2.ActivateAccountResponse(account=ACCOUNT)
    )
    async with AsyncMailBot("mb_k_s", server.target) as bot:
        made = await bot.accounts.create("Acme")
        assert [each async for each in bot.accounts.list()] == [made]
        assert await bot.accounts.suspend(made.id) == made
        assert await bot.accounts.activate(made.id) == made
