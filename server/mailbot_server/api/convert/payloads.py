"""
What webhooks are sent: an event as the JSON of its proto, with its type and time.

Fields are named as in the protos. Without a message a payload stays below THIN_MAX:
lists that are too long for that are left out, and can be read with GetEvent.
"""

import json
from collections.abc import Mapping
from typing import Final

from google.protobuf import json_format
from google.protobuf.message import Message

from mailbot.v1 import events_pb2
from mailbot_server.api.convert import joined as convert
from mailbot_server.api.convert.joined import Links
from mailbot_server.core.event import Event
from mailbot_server.engine.joining import Joined

THIN_MAX: Final = 20_000
_DROPPED: Final = ("defects", "attachments", "recipients", "merged_thread_ids")
_write: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(
    event: Event, joined: Mapping[str, Joined], links: Links | None = None
) -> bytes:
    """The body that tells of an event: {"type", "timestamp", "data"}."""
    told = convert.to_proto(event, joined, links)
    body = _body(event, told)
    if len(body) > THIN_MAX and not told.HasField("message"):
        _shorten(told)
        body = _body(event, told)
    return body


def _body(event: Event, told: events_pb2.Event) -> bytes:
    data = json_format.MessageToDict(told, preserving_proto_field_name=True)
    timestamp = data.get("create_time", "")
    payload = {"type": event.type.value, "timestamp": timestamp, "data": data}
    return _write(payload).encode(errors="replace")


def _shorten(told: events_pb2.Event) -> None:
    """Leaves the lists of the detail out."""
    for field, value in told.ListFields():
        if field.message_type is None or field.is_repeated:
            continue
        detail: Message = value
        for name in _DROPPED:
            if name in detail.DESCRIPTOR.fields_by_name:
                detail.ClearField(name)
