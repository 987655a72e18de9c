"""Protobuf messages into results, and words into the names of enumerations."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from types import MappingProxyType
from typing import Any, TypeVar, cast

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message as Protobuf
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot import types
from mailbot.arguments import as_list

Result = TypeVar("Result")
Value = Callable[[Any], Any]
Reader = Callable[[Protobuf], Any]

# Protobuf messages that become a result inside another one.
NESTED: Mapping[str, type] = MappingProxyType(
    {
        "mailbot.v1.Mailbox": types.Mailbox,
        "mailbot.v1.Message": types.Message,
        "mailbot.v1.Highlight": types.Highlight,
        "mailbot.v1.Highlight.Range": types.HighlightRange,
        "mailbot.v1.InboxSuspension": types.InboxSuspension,
        "mailbot.v1.InboxUsage": types.InboxUsage,
        "mailbot.v1.InboxReputation": types.InboxReputation,
        "mailbot.v1.InboxCounts": types.InboxCounts,
        "mailbot.v1.SmtpReply": types.SmtpReply,
        "mailbot.v1.RecipientStatus": types.RecipientStatus,
        "mailbot.v1.Attachment": types.StoredAttachment,
        "mailbot.v1.HeaderField": types.HeaderField,
        "mailbot.v1.AttemptDetail": types.AttemptDetail,
        "mailbot.v1.ContentDetail": types.ContentDetail,
        "mailbot.v1.ConsumerDetail": types.ConsumerDetail,
        "mailbot.v1.HoldDetail": types.HoldDetail,
        "mailbot.v1.ThreadDetail": types.ThreadDetail,
        "mailbot.v1.Thread": types.Thread,
        "mailbot.v1.ThreadTie": types.ThreadTie,
        "mailbot.v1.ThreadTie.Mention": types.ThreadMention,
        "mailbot.v1.ThreadChange": types.ThreadChange,
        "mailbot.v1.InboxDetail": types.InboxDetail,
        "mailbot.v1.LimitDetail": types.LimitDetail,
        "mailbot.v1.SuppressionDetail": types.SuppressionDetail,
        "mailbot.v1.ReclassificationDetail": types.ReclassificationDetail,
        "mailbot.v1.ReputationDetail": types.ReputationDetail,
        "mailbot.v1.DomainDetail": types.DomainDetail,
        "mailbot.v1.Delivery": types.Delivery,
        "mailbot.v1.DeliveryReason": types.DeliveryReason,
        "mailbot.v1.DeliveryScope": types.DeliveryScope,
        "mailbot.v1.SuppressionImportFault": types.SuppressionImportFault,
        "mailbot.v1.DomainRecord": types.DomainRecord,
        "mailbot.v1.DomainKey": types.DomainKey,
        "mailbot.v1.Extraction": types.Extraction,
        "mailbot.v1.Authentication": types.Authentication,
        "mailbot.v1.Authentication.Dkim": types.DkimResult,
        "mailbot.v1.Quarantine": types.Quarantine,
        "mailbot.v1.Code": types.Code,
        "mailbot.v1.Link": types.Link,
        "mailbot.v1.MailingList": types.MailingList,
        "mailbot.v1.CalendarEvent": types.CalendarEvent,
        "mailbot.v1.CalendarEvent.Attendee": types.Attendee,
        "mailbot.v1.UpstreamSpam": types.UpstreamSpam,
        "mailbot.v1.ComplaintDetail": types.ComplaintDetail,
        "mailbot.v1.EngagementDetail": types.EngagementDetail,
        "mailbot.v1.Tracking": types.Tracking,
        "mailbot.v1.AddressEntry": types.AddressEntry,
        "mailbot.v1.RuleConditions": types.RuleConditions,
        "mailbot.v1.RuleConditions.HeaderCondition": types.HeaderCondition,
        "mailbot.v1.RuleActions": types.RuleActions,
        "mailbot.v1.Retention": types.Retention,
        "mailbot.v1.Event": types.Event,
        "mailbot.v1.UsageCounts": types.UsageCounts,
        "mailbot.v1.UsagePiece": types.UsagePiece,
    }
)


def result(kind: type[Result], source: Protobuf, **extra: Any) -> Result:
    """
    The protobuf as `kind`, field by field of the same name.

    `extra` are the values that the protobuf does not have.
    """
    readers = _readers(cast("Any", kind), source.DESCRIPTOR)
    values = {name: read(source) for name, read in readers.items()}
    return kind(**values, **extra)


def word(enum: EnumDescriptor, number: int) -> str:
    """The word for an enumeration's number: "" for 0, "unknown_7" for a newer one."""
    if number == 0:
        return ""
    return _words(enum).get(number, f"unknown_{number}")


def enum_name(enum: EnumDescriptor, text: str) -> str:
    """The .proto's name for a word; ValueError names the words there are."""
    names = {
        known: enum.values_by_number[each].name for each, known in _words(enum).items()
    }
    if text not in names:
        raise ValueError(f"{text!r} is not one of {', '.join(names)}")
    return names[text]


def enum_names(enum: EnumDescriptor, words: str | Iterable[str] | None) -> list[str]:
    """The .proto's names for one word, several or none."""
    return [enum_name(enum, text) for text in as_list(words)]


@cache
def _words(enum: EnumDescriptor) -> Mapping[int, str]:
    prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", enum.name).upper() + "_"
    words = {
        value.number: value.name.removeprefix(prefix).lower()
        for value in enum.values
        if value.number
    }
    if enum.full_name == "mailbot.v1.EventType":
        return {value: text.replace("_", ".", 1) for value, text in words.items()}
    return words


@cache
def _readers(kind: type, descriptor: Descriptor) -> Mapping[str, Reader]:
    """How to read each of the result's fields that the protobuf has."""
    known = descriptor.fields_by_name
    readers: dict[str, Reader] = {
        each.name: _reader(known[each.name])
        for each in fields(kind)
        if each.name in known
    }
    if any(each.name == "raw" for each in fields(kind)):
        readers["raw"] = _itself
    return readers


def _itself(source: Protobuf) -> Protobuf:
    return source


def _reader(field: FieldDescriptor) -> Reader:
    message = field.message_type
    if message is not None and message.GetOptions().map_entry:
        return partial(_read_map, field.name)
    if field.is_repeated:
        return partial(_read_repeated, field.name, _value(field))
    if message is not None or _may_be_unset(field):
        return partial(_read_optional, field.name, _value(field))
    return partial(_read_scalar, field.name, _value(field))


def _may_be_unset(field: FieldDescriptor) -> bool:
    """Whether it is an `optional` scalar, whose absence differs from 0."""
    group = field.containing_oneof
    return group is not None and group.name == f"_{field.name}"


def _value(field: FieldDescriptor) -> Value:
    """How to turn one protobuf value of this field into what a result holds."""
    if field.enum_type is not None:
        return partial(word, field.enum_type)
    if field.message_type is None:
        return _same
    name = field.message_type.full_name
    special: Mapping[str, Value] = {
        Timestamp.DESCRIPTOR.full_name: _datetime,
        Duration.DESCRIPTOR.full_name: _timedelta,
    }
    return special.get(name) or partial(result, NESTED[name])


def _same(value: Any) -> Any:
    return value


def _datetime(value: Timestamp) -> datetime:
    return value.ToDatetime(tzinfo=UTC)


def _timedelta(value: Duration) -> timedelta:
    return value.ToTimedelta()


def _read_map(name: str, source: Protobuf) -> Mapping[str, str]:
    return dict(getattr(source, name))


def _read_repeated(name: str, value: Value, source: Protobuf) -> tuple[Any, ...]:
    return tuple(map(value, getattr(source, name)))


def _read_optional(name: str, value: Value, source: Protobuf) -> Any:
    return value(getattr(source, name)) if source.HasField(name) else None


def _read_scalar(name: str, value: Value, source: Protobuf) -> Any:
    return value(getattr(source, name))
