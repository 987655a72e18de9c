"""Inboxes, their usage and counts."""

from typing import Final

from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import inboxes_pb2
from mailbot_server.api.convert import times
from mailbot_server.api.convert.messages import tracking
from mailbot_server.core import retention
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import InvalidInput, one_field
from mailbot_server.core.inbox import (
    Inbox,
    InboxCounts,
    InboxFilter,
    InboxState,
    InboxUsage,
    Requirement,
    Suspension,
)
from mailbot_server.core.reputation import Reputation
from mailbot_server.core.retention import FOR_EVER, Retention

_STATE: Final = {
    InboxState.ACTIVE: inboxes_pb2.Inbox.STATE_ACTIVE,
    InboxState.SUSPENDED: inboxes_pb2.Inbox.STATE_SUSPENDED,
    InboxState.DISABLED: inboxes_pb2.Inbox.STATE_DISABLED,
}
_STATE_OF: Final = {number: state for state, number in _STATE.items()}
_REQUIREMENT: Final = {
    Requirement.NONE: inboxes_pb2.AUTHENTICATION_REQUIREMENT_NONE,
    Requirement.ALIGNED: inboxes_pb2.AUTHENTICATION_REQUIREMENT_ALIGNED,
    Requirement.DMARC_PASS: inboxes_pb2.AUTHENTICATION_REQUIREMENT_DMARC_PASS,
}
_REQUIREMENT_OF: Final = {number: each for each, number in _REQUIREMENT.items()}
_PERMISSION: Final = {
    "send": inboxes_pb2.INBOX_PERMISSION_SEND,
    "receive": inboxes_pb2.INBOX_PERMISSION_RECEIVE,
    "search": inboxes_pb2.INBOX_PERMISSION_SEARCH,
}
_PERMISSION_OF: Final = {number: name for name, number in _PERMISSION.items()}


def to_proto(
    inbox: Inbox,
    usage: InboxUsage | None = None,
    counts: InboxCounts | None = None,
    reputation: Reputation | None = None,
) -> inboxes_pb2.Inbox:
    """An inbox; usage, counts and reputation where the RPC gives them."""
    return inboxes_pb2.Inbox(
        id=inbox.id,
        address=inbox.address,
        username=inbox.username,
        domain=inbox.domain,
        display_name=inbox.display_name,
        labels=inbox.labels,
        permissions=[_PERMISSION[name] for name in sorted(inbox.permissions)],
        daily_send_limit=inbox.daily_send_limit,
        state=_STATE[inbox.state],
        suspension=_suspension(inbox.suspension),
        usage=_usage(inbox, usage),
        counts=_counts(counts),
        reputation=_reputation(reputation),
        create_time=times.to_proto(inbox.created_at),
        update_time=times.to_proto(inbox.updated_at),
        disable_time=times.to_proto(inbox.disabled_at),
        expire_time=times.to_proto(inbox.expires_at),
        metadata=dict(inbox.metadata),
        etag=inbox.etag,
        require_auth=_REQUIREMENT[inbox.require_auth],
        catch_all=inbox.is_catch_all,
        tracking=tracking(inbox.tracking),
        retention=_retention(inbox.retention),
        legal_hold=inbox.legal_hold,
    )


def _suspension(suspension: Suspension | None) -> inboxes_pb2.InboxSuspension | None:
    if suspension is None:
        return None
    return inboxes_pb2.InboxSuspension(
        reason=suspension.reason,
        suspended_by=suspension.by,
        suspend_time=times.to_proto(suspension.since),
        resume_time=times.to_proto(suspension.until),
        refuse_inbound=suspension.refuse_inbound,
    )


def _retention(kept: Retention | None) -> inboxes_pb2.Retention | None:
    if kept is None:
        return None
    return inboxes_pb2.Retention(
        content=_length(kept.content_days), metadata=_length(kept.metadata_days)
    )


def _length(days: int) -> Duration | None:
    return None if days == FOR_EVER else Duration(seconds=days * 86_400)


def _usage(inbox: Inbox, usage: InboxUsage | None) -> inboxes_pb2.InboxUsage | None:
    if usage is None:
        return None
    return inboxes_pb2.InboxUsage(
        sends_today=usage.sends_today,
        sends_remaining_today=max(0, inbox.daily_send_limit - usage.sends_today),
        day_reset_time=times.to_proto(usage.day_reset_at),
        sends_this_minute=usage.sends_this_minute,
        minute_send_limit=usage.minute_send_limit,
        minute_reset_time=times.to_proto(usage.minute_reset_at),
    )


def _counts(counts: InboxCounts | None) -> inboxes_pb2.InboxCounts | None:
    if counts is None:
        return None
    return inboxes_pb2.InboxCounts(
        messages=counts.inbound_messages + counts.outbound_messages,
        inbound_messages=counts.inbound_messages,
        outbound_messages=counts.outbound_messages,
        threads=counts.threads,
        open_deliveries=counts.open_deliveries,
        quarantined_messages=counts.quarantined_messages,
        unreplied_threads=counts.unreplied_threads,
    )


def _reputation(found: Reputation | None) -> inboxes_pb2.InboxReputation | None:
    if found is None:
        return None
    return inboxes_pb2.InboxReputation(
        outcomes=found.tally.outcomes,
        hard_bounces=found.tally.hard_bounces,
        complaints=found.tally.complaints,
        state=found.standing.value,
    )


def permissions_of(inbox: inboxes_pb2.Inbox) -> frozenset[str]:
    """The named permissions; unspecified ones were refused before."""
    return frozenset(_PERMISSION_OF[number] for number in inbox.permissions)


def requirement_of(inbox: inboxes_pb2.Inbox) -> Requirement:
    """What mail must prove; nothing unless told."""
    return _REQUIREMENT_OF.get(inbox.require_auth, Requirement.NONE)


def retention_of(inbox: inboxes_pb2.Inbox) -> Retention | None:
    """How long its mail is kept, None as the settings say; raises InvalidInput."""
    if not inbox.HasField("retention"):
        return None
    kept = Retention(
        content_days=_days_of(inbox.retention, "inbox.retention.content"),
        metadata_days=_days_of(inbox.retention, "inbox.retention.metadata"),
    )
    if found := retention.check(kept, "inbox.retention"):
        raise InvalidInput.of(found)
    return kept


def _days_of(kept: inboxes_pb2.Retention, path: str) -> int:
    length = times.duration_of(kept, path)
    if length is None:
        return FOR_EVER
    days = retention.days_of(length)
    if days is None:
        raise one_field(path, f"must be 1 to {retention.DAYS_MAX} days")
    return days


def filter_of(wanted: inboxes_pb2.InboxFilter, principal: Principal) -> InboxFilter:
    """The filter, narrowed to what the key may see."""
    return InboxFilter(
        labels=tuple(wanted.labels),
        states=tuple(_STATE_OF[number] for number in wanted.states),
        domain=wanted.domain.lower(),
        address_contains=wanted.address_contains.lower(),
        visible_ids=principal.inbox_ids,
    )
