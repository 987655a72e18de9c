"""Events with the messages that they are about, kept small enough to be handed over."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from mailbot.v1 import events_pb2, messages_pb2
from mailbot_server.api.convert import events, messages
from mailbot_server.core.event import Event
from mailbot_server.core.message import MessageView
from mailbot_server.engine.joining import Joined

EVENT_BYTES_MAX: Final = 128 * 1024
"""An event with its message stays below this."""

Links = Callable[[str], str]
"""Where an attachment, by its id, can be fetched from; "" for nowhere."""

_VIEW_OF: Final = {
    messages_pb2.MESSAGE_VIEW_UNSPECIFIED: MessageView.NONE,
    messages_pb2.MESSAGE_VIEW_METADATA: MessageView.METADATA,
    messages_pb2.MESSAGE_VIEW_FULL: MessageView.FULL,
}
_NUMBER_OF: Final = {view: number for number, view in _VIEW_OF.items()}
_MARGIN: Final = 64
_TEXT_BYTES_MAX: Final = 32 * 1024
_TEXT_BYTES_MIN: Final = 1024
_TEXTS: Final = ("text_body", "html_body", "extracted_text")
_EXTRACTED: Final = ("html", "quoted_text", "signature")
_READ: Final = ("headers", "links", "calendar_events", "codes", "mailing_list")
"""What is left out where cutting texts was not enough, in this order."""

_LISTED: Final = ("references", "recipients", "attachments", "bcc", "cc", "to")


def view_of(number: messages_pb2.MessageView) -> MessageView:
    """How much of the message is asked for."""
    return _VIEW_OF[number]


def view(asked: MessageView) -> messages_pb2.MessageView:
    """What `view_of` read."""
    return _NUMBER_OF[asked]


def to_proto(
    event: Event, joined: Mapping[str, Joined], links: Links | None = None
) -> events_pb2.Event:
    """
    The event, with its message where `joined` has it.

    Texts are cut, and then lists left out, until all of it is below EVENT_BYTES_MAX.
    """
    result = events.to_proto(event)
    found = joined.get(event.message_id) if event.message_id else None
    if found is None:
        return result
    shown = messages.to_proto(found.message, found.deliveries, found.content)
    if links is not None:
        for attachment in shown.attachments:
            attachment.download_url = links(attachment.id)
    _fit(shown, EVENT_BYTES_MAX - result.ByteSize() - _MARGIN)
    result.message.CopyFrom(shown)
    return result


def _fit(shown: messages_pb2.Message, room: int) -> None:
    most = _TEXT_BYTES_MAX
    while shown.ByteSize() > room and most:
        _cut_texts(shown, most)
        most = most // 2 if most > _TEXT_BYTES_MIN else 0
    for name in (*_READ, *_LISTED):
        if shown.ByteSize() <= room:
            return
        shown.ClearField(name)
        shown.body_truncated = True


def _cut_texts(shown: messages_pb2.Message, most: int) -> None:
    if _cut(shown, _TEXTS, most) | _cut(shown.extraction, _EXTRACTED, most):
        shown.body_truncated = True


def _cut(owner: Any, names: Iterable[str], most: int) -> bool:
    """Whether one of the texts was longer, in bytes of UTF-8."""
    is_cut = False
    for name in names:
        text: str = getattr(owner, name)
        short = text.encode()[:most].decode(errors="ignore")
        if short != text:
            setattr(owner, name, short)
            is_cut = True
    return is_cut
