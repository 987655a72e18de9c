"""Events of a delivery carry its ids and its message's metadata."""

from mailbot_server.core.event import EventType, HoldDetail
from mailbot_server.engine.outbound.announce import announce


async def test_facts_are_told_in_order_with_everything_that_identifies(db, leased, log):
    lease = await leased(metadata={"order": "4521"})
    detail = HoldDetail(reason="why", explanation="words")
    facts = [(EventType.MESSAGE_HELD, detail), (EventType.MESSAGE_RELEASED, detail)]
    await db.write(announce, lease, facts)
    _, held, released = await log()
    assert [held.type, released.type] == [kind for kind, _ in facts]
    for event in (held, released):
        assert event.detail == detail
        assert event.metadata == {"order": "4521"}
        assert (event.delivery_id, event.message_id) == (lease.id, lease.message_id)
        assert (event.inbox_id, event.thread_id) == (lease.inbox_id, lease.thread_id)
        assert event.recipient == lease.recipient
