"""SuppressionService over the wire: what is kept, shown, taken in and given out."""

from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import accounts_pb2, events_pb2, messages_pb2, suppressions_pb2

MANUAL = suppressions_pb2.SUPPRESSION_REASON_MANUAL
COMPLAINT = suppressions_pb2.SUPPRESSION_REASON_COMPLAINT


@pytest.fixture
def owner(stubs, operator, make_key):
    """A key of an account of the test's own."""
    account = accounts_pb2.Account(display_name="Owner")
    request = accounts_pb2.CreateAccountRequest(account=account)
    made = stubs.accounts.CreateAccount(request, metadata=operator).account
    return make_key(account_id=made.id, scopes=["admin"])


@pytest.fixture
def calls(api, stubs, owner):
    """The service's methods, as the owner, with fields as keywords."""

    class Calls:
        def add(self, address, by=owner, **fields):
            api.clock.advance(seconds=1)
            request = suppressions_pb2.AddSuppressionRequest(address=address, **fields)
            return stubs.suppressions.AddSuppression(request, metadata=by).suppression

        def remove(self, address, by=owner, **fields):
            request = suppressions_pb2.RemoveSuppressionRequest(
                address=address, **fields
            )
            return stubs.suppressions.RemoveSuppression(request, metadata=by)

        def get(self, suppression_id, by=owner):
            request = suppressions_pb2.GetSuppressionRequest(
                suppression_id=suppression_id
            )
            return stubs.suppressions.GetSuppression(request, metadata=by).suppression

        def check(self, *addresses, by=owner, **fields):
            request = suppressions_pb2.CheckSuppressionsRequest(
                addresses=addresses, **fields
            )
            answer = stubs.suppressions.CheckSuppressions(request, metadata=by)
            return list(answer.suppressions)

        def list(self, by=owner, page_size=0, token="", **wanted):
            request = suppressions_pb2.ListSuppressionsRequest(
                filter=suppressions_pb2.SuppressionFilter(**wanted),
                page_size=page_size,
                page_token=token,
            )
            return stubs.suppressions.ListSuppressions(request, metadata=by)

        def import_(self, *chunks, by=owner, **fields):
            requests = [
                suppressions_pb2.ImportSuppressionsRequest(entries=chunk, **fields)
                for chunk in chunks
            ]
            return stubs.suppressions.ImportSuppressions(iter(requests), metadata=by)

        def export(self, by=owner, **wanted):
            request = suppressions_pb2.ExportSuppressionsRequest(
                filter=suppressions_pb2.SuppressionFilter(**wanted)
            )
            return list(stubs.suppressions.ExportSuppressions(request, metadata=by))

    return Calls()


def entries(*addresses):
    return [suppressions_pb2.SuppressionEntry(address=each) for each in addresses]


def addresses(found):
    return [each.address for each in found]


def test_what_is_added_is_found_again_and_removed(calls):
    added = calls.add("Carol@Example.com", note="asked us to")
    assert (added.address, added.reason) == ("carol@example.com", MANUAL)
    assert added.added_by.startswith("key_")
    assert calls.get(added.id) == added
    assert list(calls.list().suppressions) == [added]
    assert calls.check("x@example.com", "CAROL@example.com", "carol@example.com") == [
        added
    ]
    assert calls.remove("carol@example.com").suppression == added
    assert not calls.remove("carol@example.com").HasField("suppression")
    assert calls.check("carol@example.com") == []
    assert calls.add("carol@example.com").id != added.id


def test_adding_again_changes_what_is_not_weaker(calls):
    first = calls.add("carol@example.com", reason=COMPLAINT)
    assert calls.add("carol@example.com") == first
    end = Timestamp(seconds=first.create_time.seconds + 3600)
    now = calls.add("carol@example.com", reason=COMPLAINT, expire_time=end)
    assert (now.id, now.expire_time) == (first.id, end)


def test_what_has_ended_is_not_shown(api, calls):
    end = Timestamp(seconds=int(api.clock().timestamp()) + 60)
    added = calls.add("carol@example.com", expire_time=end)
    api.clock.advance(minutes=1)
    assert addresses(calls.list().suppressions) == []
    assert calls.check("carol@example.com") == []
    with pytest.raises(grpc.RpcError) as caught:
        calls.get(added.id)
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


def test_pages_follow_each_other_newest_first(calls, refused):
    made = [calls.add(f"user{n}@example.com").address for n in range(5)]
    page = calls.list(page_size=2)
    assert addresses(page.suppressions) == [made[4], made[3]]
    page = calls.list(page_size=3, token=page.next_page_token)
    assert addresses(page.suppressions) == [made[2], made[1], made[0]]
    assert page.next_page_token == ""
    token = calls.list(page_size=2).next_page_token
    found = refused(lambda: calls.list(token=token, address_contains="user"))
    assert found.reason == "PAGE_TOKEN_INVALID"


def test_filters_narrow_a_list(calls, new_inbox, owner):
    inbox = new_inbox(by=owner)
    calls.add("carol@example.com", reason=COMPLAINT)
    calls.add("dave@example.com", inbox_id=inbox.address)
    assert addresses(calls.list(reasons=[COMPLAINT]).suppressions) == [
        "carol@example.com"
    ]
    for name in (inbox.id, inbox.address):
        assert addresses(calls.list(inbox_id=name).suppressions) == ["dave@example.com"]
    assert addresses(calls.list(address_contains="DAVE").suppressions) == [
        "dave@example.com"
    ]
    assert addresses(calls.check("dave@example.com")) == []
    assert addresses(calls.check("dave@example.com", inbox_id=inbox.id)) == [
        "dave@example.com"
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"address": "nobody"}, "address"),
        ({"address": ""}, "address"),
        ({"address": "a@example.com", "note": "x" * 501}, "note"),
        ({"address": "a@example.com", "reason": 77}, "reason"),
        (
            {"address": "a@example.com", "expire_time": Timestamp(seconds=1)},
            "expire_time",
        ),
    ],
)
def test_what_is_wrong_is_named(calls, refused, fields, field):
    found = refused(lambda: calls.add(**fields))
    assert found.code is grpc.StatusCode.INVALID_ARGUMENT
    assert found.fields == [field]


def test_at_most_a_thousand_are_checked_at_once(calls, refused):
    many = [f"user{n}@example.com" for n in range(1000)]
    kept = calls.add(many[-1])
    assert calls.check(*many) == [kept]
    found = refused(lambda: calls.check(*many, "one@example.com"))
    assert found.fields == ["addresses"]
    assert refused(calls.check).fields == ["addresses"]


# --- in and out ---


def test_an_import_counts_and_names_what_it_could_not_read(calls):
    calls.add("old@example.com")
    bad = suppressions_pb2.SuppressionEntry(address="e@example.com", note="x" * 501)
    unknown: Any = 77
    worse = suppressions_pb2.SuppressionEntry(address="f@example.com", reason=unknown)
    done = calls.import_(
        entries("old@example.com", "a@example.com", ""),
        [*entries("b@example.com", "b\x00@example.com"), bad, worse],
    )
    assert (done.added, done.unchanged, done.changed, done.refused) == (2, 1, 0, 4)
    assert [fault.index for fault in done.faults] == [2, 4, 5, 6]
    assert all(fault.description for fault in done.faults)
    again = calls.import_(entries("a@example.com", "b@example.com"))
    assert (again.added, again.unchanged) == (0, 2)


def test_an_import_for_an_inbox_holds_there_only(calls, new_inbox, owner):
    inbox = new_inbox(by=owner)
    calls.import_(entries("a@example.com"), inbox_id=inbox.address)
    assert calls.check("a@example.com") == []
    [found] = calls.check("a@example.com", inbox_id=inbox.id)
    assert found.inbox_id == inbox.id


def test_what_was_imported_stays_when_the_rest_is_refused(calls, refused):
    too_many = entries(*(f"user{n}@example.com" for n in range(1001)))
    found = refused(lambda: calls.import_(entries("a@example.com"), too_many))
    assert found.fields == ["entries"]
    assert addresses(calls.list().suppressions) == ["a@example.com"]
    assert refused(lambda: calls.import_([])).fields == ["entries"]


def test_an_export_gives_all_oldest_first_and_can_be_imported(calls, stranger):
    names = [f"user{n:04d}@example.com" for n in range(2500)]
    chunks = [entries(*names[start : start + 1000]) for start in range(0, 2500, 1000)]
    assert calls.import_(*chunks).added == 2500
    answers = calls.export()
    assert [len(each.suppressions) for each in answers] == [1000, 1000, 500]
    found = [one for each in answers for one in each.suppressions]
    assert [each.id for each in found] == sorted(each.id for each in found)
    assert sorted(addresses(found)) == names
    assert (
        calls.export(address_contains="user0001")[0].suppressions[0].address
        == (names[1])
    )
    assert calls.export(by=stranger) == []
    back = [
        suppressions_pb2.SuppressionEntry(address=each.address, reason=each.reason)
        for each in found[:1000]
    ]
    assert calls.import_(back).unchanged == 1000


# --- whose they are ---


def test_a_key_for_an_inbox_sees_and_changes_what_is_the_inboxs(
    calls, new_inbox, owner, make_key, refused
):
    inbox, other = new_inbox(by=owner), new_inbox(by=owner)
    for_all = calls.add("all@example.com", note="private")
    own = calls.add("own@example.com", inbox_id=inbox.id)
    calls.add("other@example.com", inbox_id=other.id)
    key = make_key(by=owner, scopes=["admin"], inbox_ids=[inbox.id])
    assert addresses(calls.list(by=key).suppressions) == ["own@example.com"]
    assert [addresses(each.suppressions) for each in calls.export(by=key)] == [
        ["own@example.com"]
    ]
    assert calls.get(own.id, by=key) == own
    assert refused(lambda: calls.get(for_all.id, by=key)).reason == "NOT_FOUND"
    asked = ("all@example.com", "own@example.com", "other@example.com")
    found = calls.check(*asked, by=key, inbox_id=inbox.id)
    assert addresses(found) == ["all@example.com", "own@example.com"]
    assert (found[0].note, found[0].added_by) == ("", "")
    for call in (calls.add, calls.remove, calls.check):
        wrong = refused(lambda call=call: call("all@example.com", by=key))
        assert wrong.code is grpc.StatusCode.PERMISSION_DENIED
        assert "inbox_id" in wrong.text
        wrong = refused(
            lambda call=call: call("a@example.com", by=key, inbox_id=other.id)
        )
        assert wrong.reason == "NOT_FOUND"
    wrong = refused(lambda: calls.import_(entries("a@example.com"), by=key))
    assert wrong.code is grpc.StatusCode.PERMISSION_DENIED


def test_reading_and_writing_need_their_scopes(calls, owner, make_key, refused):
    reader = make_key(by=owner, scopes=["suppressions:read"])
    writer = make_key(by=owner, scopes=["suppressions:write"])
    calls.add("a@example.com", by=writer)
    assert addresses(calls.list(by=reader).suppressions) == ["a@example.com"]
    for call, key in ((calls.list, writer), (calls.export, writer)):
        assert refused(lambda c=call, k=key: c(by=k)).reason == "SCOPE_MISSING"
    assert (
        refused(lambda: calls.add("b@example.com", by=reader)).reason == "SCOPE_MISSING"
    )


def test_a_send_says_who_is_suppressed(api, calls, stubs, new_inbox, owner):
    inbox = new_inbox(by=owner)
    kept = calls.add("dead@example.com")
    request = messages_pb2.SendMessageRequest(
        inbox_id=inbox.id,
        to=[
            messages_pb2.Mailbox(address="Dead@example.com"),
            messages_pb2.Mailbox(address="carol@example.com"),
        ],
        content=messages_pb2.OutgoingContent(text_body="Hello"),
    )
    sent = stubs.messages.SendMessage(request, metadata=owner).message
    assert [each.state for each in sent.recipients] == [
        messages_pb2.DELIVERY_STATE_SUPPRESSED,
        messages_pb2.DELIVERY_STATE_QUEUED,
    ]
    listed = stubs.events.ListEvents(
        events_pb2.ListEventsRequest(
            filter=events_pb2.EventFilter(
                types=[events_pb2.EVENT_TYPE_MESSAGE_SUPPRESSED]
            )
        ),
        metadata=owner,
    )
    [event] = listed.events
    assert event.message_id == sent.id
    assert event.suppression.suppression_id == kept.id
