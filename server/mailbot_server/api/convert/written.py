"""
Events as a log keeps them, to protobuf: what streams hand on in great numbers.

The same as reading the event and converting that, which is what is done with details
that are rare; a detail of an attempt or of a message goes from JSON to protobuf with
no fact in between, at a third of the cost. A test holds both ways together.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from mailbot.v1 import events_pb2
from mailbot_server.api.convert import events as convert
from mailbot_server.api.convert import times
from mailbot_server.api.convert.verdicts import authentication
from mailbot_server.core.event import (
    DETAIL_OF,
    AttemptDetail,
    ContentDetail,
    Detail,
    Written,
    verdicts_of,
)
from mailbot_server.store import events

_MICROSECONDS: Final = 1_000_000

_decode: Final = json.JSONDecoder().raw_decode
"""Of JSON without anything around it."""
Said = dict[str, Any]


def to_proto(written: Written) -> events_pb2.Event:
    """An event of the log."""
    shortcut = _SHORTCUTS.get(DETAIL_OF[written.type])
    if shortcut is None:
        return convert.to_proto(events.event_of(written))
    field, read = shortcut
    seconds, rest = divmod(written.created_at_microseconds, _MICROSECONDS)
    stamp: Any = {"seconds": seconds, "nanos": rest * 1000}
    try:
        detail: Any = {field: read(_decode(written.detail)[0])}
        return events_pb2.Event(
            id=written.id,
            type=_NUMBERS[written.type],
            position=written.position,
            create_time=stamp,
            inbox_id=written.inbox_id,
            thread_id=written.thread_id,
            message_id=written.message_id,
            delivery_id=written.delivery_id,
            recipient=written.recipient,
            request_id=written.request_id,
            metadata=_decode(written.metadata)[0] if written.metadata else None,
            **detail,
        )
    except ValueError:  # a newer version says what this one does not know
        return convert.to_proto(events.event_of(written))


def _attempt(said: Said) -> Said:
    reply = said.get("reply")
    if reply is not None:
        reply["enhanced_code"] = reply.pop("enhanced", "")
        reply["host"] = said.get("remote_host", "")
    for name, new_name in _INSTANTS:
        if name in said:
            said[new_name] = times.to_proto(datetime.fromisoformat(said.pop(name)))
    length = timedelta(seconds=said.pop("duration_seconds", 0.0))
    whole = length.days * 86_400 + length.seconds
    said["duration"] = {"seconds": whole, "nanos": length.microseconds * 1000}
    return said


def _content(said: Said) -> Said:
    said["kind"] = convert.kind(said.get("kind", ""))
    if "verdicts" in said:
        said["authentication"] = authentication(verdicts_of(said.pop("verdicts")))
    if "reply_milliseconds" in said:
        said["reply_time"] = convert.reply_time(said.pop("reply_milliseconds"))
    if "is_first_reply" in said:
        said["first_reply"] = said.pop("is_first_reply")
    return said


_INSTANTS: Final = (
    ("started_at", "start_time"),
    ("next_attempt_at", "next_attempt_time"),
)
_NUMBERS: Final = {kind.value: number for kind, number in convert.NUMBER_OF.items()}
_SHORTCUTS: Final[dict[type[Detail], tuple[str, Callable[[Said], Said]]]] = {
    AttemptDetail: ("attempt", _attempt),
    ContentDetail: ("content", _content),
}
