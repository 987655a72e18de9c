"""UsageService over the wire: what a real message leaves behind, and who sees it."""

import itertools
from datetime import timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import accounts_pb2, usage_pb2

HOUR = usage_pb2.USAGE_INTERVAL_HOUR
RAW = b"From: carol@example.com\r\nSubject: Hello\r\n\r\nHello\r\n"
DAY = usage_pb2.USAGE_INTERVAL_DAY


def stamp(moment):
    made = Timestamp()
    made.FromDatetime(moment)
    return made


@pytest.fixture
def get(stubs, auth):
    def call(by=auth, **fields):
        request = usage_pb2.GetUsageRequest(**fields)
        return stubs.usage.GetUsage(request, metadata=by)

    return call


@pytest.fixture
def account_id(stubs, auth):
    request = accounts_pb2.GetAccountRequest()
    return stubs.accounts.GetAccount(request, metadata=auth).account.id


def test_a_message_counts_for_its_inbox_its_domain_and_the_account(
    get, stubs, auth, new_inbox, send
):
    inbox = new_inbox()
    before = get().total
    send(inbox.id)
    counts = get(inbox_id=inbox.address).total
    assert (counts.messages_sent, counts.recipients) == (1, 1)
    after = get()
    assert after.total.recipients == before.recipients + 1
    assert not after.incomplete
    request = usage_pb2.ListDomainUsageRequest(inbox_id=inbox.id)
    [domain] = stubs.usage.ListDomainUsage(request, metadata=auth).domains
    assert domain.recipient_domain == "example.com"
    assert domain.counts.messages_sent == 1
    there = get(inbox_id=inbox.id, recipient_domain="EXAMPLE.com").total
    assert there.recipients == 1
    assert get(inbox_id=inbox.id, recipient_domain="example.net").total.recipients == 0


def test_what_comes_in_counts(get, new_inbox, receive):
    inbox = new_inbox()
    receive(inbox.address, RAW)
    assert get(inbox_id=inbox.id).total.messages_received == 1


def test_pieces_cover_the_period_whole(api, get, new_inbox, send):
    inbox = new_inbox()
    now = api.clock()
    send(inbox.id)
    start, end = now - timedelta(hours=30), now + timedelta(minutes=1)
    hours = get(
        inbox_id=inbox.id,
        interval=HOUR,
        start_time=stamp(start),
        end_time=stamp(end),
    ).pieces
    assert len(hours) == 31
    assert [piece.counts.recipients for piece in hours] == [0] * 30 + [1]
    for earlier, later in itertools.pairwise(hours):
        assert earlier.end_time == later.start_time
    days = get(
        inbox_id=inbox.id, interval=DAY, start_time=stamp(start), end_time=stamp(end)
    ).pieces
    assert days[0].start_time == hours[0].start_time
    assert days[-1].end_time == hours[-1].end_time
    assert sum(piece.counts.recipients for piece in days) == 1
    [whole] = get(start_time=stamp(start), end_time=stamp(end)).pieces
    assert whole.start_time == hours[0].start_time


def test_inboxes_come_in_pages(stubs, operator, make_key, new_inbox, send):
    account = accounts_pb2.Account(display_name="Sender")
    request = accounts_pb2.CreateAccountRequest(account=account)
    made = stubs.accounts.CreateAccount(request, metadata=operator).account
    key = make_key(account_id=made.id, scopes=["admin"])
    inboxes = [new_inbox(by=key) for _ in range(3)]
    for inbox in inboxes:
        send(inbox.id, by=key)
    send(inboxes[1].id, by=key)
    seen, token = [], ""
    while True:
        asked = usage_pb2.ListInboxUsageRequest(page_size=2, page_token=token)
        page = stubs.usage.ListInboxUsage(asked, metadata=key)
        seen += [(row.inbox_id, row.counts.recipients) for row in page.inboxes]
        token = page.next_page_token
        if not token:
            break
    first, last = sorted((inboxes[0].id, inboxes[2].id))
    assert seen == [(inboxes[1].id, 2), (first, 1), (last, 1)]
    restricted = make_key(
        account_id=made.id, scopes=["usage:read"], inbox_ids=[inboxes[0].id]
    )
    listed = usage_pb2.ListInboxUsageRequest()
    [row] = stubs.usage.ListInboxUsage(listed, metadata=restricted).inboxes
    assert row.inbox_id == inboxes[0].id
    whole = usage_pb2.GetUsageRequest()
    assert stubs.usage.GetUsage(whole, metadata=restricted).total.recipients == 1
    domains = usage_pb2.ListDomainUsageRequest()
    [domain] = stubs.usage.ListDomainUsage(domains, metadata=restricted).domains
    assert domain.counts.recipients == 1


def test_another_account_has_counts_of_its_own(get, stranger, new_inbox, send):
    send(new_inbox().id)
    assert get(by=stranger).total.recipients == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"interval": 7}, "interval"),
        ({"recipient_domain": "not a domain"}, "recipient_domain"),
        ({"start_time": Timestamp(seconds=9_999_999_999)}, "start_time"),
        ({"start_time": Timestamp(seconds=1)}, "start_time"),
        (
            {
                "interval": HOUR,
                "start_time": Timestamp(seconds=1_700_000_000),
                "end_time": Timestamp(seconds=1_702_678_401),
            },
            "interval",
        ),
    ],
    ids=["interval", "domain", "after-the-end", "too-long", "too-many-pieces"],
)
def test_what_cannot_be_answered_is_refused(get, refused, fields, field):
    refusal = refused(lambda: get(**fields))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.fields == [field]


def test_the_operator_counts_again_and_finds_nothing_to_change(
    api, get, stubs, operator, account_id, new_inbox, send
):
    send(new_inbox().id)
    api.clock.advance(hours=2)
    before = get().total
    done = usage_pb2.RebuildUsageResponse()
    request = usage_pb2.RebuildUsageRequest(account_id=account_id)
    while not done.done:
        done = stubs.usage.RebuildUsage(request, metadata=operator)
    assert done.event_count > 0
    assert done.hour_count > 0
    assert done.changed_hour_count == 0
    assert get().total == before


def test_only_the_operator_may_and_only_for_an_account_that_there_is(
    stubs, auth, operator, refused
):
    request = usage_pb2.RebuildUsageRequest(account_id="acc_none")
    refusal = refused(lambda: stubs.usage.RebuildUsage(request, metadata=auth))
    assert refusal.code is grpc.StatusCode.PERMISSION_DENIED
    refusal = refused(lambda: stubs.usage.RebuildUsage(request, metadata=operator))
    assert refusal.code is grpc.StatusCode.NOT_FOUND
