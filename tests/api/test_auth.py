"""Who gets in: keys that are right, and every kind that is not."""

import contextlib
from datetime import timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import accounts_pb2, inboxes_pb2
from mailbot_server.api import auth as module
from mailbot_server.api.auth import Authenticator
from mailbot_server.api.methods import METHODS
from mailbot_server.core import account
from mailbot_server.core.account import SCOPES
from mailbot_server.core.errors import (
    NotAllowed,
    Unauthenticated,
    Unavailable,
    WrongState,
)
from mailbot_server.engine import accounts as engine
from mailbot_server.store import accounts, keys
from tests.api.conftest import bearer
from tests.fakes.tenants import account as tenant
from tests.fakes.tenants import add_account

GET = METHODS["/mailbot.v1.InboxService/GetInbox"]
CREATE = METHODS["/mailbot.v1.InboxService/CreateInbox"]
SECRET = "0" * 52
WHO = accounts_pb2.GetAccountRequest()


def stored_key(number: int = 1, **changes):
    plain = {
        "id": f"key_{number:026d}",
        "account_id": tenant().id,
        "display_name": "",
        "public_id": f"{number:010d}",
        "secret_hash": account.hash_secret(SECRET),
        "scopes": frozenset({"inboxes:read"}),
        "created_at": tenant().created_at,
    }
    return account.ApiKey(**{**plain, **changes})


def presented(number: int = 1, secret: str = SECRET):
    return bearer(f"mb_{number:010d}_{secret}")


@pytest.fixture
async def authenticator(db, metrics):
    """Knows one account with one key that may read inboxes."""
    await add_account(db)
    await db.write(keys.add, stored_key())
    return Authenticator(db, metrics)


# --- on the wire -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        pytest.param((), "API_KEY_MISSING", id="none"),
        pytest.param((("authorization", ""),), "API_KEY_INVALID", id="empty"),
        pytest.param((("authorization", "Basic x"),), "API_KEY_INVALID", id="basic"),
        pytest.param(bearer(""), "API_KEY_INVALID", id="no-key"),
        pytest.param(bearer("mb_short_secret"), "API_KEY_INVALID", id="malformed"),
        pytest.param(bearer("mb_" + "x" * 4000), "API_KEY_INVALID", id="long"),
        pytest.param(presented(9), "API_KEY_INVALID", id="unknown"),
    ],
)
def test_a_call_without_a_good_key_is_nobody_s(stubs, refused, metadata, reason):
    refusal = refused(lambda: stubs.accounts.GetAccount(WHO, metadata=metadata))
    assert refusal.code is grpc.StatusCode.UNAUTHENTICATED
    assert refusal.reason == reason


def test_a_wrong_secret_says_the_same_as_an_unknown_key(api, stubs, refused):
    public_id = api.first.api.public_id
    wrong = bearer(f"mb_{public_id}_{SECRET}")
    unknown = presented(8)
    told = [
        refused(lambda m=m: stubs.accounts.GetAccount(WHO, metadata=m))
        for m in (wrong, unknown)
    ]
    assert told[0].text == told[1].text
    assert told[0].reason == told[1].reason == "API_KEY_INVALID"


def test_the_word_bearer_may_be_written_in_any_case(api, stubs):
    metadata = (("authorization", f"bEARER {api.api_key} "),)
    assert stubs.accounts.GetAccount(WHO, metadata=metadata).account.id


def test_a_revoked_key_is_refused_at_once_where_it_was_revoked(
    stubs, auth, make_key, refused
):
    metadata = make_key(scopes=["inboxes:read"])
    key = stubs.accounts.GetAccount(WHO, metadata=metadata).api_key
    stubs.accounts.RevokeApiKey(
        accounts_pb2.RevokeApiKeyRequest(api_key_id=key.id), metadata=auth
    )
    refusal = refused(lambda: stubs.accounts.GetAccount(WHO, metadata=metadata))
    assert refusal.code is grpc.StatusCode.UNAUTHENTICATED
    assert refusal.reason == "API_KEY_REVOKED"


def test_an_expired_key_is_refused(api, stubs, make_key, refused):
    stamp = Timestamp()
    stamp.FromDatetime(api.clock() + timedelta(hours=1))
    metadata = make_key(scopes=["inboxes:read"], expire_time=stamp)
    assert stubs.accounts.GetAccount(WHO, metadata=metadata).api_key.id
    api.clock.advance(hours=1)
    refusal = refused(lambda: stubs.accounts.GetAccount(WHO, metadata=metadata))
    assert refusal.reason == "API_KEY_EXPIRED"


def test_a_key_without_the_scope_is_told_which(stubs, make_key, refused):
    metadata = make_key(scopes=["messages:send"])
    request = inboxes_pb2.ListInboxesRequest()
    refusal = refused(lambda: stubs.inboxes.ListInboxes(request, metadata=metadata))
    assert refusal.code is grpc.StatusCode.PERMISSION_DENIED
    assert refusal.reason == "SCOPE_MISSING"
    assert refusal.metadata == {"scope": "inboxes:read"}


def test_scope_is_checked_before_existence_and_before_the_request(
    stubs, make_key, refused
):
    metadata = make_key(scopes=["messages:send"])
    nothing = inboxes_pb2.GetInboxRequest()
    refusal = refused(lambda: stubs.inboxes.GetInbox(nothing, metadata=metadata))
    assert refusal.reason == "SCOPE_MISSING"


SCOPED = [method for method in METHODS.values() if method.scope]


@pytest.mark.parametrize("method", SCOPED, ids=lambda method: method.name)
def test_every_method_asks_for_its_scope(grpc_channel, make_key, refused, method):
    """Before it reads the request, which says nothing here."""
    stronger = {"operator"} if method.scope == "operator" else {"admin", "operator"}
    poor = make_key(scopes=sorted(SCOPES - stronger - {method.scope}))
    call = grpc_channel.stream_stream(method.path)
    refusal = refused(lambda: list(call(iter([b""]), metadata=poor)))
    assert refusal.code is grpc.StatusCode.PERMISSION_DENIED
    assert refusal.metadata == {"scope": method.scope}


@pytest.mark.parametrize("method", SCOPED, ids=lambda method: method.name)
def test_a_key_with_nothing_but_the_scope_gets_in(grpc_channel, make_key, method):
    key = make_key(scopes=[method.scope])
    call = grpc_channel.stream_stream(method.path)
    stream = call(iter([b""]), metadata=key, timeout=20)
    with contextlib.suppress(grpc.RpcError, StopIteration):
        next(stream)
    stream.cancel()
    assert stream.code() is not grpc.StatusCode.PERMISSION_DENIED


# --- in detail, on both databases ------------------------------------------------------


async def test_a_known_key_gives_its_principal(authenticator):
    principal = await authenticator.admit(GET, presented())
    assert principal.account_id == tenant().id
    assert principal.key_id == stored_key().id
    assert principal.inbox_ids is None


async def test_a_scope_that_is_missing_is_named(authenticator):
    with pytest.raises(NotAllowed) as caught:
        await authenticator.admit(CREATE, presented())
    assert caught.value.details == {"scope": "inboxes:write"}


async def test_revocation_elsewhere_is_seen_once_memory_is_old(
    db, authenticator, monkeypatch
):
    await authenticator.admit(GET, presented())
    await db.write(keys.revoke, tenant().id, stored_key().id)
    assert await authenticator.admit(GET, presented())
    assert module.CACHE_SECONDS < 5
    monkeypatch.setattr(module, "CACHE_SECONDS", 0)
    with pytest.raises(Unauthenticated) as caught:
        await authenticator.admit(GET, presented())
    assert caught.value.reason == "API_KEY_REVOKED"


async def test_a_key_is_read_once_and_remembered(authenticator, metrics):
    for _ in range(3):
        await authenticator.admit(GET, presented())
    reads = metrics.db_operation_duration.labels("find_key")
    assert sum(bucket.get() for bucket in reads._buckets) == 1


async def test_memory_of_keys_is_bounded(authenticator, monkeypatch):
    monkeypatch.setattr(module, "CACHE_MAX", 10)
    for number in range(100, 150):
        with pytest.raises(Unauthenticated):
            await authenticator.admit(GET, presented(number))
    assert len(authenticator._cache) <= 10


async def test_a_key_of_a_suspended_account_may_only_read(db, authenticator):
    await db.write(keys.add, stored_key(2, scopes=frozenset({"admin"})))
    await db.write(engine.set_suspended, tenant().id, is_suspended=True)
    for method in METHODS.values():
        if method.scope == "operator":
            continue
        if method.only_reads:
            assert await authenticator.admit(method, presented(2))
            continue
        with pytest.raises(WrongState) as caught:
            await authenticator.admit(method, presented(2))
        assert caught.value.reason == "ACCOUNT_SUSPENDED"
        assert caught.value.subject == tenant().id


async def test_an_operator_of_a_suspended_account_can_activate_it(db, authenticator):
    await db.write(keys.add, stored_key(2, scopes=frozenset({"operator"})))
    await db.write(accounts.set_suspended, tenant().id, is_suspended=True)
    activate = METHODS["/mailbot.v1.AccountService/ActivateAccount"]
    assert await authenticator.admit(activate, presented(2))


async def test_when_a_key_was_used_is_written_down_later(db, authenticator, clock):
    await authenticator.admit(GET, presented())
    used_at = clock()
    clock.advance(minutes=5)
    await authenticator.flush()
    key = await db.read(keys.get, tenant().id, stored_key().id)
    assert key.last_used_at == used_at


async def test_the_time_of_use_is_kept_while_the_store_is_away(
    db, authenticator, monkeypatch
):
    await authenticator.admit(GET, presented())
    write = db.write

    async def away(*_, **__):
        raise Unavailable("away")

    monkeypatch.setattr(db, "write", away)
    await authenticator.flush()
    monkeypatch.setattr(db, "write", write)
    await authenticator.flush()
    key = await db.read(keys.get, tenant().id, stored_key().id)
    assert key.last_used_at is not None


async def test_a_recheck_sees_revocation_and_absence(db, authenticator):
    principal = await authenticator.admit(GET, presented())
    await authenticator.recheck(principal)
    await db.write(keys.revoke, tenant().id, principal.key_id)
    with pytest.raises(Unauthenticated) as caught:
        await authenticator.recheck(principal)
    assert caught.value.reason == "API_KEY_REVOKED"


async def test_every_attempt_is_counted(authenticator, metrics):
    attempts = metrics.auth_attempts
    await authenticator.admit(GET, presented())
    for bad in ((), presented(9)):
        with pytest.raises(Unauthenticated):
            await authenticator.admit(GET, bad)
    assert attempts.labels("grpc", "ok")._value.get() == 1
    assert attempts.labels("grpc", "missing")._value.get() == 1
    assert attempts.labels("grpc", "bad_credentials")._value.get() == 1
