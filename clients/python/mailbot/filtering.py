"""Which events: conditions as keywords, and as requests have them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from mailbot.arguments import InboxRef, as_list, inbox_names, instant
from mailbot.convert import enum_names
from mailbot.v1 import events_pb2

TYPE = events_pb2.EventType.DESCRIPTOR


class EventFilter(TypedDict, total=False):
    """Which events; all that is given must hold, any value of a list matches."""

    types: str | Iterable[str]
    """For example "message.received"."""
    inbox_ids: InboxRef | Iterable[InboxRef]
    """Of these inboxes: ids or inboxes, not addresses."""
    thread_ids: str | Iterable[str]
    """Of these threads."""
    message_ids: str | Iterable[str]
    """Of these messages."""
    inbox_labels: str | Iterable[str]
    """Of inboxes that carry one of these labels now."""
    message_labels: str | Iterable[str]
    """Of messages that carry one of these labels now."""
    recipients: str | Iterable[str]
    """About deliveries to these addresses."""
    recipient_domains: str | Iterable[str]
    """About deliveries to addresses of these domains."""
    smtp_codes: int | Iterable[int]
    """Remote hosts answered with one of these, for example 550."""
    bounce_classes: str | Iterable[str]
    """Refused for one of these reasons, for example "mailbox_full"."""
    start_time: datetime
    """Not before this instant."""
    end_time: datetime
    """Before this instant."""


def filter_of(options: EventFilter) -> events_pb2.EventFilter:
    """The conditions as requests have them."""
    codes = options.get("smtp_codes", ())
    return events_pb2.EventFilter(
        types=enum_names(TYPE, options.get("types")),
        inbox_ids=inbox_names(options.get("inbox_ids")),
        thread_ids=as_list(options.get("thread_ids")),
        message_ids=as_list(options.get("message_ids")),
        inbox_labels=as_list(options.get("inbox_labels")),
        message_labels=as_list(options.get("message_labels")),
        recipients=as_list(options.get("recipients")),
        recipient_domains=as_list(options.get("recipient_domains")),
        smtp_codes=[codes] if isinstance(codes, int) else list(codes),
        bounce_classes=as_list(options.get("bounce_classes")),
        start_time=instant(options.get("start_time")),
        end_time=instant(options.get("end_time")),
    )
