"""Threads."""

from mailbot.v1 import threads_pb2
from mailbot_server.api.convert import times
from mailbot_server.api.convert.events import mailbox
from mailbot_server.core.account import Principal
from mailbot_server.core.message import Thread, ThreadFilter


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
        visible_inbox_ids=principal.inbox_ids,
    )
