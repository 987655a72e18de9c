from mailbot_server.core.event import (
    AttemptDetail,
    ContentDetail,
    Event,
    EventType,
)
from mailbot_server.core.usage import Wanted, hour_of
from mailbot_server.store import events
from mailbot_server.store.usage import counts
from mailbot_server.store.usage.counts import Place

ACCOUNT = "acc_1"


def queued(*domains, inbox_id="inb_1", account_id=ACCOUNT):
    return Event(
        type=EventType.MESSAGE_QUEUED,
        account_id=account_id,
        inbox_id=inbox_id,
        detail=ContentDetail(recipient_domains=domains),
    )


def bounced(address, kind, inbox_id="inb_1"):
    return Event(
        type=EventType.MESSAGE_BOUNCED,
        account_id=ACCOUNT,
        inbox_id=inbox_id,
        recipient=address,
        detail=AttemptDetail(bounce_class=kind),
    )


def received(inbox_id="inb_1"):
    return Event(
        type=EventType.MESSAGE_RECEIVED,
        account_id=ACCOUNT,
        inbox_id=inbox_id,
        detail=ContentDetail(),
    )


def emit(tx, *told):
    for each in told:
        tx.emit(each)


async def begin(db):
    for account_id in (ACCOUNT, "acc_2"):
        await db.write(events.open_log, account_id)


def wanted(clock, hours=1, **fields):
    now = hour_of(clock())
    return Wanted(account_id=ACCOUNT, first=now - hours + 1, end=now + 1, **fields)


async def test_pieces_have_what_happened_in_their_hours(db, clock):
    await begin(db)
    await db.write(emit, queued("a.com", "b.com"), bounced("x@a.com", "dns"))
    clock.advance(hours=1)
    await db.write(emit, queued("a.com"), bounced("x@a.com", "policy"), received())
    found = await db.read(counts.pieces, wanted(clock, 2), 1)
    first, second = sorted(found)
    assert second == first + 1 == hour_of(clock())
    assert found[first]["recipients"] == 2
    assert found[first].bounced_by_class == {"dns": 1}
    assert found[second]["received"] == 1
    assert found[second].bounced_by_class == {"policy": 1}
    [whole] = (await db.read(counts.pieces, wanted(clock, 2), 0)).values()
    assert (whole["messages"], whole["recipients"], whole["bounced"]) == (2, 3, 2)
    assert whole.bounced_by_class == {"dns": 1, "policy": 1}
    days = await db.read(counts.pieces, wanted(clock, 2), 24)
    assert sum(each["recipients"] for each in days.values()) == 3


async def test_nothing_happened(db, clock):
    await begin(db)
    assert await db.read(counts.pieces, wanted(clock), 0) == {}
    assert await db.read(counts.by_inbox, wanted(clock), None, 10) == []
    assert await db.read(counts.by_domain, wanted(clock)) == []


async def test_counts_of_one_inbox_of_some_and_of_none(db, clock):
    await begin(db)
    for number in (1, 2, 3):
        told = [queued("a.com", inbox_id=f"inb_{number}")] * number
        await db.write(emit, *told, bounced("x@a.com", "dns", f"inb_{number}"))

    async def recipients(*inbox_ids):
        asked = wanted(clock, inbox_ids=inbox_ids)
        found = await db.read(counts.pieces, asked, 0)
        return [(each["recipients"], each["bounced"]) for each in found.values()]

    assert await recipients("inb_2") == [(2, 1)]
    assert await recipients("inb_1", "inb_3", "inb_4") == [(4, 2)]
    assert await recipients() == []


async def test_nobody_sees_the_counts_of_another_account(db, clock):
    await begin(db)
    await db.write(emit, queued("a.com", account_id="acc_2"))
    assert await db.read(counts.pieces, wanted(clock), 0) == {}
    own = wanted(clock, inbox_ids=("inb_1",))
    assert await db.read(counts.pieces, own, 0) == {}


async def test_for_a_domain_a_message_counts_wherever_it_goes(db, clock):
    await begin(db)
    await db.write(emit, queued("a.com", "b.com", "b.com"), queued("b.com"))
    [both] = (await db.read(counts.pieces, wanted(clock), 0)).values()
    assert (both["messages"], both["recipients"]) == (2, 4)
    one = wanted(clock, domain="b.com")
    [there] = (await db.read(counts.pieces, one, 0)).values()
    assert (there["messages"], there["recipients"]) == (2, 3)


async def test_inboxes_come_in_pages_those_that_wrote_most_first(db, clock):
    await begin(db)
    for number, times in ((1, 2), (2, 3), (3, 2), (4, 1)):
        told = [queued("a.com", inbox_id=f"inb_{number}")] * times
        await db.write(emit, *told)
    everything = await db.read(counts.by_inbox, wanted(clock), None, 10)
    order = [inbox_id for inbox_id, _ in everything]
    assert order == ["inb_2", "inb_1", "inb_3", "inb_4"]
    for place, (inbox_id, found) in enumerate(everything, 1):
        after = Place(found["recipients"], inbox_id)
        rest = await db.read(counts.by_inbox, wanted(clock), after, 10)
        assert rest == everything[place:]


async def test_the_domains_most_was_written_to_at_most_fifty(db, clock):
    await begin(db)
    await db.write(emit, received(), queued("top.com", "top.com"))
    await db.write(emit, queued(*(f"d{number:02}.com" for number in range(60))))
    await db.write(emit, bounced("x@top.com", "dns"))
    found = await db.read(counts.by_domain, wanted(clock))
    assert len(found) == counts.TOP
    domain, first = found[0]
    assert (domain, first["recipients"], first["messages"]) == ("top.com", 2, 1)
    assert first.bounced_by_class == {"dns": 1}
    assert [name for name, _ in found[1:3]] == ["d00.com", "d01.com"]
