"""Address lists and rules as the server returns them."""

from dataclasses import dataclass, field
from datetime import datetime

from mailbot.v1 import address_lists_pb2, rules_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressEntry:
    """One line of a list; without `inbox_id` for all inboxes of the account."""

    id: str
    inbox_id: str
    direction: str
    action: str
    pattern: str
    note: str
    create_time: datetime | None
    created_by: str
    raw: address_lists_pb2.AddressEntry = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDecision:
    """What the lists make of an address: "allow" or "block", and by which entry."""

    action: str
    entry: AddressEntry | None
    raw: address_lists_pb2.CheckAddressResponse = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderCondition:
    """A header field that is there and contains something, or anything."""

    name: str
    contains: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleConditions:
    """What a message must be; all that is set must hold."""

    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    tags: tuple[str, ...]
    subject_contains: tuple[str, ...]
    headers: tuple[HeaderCondition, ...]
    authentication: str
    larger_than_bytes: int
    has_attachments: bool | None
    attachment_endings: tuple[str, ...]
    kinds: tuple[str, ...]
    is_upstream_spam: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleActions:
    """What is done with a message."""

    add_labels: tuple[str, ...]
    quarantine: bool
    reject: bool
    stop: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule; without `inbox_id` for all inboxes of the account."""

    id: str
    inbox_id: str
    display_name: str
    priority: int
    disabled: bool
    conditions: RuleConditions | None
    actions: RuleActions | None
    create_time: datetime | None
    update_time: datetime | None
    etag: str
    raw: rules_pb2.Rule = field(repr=False, compare=False)
