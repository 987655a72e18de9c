"""Where readers begin: cursors, and what is none."""

import itertools
from types import SimpleNamespace

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import accounts_pb2, messages_pb2
from mailbot.v1.events_pb2 import StartPosition
from mailbot_server.core.signed import cursor
from mailbot_server.core.signed.cursor import Log
from tests.servers.event_calls import (
    EARLIEST,
    WAIT,
    EventCalls,
    after,
    only,
    positions,
)
from tests.servers.trimming import trim


@pytest.fixture
def calls(stubs, auth):
    """As the default account."""
    return EventCalls(stubs, auth)


@pytest.fixture
def change(calls):
    """Changes an inbox n times, with an event each."""
    return calls.change


@pytest.fixture
def inbox(new_inbox):
    """An inbox of the test's own: only its events matter."""
    return new_inbox()


# --- cursors ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def log(api, stubs, auth):
    """The default account's log."""
    request = accounts_pb2.GetAccountRequest()
    account = stubs.accounts.GetAccount(request, metadata=auth).account
    return Log(epoch="test-epoch", account_id=account.id)


def test_a_cursor_of_another_account_is_foreign(calls, stranger, refused):
    token = calls.list(by=stranger).end_cursor
    for call in (calls.list, calls.read):
        refusal = refused(lambda c=call: c(start=after(token)))
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
        assert refusal.reason == "CURSOR_FOREIGN"
        assert refusal.fields == ["start.after_cursor"]


def test_f12_a_cursor_from_before_a_restore_is_foreign(api, calls, log, refused):
    other = Log(epoch="another-epoch", account_id=log.account_id)
    token = cursor.write_cursor(api.keys, other, 1)
    refusal = refused(lambda: calls.read(start=after(token)))
    assert refusal.reason == "CURSOR_FOREIGN"


def test_f3_a_cursor_behind_the_log_s_end_is_foreign(api, calls, log, refused):
    token = cursor.write_cursor(api.keys, log, 10**9)
    for call in (calls.list, calls.read):
        refusal = refused(lambda c=call: c(start=after(token)))
        assert refusal.reason == "CURSOR_FOREIGN"


def test_what_is_no_cursor_is_invalid(calls, refused):
    good = calls.list().end_cursor
    page = calls.list(page_size=1).next_page_token
    wrong = [
        *("garbage", "ä", "=", "A" * 60, good[:-1], good[1:], page),
        good[:30] + ("A" if good[30] != "A" else "B") + good[31:],
    ]
    for token, call in itertools.product(wrong, (calls.list, calls.read)):
        refusal = refused(lambda t=token, c=call: c(start=after(t)))
        assert refusal.reason == "CURSOR_INVALID", token
        assert refusal.fields == ["start.after_cursor"]


def test_every_cursor_resumes_exactly_behind_it(calls, inbox, change):
    change(inbox, 9)
    responses = calls.read(start=EARLIEST, filter=only(inbox), max_batch_size=2)
    everything = positions(responses)
    assert len(everything) == 10
    seen: list[int] = []
    for response in responses:
        seen += [event.position for event in response.batch.events]
        rest = calls.read(start=after(response.cursor), filter=only(inbox))
        assert seen + positions(rest) == everything


def test_the_earliest_cursor_of_a_stream_is_the_log_s_beginning(calls, inbox):
    started = calls.read()[0].started
    rest = positions(calls.read(start=after(started.earliest_cursor)))
    assert rest == list(range(1, len(rest) + 1))


# --- trimmed ---------------------------------------------------------------------------


@pytest.fixture
def trimmed(api, stubs, operator, make_key, new_inbox):
    """An account with five events, of which the first three are trimmed."""
    request = accounts_pb2.CreateAccountRequest(account={"display_name": "Trimmed"})
    owner = stubs.accounts.CreateAccount(request, metadata=operator).account
    by = make_key(account_id=owner.id, scopes=["admin"])
    calls = EventCalls(stubs, by)
    beginning = calls.list().end_cursor
    inbox = new_inbox(by=by)
    assert inbox.id
    calls.change(inbox, 4)
    middle = calls.list(page_size=2)
    api.write(trim, owner.id, 3)
    return SimpleNamespace(
        calls=calls, owner=owner, by=by, inbox=inbox, middle=middle, beginning=beginning
    )


def test_f3_a_cursor_before_what_is_kept_is_told_where_to_begin(
    api, trimmed, refused, stubs
):
    def wait(**fields):
        request = messages_pb2.WaitForMessageRequest(
            inbox_id=trimmed.inbox.id, **fields
        )
        stubs.messages.WaitForMessage(request, metadata=trimmed.by, timeout=WAIT)

    calls, old = trimmed.calls, trimmed.beginning
    first_kept = calls.list().events[0]
    for call in (
        lambda: calls.read(start=after(old)),
        lambda: calls.list(start=after(old)),
        lambda: calls.list(page_size=2, page_token=trimmed.middle.next_page_token),
        lambda: wait(after_cursor=old),
    ):
        refusal = refused(call)
        assert refusal.code is grpc.StatusCode.OUT_OF_RANGE
        assert refusal.reason == "CURSOR_EXPIRED"
        moment = first_kept.create_time.ToJsonString()
        assert refusal.metadata["earliest_time"] == moment
        earliest = refusal.metadata["earliest_cursor"]
        assert positions(calls.read(start=after(earliest))) == [4, 5]


def test_f15_the_earliest_and_a_time_begin_where_the_log_does(api, trimmed):
    calls = trimmed.calls
    long_ago = StartPosition(at_time=Timestamp(seconds=1))
    for start in (EARLIEST, long_ago):
        responses = calls.read(start=start)
        assert positions(responses) == [4, 5]
        earliest = responses[0].started.earliest_cursor
        assert earliest == responses[0].cursor
        assert positions(calls.read(start=after(earliest))) == [4, 5]
        assert [event.position for event in calls.list(start=start).events] == [4, 5]
    newest = calls.list(newest_first=True, page_size=1)
    assert newest.next_page_token
    rest = calls.list(newest_first=True, page_size=1, page_token=newest.next_page_token)
    assert [event.position for event in rest.events] == [4]
    assert not rest.next_page_token


def test_f15_a_log_that_is_trimmed_whole_keeps_its_positions(api, trimmed, refused):
    calls = trimmed.calls
    end = calls.list().end_cursor
    api.write(trim, trimmed.owner.id, 5)
    assert positions(calls.read(start=EARLIEST)) == []
    assert not calls.list().events
    refusal = refused(lambda: calls.read(start=after(trimmed.beginning)))
    assert refusal.metadata["earliest_cursor"] == end
    calls.change(trimmed.inbox)
    assert positions(calls.read(start=after(end))) == [6]
