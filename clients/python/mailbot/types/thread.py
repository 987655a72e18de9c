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
    labels: tuple[str, ...]
    messages: tuple[Message, ...] = field(default=(), repr=False)
    raw: threads_pb2.Thread = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadMention:
    """A message that names a tie, and in which field."""

    message_id: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadTie:
    """An id that ties messages together, and who names it."""

    tie: str
    mentions: tuple[ThreadMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadChange:
    """`kind` is "merged_by_message", "merged_by_hand" or "split_by_hand"."""

    kind: str
    change_time: datetime | None
    thread_id: str
    other_thread_ids: tuple[str, ...]
    changed_by: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadExplanation:
    """What holds a thread together."""

    thread: Thread | None
    ties: tuple[ThreadTie, ...]
    changes: tuple[ThreadChange, ...]
    truncated: bool
    raw: threads_pb2.ExplainThreadResponse = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadSplit:
    """What is left of a thread, and what was taken out of it."""

    thread: Thread
    new_thread: Thread
    raw: threads_pb2.SplitThreadResponse = field(repr=False, compare=False)
