"""What a wait for messages found."""

from dataclasses import dataclass, field

from mailbot.types.message import Message
from mailbot.v1 import messages_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """
    The messages that came, oldest first, and whether the time was over before enough.

    `cursor` is where looking ended: as `after` of the next wait it finds what comes
    later.
    """

    messages: tuple[Message, ...]
    timed_out: bool
    cursor: str
    raw: messages_pb2.WaitForMessageResponse = field(repr=False, compare=False)
