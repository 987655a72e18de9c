"""Accounts and keys as the API shows them: everything but secrets."""

from datetime import timedelta

from mailbot.v1 import accounts_pb2
from mailbot_server.api.convert import accounts as convert
from mailbot_server.core.account import ApiKey
from tests.fakes.tenants import BEGINNING, account


def test_an_account_shows_all_that_it_has():
    shown = convert.account(account(), 42)
    assert shown.id == account().id
    assert shown.sandbox_suffix == "00000001"
    assert shown.daily_send_limit == 10_000
    assert shown.sends_today == 42
    assert shown.create_time.seconds == int(BEGINNING.timestamp())


def test_an_account_s_state_has_two_words():
    active, stopped = (
        convert.account(account(is_suspended=is_suspended), 0).state
        for is_suspended in (False, True)
    )
    assert active == accounts_pb2.Account.STATE_ACTIVE
    assert stopped == accounts_pb2.Account.STATE_SUSPENDED


def test_a_key_shows_its_prefix_and_never_its_hash():
    later = BEGINNING + timedelta(days=1)
    key = ApiKey(
        id="key_1",
        account_id="acc_1",
        display_name="CI",
        public_id="0123456789",
        secret_hash=b"\xde\xad\xbe\xef",
        scopes=frozenset({"threads:read", "events:read"}),
        inbox_ids=("inb_1",),
        created_at=BEGINNING,
        expires_at=later,
        last_used_at=later,
        revoked_at=later,
    )
    shown = convert.api_key(key)
    assert shown.prefix == "mb_0123456789"
    assert list(shown.scopes) == ["events:read", "threads:read"]
    assert list(shown.inbox_ids) == ["inb_1"]
    assert shown.expire_time == shown.last_used_time == shown.revoke_time
    assert b"\xde\xad\xbe\xef" not in shown.SerializeToString()
    assert {field.name for field, _ in shown.ListFields()} == {
        field.name for field in accounts_pb2.ApiKey.DESCRIPTOR.fields
    }


def test_a_key_that_never_ended_has_no_times():
    key = ApiKey(
        id="key_1",
        account_id="acc_1",
        display_name="",
        public_id="0123456789",
        secret_hash=b"",
        scopes=frozenset(),
        created_at=BEGINNING,
    )
    shown = convert.api_key(key)
    for name in ("expire_time", "last_used_time", "revoke_time"):
        assert not shown.HasField(name)
