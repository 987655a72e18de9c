"""AccountService over the wire: accounts, keys, and how far a key reaches."""

from datetime import timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import (
    accounts_pb2,
    events_pb2,
    inboxes_pb2,
    messages_pb2,
    threads_pb2,
)
from mailbot.v1.accounts_pb2 import Account, ApiKey
from mailbot_server.store import keys
from tests.api.conftest import bearer

ORDINARY = [
    *("audit:read", "deliveries:read", "deliveries:write"),
    *("domains:read", "domains:write", "events:consume", "events:read"),
    *("events:replay", "inboxes:read", "inboxes:write", "lists:read", "lists:write"),
    *("messages:read", "messages:send", "messages:write", "retention:write"),
    *("rules:read", "rules:write", "subscriptions:read", "subscriptions:write"),
    *("suppressions:read", "suppressions:write", "threads:read", "threads:write"),
    *("usage:read", "webhooks:read", "webhooks:write"),
]


@pytest.fixture
def calls(stubs, auth, operator):
    """The service's methods with fields as keywords."""

    class Calls:
        def create(self, by=operator, request_id="", **fields):
            request = accounts_pb2.CreateAccountRequest(
                account=Account(**fields), request_id=request_id
            )
            return stubs.accounts.CreateAccount(request, metadata=by)

        def get(self, account_id="", by=auth):
            request = accounts_pb2.GetAccountRequest(account_id=account_id)
            return stubs.accounts.GetAccount(request, metadata=by)

        def list(self, by=operator, **fields):
            request = accounts_pb2.ListAccountsRequest(**fields)
            return stubs.accounts.ListAccounts(request, metadata=by)

        def suspend(self, account_id, by=operator):
            request = accounts_pb2.SuspendAccountRequest(account_id=account_id)
            return stubs.accounts.SuspendAccount(request, metadata=by).account

        def activate(self, account_id, by=operator):
            request = accounts_pb2.ActivateAccountRequest(account_id=account_id)
            return stubs.accounts.ActivateAccount(request, metadata=by).account

        def create_key(self, by=auth, account_id="", **fields):
            request = accounts_pb2.CreateApiKeyRequest(
                api_key=ApiKey(**fields), account_id=account_id
            )
            return stubs.accounts.CreateApiKey(request, metadata=by)

        def list_keys(self, by=auth, **fields):
            request = accounts_pb2.ListApiKeysRequest(**fields)
            return stubs.accounts.ListApiKeys(request, metadata=by)

        def revoke(self, key_id, by=auth):
            request = accounts_pb2.RevokeApiKeyRequest(api_key_id=key_id)
            return stubs.accounts.RevokeApiKey(request, metadata=by).api_key

    return Calls()


# --- accounts --------------------------------------------------------------------------


def test_an_operator_makes_accounts(api, calls):
    api.clock.advance(seconds=1)
    made = calls.create(display_name="Acme", daily_send_limit=77).account
    assert made.id.startswith("acc_")
    assert made.display_name == "Acme"
    assert made.daily_send_limit == 77
    assert len(made.sandbox_suffix) == 8
    assert made.state == Account.STATE_ACTIVE
    assert calls.list(page_size=1).accounts[0] == made
    assert calls.create(display_name="Other").account.daily_send_limit == 10_000


def test_two_accounts_never_share_a_suffix(calls):
    suffixes = {calls.create(display_name="x").account.sandbox_suffix for _ in range(9)}
    assert len(suffixes) == 9


@pytest.mark.parametrize("method", ["create", "list", "suspend", "activate"])
def test_nobody_else_does(calls, auth, refused, method):
    arguments = () if method in {"create", "list"} else ("acc_1",)
    refusal = refused(lambda: getattr(calls, method)(*arguments, by=auth))
    assert refusal.code is grpc.StatusCode.PERMISSION_DENIED
    assert refusal.metadata == {"scope": "operator"}


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({}, "account.display_name"),
        ({"display_name": "x" * 64}, "account.display_name"),
        ({"display_name": "a\nb"}, "account.display_name"),
        ({"display_name": "x", "daily_send_limit": -1}, "account.daily_send_limit"),
        ({"display_name": "x", "daily_send_limit": 10**7}, "account.daily_send_limit"),
    ],
    ids=["none", "long", "newline", "negative", "huge"],
)
def test_a_bad_account_is_refused(calls, refused, fields, path):
    assert refused(lambda: calls.create(**fields)).fields == [path]


def test_a_repeat_gives_the_first_account(calls, refused):
    first = calls.create(display_name="Once", request_id="a-1")
    again = calls.create(display_name="Once", request_id="a-1")
    assert again.replayed
    assert again.account.id == first.account.id
    refusal = refused(lambda: calls.create(display_name="Twice", request_id="a-1"))
    assert refusal.reason == "REQUEST_ID_REUSED"


def test_an_account_knows_itself_and_an_operator_knows_all(calls, operator, stranger):
    own = calls.get(by=stranger)
    assert own.account.display_name == "Stranger"
    assert own.api_key.account_id == own.account.id
    assert calls.get(own.account.id, by=operator).account == own.account


def test_what_an_account_sends_counts(calls, auth, new_inbox, send):
    before = calls.get().account.sends_today
    send(new_inbox().id)
    assert calls.get().account.sends_today == before + 1


def test_accounts_are_listed_newest_first_in_pages(api, calls, refused):
    made = []
    for n in range(3):
        api.clock.advance(seconds=1)
        made.append(calls.create(display_name=f"n{n}").account.id)
    first = calls.list(page_size=2)
    second = calls.list(page_size=2, page_token=first.next_page_token)
    ids = [account.id for page in (first, second) for account in page.accounts]
    assert ids[:3] == made[::-1]
    refusal = refused(lambda: calls.list(page_token="x"))
    assert refusal.reason == "PAGE_TOKEN_INVALID"


# --- suspension ------------------------------------------------------------------------


@pytest.fixture
def tenant(calls, make_key, new_inbox):
    """An account, its admin key and an inbox."""
    account = calls.create(display_name="Tenant").account
    key = make_key(account_id=account.id, scopes=["admin"])
    return account.id, key, new_inbox(by=key)


def test_a_suspended_account_reads_and_does_nothing_else(
    stubs, calls, tenant, refused, new_inbox, send
):
    account_id, key, inbox = tenant
    message = send(inbox.id, by=key)
    assert calls.suspend(account_id).state == Account.STATE_SUSPENDED
    for call in (
        lambda: new_inbox(by=key),
        lambda: send(inbox.id, by=key),
        lambda: calls.create_key(by=key),
        lambda: stubs.inboxes.DisableInbox(
            inboxes_pb2.DisableInboxRequest(inbox_id=inbox.id), metadata=key
        ),
    ):
        refusal = refused(call)
        assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
        assert refusal.reason == "ACCOUNT_SUSPENDED"
        failure = refusal.details["PreconditionFailure"].violations[0]
        assert (failure.type, failure.subject) == ("ACCOUNT_STATE", account_id)
    request = messages_pb2.GetMessageRequest(message_id=message.id)
    assert stubs.messages.GetMessage(request, metadata=key).message.id == message.id
    assert calls.get(by=key).account.state == Account.STATE_SUSPENDED
    assert calls.list_keys(by=key).api_keys


def test_a_suspended_account_ends_the_key_that_leaked(stubs, calls, tenant):
    account_id, key, _ = tenant
    calls.suspend(account_id)
    leaked = calls.list_keys(by=key).api_keys[0]
    request = accounts_pb2.RevokeApiKeyRequest(api_key_id=leaked.id)
    ended = stubs.accounts.RevokeApiKey(request, metadata=key).api_key
    assert ended.HasField("revoke_time")


def test_an_activated_account_goes_on(calls, tenant, send):
    account_id, key, inbox = tenant
    calls.suspend(account_id)
    assert calls.activate(account_id).state == Account.STATE_ACTIVE
    assert send(inbox.id, by=key).id


def test_both_can_be_asked_for_again(calls, tenant):
    account_id, _, _ = tenant
    assert calls.suspend(account_id) == calls.suspend(account_id)
    assert calls.activate(account_id) == calls.activate(account_id)


@pytest.mark.parametrize("method", ["suspend", "activate"])
def test_an_account_that_is_not_there_is_not_found(calls, refused, method):
    refusal = refused(lambda: getattr(calls, method)("acc_1"))
    assert refusal.reason == "NOT_FOUND"
    assert refusal.metadata["resource_type"] == "account"


# --- keys ------------------------------------------------------------------------------


def test_a_key_s_secret_is_told_once_and_never_kept(api, calls):
    made = calls.create_key(display_name="CI")
    assert made.secret.startswith(made.api_key.prefix + "_")
    assert calls.get(by=bearer(made.secret)).api_key.id == made.api_key.id
    secret = made.secret.rpartition("_")[2]
    listed = calls.list_keys().api_keys
    assert secret not in str(listed)
    rows = api.read(lambda tx: tx.all("SELECT * FROM api_key"))
    assert secret not in str(rows)


def test_a_key_without_wishes_gets_the_caller_s_scopes_but_operator(
    calls, operator, make_key
):
    assert list(calls.create_key(by=operator).api_key.scopes) == ["admin", *ORDINARY]
    narrow = make_key(scopes=["admin"])
    assert list(calls.create_key(by=narrow).api_key.scopes) == ["admin"]


def test_scopes_never_widen(calls, operator, auth, refused):
    refusal = refused(lambda: calls.create_key(by=auth, scopes=["operator"]))
    assert refusal.metadata == {"scope": "operator"}
    made = calls.create_key(by=operator, scopes=["operator"])
    assert list(made.api_key.scopes) == ["operator"]


def test_an_unknown_scope_is_refused_with_those_that_there_are(calls, refused):
    refusal = refused(lambda: calls.create_key(scopes=["inboxes:delete"]))
    assert refusal.fields == ["api_key.scopes"]
    assert "inboxes:write" in refusal.text


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"display_name": "x" * 64}, "api_key.display_name"),
        ({"display_name": "a\r\nb"}, "api_key.display_name"),
        ({"expire_time": Timestamp(seconds=1)}, "api_key.expire_time"),
        ({"expire_time": Timestamp(seconds=10**15)}, "api_key.expire_time"),
        ({"inbox_ids": ["inb_1"] * 101}, "api_key.inbox_ids"),
        ({"scopes": ["inboxes:read"] * 51}, "api_key.scopes"),
    ],
    ids=["long", "newline", "past", "never", "inboxes", "scopes"],
)
def test_a_bad_key_is_refused(calls, refused, fields, path):
    assert refused(lambda: calls.create_key(**fields)).fields == [path]


def test_when_a_key_was_used_is_told(api, stubs, calls):
    made = calls.create_key()
    assert not made.api_key.HasField("last_used_time")
    key = bearer(made.secret)
    calls.get(by=key)
    used_at = int(api.clock().timestamp())
    api.clock.advance(minutes=10)
    api.run(api.api.authenticator.flush())
    assert calls.get(by=key).api_key.last_used_time.seconds == used_at


def test_keys_are_listed_newest_first_revoked_ones_too(api, calls):
    made = []
    for n in range(3):
        api.clock.advance(seconds=1)
        made.append(calls.create_key(display_name=f"k{n}").api_key.id)
    calls.revoke(made[1])
    first = calls.list_keys(page_size=2)
    second = calls.list_keys(page_size=2, page_token=first.next_page_token)
    found = [key for page in (first, second) for key in page.api_keys]
    assert [key.id for key in found[:3]] == made[::-1]
    assert found[1].HasField("revoke_time")
    assert not found[0].HasField("revoke_time")


def test_revoking_can_be_asked_for_again(api, calls):
    key_id = calls.create_key().api_key.id
    first = calls.revoke(key_id)
    api.clock.advance(hours=1)
    assert calls.revoke(key_id) == first


def test_a_key_may_revoke_itself(calls, make_key, refused):
    key = make_key(scopes=["admin"])
    calls.revoke(calls.get(by=key).api_key.id, by=key)
    assert refused(lambda: calls.get(by=key)).reason == "API_KEY_REVOKED"


# --- keys that are restricted to inboxes -----------------------------------------------


@pytest.fixture(scope="module")
def two(new_inbox, send):
    """Two inboxes with a message each."""
    inboxes = [new_inbox(username=f"two-{n}", labels=["two"]) for n in range(2)]
    return inboxes, [send(inbox.id) for inbox in inboxes]


@pytest.fixture(scope="module")
def restricted(two, make_key):
    """A key that may do everything, in the first inbox only, given by its address."""
    return make_key(scopes=["admin"], inbox_ids=[two[0][0].address])


def test_a_restriction_is_kept_as_ids(calls, two, restricted):
    assert list(calls.get(by=restricted).api_key.inbox_ids) == [two[0][0].id]


def test_a_restricted_key_sees_only_its_inboxes(stubs, two, restricted, refused):
    inboxes, _ = two
    listed = stubs.inboxes.ListInboxes(
        inboxes_pb2.ListInboxesRequest(), metadata=restricted
    ).inboxes
    assert [inbox.id for inbox in listed] == [inboxes[0].id]
    for name in (inboxes[1].id, inboxes[1].address):
        request = inboxes_pb2.GetInboxRequest(inbox_id=name)
        refusal = refused(
            lambda r=request: stubs.inboxes.GetInbox(r, metadata=restricted)
        )
        assert refusal.reason == "NOT_FOUND"


def test_a_restricted_key_sees_only_mail_of_its_inboxes(
    stubs, two, restricted, refused
):
    _, sent = two
    listed = stubs.messages.ListMessages(
        messages_pb2.ListMessagesRequest(), metadata=restricted
    ).messages
    assert [message.id for message in listed] == [sent[0].id]
    threads = stubs.threads.ListThreads(
        threads_pb2.ListThreadsRequest(), metadata=restricted
    ).threads
    assert [thread.id for thread in threads] == [sent[0].thread_id]
    for call in (
        lambda: stubs.messages.GetMessage(
            messages_pb2.GetMessageRequest(message_id=sent[1].id), metadata=restricted
        ),
        lambda: stubs.threads.GetThread(
            threads_pb2.GetThreadRequest(thread_id=sent[1].thread_id),
            metadata=restricted,
        ),
        lambda: list(
            stubs.messages.DownloadRawMessage(
                messages_pb2.DownloadRawMessageRequest(message_id=sent[1].id),
                metadata=restricted,
            )
        ),
        lambda: stubs.messages.ReplyMessage(
            messages_pb2.ReplyMessageRequest(
                message_id=sent[1].id,
                content=messages_pb2.OutgoingContent(text_body="x"),
            ),
            metadata=restricted,
        ),
    ):
        assert refused(call).reason == "NOT_FOUND"


def test_a_restricted_key_sees_only_events_of_its_inboxes(
    stubs, auth, two, restricted, refused
):
    inboxes, _ = two
    everything = events_pb2.SubscribeRequest(
        start=events_pb2.StartPosition(anchor=events_pb2.StartPosition.ANCHOR_EARLIEST),
        stop_at_end=True,
    )
    streamed = stubs.events.Subscribe(everything, metadata=restricted)
    seen = {event.inbox_id for r in streamed for event in r.batch.events}
    assert seen == {inboxes[0].id}
    listed = stubs.events.ListEvents(
        events_pb2.ListEventsRequest(), metadata=restricted
    )
    assert {event.inbox_id for event in listed.events} == {inboxes[0].id}
    foreign = events_pb2.ListEventsRequest(
        filter=events_pb2.EventFilter(inbox_ids=[inboxes[1].id])
    )
    assert not stubs.events.ListEvents(foreign, metadata=restricted).events
    event = stubs.events.ListEvents(foreign, metadata=auth).events[0]
    request = events_pb2.GetEventRequest(event_id=event.id)
    refusal = refused(lambda: stubs.events.GetEvent(request, metadata=restricted))
    assert refusal.reason == "NOT_FOUND"


def test_a_restricted_key_cannot_upload_or_send_elsewhere(
    two, restricted, upload, send, refused
):
    inboxes, _ = two
    assert upload(inboxes[0].id, b"x", by=restricted).upload_id
    assert refused(lambda: upload(inboxes[1].id, b"x", by=restricted)).reason == (
        "NOT_FOUND"
    )
    assert send(inboxes[0].id, by=restricted).id
    assert refused(lambda: send(inboxes[1].id, by=restricted)).reason == "NOT_FOUND"


def test_a_restricted_key_cannot_make_inboxes(new_inbox, restricted, refused):
    refusal = refused(lambda: new_inbox(by=restricted))
    assert refusal.code is grpc.StatusCode.PERMISSION_DENIED


def test_restrictions_never_widen(calls, two, restricted, refused):
    inboxes, _ = two
    both = [inbox.id for inbox in inboxes]
    refusal = refused(lambda: calls.create_key(by=restricted, inbox_ids=both))
    assert refusal.reason == "NOT_FOUND"
    refusal = refused(lambda: calls.create_key(by=restricted))
    assert refusal.code is grpc.StatusCode.PERMISSION_DENIED
    made = calls.create_key(by=restricted, inbox_ids=[both[0], both[0]]).api_key
    assert list(made.inbox_ids) == [both[0]]


def test_a_restricted_key_sees_and_ends_only_keys_within_its_reach(
    api, calls, two, restricted, refused
):
    inboxes, _ = two
    within = calls.create_key(by=restricted, inbox_ids=[inboxes[0].id]).api_key
    free = calls.create_key().api_key
    beside = calls.create_key(inbox_ids=[inboxes[1].id]).api_key
    seen = {key.id for key in calls.list_keys(by=restricted).api_keys}
    own = calls.get(by=restricted).api_key.id
    assert {within.id, own} <= seen
    assert not {free.id, beside.id} & seen
    for key in (free, beside):
        refusal = refused(lambda k=key: calls.revoke(k.id, by=restricted))
        assert refusal.reason == "NOT_FOUND"
    assert calls.revoke(within.id, by=restricted).HasField("revoke_time")


def test_pages_of_visible_keys_are_full(api, calls, two, restricted):
    inboxes, _ = two
    for n in range(4):
        api.clock.advance(seconds=1)
        calls.create_key(inbox_ids=[inboxes[n % 2].id])
    page = calls.list_keys(by=restricted, page_size=2)
    assert len(page.api_keys) == 2
    rest = calls.list_keys(by=restricted, page_token=page.next_page_token)
    assert not {key.id for key in page.api_keys} & {key.id for key in rest.api_keys}


def test_a_key_of_an_inbox_that_is_not_there_is_refused(calls, refused):
    refusal = refused(lambda: calls.create_key(inbox_ids=["inb_1"]))
    assert refusal.metadata == {"resource_type": "inbox", "id": "inb_1"}


def test_an_operator_s_key_for_another_account_sees_that_account_s_inboxes(
    calls, operator, stranger, new_inbox, two, refused
):
    theirs = new_inbox(by=stranger)
    account_id = calls.get(by=stranger).account.id
    made = calls.create_key(
        by=operator, account_id=account_id, inbox_ids=[theirs.id]
    ).api_key
    assert made.account_id == account_id
    refusal = refused(
        lambda: calls.create_key(
            by=operator, account_id=account_id, inbox_ids=[two[0][0].id]
        )
    )
    assert refusal.reason == "NOT_FOUND"


def test_a_key_that_was_revoked_elsewhere_ends_here_within_seconds(
    api, calls, make_key, refused, monkeypatch
):
    """As by another process: only the store knows, and memory ages."""
    key = make_key(scopes=["inboxes:read"])
    found = calls.get(by=key).api_key
    api.write(keys.revoke, found.account_id, found.id)
    monkeypatch.setattr("mailbot_server.api.auth.CACHE_SECONDS", 0)
    assert refused(lambda: calls.get(by=key)).reason == "API_KEY_REVOKED"


def test_a_key_ends_at_its_time(api, calls, refused):
    end = Timestamp()
    end.FromDatetime(api.clock() + timedelta(seconds=5))
    key = bearer(calls.create_key(expire_time=end).secret)
    assert calls.get(by=key).api_key.expire_time == end
    api.clock.advance(seconds=5)
    assert refused(lambda: calls.get(by=key)).reason == "API_KEY_EXPIRED"
