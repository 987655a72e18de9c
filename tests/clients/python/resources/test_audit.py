from datetime import UTC, datetime

import pytest

from mailbot.v1 import audits_pb2 as pb

ENTRY = pb.AuditEntry(
    id="aud_1",
    sequence=7,
    account_id="acc_1",
    actor_id="key_1",
    surface="api",
    action="inbox.update",
    resource_type="inbox",
    resource_id="inb_1",
    inbox_id="inb_1",
    before_json='{"labels":[]}',
    after_json='{"labels":["a"]}',
    previous_hash="0" * 64,
    hash="1" * 64,
)


def piece(last: int, following: int = 0, **more):
    return pb.VerifyAuditEntriesResponse(
        entry_count=2,
        last_sequence=last,
        last_hash=f"{last}" * 64,
        next_sequence=following,
        **more,
    )


def test_entries_are_pages_and_say_before_and_after(server, bot):
    more = pb.ListAuditEntriesResponse(entries=[ENTRY], next_page_token="more")
    server.answer("ListAuditEntries", more, pb.ListAuditEntriesResponse())
    since = datetime(2026, 3, 1, tzinfo=UTC)
    [found] = list(
        bot.audit.list(
            actor_id="key_1", action="inbox.", inbox_id="inb_1", start_time=since
        )
    )
    assert (found.sequence, found.actor_id, found.action) == (
        *(7, "key_1", "inbox.update"),
    )
    assert (found.before, found.after) == ({"labels": []}, {"labels": ["a"]})
    first, second = server.requests("ListAuditEntries")
    assert first.filter.action == second.filter.action == "inbox."
    assert first.filter.start_time.ToDatetime(UTC) == since
    assert second.page_token == "more"


def test_one_entry_is_read(server, bot):
    server.answer("GetAuditEntry", pb.GetAuditEntryResponse(entry=ENTRY))
    assert bot.audit.get("aud_1").hash == "1" * 64
    assert server.requests("GetAuditEntry")[0].audit_entry_id == "aud_1"


def test_a_chain_is_verified_piece_by_piece(server, bot):
    server.answer("VerifyAuditEntries", piece(2, 3), piece(4))
    done = bot.audit.verify()
    assert (done.entry_count, done.last_sequence, done.fault) == (4, 4, None)
    assert done.last_hash == "4" * 64
    first, second = server.requests("VerifyAuditEntries")
    assert (first.start_sequence, first.previous_hash) == (0, "")
    assert (second.start_sequence, second.previous_hash) == (3, "2" * 64)


@pytest.mark.parametrize("where", [0, 1])
def test_a_hash_that_was_kept_may_be_met_in_any_piece(server, bot, where):
    pieces = [piece(2, 3), piece(4)]
    pieces[where].expected_found = True
    server.answer("VerifyAuditEntries", *pieces)
    assert bot.audit.verify(expect="2" * 64).fault is None
    asked = {each.expected_hash for each in server.requests("VerifyAuditEntries")}
    assert asked == {"2" * 64}


def test_a_hash_that_is_met_nowhere_is_a_fault(server, bot):
    server.answer("VerifyAuditEntries", piece(2, 3), piece(4))
    fault = bot.audit.verify(expect="9" * 64).fault
    assert (fault.sequence, fault.kind) == (4, "rewritten")


def test_the_first_fault_ends_it(server, bot):
    broken = pb.AuditFault(sequence=3, kind="changed", description="entry 3 is not")
    server.answer("VerifyAuditEntries", piece(2, 0, fault=broken))
    fault = bot.audit.verify(expect="9" * 64).fault
    assert (fault.sequence, fault.kind, fault.description) == (
        *(3, "changed", "entry 3 is not"),
    )
    assert len(server.requests("VerifyAuditEntries")) == 1
