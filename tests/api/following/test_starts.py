"""Where readers begin: cursors, and what is none."""

import itertools

import grpc
import pytest

from mailbot.v1 import accounts_pb2, events_pb2
from mailbot_server.core.signed import cursor
from mailbot_server.core.signed.cursor import Log
from tests.servers.event_calls import (
    EARLIEST,
    EventCalls,
    after,
    only,
    positions,
)


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


def test_a_cursor_from_before_a_restore_is_foreign(api, calls, log, refused):
    other = Log(epoch="another-epoch", account_id=log.account_id)
    token = cursor.write_cursor(api.keys, other, 1)
    refusal = refused(lambda: calls.read(start=after(token)))
    assert refusal.reason == "CURSOR_FOREIGN"


def test_a_cursor_behind_the_log_s_end_is_foreign(api, calls, log, refused):
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
