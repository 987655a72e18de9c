"""Domains, their records and keys, to protobuf."""

from collections.abc import Iterable
from typing import Final

from mailbot.v1 import domains_pb2
from mailbot_server.api.convert import times
from mailbot_server.core.domain.domain import Domain
from mailbot_server.core.domain.key import KeyState, StoredKey, is_signing
from mailbot_server.core.domain.record import Purpose, Record, RecordState

_PURPOSE: Final = {
    Purpose.OWNERSHIP: domains_pb2.DOMAIN_RECORD_PURPOSE_OWNERSHIP,
    Purpose.SPF: domains_pb2.DOMAIN_RECORD_PURPOSE_SPF,
    Purpose.DKIM: domains_pb2.DOMAIN_RECORD_PURPOSE_DKIM,
    Purpose.DMARC: domains_pb2.DOMAIN_RECORD_PURPOSE_DMARC,
    Purpose.MX: domains_pb2.DOMAIN_RECORD_PURPOSE_MX,
    Purpose.RETURN_PATH_MX: domains_pb2.DOMAIN_RECORD_PURPOSE_RETURN_PATH_MX,
    Purpose.RETURN_PATH_SPF: domains_pb2.DOMAIN_RECORD_PURPOSE_RETURN_PATH_SPF,
}
_RECORD_STATE: Final = {
    RecordState.PENDING: domains_pb2.DOMAIN_RECORD_STATE_PENDING,
    RecordState.OK: domains_pb2.DOMAIN_RECORD_STATE_OK,
    RecordState.MISSING: domains_pb2.DOMAIN_RECORD_STATE_MISSING,
    RecordState.WRONG: domains_pb2.DOMAIN_RECORD_STATE_WRONG,
    RecordState.UNREACHABLE: domains_pb2.DOMAIN_RECORD_STATE_UNREACHABLE,
}
_KEY_STATE: Final = {
    KeyState.PENDING: domains_pb2.DomainKey.STATE_PENDING,
    KeyState.ACTIVE: domains_pb2.DomainKey.STATE_ACTIVE,
    KeyState.RETIRED: domains_pb2.DomainKey.STATE_RETIRED,
}


def to_proto(
    domain: Domain, keys: Iterable[StoredKey], records: Iterable[Record]
) -> domains_pb2.Domain:
    """A domain; `keys` come oldest first."""
    known = list(keys)
    return domains_pb2.Domain(
        id=domain.id,
        name=domain.name,
        verified=domain.verified_at is not None,
        signing=is_signing(known),
        return_path_verified=domain.return_path_at is not None,
        records=[_record(domain, each) for each in records],
        keys=[_key(each) for each in reversed(known)],
        create_time=times.to_proto(domain.created_at),
        verify_time=times.to_proto(domain.verified_at),
        check_time=times.to_proto(domain.checked_at),
    )


def _record(domain: Domain, record: Record) -> domains_pb2.DomainRecord:
    finding = domain.finding(record)
    return domains_pb2.DomainRecord(
        purpose=_PURPOSE[record.purpose],
        type=record.type.value,
        name=record.name,
        value=finding.proposal or record.value,
        required=record.required,
        state=_RECORD_STATE[finding.state],
        problem=finding.problem,
        found=finding.found,
    )


def _key(key: StoredKey) -> domains_pb2.DomainKey:
    return domains_pb2.DomainKey(
        selector=key.selector,
        algorithm=key.algorithm.value,
        state=_KEY_STATE[key.state],
        create_time=times.to_proto(key.created_at),
        activate_time=times.to_proto(key.activated_at),
    )
