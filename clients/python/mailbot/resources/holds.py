"""What is deleted of messages, and what must not be: the calls of both clients."""

from collections.abc import Iterable

from mailbot.calls import Call, unary
from mailbot.convert import result
from mailbot.types import Message
from mailbot.v1 import messages_pb2


def redact(message_id: str | Message, reason: str) -> Call[Message]:
    """Deletes what a message says; the message as it is then."""
    return unary(
        lambda stubs: stubs.messages.RedactMessage,
        messages_pb2.RedactMessageRequest(message_id=_name(message_id), reason=reason),
        lambda response: result(Message, response.message),
    )


def hold(
    message_ids: str | Message | Iterable[str | Message],
    reason: str,
    *,
    legal_hold: bool,
) -> Call[int]:
    """Keeps messages whatever their age, or lets them go; how many changed."""
    if isinstance(message_ids, str | Message):
        message_ids = [message_ids]
    return unary(
        lambda stubs: stubs.messages.UpdateMessageLegalHolds,
        messages_pb2.UpdateMessageLegalHoldsRequest(
            message_ids=[_name(each) for each in message_ids],
            legal_hold=legal_hold,
            reason=reason,
        ),
        lambda response: int(response.message_count),
    )


def _name(message: str | Message) -> str:
    return message.id if isinstance(message, Message) else message
