"""Many attempts begin in one operation; what needs a decision of its own is left out."""

from dataclasses import replace

from mailbot_server.core.delivery import State
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.engine.outbound.queue import batch
from mailbot_server.store import deliveries, inboxes, messages
from mailbot_server.store.domains import rows
from tests.fakes.domains import domain
from tests.fakes.drafts import DRAFT
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox, principal


async def lease_all(db):
    return await db.write(deliveries.lease_due, "nod_me", 20, 900)


async def test_what_begins_is_marked_and_loaded(db, send, stored):
    submitted = [await send() for _ in range(3)]
    its = await lease_all(db)
    found = await db.write(batch.begin, [batch.ready(each) for each in its])
    assert set(found.begun) == {each.id for each in its}
    assert found.lost == frozenset()
    for each in submitted:
        [delivery] = each.deliveries
        now = await stored(delivery)
        assert (now.state, now.started) == (State.LEASED, True)
        raw = await db.read(messages.raw, each.message.id)
        assert found.begun[delivery.id].raw == raw
        assert await db.read(batch.load, delivery) == found.begun[delivery.id]


async def test_a_lease_that_was_lost_does_not_begin(db, send):
    await send()
    await send()
    first, second = await lease_all(db)
    back = replace(first, state=State.QUEUED)
    await db.write(deliveries.write, first, back)
    found = await db.write(batch.begin, [batch.ready(each) for each in (first, second)])
    assert (set(found.begun), found.lost) == ({second.id}, {first.id})


async def test_inboxes_that_do_not_send_are_left_out(db, send, inbox):
    other = await add_inbox(db, 2, await add_account(db, 2))
    await send()
    await send(inbox_id=other.id, who=principal(account(2)))
    its = await lease_all(db)
    await db.write(inboxes.update, replace(inbox, state=InboxState.DISABLED))
    found = await db.write(batch.begin, [batch.ready(each) for each in its])
    assert set(found.begun) == {e.id for e in its if e.inbox_id == other.id}
    assert found.lost == frozenset()


async def test_inboxes_in_a_domain_that_another_account_has_are_left_out(db, send):
    mine = await add_inbox(db, 2, address="a@example.com", domain="example.com")
    await send()
    await send(inbox_id=mine.id)
    its = await lease_all(db)
    await add_account(db, 2)
    await db.write(rows.add, domain(of=2, verified_at=BEGINNING))
    found = await db.write(batch.begin, [batch.ready(each) for each in its])
    assert set(found.begun) == {e.id for e in its if e.inbox_id != mine.id}
    assert found.lost == frozenset()


async def test_long_messages_are_left_to_be_read_alone(db, send, monkeypatch):
    monkeypatch.setattr(batch, "RAW_BYTES_MAX", 600)
    await send()
    await send(replace(DRAFT, text="x" * 1000, to=(Mailbox(address="b@example.com"),)))
    its = await lease_all(db)
    found = await db.write(batch.begin, [batch.ready(each) for each in its])
    assert sorted(loaded.raw is None for loaded in found.begun.values()) == [
        False,
        True,
    ]


async def test_nothing_is_nothing(db):
    found = await db.write(batch.begin, [])
    assert (found.begun, found.lost) == ({}, frozenset())
