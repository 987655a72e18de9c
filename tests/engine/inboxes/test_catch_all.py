"""One inbox of a domain takes the rest, and gives it up when it ends."""

import asyncio

import pytest

from mailbot_server.config import Settings
from mailbot_server.core.errors import AlreadyExists, InvalidInput
from mailbot_server.core.inbox import Inbox
from mailbot_server.engine.inboxes import (
    Change,
    NewInbox,
    activate,
    create,
    disable,
    update,
)
from mailbot_server.store import inboxes
from mailbot_server.store.database import Database
from mailbot_server.store.domains import rows
from tests.fakes.domains import domain
from tests.fakes.tenants import BEGINNING, account, add_account, principal

SETTINGS = Settings.model_validate({"sandbox_domain": "mail.example.org"})


@pytest.fixture
async def owned(db: Database) -> None:
    """An account that has verified example.com."""
    await add_account(db)
    await db.write(rows.add, domain(verified_at=BEGINNING))


async def made(db: Database, name: str, **wishes: object) -> Inbox:
    new = NewInbox(username=name, domain="example.com", **wishes)  # type: ignore[arg-type]
    inbox, _ = await create(db, SETTINGS, principal(), new)
    return inbox


async def catching(db: Database, inbox: Inbox, *, is_on: bool = True) -> Inbox:
    change = Change(fields=frozenset({"catch_all"}), is_catch_all=is_on)
    return await update(db, principal(), inbox.id, change)


@pytest.mark.usefixtures("owned")
async def test_one_inbox_takes_what_no_other_does(db: Database) -> None:
    first = await made(db, "rest", is_catch_all=True)
    assert await db.read(inboxes.catch_all, "example.com") == first
    assert await db.read(inboxes.catch_all, "example.org") is None
    asked = ["nobody@example.com", "nobody@example.org"]
    assert await db.read(inboxes.hosted, asked) == {"nobody@example.com"}


@pytest.mark.usefixtures("owned")
async def test_a_second_one_is_refused_until_the_first_gives_it_up(
    db: Database,
) -> None:
    first = await made(db, "rest", is_catch_all=True)
    other = await made(db, "sales")
    with pytest.raises(AlreadyExists, match=r"rest@example\.com"):
        await catching(db, other)
    with pytest.raises(AlreadyExists):
        await made(db, "third", is_catch_all=True)
    await catching(db, first, is_on=False)
    assert (await catching(db, other)).is_catch_all


@pytest.mark.usefixtures("owned")
async def test_a_disabled_inbox_no_longer_takes_the_rest(db: Database) -> None:
    first = await made(db, "rest", is_catch_all=True)
    await disable(db, principal(), first.id, etag="")
    assert await db.read(inboxes.catch_all, "example.com") is None
    await made(db, "other", is_catch_all=True)
    assert not (await activate(db, principal(), first.id)).is_catch_all


@pytest.mark.usefixtures("owned")
async def test_of_several_at_once_one_is_first(db: Database) -> None:
    some = [await made(db, f"inbox{number}") for number in range(4)]
    tries = [catching(db, each) for each in some]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, Inbox) for each in ended) == 1
    assert sum(isinstance(each, AlreadyExists) for each in ended) == 3


async def test_the_sandboxs_domain_has_none(db: Database) -> None:
    await add_account(db)
    wish = NewInbox(username="rest", is_catch_all=True)
    with pytest.raises(InvalidInput, match="domain of the account"):
        await create(db, SETTINGS, principal(account()), wish)
