"""Entries of the audit, to protobuf, and filters back."""

from typing import Final

from mailbot.v1 import audits_pb2
from mailbot_server.api.convert import times
from mailbot_server.core.account import Principal
from mailbot_server.core.audit import AuditFilter, Entry, Fault
from mailbot_server.core.errors import one_field
from mailbot_server.store.audit.chains import Verified

_HASH_BYTES: Final = 32


def to_proto(found: Entry) -> audits_pb2.AuditEntry:
    """An entry."""
    return audits_pb2.AuditEntry(
        id=found.id,
        sequence=found.sequence,
        create_time=times.to_proto(found.created_at),
        actor_id=found.actor_id,
        surface=found.surface,
        action=found.action,
        resource_type=found.resource_type,
        resource_id=found.resource_id,
        inbox_id=found.inbox_id,
        request_id=found.request_id,
        before_json=found.before,
        after_json=found.after,
        previous_hash=found.previous_hash.hex(),
        hash=found.hash.hex(),
        account_id=found.account_id,
    )


def verified(done: Verified) -> audits_pb2.VerifyAuditEntriesResponse:
    """How far a chain is right."""
    return audits_pb2.VerifyAuditEntriesResponse(
        entry_count=done.count,
        next_sequence=0 if done.is_last else done.link.sequence + 1,
        last_hash=done.link.hash.hex(),
        last_sequence=done.link.sequence,
        fault=_fault(done.fault),
        expected_found=done.is_met,
    )


def filter_of(
    asked: audits_pb2.AuditFilter, inbox_id: str, principal: Principal
) -> AuditFilter:
    """The filter, narrowed to what the key may see."""
    return AuditFilter(
        actor_id=asked.actor_id,
        action=asked.action,
        resource_id=asked.resource_id,
        resource_type=asked.resource_type,
        inbox_id=inbox_id,
        started_at=times.from_proto(asked, "filter.start_time"),
        ended_at=times.from_proto(asked, "filter.end_time"),
        inbox_ids=principal.inbox_ids,
    )


def hash_of(text: str, field: str) -> bytes:
    """The octets of a hash, none for ""; raises InvalidInput."""
    try:
        octets = bytes.fromhex(text)
    except ValueError:
        octets = b"?"
    if octets and (len(octets) != _HASH_BYTES or len(text) != 2 * _HASH_BYTES):
        raise one_field(field, "must be 64 hex digits, as last_hash was")
    return octets


def _fault(found: Fault | None) -> audits_pb2.AuditFault | None:
    if found is None:
        return None
    return audits_pb2.AuditFault(
        sequence=found.sequence, kind=found.kind, description=found.description
    )
