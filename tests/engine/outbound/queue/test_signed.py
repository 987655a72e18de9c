"""Mail of a domain with keys leaves signed, or not at all."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import dkim
import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import State
from mailbot_server.core.domain.key import KeyState, StoredKey
from mailbot_server.core.event import EventType
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.engine.outbound.queue import lease as leases
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.store.domains import keys as domain_keys
from tests.fakes.copies import copies
from tests.fakes.domain_keys import ED25519, RSA, add_key, answering, stored_key
from tests.fakes.drafts import DRAFT
from tests.fakes.remote_mta import RemoteMta
from tests.fakes.resolver import FakeResolver
from tests.fakes.tenants import add_inbox

URL = "https://m.example.com"
NODE = "nod_00000000000000000000000001"
FUTURE = datetime(2026, 3, 2, 12, 0, tzinfo=UTC) + timedelta(hours=1)


@pytest.fixture
def queue_to(db, clock, metrics, entropy, signer):
    """A queue that hands mail for example.com to this server."""

    def queue(mta: RemoteMta, **changes: str) -> Queue:
        way = {"domain": "example.com", "host": mta.host, "port": mta.port}
        made = load(hostname="mail.example.net", routes=[way], **changes)
        its = copies(db, made.public_url)
        attempts = Attempts(db, made, FakeResolver(), signer, its)
        return Queue(db, made, attempts, NODE)

    return queue


@pytest.fixture
async def own_domain(db, inbox):
    """An inbox at example.com, a domain of the account with these keys."""

    async def begin(*keys: StoredKey):
        for key in keys:
            await db.write(add_key, key)
        return await add_inbox(
            db, 2, address="a@example.com", username="a", domain="example.com"
        )

    return begin


async def test_mail_leaves_signed_by_every_active_key_of_its_domain(
    queue_to, send, own_domain, clock
):
    clock.now = datetime.now(tz=UTC)  # which dkimpy asks for itself
    keys = (stored_key(RSA), stored_key(ED25519, 2))
    mine = await own_domain(*keys)
    await send(inbox_id=mine.id)
    async with RemoteMta() as mta:
        await queue_to(mta).step()
    [taken] = mta.accepted
    answer = answering(*keys)
    for number in range(2):
        assert dkim.DKIM(taken.data).verify(idx=number, dnsfunc=answer)


async def test_each_copy_of_a_tracked_message_is_signed_with_its_own_links(
    queue_to, send, own_domain, clock
):
    clock.now = datetime.now(tz=UTC)
    keys = (stored_key(RSA), stored_key(ED25519, 2))
    mine = await own_domain(*keys)
    draft = replace(
        DRAFT,
        to=(Mailbox(address="ann@example.com"), Mailbox(address="bob@example.com")),
        html='<a href="https://example.org/">x</a>',
    )
    await send(
        draft,
        inbox_id=mine.id,
        tracking=Tracking(opens=True, clicks=True),
        one_click_unsubscribe=True,
        public_url=URL,
    )
    async with RemoteMta() as mta:
        await queue_to(mta, public_url=URL).step()
    first, second = (taken.data for taken in mta.accepted)
    assert first.partition(b"\r\nDate:")[0] != second.partition(b"\r\nDate:")[0]
    answer = answering(*keys)
    for data in (first, second):
        signed = re.search(rb"h=([^;]+);", data)
        assert signed is not None
        for name in (b"list-unsubscribe:", b"list-unsubscribe-post:"):
            assert name in b"".join(signed[1].lower().split()) + b":"
        for number in range(2):
            assert dkim.DKIM(data).verify(idx=number, dnsfunc=answer)


async def test_a_later_attempt_hands_over_the_same_copy(queue_to, send, clock):
    await send(
        replace(DRAFT, html='<a href="https://example.org/">x</a>'),
        tracking=Tracking(opens=True, clicks=True),
        public_url=URL,
    )
    async with RemoteMta() as mta:
        mta.script["EOD"] = ["451 4.3.0 Later", "250 OK"]
        subject = queue_to(mta, public_url=URL)
        await subject.step()
        clock.advance(hours=1)
        await subject.step()
    first, second = (taken.data for taken in mta.transactions)
    assert first == second
    assert b"https://m.example.com/c/" in first


@pytest.mark.parametrize("now", ["mailbot.localhost", "another.example"])
async def test_mail_of_the_sandbox_without_keys_leaves_as_it_is(queue_to, send, now):
    """Also from inboxes of a domain that was the sandbox's before."""
    await send()
    async with RemoteMta() as mta:
        await queue_to(mta, sandbox_domain=now).step()
    [taken] = mta.accepted
    assert b"DKIM-Signature" not in taken.data


async def test_d21_mail_of_a_domain_that_has_no_keys_waits_for_some(
    queue_to, db, send, stored, own_domain
):
    mine = await own_domain()
    submitted = await send(inbox_id=mine.id)
    async with RemoteMta() as mta:
        subject = queue_to(mta)
        assert await subject.step() == 0
        assert mta.sessions == []
        now = await stored(submitted.deliveries[0])
        assert (now.state, now.hold_reason) == (State.HELD, "dkim_unavailable")
        assert "rotate" in now.diagnostic
        await db.write(add_key, stored_key())
        assert await leases.release_signable(db, mine.account_id, "example.com") == 1
        await subject.step()
    [taken] = mta.accepted
    assert taken.data.startswith(b"DKIM-Signature:")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"state": KeyState.PENDING}, "publish its records", id="pending"),
        pytest.param({"state": KeyState.RETIRED}, "publish its records", id="retired"),
        pytest.param({"sealed_private": b""}, "cannot be used", id="lost"),
        pytest.param({"created_at": FUTURE}, "clock", id="clock-skew"),
    ],
)
async def test_d21_mail_that_cannot_be_signed_is_held_and_never_leaves_unsigned(
    queue_to, send, stored, own_domain, log, changes, words
):
    mine = await own_domain(stored_key(**changes))
    submitted = await send(inbox_id=mine.id)
    async with RemoteMta() as mta:
        assert await queue_to(mta).step() == 0
        assert mta.sessions == []
    now = await stored(submitted.deliveries[0])
    assert (now.state, now.hold_reason) == (State.HELD, "dkim_unavailable")
    assert words in now.diagnostic
    told = (await log())[-1]
    assert told.type is EventType.MESSAGE_HELD
    assert words in told.detail.explanation


async def test_d21_what_was_held_leaves_once_a_key_is_active(
    queue_to, db, send, stored, own_domain, kinds
):
    waiting = stored_key(state=KeyState.PENDING, activated_at=None)
    mine = await own_domain(waiting, stored_key(ED25519, 2))
    submitted = await send(inbox_id=mine.id)
    async with RemoteMta() as mta:
        subject = queue_to(mta)
        await subject.step()
        await db.write(domain_keys.write, replace(waiting, state=KeyState.ACTIVE))
        assert await leases.release_signable(db, mine.account_id, "example.org") == 0
        assert await leases.release_signable(db, mine.account_id, "example.com") == 1
        await subject.step()
    assert (await stored(submitted.deliveries[0])).state is State.DELIVERED
    assert (await kinds())[:3] == ["queued", "held", "released"]
    [taken] = mta.accepted
    assert taken.data.startswith(b"DKIM-Signature:")
