"""What the settings let nothing come of is held when it is accepted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.event import EventType, HoldDetail
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.suppression import Wanted
from mailbot_server.engine import suppressions
from mailbot_server.engine.outbound.routing.stays import HOSTNAME_UNSET, WORDS
from mailbot_server.engine.outbound.submission.submit import Submission, submit
from mailbot_server.store import deliveries
from tests.fakes.drafts import DRAFT
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import add_inbox, principal

TO = ("customer@example.com", "b@example.org", "c@sales.example")
AWAY = replace(DRAFT, to=tuple(Mailbox(address=each) for each in TO))


def away(domain: str, sender: str) -> str:
    """As a server says that may write to example.org only."""
    assert sender == "mailbot.localhost"
    return "" if domain == "example.org" else HOSTNAME_UNSET


@pytest.fixture
def send_from(db, metrics, inbox):
    """Submits with those settings."""

    async def submit_it(draft=AWAY, **changes):
        wanted = Submission(inbox_id=inbox.id, draft=draft, **changes)
        return await submit(db, PATHS, metrics, principal(), wanted, stays=away)

    return submit_it


def states(submitted) -> list[tuple[State, str]]:
    return [(each.state, each.hold_reason) for each in submitted.deliveries]


HELD = (State.HELD, HOSTNAME_UNSET)
QUEUED = (State.QUEUED, "")


async def test_it_is_held_in_the_operation_that_accepts_it(db, send_from, log):
    submitted = await send_from()
    assert states(submitted) == [HELD, QUEUED, HELD]
    message = submitted.message
    sent = await db.read(deliveries.of_messages, [message.id])
    assert sent[message.id] == submitted.deliveries
    assert submitted.deliveries[0].diagnostic == WORDS[HOSTNAME_UNSET]
    first, *told = [each for each in await log() if each.message_id]
    assert first.type is EventType.MESSAGE_QUEUED
    assert [each.type for each in told] == [EventType.MESSAGE_HELD] * 2
    assert [each.recipient for each in told] == [TO[0], TO[2]]
    assert told[0].delivery_id == submitted.deliveries[0].id
    detail = HoldDetail(reason=HOSTNAME_UNSET, explanation=WORDS[HOSTNAME_UNSET])
    assert told[0].detail == detail
    leased = await db.write(deliveries.lease_due, "nod_me", 10, 900)
    assert [each.recipient for each in leased] == [TO[1]]


async def test_an_inbox_of_this_server_gets_its_mail(db, send_from):
    await add_inbox(db, 2, address=TO[2], domain="sales.example", is_sandbox=False)
    assert states(await send_from()) == [HELD, QUEUED, QUEUED]


async def test_what_waits_for_its_time_is_looked_at_then(clock, send_from):
    submitted = await send_from(send_at=clock() + timedelta(hours=1))
    assert states(submitted) == [QUEUED] * 3


async def test_who_is_suppressed_is_not_held(db, send_from, kinds):
    wanted = Wanted(address=TO[0])
    await db.write(suppressions.add, principal(), wanted, "")
    submitted = await send_from()
    assert states(submitted) == [(State.SUPPRESSED, ""), QUEUED, HELD]
    assert (await kinds())[-2:] == ["held", "suppressed"]


async def test_a_preview_says_so_too(send_from, log):
    before = await log()
    submitted = await send_from(validate_only=True)
    assert states(submitted) == [HELD, QUEUED, HELD]
    assert {each.id for each in submitted.deliveries} == {""}
    assert await log() == before


async def test_what_is_released_by_hand_is_leased(db, inbox, send_from):
    await send_from()
    released = await db.write(deliveries.release, inbox.id, HOSTNAME_UNSET, 10)
    assert [each.recipient for each in released] == [TO[0], TO[2]]
    leased = await db.write(deliveries.lease_due, "nod_me", 10, 900)
    assert len(leased) == 3
