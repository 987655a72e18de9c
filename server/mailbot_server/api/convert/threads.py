"""Threads, and what holds them together."""

from typing import Final

from mailbot.v1 import threads_pb2
from mailbot_server.api.convert import times
from mailbot_server.api.convert.events import mailbox
from mailbot_server.core.account import Principal
from mailbot_server.core.message import Thread, ThreadFilter
from mailbot_server.core.thread import Change, ChangeKind, Explanation, Tie

_KIND: Final = {
    ChangeKind.MERGED_BY_MESSAGE: threads_pb2.ThreadChange.KIND_MERGED_BY_MESSAGE,
    ChangeKind.MERGED_BY_HAND: threads_pb2.ThreadChange.KIND_MERGED_BY_HAND,
    ChangeKind.SPLIT_BY_HAND: threads_pb2.ThreadChange.KIND_SPLIT_BY_HAND,
}


def to_proto(thread: Thread) -> threads_pb2.Thread:
    """A conversation."""
    return threads_pb2.Thread(
        id=thread.id,
        inbox_id=thread.inbox_id,
        subject=thread.subject,
        message_count=thread.inbound_count + thread.outbound_count,
        inbound_count=thread.inbound_count,
        outbound_count=thread.outbound_count,
        participants=[mailbox(box) for box in thread.participants],
        last_inbound_time=times.to_proto(thread.last_inbound_at),
        last_outbound_time=times.to_proto(thread.last_outbound_at),
        last_message_time=times.to_proto(thread.last_message_at),
        snippet=thread.snippet,
        unreplied=thread.is_unreplied,
        create_time=times.to_proto(thread.created_at),
        merged_thread_ids=thread.merged_thread_ids,
        labels=thread.labels,
    )


def explanation(
    thread: Thread, found: Explanation
) -> threads_pb2.ExplainThreadResponse:
    """Why these messages are one thread."""
    return threads_pb2.ExplainThreadResponse(
        thread=to_proto(thread),
        ties=[_tie(tie) for tie in found.ties],
        changes=[_change(change) for change in found.changes],
        truncated=found.is_truncated,
    )


def filter_of(
    wanted: threads_pb2.ThreadFilter, inbox_id: str, principal: Principal
) -> ThreadFilter:
    """The filter, narrowed to what the key may see; `inbox_id` is never an address."""
    return ThreadFilter(
        inbox_id=inbox_id,
        after=times.from_proto(wanted, "filter.after_time"),
        before=times.from_proto(wanted, "filter.before_time"),
        unreplied=wanted.unreplied,
        labels=tuple(wanted.labels),
        participant_address=wanted.participant_address,
        visible_inbox_ids=principal.inbox_ids,
    )


def _tie(tie: Tie) -> threads_pb2.ThreadTie:
    mentions = [
        threads_pb2.ThreadTie.Mention(message_id=message_id, field=field.value)
        for message_id, field in tie.mentions
    ]
    return threads_pb2.ThreadTie(tie=tie.name, mentions=mentions)


def _change(change: Change) -> threads_pb2.ThreadChange:
    return threads_pb2.ThreadChange(
        kind=_KIND[change.kind],
        change_time=times.to_proto(change.changed_at),
        thread_id=change.thread_id,
        other_thread_ids=change.other_thread_ids,
        changed_by=change.changed_by,
        message_id=change.message_id,
    )
