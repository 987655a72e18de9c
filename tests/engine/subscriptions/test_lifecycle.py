"""Durable readers: made once, seen by those who may, changed, moved, expired, told of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core.errors import Conflict, CursorGone, LimitExceeded, NotFound
from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.core.subscription import (
    SUBSCRIPTIONS_MAX,
    Kind,
    Mode,
    State,
    Subscription,
)
from mailbot_server.engine import subscriptions as engine
from mailbot_server.engine.subscriptions import lifecycle
from mailbot_server.engine.subscriptions.handing import attach, take
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import rows
from tests.engine.subscriptions.world import (
    WHO,
    begin,
    happen,
    keys,
    new,
    principal,
    trim,
    wish,
)
from tests.fakes.clock import FakeClock
from tests.fakes.racing import race
from tests.fakes.tenants import add_account


async def types(db: Database) -> list[EventType]:
    page = await db.read(events.after, WHO.account_id, 0, EventFilter(), 100)
    return [each.type for each in page.events]


async def actions(db: Database) -> list[str]:
    return await db.read(_actions)


def _actions(tx: Transaction) -> list[str]:
    return [row[0] for row in tx.all("SELECT action FROM audit_entry ORDER BY 1")]


async def test_the_same_request_makes_one(db: Database) -> None:
    made = new(request_id="once", digest=b"d")
    first = await begin(db, made)
    again, replayed = await db.write(engine.create, WHO, made)
    assert (again, replayed) == (first, True)
    assert await types(db) == [EventType.SUBSCRIPTION_CREATED]


async def test_there_are_so_many_and_no_more(db: Database) -> None:
    await begin(db, new())
    for _ in range(SUBSCRIPTIONS_MAX - 1):
        await db.write(engine.create, WHO, new())
    with pytest.raises(LimitExceeded) as caught:
        await db.write(engine.create, WHO, new())
    assert caught.value.reason == "TOO_MANY_SUBSCRIPTIONS"
    assert len(await db.read(engine.listing, WHO)) == SUBSCRIPTIONS_MAX


async def test_there_are_no_more_although_two_are_made_at_once(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "SUBSCRIPTIONS_MAX", 1)
    who = principal((await add_account(db)).id)

    def create(tx: Transaction) -> bool:
        engine.create(tx, who, new())
        return True

    made, refused = await race(db, create, create)
    assert made is True
    assert isinstance(refused, LimitExceeded)
    assert len(await db.read(engine.listing, who)) == 1


async def test_a_restricted_key_sees_what_its_restriction_covers(db: Database) -> None:
    one = principal(inbox_ids=("inb_1",))
    both = principal(inbox_ids=("inb_1", "inb_2"))
    everybodys = await begin(db, new())
    narrow, _ = await db.write(
        engine.create, one, new(filter=EventFilter(visible_inbox_ids=("inb_1",)))
    )
    wide, _ = await db.write(
        engine.create,
        both,
        new(filter=EventFilter(visible_inbox_ids=("inb_1", "inb_2"))),
    )
    assert {s.id for s in await db.read(engine.listing, one)} == {narrow.id}
    assert {s.id for s in await db.read(engine.listing, both)} == {narrow.id, wide.id}
    for hidden in (everybodys, wide):
        with pytest.raises(NotFound):
            await db.read(engine.find, one, hidden.id)
        with pytest.raises(NotFound):
            await db.write(engine.delete, one, hidden.id)
    changes = {"filter": EventFilter(inbox_ids=("inb_1",))}
    changed = await db.write(engine.update, WHO, narrow.id, changes, "")
    assert changed.filter.visible_inbox_ids == ("inb_1",), "whoever changes the filter"


async def test_a_stranger_and_a_webhook_find_nothing(
    db: Database, clock: FakeClock
) -> None:
    made = await begin(db, new())
    with pytest.raises(NotFound):
        await db.read(engine.find, principal("acc_2"), made.id)
    hook = replace(made, id="whk_1", kind=Kind.WEBHOOK)
    await db.write(rows.add, hook)
    with pytest.raises(NotFound):
        await db.read(engine.find, WHO, hook.id)


async def test_how_it_stands_is_counted(db: Database, clock: FakeClock) -> None:
    for mode in Mode:
        who = principal(f"acc_{mode}")
        made = await begin(db, new(mode), who)
        await db.write(happen, 4, who.account_id)
        clock.advance(seconds=7)
        await db.write(attach, who, wish(made))
        _, handed = await db.write(take, wish(made), 1, 3)
        sight = await db.read(engine.see, who, made.id)
        assert (sight.backlog, sight.outstanding, sight.parked) == (4, 3, 0)
        assert sight.oldest_at == clock() - timedelta(seconds=7)
        await db.write(engine.acknowledge, who, made.id, keys(handed.handouts))
        sight = await db.read(engine.see, who, made.id)
        assert (sight.backlog, sight.outstanding) == (1, 0)


async def test_a_stale_etag_changes_nothing(db: Database) -> None:
    made = await begin(db, new())
    changed = await db.write(
        engine.update, WHO, made.id, {"display_name": "x"}, made.etag
    )
    assert changed.etag != made.etag
    with pytest.raises(Conflict):
        await db.write(engine.update, WHO, made.id, {"display_name": "y"}, made.etag)
    same = await db.write(engine.update, WHO, made.id, {"display_name": "x"}, "")
    assert same == changed


async def test_a_seek_stays_inside_what_is_kept(db: Database) -> None:
    made = await begin(db, new())
    await db.write(happen, 4)
    await db.write(trim, 3)
    with pytest.raises(CursorGone):
        await db.write(engine.seek, WHO, made.id, 2)
    moved = await db.write(engine.seek, WHO, made.id, 3)
    assert (moved.acked, moved.generation) == (3, 2)


async def test_what_the_log_has_overtaken_is_marked_once_and_revived(
    db: Database,
) -> None:
    made = await begin(db, new())
    of = made.account_id, made.id
    await db.write(happen, 4)
    assert not await db.write(engine.expire, *of)
    await db.write(trim, 3)
    assert await db.write(engine.expire, *of)
    assert not await db.write(engine.expire, *of)
    assert not await db.write(engine.expire, made.account_id, "sub_9")
    expired = await db.read(engine.find, WHO, made.id)
    assert expired.state is State.EXPIRED
    sight = await db.read(engine.see, WHO, made.id)
    assert (sight.backlog, sight.outstanding) == (6, 0)
    page = await db.read(events.after, made.account_id, 3, EventFilter(), 9)
    assert page.events[-1].type is EventType.SUBSCRIPTION_EXPIRED
    revived: Subscription = await db.write(engine.seek, WHO, made.id, 4)
    assert revived.state is State.ACTIVE


async def test_every_change_is_told_and_written_down(db: Database) -> None:
    made = await begin(db, new())
    await db.write(engine.update, WHO, made.id, {"display_name": "x"}, "")
    await db.write(engine.seek, WHO, made.id, 1)
    await db.write(engine.delete, WHO, made.id)
    assert await types(db) == [
        EventType.SUBSCRIPTION_CREATED,
        EventType.SUBSCRIPTION_DELETED,
    ]
    assert await actions(db) == [
        f"subscription.{verb}" for verb in ("create", "delete", "seek", "update")
    ]
    with pytest.raises(NotFound):
        await db.read(engine.find, WHO, made.id)
