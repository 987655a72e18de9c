"""Suppressions, to protobuf and back."""

from datetime import datetime
from typing import Final

from mailbot.v1 import suppressions_pb2
from mailbot_server.api.convert import times
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import one_field
from mailbot_server.core.mail.address import fold, normalise
from mailbot_server.core.suppression import (
    NOTE_MAX,
    Suppression,
    SuppressionFilter,
    SuppressionReason,
    Wanted,
)

_REASON: Final = {
    SuppressionReason.HARD_BOUNCE: suppressions_pb2.SUPPRESSION_REASON_HARD_BOUNCE,
    SuppressionReason.COMPLAINT: suppressions_pb2.SUPPRESSION_REASON_COMPLAINT,
    SuppressionReason.UNSUBSCRIBE: suppressions_pb2.SUPPRESSION_REASON_UNSUBSCRIBE,
    SuppressionReason.MANUAL: suppressions_pb2.SUPPRESSION_REASON_MANUAL,
}
_REASON_OF: Final = {number: reason for reason, number in _REASON.items()}
_UNSPECIFIED: Final = suppressions_pb2.SUPPRESSION_REASON_UNSPECIFIED
_NUL: Final = "\x00"

Asking = suppressions_pb2.AddSuppressionRequest | suppressions_pb2.SuppressionEntry


def to_proto(found: Suppression, principal: Principal) -> suppressions_pb2.Suppression:
    """A suppression; of the account's, a restricted key is not shown the cause."""
    shown = suppressions_pb2.Suppression(
        id=found.id,
        address=found.address,
        inbox_id=found.inbox_id,
        reason=_REASON[found.reason],
        create_time=times.to_proto(found.created_at),
        expire_time=times.to_proto(found.expires_at),
    )
    if principal.may_see(found.inbox_id):
        shown.delivery_id = found.delivery_id
        shown.message_id = found.message_id
        shown.note = found.note
        shown.added_by = found.added_by
    return shown


def wanted(asked: Asking, now: datetime) -> Wanted:
    """What a request or an entry asks for; raises InvalidInput for what it is not."""
    address = normalise(asked.address)
    if address is None:
        raise one_field("address", "is not a mail address", "ADDRESS_INVALID")
    if asked.reason != _UNSPECIFIED and asked.reason not in _REASON_OF:
        raise one_field("reason", f"{asked.reason} is not a known SuppressionReason")
    expires_at = times.from_proto(asked, "expire_time")
    if expires_at is not None and expires_at <= now:
        raise one_field("expire_time", "must be in the future")
    if len(asked.note) > NOTE_MAX or _NUL in asked.note:
        words = f"must have at most {NOTE_MAX} characters and no NUL"
        raise one_field("note", words)
    return Wanted(
        address=fold(address),
        reason=_REASON_OF.get(asked.reason, SuppressionReason.MANUAL),
        expires_at=expires_at,
        note=asked.note,
    )


def filter_of(
    asked: suppressions_pb2.SuppressionFilter, inbox_id: str, principal: Principal
) -> SuppressionFilter:
    """The filter, narrowed to what the key may see."""
    return SuppressionFilter(
        reasons=tuple(_REASON_OF[number] for number in asked.reasons),
        inbox_id=inbox_id,
        address_contains=asked.address_contains.lower(),
        after_at=times.from_proto(asked, "filter.after_time"),
        before_at=times.from_proto(asked, "filter.before_time"),
        visible_inbox_ids=principal.inbox_ids,
    )
