"""Suppressions are added and removed, once told, and only by whom they concern."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core.bounce import Verdict
from mailbot_server.core.errors import NotAllowed, NotFound
from mailbot_server.core.event import EventFilter, EventType, SuppressionDetail
from mailbot_server.core.suppression import (
    NOTE_MAX,
    SuppressionFilter,
    SuppressionReason,
    Wanted,
)
from mailbot_server.engine import suppressions as engine
from mailbot_server.store import deliveries, events, suppressions
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import account, add_account, add_inbox, principal

BOUNCE, MANUAL, UNSUBSCRIBE, COMPLAINT = SuppressionReason
CAROL = "carol@example.com"
DEAD = Verdict(
    bounce_class="invalid_recipient",
    scope="recipient",
    permanent=True,
    rule_id="no-such",
)
ADDED, REMOVED = EventType.SUPPRESSION_ADDED, EventType.SUPPRESSION_REMOVED


@pytest.fixture
async def inbox(db):
    """The first inbox of the first account."""
    await add_account(db)
    return await add_inbox(db)


@pytest.fixture
async def delivery(db, inbox):
    """A delivery to carol1@example.com."""
    [made] = await add_deliveries(db, inbox, range(1, 2))
    return made


@pytest.fixture
def log(db):
    """The log of the first account."""

    async def read():
        page = await db.read(events.after, account().id, 0, EventFilter(), 500)
        return page.events

    return read


@pytest.fixture
def add(db, inbox):
    """Adds one by hand."""

    async def run(address=CAROL, who=None, inbox="", **wanted):
        asked = Wanted(address=address, **wanted)
        return await db.write(engine.add, who or principal(), asked, inbox)

    return run


async def held(db):
    return await db.read(
        suppressions.list_, account().id, SuppressionFilter(), "", 5000
    )


async def test_adding_is_told_once(db, add, log, clock):
    until = clock() + timedelta(days=1)
    kept = await add(note="asked us to", expires_at=until)
    assert kept.id.startswith("sup_")
    assert (kept.reason, kept.created_at) == (MANUAL, clock())
    assert await held(db) == [kept]
    clock.advance(hours=1)
    assert await add(note="asked us to", expires_at=until) == kept
    [event] = await log()
    assert (event.type, event.recipient, event.inbox_id) == (ADDED, CAROL, "")
    assert event.detail == SuppressionDetail(
        suppression_id=kept.id,
        address=CAROL,
        reason="manual",
        changed_by=principal().key_id,
        note="asked us to",
        expires_at=until,
    )


async def test_a_stronger_reason_takes_over_and_is_told(db, add, log, clock):
    first = await add()
    clock.advance(hours=1)
    now = await add(reason=COMPLAINT)
    assert (now.id, now.reason, now.created_at) == (first.id, COMPLAINT, clock())
    assert await held(db) == [now]
    assert await add(reason=UNSUBSCRIBE) == now
    assert [event.type for event in await log()] == [ADDED, ADDED]


async def test_one_that_is_over_is_added_anew(db, add, log, clock):
    first = await add(reason=COMPLAINT, expires_at=clock() + timedelta(hours=1))
    clock.advance(hours=1)
    now = await add()
    assert now.id != first.id
    assert now.reason is MANUAL
    assert await held(db) == [now]
    assert len(await log()) == 2


async def test_removing_is_told_and_idempotent(db, add, log):
    kept = await add()
    run = (engine.remove, principal(), "Carol@Example.com", "")
    assert await db.write(*run) == kept
    assert await db.write(*run) is None
    assert await held(db) == []
    _, event = await log()
    assert event.type is REMOVED
    assert event.detail.suppression_id == kept.id
    assert event.detail.changed_by == principal().key_id
    again = await add()
    assert again.id != kept.id


async def test_an_inbox_has_its_own(db, add, log, inbox):
    own = await add(inbox=inbox.address)
    assert own.inbox_id == inbox.id
    assert (await log())[-1].inbox_id == inbox.id
    for_all = await add()
    assert for_all.inbox_id == ""
    assert await db.write(engine.remove, principal(), CAROL, inbox.id) == own
    assert await held(db) == [for_all]


async def test_who_is_restricted_names_an_inbox_that_it_may_see(db, add, inbox):
    other = await add_inbox(db, 2)
    who = principal(inbox_ids=(inbox.id,))
    assert (await add(who=who, inbox=inbox.id)).inbox_id == inbox.id
    with pytest.raises(NotAllowed):
        await add(who=who)
    with pytest.raises(NotAllowed):
        await db.write(engine.remove, who, CAROL, "")
    for name in (other.id, other.address, "inb_unknown"):
        with pytest.raises(NotFound):
            await add(who=who, inbox=name)


async def test_another_account_sees_and_removes_nothing(db, add, inbox):
    await add_account(db, 2)
    kept = await add()
    stranger = principal(account(2))
    assert await db.write(engine.remove, stranger, CAROL, "") is None
    assert await held(db) == [kept]
    with pytest.raises(NotFound):
        await add(who=stranger, inbox=inbox.id)


async def test_many_at_the_same_time_are_one(db, add, log):
    kept = await asyncio.gather(*(add() for _ in range(8)))
    assert len(set(kept)) == 1
    assert await held(db) == kept[:1]
    assert len(await log()) == 1


async def test_an_import_counts_what_became_of_its_entries(db, add, log):
    await add("same@example.com")
    await add("weak@example.com", reason=BOUNCE)
    await add("strong@example.com", reason=COMPLAINT)
    names = ("same", "weak", "strong", "new", "new", "new2")
    entries = [Wanted(address=f"{name}@example.com") for name in names]
    done = await db.write(engine.import_, principal(), entries, "")
    assert done == engine.Imported(added=2, changed=1, unchanged=3)
    again = await db.write(engine.import_, principal(), entries, "")
    assert again == engine.Imported(added=0, changed=0, unchanged=6)
    reasons = {each.address.partition("@")[0]: each.reason for each in await held(db)}
    assert reasons == {
        "same": MANUAL,
        "weak": MANUAL,
        "strong": COMPLAINT,
        "new": MANUAL,
        "new2": MANUAL,
    }
    assert len(await log()) == 3 + 3


async def test_of_one_address_in_an_import_the_strongest_counts(db, inbox):
    reasons = (MANUAL, COMPLAINT, BOUNCE)
    entries = [Wanted(address=CAROL, reason=reason) for reason in reasons]
    done = await db.write(engine.import_, principal(), entries, "")
    assert done == engine.Imported(added=1, changed=0, unchanged=2)
    assert [each.reason for each in await held(db)] == [COMPLAINT]


async def test_imports_of_the_same_addresses_at_once_end_in_one_of_each(db, inbox):
    entries = [Wanted(address=f"user{n}@example.com") for n in range(200)]
    done = await asyncio.gather(
        db.write(engine.import_, principal(), entries, ""),
        db.write(engine.import_, principal(), entries[::-1], ""),
        db.write(engine.import_, principal(), entries, ""),
    )
    assert sum(each.added for each in done) == 200
    assert len(await held(db)) == 200


async def test_an_import_of_nothing_is_nothing(db, inbox):
    done = await db.write(engine.import_, principal(), [], "")
    assert done == engine.Imported(added=0, changed=0, unchanged=0)


# --- what mail is the cause of ---


async def test_a_refusal_for_good_suppresses_and_names_its_delivery(db, delivery, log):
    said = "550 5.1.1 " + "No such user " * 100
    kept = await db.write(engine.suppress_refused, delivery, DEAD, said)
    assert kept is not None
    assert (kept.address, kept.inbox_id) == (delivery.recipient, "")
    assert (kept.reason, kept.added_by) == (BOUNCE, "mailbot")
    assert (kept.delivery_id, kept.message_id) == (delivery.id, delivery.message_id)
    assert kept.note == said[:NOTE_MAX]
    event = (await log())[-1]
    assert event.type is ADDED
    assert (event.delivery_id, event.message_id) == (delivery.id, delivery.message_id)
    assert (event.inbox_id, event.thread_id) == (
        *(delivery.inbox_id, delivery.thread_id),
    )
    assert event.detail.inbox_id == ""


@pytest.mark.parametrize(
    "verdict",
    [
        None,
        replace(DEAD, permanent=False),
        replace(DEAD, scope="policy"),
        replace(DEAD, scope="reputation"),
    ],
)
async def test_other_refusals_suppress_nobody(db, delivery, log, verdict):
    kept = await db.write(engine.suppress_refused, delivery, verdict, "no")
    assert kept is None
    assert await held(db) == []
    assert ADDED not in {event.type for event in await log()}


async def test_a_bounce_never_weakens_or_shortens(db, add, delivery, log, clock):
    until = clock() + timedelta(days=1)
    strong = await add(delivery.recipient, reason=COMPLAINT, expires_at=until)
    assert await db.write(engine.suppress_refused, delivery, DEAD, "no") is None
    assert await held(db) == [strong]
    assert len([e for e in await log() if e.type is ADDED]) == 1


async def test_a_complaint_takes_the_place_of_a_bounce(db, delivery):
    await db.write(engine.suppress_refused, delivery, DEAD, "no")
    kept = await db.write(engine.suppress_recipient, delivery, COMPLAINT)
    assert kept is not None
    assert [each.reason for each in await held(db)] == [COMPLAINT]
    again = await db.write(engine.suppress_recipient, delivery, COMPLAINT)
    assert again is None


async def test_who_unsubscribes_from_an_inbox_hears_from_others(db, delivery, inbox):
    def run(tx):
        return engine.suppress_recipient(
            tx, delivery, UNSUBSCRIBE, inbox_id=delivery.inbox_id
        )

    await db.write(run)
    whom = [delivery.recipient]
    find = engine.found_for
    assert set(await db.read(find, account().id, inbox.id, whom)) == set(whom)
    assert await db.read(find, account().id, "inb_other", whom) == {}


async def test_a_wrong_bounce_is_lifted_and_nothing_else(db, add, delivery, log):
    await db.write(engine.suppress_refused, delivery, DEAD, "no")
    lifted = await db.write(engine.lift, delivery)
    assert lifted is not None
    assert await held(db) == []
    event = (await log())[-1]
    assert (event.type, event.delivery_id) == (REMOVED, delivery.id)
    assert event.detail.changed_by == "mailbot"
    assert await db.write(engine.lift, delivery) is None
    await db.write(engine.suppress_refused, delivery, DEAD, "no")
    by_hand = await add(delivery.recipient)
    assert await db.write(engine.lift, delivery) is None
    assert await held(db) == [by_hand]


async def test_recipients_are_found_as_they_were_spelt(db, add, inbox):
    kept = await add("carol@xn--bcher-kva.example")
    whom = ["Carol@bücher.example", "carol+tag@xn--bcher-kva.example"]
    found = await db.read(engine.found_for, account().id, inbox.id, whom)
    assert found == {whom[0]: kept}


async def test_the_cause_tells_no_note(add):
    kept = await add(note="private", reason=COMPLAINT)
    told = engine.cause(kept)
    assert told == SuppressionDetail(
        suppression_id=kept.id, address=CAROL, reason="complaint"
    )


async def test_a_delivery_of_another_account_is_not_concerned(db, delivery):
    assert await db.read(deliveries.get, "acc_other", delivery.id) is None
    await db.write(engine.suppress_refused, delivery, DEAD, "no")
    other = replace(delivery, account_id="acc_other")
    assert await db.write(engine.lift, other) is None
    assert len(await held(db)) == 1
