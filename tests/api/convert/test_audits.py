"""Entries keep every octet that their hash is over; hashes are hex."""

from datetime import UTC, datetime

import pytest

from mailbot.v1 import audits_pb2 as pb
from mailbot_server.api.convert import audits as convert
from mailbot_server.core.audit import Entry, Fault, Link
from mailbot_server.core.errors import InvalidInput
from mailbot_server.store.audit.chains import Verified
from tests.fakes.tenants import principal

HASH = bytes(range(32))
ENTRY = Entry(
    account_id="acc_1",
    sequence=7,
    id="aud_1",
    created_at=datetime(2026, 3, 1, 12, 0, 0, 123456, UTC),
    actor_id="key_1",
    surface="api",
    action="inbox.update",
    resource_type="inbox",
    resource_id="inb_1",
    inbox_id="inb_1",
    request_id="req_1",
    before='{"name":"ä"}',
    after="{}",
    hash=HASH,
)


def test_an_entry_is_told_whole() -> None:
    told = convert.to_proto(ENTRY)
    assert {field.name for field, _ in told.ListFields()} == {
        field.name for field in pb.AuditEntry.DESCRIPTOR.fields
    }
    assert told.create_time.ToMicroseconds() == 1772366400123456
    assert (told.before_json, told.after_json) == ('{"name":"ä"}', "{}")
    assert (told.previous_hash, told.hash) == ("0" * 64, HASH.hex())


def test_a_piece_says_where_the_next_one_begins() -> None:
    link = Link(sequence=5, hash=HASH)
    piece = Verified(count=5, link=link, fault=None, is_last=False, is_met=True)
    told = convert.verified(piece)
    assert (told.entry_count, told.last_sequence, told.next_sequence) == (5, 5, 6)
    assert (told.last_hash, told.expected_found) == (HASH.hex(), True)
    assert not told.HasField("fault")


def test_a_fault_is_the_end() -> None:
    fault = Fault(sequence=6, kind="missing", description="entry 6 is missing")
    told = convert.verified(Verified(count=5, link=Link(), fault=fault, is_last=True))
    assert told.next_sequence == 0
    assert (told.fault.sequence, told.fault.kind) == (6, "missing")


def test_a_filter_is_narrowed_to_what_the_key_may_see() -> None:
    asked = pb.AuditFilter(action="inbox.", actor_id="key_1")
    asked.end_time.FromDatetime(datetime(2026, 3, 1, tzinfo=UTC))
    wanted = convert.filter_of(asked, "inb_1", principal(inbox_ids=("inb_1",)))
    assert (wanted.action, wanted.actor_id) == ("inbox.", "key_1")
    assert (wanted.inbox_id, wanted.inbox_ids) == ("inb_1", ("inb_1",))
    assert wanted.ended_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert wanted.started_at is None


def test_a_hash_is_64_hex_digits_or_nothing() -> None:
    assert convert.hash_of("", "expected_hash") == b""
    assert convert.hash_of(HASH.hex(), "expected_hash") == HASH


@pytest.mark.parametrize("text", ["ab", "x" * 64, "0" * 63, "0" * 66, " " + "0" * 63])
def test_what_is_no_hash_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        convert.hash_of(text, "expected_hash")
    assert [each.field for each in refused.value.violations] == ["expected_hash"]
