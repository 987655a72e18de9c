"""Threads as the server returns them."""

from dataclasses import dataclass, field
from datetime import datetime

from mailbot.types.mailbox import Mailbox
from mailbot.types.message import Message
from mailbot.v1 import threads_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A conversation; `messages`, oldest first, are filled in by `threads.get` only."""

    id: str
    inbox_id: str
    subject: str
    message_count: int
    inbound_count: int
    outbound_count: int
    participants: tuple[Mailbox, ...]
    last_inbound_time: datetime | None
    last_outbound_time: datetime | None
    last_message_time: datetime | None
    snippet: str
    unreplied: bool
    create_time: datetime | None
    merged_thread_ids: tuple[str, ...]
    messages: tuple[Message, ...] = field(default=(), repr=False)
    raw: threads_pb2.Thread = field(repr=False, compare=False)
