"""Rules are created once, changed by whoever saw them last, and deleted."""

from typing import Any

import pytest

from mailbot_server.core.errors import (
    Conflict,
    LimitExceeded,
    NotAllowed,
    NotFound,
    WrongState,
)
from mailbot_server.core.screening.rule import Actions, Conditions, Rule
from mailbot_server.engine.screening import rules
from mailbot_server.engine.screening.rules import NewRule
from mailbot_server.store.database import Database, Transaction
from tests.fakes import tenants
from tests.fakes.clock import FakeClock
from tests.fakes.racing import race
from tests.fakes.tenants import inbox, principal


@pytest.fixture(autouse=True)
async def _tenants(db: Database) -> None:
    await tenants.add_account(db)
    await tenants.add_inbox(db)


async def create(db: Database, **wishes: Any) -> tuple[Rule, bool]:
    plain = {"conditions": Conditions(), "actions": Actions(stop=True)}
    new = NewRule(**{**plain, **wishes})
    return await db.write(rules.create, principal(), new)


async def test_a_rule_is_of_an_inbox_or_of_the_account(db: Database) -> None:
    of_account, _ = await create(db)
    of_inbox, _ = await create(db, inbox=inbox().address)
    assert (of_account.inbox_id, of_inbox.inbox_id) == ("", inbox().id)


async def test_a_request_id_makes_one_rule(db: Database) -> None:
    first, replayed = await create(db, request_id="r", digest=b"1")
    second, again = await create(db, request_id="r", digest=b"1")
    assert (first.id, replayed, again) == (second.id, False, True)
    with pytest.raises(WrongState):
        await create(db, request_id="r", digest=b"2")


async def test_a_change_gives_another_etag(db: Database, clock: FakeClock) -> None:
    made, _ = await create(db)
    clock.advance(seconds=5)
    wish = {"priority": 3}
    changed = await db.write(rules.update, principal(), made.id, wish, made.etag)
    assert (changed.priority, changed.updated_at) == (3, clock())
    assert changed.etag != made.etag
    with pytest.raises(Conflict):
        await db.write(rules.update, principal(), made.id, {"priority": 4}, made.etag)
    again = await db.write(rules.update, principal(), made.id, wish, "")
    assert again == changed


async def test_nobody_else_sees_or_changes_it(db: Database) -> None:
    made, _ = await create(db)
    stranger = principal(await tenants.add_account(db, 2))
    restricted = principal(inbox_ids=(inbox().id,))
    for who in (stranger, restricted):
        with pytest.raises(NotFound):
            await db.read(rules.find, who, made.id)
        with pytest.raises(NotFound):
            await db.write(rules.delete, who, made.id)
    new = NewRule(conditions=Conditions(), actions=Actions(stop=True))
    with pytest.raises(NotAllowed):
        await db.write(rules.create, restricted, new)


async def test_what_is_deleted_is_gone(db: Database) -> None:
    made, _ = await create(db)
    await db.write(rules.delete, principal(), made.id)
    with pytest.raises(NotFound):
        await db.read(rules.find, principal(), made.id)


async def test_there_is_an_end(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RULES_MAX", 1)
    await create(db)
    with pytest.raises(LimitExceeded, match="delete some"):
        await create(db)


async def test_there_is_no_rule_too_many_although_two_are_made_at_once(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "RULES_MAX", 1)
    new = NewRule(conditions=Conditions(), actions=Actions(stop=True))

    def make(tx: Transaction) -> bool:
        rules.create(tx, principal(), new)
        return True

    made, refused = await race(db, make, make)
    assert made is True
    assert isinstance(refused, LimitExceeded)
