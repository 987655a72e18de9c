"""Rules come back as they went in, and in their order."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mailbot_server.core.message import Kind
from mailbot_server.core.screening.rule import (
    Actions,
    Conditions,
    HeaderCondition,
    Proof,
    Rule,
)
from mailbot_server.store.database import Database
from mailbot_server.store.screening import rules
from tests.fakes.tenants import BEGINNING

FULL = Conditions(
    senders=("*.example.com",),
    recipients=("me@example.org",),
    tags=("sales",),
    subject_contains=("invoice", "Rechnung"),
    headers=(HeaderCondition(name="X-A", contains="b"), HeaderCondition(name="X-B")),
    authentication=Proof.NOT_ALIGNED,
    larger_than_bytes=5,
    has_attachments=False,
    attachment_endings=(".exe",),
    kinds=(Kind.AUTO_REPLY,),
    is_upstream_spam=True,
)
ALL_ACTIONS = Actions(add_labels=("a", "b"), quarantine=True, reject=True, stop=True)


def rule(number: int = 1, **changes: Any) -> Rule:
    plain = Rule(
        id=f"rul_{number:04d}",
        account_id="acc_1",
        inbox_id="inb_1",
        display_name="Invoices",
        actions=Actions(stop=True),
        created_at=BEGINNING,
        updated_at=BEGINNING,
    )
    return replace(plain, **changes)


async def add(db: Database, *new: Rule) -> None:
    for each in new:
        await db.write(rules.add, each)


async def test_a_rule_comes_back_as_it_went_in(db: Database) -> None:
    full = rule(conditions=FULL, actions=ALL_ACTIONS, priority=-7, is_disabled=True)
    await add(db, full, rule(2))
    assert await db.read(rules.get, "acc_1", full.id) == full
    assert await db.read(rules.get, "acc_1", "rul_0002") == rule(2)
    assert await db.read(rules.get, "acc_2", full.id) is None
    assert await db.read(rules.count, "acc_1") == 2


async def test_a_change_is_kept(db: Database) -> None:
    await add(db, rule())
    later = BEGINNING + timedelta(days=1)
    changed = rule(conditions=FULL, priority=3, version=2, updated_at=later)
    await db.write(rules.update, changed)
    assert await db.read(rules.get, "acc_1", changed.id) == changed


async def test_a_locked_rule_is_the_same(db: Database) -> None:
    await add(db, rule())
    found = await db.write(rules.get, "acc_1", "rul_0001", is_locked=True)
    assert found == rule()


async def test_what_is_deleted_is_gone(db: Database) -> None:
    await add(db, rule())
    await db.write(rules.delete, "rul_0001")
    assert await db.read(rules.get, "acc_1", "rul_0001") is None


async def test_rules_are_asked_by_priority_then_age(db: Database) -> None:
    await add(
        db,
        rule(1, priority=5),
        rule(2, inbox_id="", priority=-5),
        rule(3, priority=-5),
        rule(4, inbox_id="inb_2"),
        rule(5, is_disabled=True),
        rule(6, account_id="acc_2"),
    )
    found = await db.read(rules.asked_for, "acc_1", "inb_1")
    assert [each.id[-1] for each in found] == ["2", "3", "1"]


async def test_pages_go_on_behind_the_last(db: Database) -> None:
    await add(db, rule(1, priority=1), rule(2), rule(3), rule(4, inbox_id=""))

    async def ids(inboxes: Any = None, beyond: Any = None, limit: int = 9) -> list[str]:
        found = await db.read(rules.list_, "acc_1", inboxes, beyond, limit)
        return [each.id[-1] for each in found]

    assert await ids() == ["2", "3", "4", "1"]
    assert await ids(limit=2) == ["2", "3"]
    assert await ids(beyond=(0, "rul_0003")) == ["4", "1"]
    assert await ids(("inb_1",)) == ["2", "3", "1"]
    assert await ids(("", "inb_1")) == ["2", "3", "4", "1"]
    assert await ids(()) == []
