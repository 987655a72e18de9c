"""AuditService over the wire: what is listed to whom, and what verification says."""

import hashlib
from datetime import timedelta

import grpc
import pytest

from mailbot.v1 import audits_pb2 as pb
from mailbot.v1 import inboxes_pb2, suppressions_pb2

ERRORS = "mailbot_audit_chain_errors_total"


@pytest.fixture
def listed(stubs, auth):
    """All entries that match, in pages of a size."""

    def run(by=auth, size=0, **wanted):
        found, token = [], ""
        while True:
            request = pb.ListAuditEntriesRequest(
                filter=pb.AuditFilter(**wanted), page_size=size, page_token=token
            )
            answer = stubs.audits.ListAuditEntries(request, metadata=by)
            found += answer.entries
            token = answer.next_page_token
            if not token:
                return found

    return run


@pytest.fixture
def verify(stubs, operator):
    """A piece of the chain; of all that the default account's keys see."""

    def run(by=operator, **fields):
        request = pb.VerifyAuditEntriesRequest(**fields)
        return stubs.audits.VerifyAuditEntries(request, metadata=by)

    return run


def rename(stubs, inbox, name, by):
    wanted = inboxes_pb2.Inbox(id=inbox.id, display_name=name)
    request = inboxes_pb2.UpdateInboxRequest(inbox=wanted)
    _, call = stubs.inboxes.UpdateInbox.with_call(request, metadata=by)
    return dict(call.trailing_metadata())["x-request-id"]


def test_a_change_is_listed_with_all_that_is_known_of_it(
    stubs, auth, new_inbox, listed
):
    inbox = new_inbox(display_name="Ann")
    request_id = rename(stubs, inbox, "Bea", auth)
    changed, created = listed(resource_id=inbox.id)
    assert (changed.action, created.action) == ("inbox.update", "inbox.create")
    assert changed.sequence > created.sequence
    assert changed.before_json == '{"display_name":"Ann"}'
    assert changed.after_json == '{"display_name":"Bea"}'
    assert (changed.resource_type, changed.resource_id) == ("inbox", inbox.id)
    assert (changed.inbox_id, changed.surface) == (inbox.id, "api")
    assert changed.request_id == request_id
    assert changed.actor_id.startswith("key_")
    one = stubs.audits.GetAuditEntry(
        pb.GetAuditEntryRequest(audit_entry_id=changed.id), metadata=auth
    ).entry
    assert one == changed


def test_filters_hold_together(api, stubs, auth, new_inbox, make_key, listed):
    inbox, other = new_inbox(), new_inbox()
    key = make_key(scopes=["inboxes:write", "audit:read"])
    since = api.clock.advance(seconds=10) or api.clock()
    rename(stubs, inbox, "one", key)
    rename(stubs, other, "two", auth)
    api.clock.advance(seconds=10)
    rename(stubs, inbox, "three", auth)
    [mine] = listed(resource_id=inbox.id, start_time=since, end_time=api.clock())
    assert mine.after_json == '{"display_name":"one"}'
    [by_key] = listed(actor_id=mine.actor_id)
    assert by_key == mine
    found = listed(action="inbox.", inbox_id=inbox.address)
    assert [each.action for each in found] == [
        *("inbox.update", "inbox.update", "inbox.create"),
    ]
    assert listed(resource_type="inbox", action="api_key.") == []
    assert listed(start_time=api.clock() + timedelta(seconds=1)) == []


def test_pages_follow_each_other_and_their_token_is_bound_to_the_filter(
    stubs, auth, new_inbox, listed, refused
):
    inbox = new_inbox()
    for number in range(5):
        rename(stubs, inbox, f"name {number}", auth)
    whole = listed(resource_id=inbox.id)
    assert len(whole) == 6
    assert listed(resource_id=inbox.id, size=2) == whole
    request = pb.ListAuditEntriesRequest(page_size=1)
    request.page_token = stubs.audits.ListAuditEntries(
        request, metadata=auth
    ).next_page_token
    request.filter.action = "inbox."
    found = refused(lambda: stubs.audits.ListAuditEntries(request, metadata=auth))
    assert found.reason == "PAGE_TOKEN_INVALID"


def test_a_restricted_key_sees_the_entries_of_its_inboxes_only(
    stubs, auth, new_inbox, make_key, listed, refused, verify
):
    mine, others = new_inbox(), new_inbox()
    rename(stubs, mine, "mine", auth)
    rename(stubs, others, "others", auth)
    stubs.suppressions.AddSuppression(
        suppressions_pb2.AddSuppressionRequest(address="all@example.com"), metadata=auth
    )
    key = make_key(scopes=["audit:read"], inbox_ids=[mine.id])
    assert {each.inbox_id for each in listed(by=key)} == {mine.id}
    assert len(listed(by=key)) == 2
    hidden = [each for each in listed() if each.inbox_id != mine.id]
    assert {others.id, ""} <= {each.inbox_id for each in hidden}
    for each in hidden[:5]:
        request = pb.GetAuditEntryRequest(audit_entry_id=each.id)
        found = refused(
            lambda request=request: stubs.audits.GetAuditEntry(request, metadata=key)
        )
        assert found.code is grpc.StatusCode.NOT_FOUND
    asked = refused(lambda: listed(by=key, inbox_id=others.id))
    assert asked.code is grpc.StatusCode.NOT_FOUND
    assert refused(lambda: verify(by=key)).reason == "SCOPE_MISSING"


def test_a_stranger_sees_their_own_chain_only(stranger, auth, listed, stubs, refused):
    own = {each.account_id for each in listed()}
    theirs = {each.account_id for each in listed(by=stranger)}
    assert len(own) == len(theirs) == 1
    assert not own & theirs
    entry = listed()[0]
    request = pb.GetAuditEntryRequest(audit_entry_id=entry.id)
    found = refused(lambda: stubs.audits.GetAuditEntry(request, metadata=stranger))
    assert found.code is grpc.StatusCode.NOT_FOUND


def test_it_asks_for_its_scope(stubs, make_key, refused, listed):
    key = make_key(scopes=["inboxes:write"])
    assert refused(lambda: listed(by=key)).reason == "SCOPE_MISSING"


def test_a_whole_chain_is_verified_and_a_kept_hash_is_found_in_it(
    verify, new_inbox, listed
):
    new_inbox()
    kept = verify()
    assert not kept.HasField("fault")
    assert kept.next_sequence == 0
    assert kept.entry_count == kept.last_sequence == listed()[0].sequence
    new_inbox()
    later = verify(expected_hash=kept.last_hash)
    assert later.expected_found
    assert later.last_sequence == kept.last_sequence + 1
    assert not verify(expected_hash="ab" * 32).expected_found
    rest = verify(start_sequence=kept.last_sequence + 1, previous_hash=kept.last_hash)
    assert (rest.entry_count, rest.last_hash) == (1, later.last_hash)
    stored = verify(start_sequence=kept.last_sequence + 1)
    assert stored.last_hash == later.last_hash


def test_the_listed_entries_are_what_the_hashes_are_over(listed, new_inbox):
    new_inbox(display_name="Jürgen 🦀", labels=["a"])
    previous = bytes(32)
    for entry in reversed(listed()):
        micros = entry.create_time.ToMicroseconds()
        fields = (
            *(entry.account_id, entry.sequence, entry.id, micros, entry.actor_id),
            *(entry.surface, entry.action, entry.resource_type, entry.resource_id),
            *(entry.inbox_id, entry.request_id, entry.before_json, entry.after_json),
        )
        parts = [str(each).encode() for each in fields]
        form = b"".join(b"%d:%s," % (len(part), part) for part in parts)
        assert entry.previous_hash == previous.hex()
        previous = hashlib.sha256(previous + b"mailbot-audit-1\n" + form).digest()
        assert entry.hash == previous.hex()


@pytest.mark.parametrize(
    "fields",
    [
        {"start_sequence": -1},
        {"previous_hash": "abc"},
        {"expected_hash": "zz" * 32},
        {"expected_hash": "ab" * 31},
    ],
    ids=str,
)
def test_what_is_no_place_and_no_hash_is_refused(verify, refused, fields):
    found = refused(lambda: verify(**fields))
    assert found.fields == list(fields)


@pytest.mark.parametrize(
    "fields", [{"start_sequence": 2**40}, {"previous_hash": "ab" * 32}], ids=str
)
def test_what_a_caller_gets_wrong_does_not_wake_the_operator(api, verify, fields):
    before = api.metrics.registry.get_sample_value(ERRORS)
    assert verify(**fields).fault.kind
    assert api.metrics.registry.get_sample_value(ERRORS) == before


def test_a_broken_chain_is_told_and_counted(api, verify, new_inbox):
    """Last in the module: nobody mends it."""
    new_inbox()
    whole = verify()

    def cut(tx):
        on = " ON audit_entry" if tx.is_postgres else ""
        name = "changed" if tx.is_postgres else "removed"
        tx.execute(f"DROP TRIGGER audit_entry_not_{name}{on}")
        sql = "DELETE FROM audit_entry WHERE account_id = ? AND sequence = ?"
        account_id = tx.one("SELECT account_id FROM audit_head ORDER BY sequence DESC")
        tx.execute(sql, account_id[0], whole.last_sequence - 1)

    before = api.metrics.registry.get_sample_value(ERRORS)
    api.write(cut)
    broken = verify()
    assert (broken.fault.kind, broken.next_sequence) == ("missing", 0)
    assert broken.fault.sequence == whole.last_sequence - 1
    assert api.metrics.registry.get_sample_value(ERRORS) == before + 1
    gone = verify(start_sequence=whole.last_sequence)
    assert (gone.fault.sequence, gone.fault.kind) == (
        *(whole.last_sequence - 1, "missing"),
    )
    beyond = verify(
        start_sequence=whole.last_sequence + 10, previous_hash=whole.last_hash
    )
    assert beyond.fault.kind == "cut_off"
