"""One call makes an address; a repeated call makes no second one."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.config import Settings
from mailbot_server.core.errors import (
    AlreadyExists,
    InvalidInput,
    NotAllowed,
    NotFound,
    WrongState,
)
from mailbot_server.core.event import Event, EventFilter, EventType, InboxDetail
from mailbot_server.core.inbox import PERMISSIONS, Inbox, InboxState
from mailbot_server.engine.inboxes import NewInbox, create
from mailbot_server.store import accounts, events, inboxes
from mailbot_server.store.database import Database
from mailbot_server.store.domains import rows
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.domains import domain
from tests.fakes.tenants import BEGINNING, account, add_account, principal

SETTINGS = Settings.model_validate({"sandbox_domain": "mail.example.org"})


async def made(db: Database, **wishes: Any) -> Inbox:
    inbox, replayed = await create(db, SETTINGS, principal(), NewInbox(**wishes))
    assert not replayed
    return inbox


async def log(db: Database) -> list[Event]:
    page = await db.read(events.after, account().id, 0, EventFilter(), 100)
    return page.events


async def test_an_empty_wish_makes_a_sandbox_inbox_with_every_default(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    inbox = await made(db)
    assert re.fullmatch(r"[a-z]+-[a-z]+-[0-9a-z]{8}", inbox.username)
    assert inbox.address == f"{inbox.username}--00000001@mail.example.org"
    assert (inbox.domain, inbox.is_sandbox) == ("mail.example.org", True)
    assert (inbox.permissions, inbox.daily_send_limit) == (PERMISSIONS, 250)
    assert (inbox.state, inbox.etag) == (InboxState.ACTIVE, "v1")
    assert inbox.created_at == inbox.updated_at == clock()
    assert await db.read(inboxes.get, account().id, inbox.id) == inbox


async def test_every_wish_is_honoured(db: Database, clock: FakeClock) -> None:
    await add_account(db)
    end = clock() + timedelta(days=366)
    inbox = await made(
        db,
        username="Support.EU",
        domain="Mail.Example.ORG",
        display_name="Größe 🙂",
        labels=("b", "a", "b"),
        permissions=frozenset({"receive"}),
        daily_send_limit=50,
        metadata={"ticket": "7"},
        expires_at=end,
    )
    assert inbox.address == "support.eu--00000001@mail.example.org"
    assert (inbox.username, inbox.display_name) == ("support.eu", "Größe 🙂")
    assert (inbox.labels, inbox.metadata) == (("a", "b"), {"ticket": "7"})
    assert (inbox.permissions, inbox.daily_send_limit) == (frozenset({"receive"}), 50)
    assert inbox.expires_at == end
    assert await db.read(inboxes.find_by_address, inbox.address) == inbox


async def test_a_new_inbox_is_announced(db: Database, clock: FakeClock) -> None:
    await add_account(db)
    with db.watch("inboxes") as watch:
        inbox = await made(db)
        assert await watch.changed(20)
    (event,) = await log(db)
    assert (event.type, event.inbox_id) == (EventType.INBOX_CREATED, inbox.id)
    assert event.detail == InboxDetail(
        address=inbox.address, state="active", changed_by=principal().key_id
    )


async def test_random_inboxes_are_all_different(db: Database) -> None:
    await add_account(db)
    many = await asyncio.gather(*(made(db) for _ in range(30)))
    assert len({inbox.address for inbox in many}) == 30


async def test_two_accounts_may_choose_the_same_username(db: Database) -> None:
    await add_account(db)
    other = await add_account(db, 2)
    wish = NewInbox(username="support")
    mine, _ = await create(db, SETTINGS, principal(), wish)
    theirs, _ = await create(db, SETTINGS, principal(other), wish)
    assert mine.address != theirs.address


@pytest.mark.parametrize("again", ["support", "SUPPORT"])
async def test_an_address_is_never_given_out_twice(db: Database, again: str) -> None:
    await add_account(db)
    first = await made(db, username="support")
    gone = replace(first, state=InboxState.DISABLED)
    await db.write(inboxes.update, gone)
    with pytest.raises(AlreadyExists) as raised:
        await made(db, username=again)
    assert raised.value.resource_id == first.address
    assert raised.value.resource_type == "inbox"


async def test_a_repeated_request_gives_the_first_inbox_as_it_is_now(
    db: Database, clock: FakeClock, metrics: Metrics
) -> None:
    await add_account(db)
    wish = NewInbox(
        request_id="r1", digest=b"same", expires_at=clock() + timedelta(minutes=1)
    )
    first, _ = await create(db, SETTINGS, principal(), wish)
    renamed = replace(first, display_name="Renamed", version=2)
    await db.write(inboxes.update, renamed)
    clock.advance(hours=23)
    again = await create(db, SETTINGS, principal(), wish)
    assert again == (renamed, True)
    assert len(await log(db)) == 1
    sample = metrics.registry.get_sample_value
    for result in ("new", "replayed"):
        assert sample("mailbot_idempotency_total", {"result": result}) == 1


async def test_racing_repeats_of_one_request_make_one_inbox(db: Database) -> None:
    await add_account(db)
    wish = NewInbox(request_id="r1", digest=b"same")
    calls = [create(db, SETTINGS, principal(), wish) for _ in range(12)]
    answers = await asyncio.gather(*calls)
    assert len({inbox.id for inbox, _ in answers}) == 1
    assert [replayed for _, replayed in answers].count(False) == 1


async def test_a_request_id_with_another_payload_is_refused(
    db: Database, metrics: Metrics
) -> None:
    await add_account(db)
    await made(db, request_id="r1", digest=b"one")
    with pytest.raises(WrongState) as raised:
        await made(db, request_id="r1", digest=b"two")
    assert raised.value.reason == "REQUEST_ID_REUSED"
    sample = metrics.registry.get_sample_value
    assert sample("mailbot_idempotency_total", {"result": "conflict"}) == 1


async def test_a_refused_call_does_not_use_up_its_request_id(db: Database) -> None:
    await add_account(db)
    await made(db, username="support")
    with pytest.raises(AlreadyExists):
        await made(db, username="support", request_id="r1", digest=b"one")
    await made(db, username="sales", request_id="r1", digest=b"two")


async def test_a_key_restricted_to_inboxes_creates_none(db: Database) -> None:
    await add_account(db)
    caller = principal(inbox_ids=("inb_1",))
    with pytest.raises(NotAllowed, match="restricted to inboxes"):
        await create(db, SETTINGS, caller, NewInbox())


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"username": "-a"}, "inbox.username"),
        ({"username": "a--b"}, "inbox.username"),
        ({"username": "x" * 41}, "inbox.username"),
        ({"username": "a@b"}, "inbox.username"),
        ({"username": "ä"}, "inbox.username"),
        ({"domain": "not a domain"}, "inbox.domain"),
        ({"display_name": "a\r\nBcc: b"}, "inbox.display_name"),
        ({"labels": ("ok", "Not OK")}, "inbox.labels[1]"),
        ({"metadata": {"a b": ""}}, "inbox.metadata['a b']"),
        ({"permissions": frozenset({"fly"})}, "inbox.permissions"),
        ({"daily_send_limit": 251}, "inbox.daily_send_limit"),
        ({"daily_send_limit": -1}, "inbox.daily_send_limit"),
    ],
    ids=str,
)
async def test_a_bad_field_is_named(
    db: Database, wishes: dict[str, Any], field: str
) -> None:
    await add_account(db)
    with pytest.raises(InvalidInput) as raised:
        await made(db, **wishes)
    assert [each.field for each in raised.value.violations] == [field]
    assert await log(db) == []


async def test_all_bad_fields_are_named_together(db: Database) -> None:
    await add_account(db)
    with pytest.raises(InvalidInput) as raised:
        await made(db, username="-", daily_send_limit=999)
    named = [each.field for each in raised.value.violations]
    assert named == ["inbox.username", "inbox.daily_send_limit"]


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=366, microseconds=1)])
async def test_an_inbox_ends_in_the_future_but_not_too_far(
    db: Database, clock: FakeClock, ahead: timedelta
) -> None:
    await add_account(db)
    with pytest.raises(InvalidInput) as raised:
        await made(db, expires_at=clock() + ahead)
    assert raised.value.violations[0].field == "inbox.expire_time"


async def test_a_domain_that_is_not_verified_is_refused(db: Database) -> None:
    await add_account(db)
    with pytest.raises(WrongState) as raised:
        await made(db, username="support", domain="Bücher.example")
    error = raised.value
    assert (error.reason, error.kind) == ("DOMAIN_UNVERIFIED", "DOMAIN_VERIFICATION")
    assert error.subject == "xn--bcher-kva.example"
    assert error.details == {"domain": "xn--bcher-kva.example"}


async def test_a_suspended_account_creates_nothing(db: Database) -> None:
    await db.write(accounts.add, account(is_suspended=True))
    with pytest.raises(WrongState) as raised:
        await made(db)
    assert raised.value.reason == "ACCOUNT_SUSPENDED"


async def test_an_account_that_is_not_there_creates_nothing(db: Database) -> None:
    with pytest.raises(NotFound):
        await made(db)


async def test_a_verified_domain_takes_any_username_and_more_mail(
    db: Database,
) -> None:
    await add_account(db)
    await db.write(rows.add, domain(verified_at=BEGINNING))
    new = await made(
        db, username="Sales--EU", domain="Example.com", daily_send_limit=10_000
    )
    assert (new.address, new.domain) == ("sales--eu@example.com", "example.com")
    assert (new.is_sandbox, new.daily_send_limit) == (False, 10_000)
    other = await made(db, domain="example.com")
    assert other.address == f"{other.username}@example.com"
    assert other.daily_send_limit == 250
    with pytest.raises(AlreadyExists, match=r"sales--eu@example\.com"):
        await made(db, username="sales--eu", domain="example.com")


@pytest.mark.parametrize(
    "wishes",
    [
        {"daily_send_limit": 10_001},
        {"username": "a+b"},
        {"username": "a" * 65},
    ],
)
async def test_but_not_everything(db: Database, wishes: dict[str, Any]) -> None:
    await add_account(db)
    await db.write(rows.add, domain(verified_at=BEGINNING))
    with pytest.raises(InvalidInput):
        await made(db, domain="example.com", **wishes)


async def test_an_inbox_gets_no_more_than_its_account(db: Database) -> None:
    await db.write(accounts.add, account(daily_send_limit=500))
    await db.write(rows.add, domain(verified_at=BEGINNING))
    with pytest.raises(InvalidInput, match="at most 500"):
        await made(db, domain="example.com", daily_send_limit=501)
    assert (await made(db, domain="example.com", daily_send_limit=500)) is not None
