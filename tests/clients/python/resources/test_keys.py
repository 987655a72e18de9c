from datetime import UTC, datetime

from mailbot.v1 import accounts_pb2

KEY = accounts_pb2.ApiKey(id="key_1", prefix="mb_1", scopes=["messages:send"])


def test_create_returns_the_secret_and_hides_it_from_logs(server, bot):
    answer = accounts_pb2.CreateApiKeyResponse(api_key=KEY, secret="mb_1_hush")
    server.answer("CreateApiKey", answer)
    until = datetime(2030, 1, 1, tzinfo=UTC)
    new = bot.keys.create(
        display_name="CI",
        scopes="messages:send",
        inbox_ids=["inb_1"],
        expire_time=until,
    )
    assert new.secret == "mb_1_hush"
    assert "hush" not in repr(new)
    assert new.api_key.scopes == ("messages:send",)
    request = server.requests("CreateApiKey")[0].api_key
    assert list(request.scopes) == ["messages:send"]
    assert list(request.inbox_ids) == ["inb_1"]
    assert request.expire_time.ToDatetime(tzinfo=UTC) == until


def test_list_and_revoke(server, bot):
    server.answer("ListApiKeys", accounts_pb2.ListApiKeysResponse(api_keys=[KEY]))
    server.answer("RevokeApiKey", accounts_pb2.RevokeApiKeyResponse(api_key=KEY))
    (listed,) = bot.keys.list()
    assert bot.keys.revoke(listed.id) == listed
    assert server.requests("RevokeApiKey")[0].api_key_id == "key_1"


def test_the_account_and_the_key_that_asks(server, bot):
    account = accounts_pb2.Account(id="acc_1", sandbox_suffix="k3v9q2pd", sends_today=2)
    answer = accounts_pb2.GetAccountResponse(account=account, api_key=KEY)
    server.answer("GetAccount", answer, answer)
    assert bot.account.get().sandbox_suffix == "k3v9q2pd"
    assert bot.account.key().id == "key_1"
