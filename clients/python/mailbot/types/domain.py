"""Domains and their DNS records as the server returns them."""

from dataclasses import dataclass, field
from datetime import datetime

from mailbot.v1 import domains_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRecord:
    """A DNS record to publish, and how it was found when the DNS was asked last."""

    purpose: str
    type: str
    name: str
    value: str
    required: bool
    state: str
    problem: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainKey:
    """A DKIM key; `state` is "pending", "active" or "retired"."""

    selector: str
    algorithm: str
    state: str
    create_time: datetime | None
    activate_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain of the account; `records` are what to publish, `keys` newest first."""

    id: str
    name: str
    verified: bool
    signing: bool
    return_path_verified: bool
    records: tuple[DomainRecord, ...]
    keys: tuple[DomainKey, ...]
    create_time: datetime | None
    verify_time: datetime | None
    check_time: datetime | None
    raw: domains_pb2.Domain = field(repr=False, compare=False)
