"""Suspensions by hand: who may, whose, for how long, and how they end."""

from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.errors import InvalidInput, NotAllowed, NotFound
from mailbot_server.core.shaping import LimitKind, Scope, SiteLimit
from mailbot_server.engine.outbound.suspending import resume, suspend
from mailbot_server.store.deliveries import site_limits, suspensions
from tests.fakes.tenants import account, add_account, add_inbox, principal

OPERATOR = principal(scopes=frozenset({"admin", "operator"}))
WORDS: dict[str, Any] = {"length": None, "reason": "they asked us to"}


async def test_an_inbox_is_suspended_for_five_minutes_by_its_address(db, inbox, clock):
    made = await suspend(db, principal(), Scope.INBOX, inbox.address.upper(), **WORDS)
    assert (made.name, made.account_id) == (inbox.id, inbox.account_id)
    assert (made.by, made.reason) == (principal().key_id, "they asked us to")
    assert made.until - clock() == timedelta(minutes=5)
    assert await db.read(suspensions.list_active) == [made]
    done = await resume(db, principal(), Scope.INBOX, inbox.id)
    assert (done.suspension, done.limits) == (made, 0)
    again = await resume(db, principal(), Scope.INBOX, inbox.id)
    assert again.suspension is None


async def test_a_destination_is_known_by_its_name_in_any_case(db, inbox):
    name = "Bücher.Example."
    made = await suspend(db, OPERATOR, Scope.DESTINATION, name, **WORDS)
    assert (made.name, made.account_id) == ("xn--bcher-kva.example", "")
    site = await suspend(
        *(db, OPERATOR, Scope.DESTINATION, "(MX1|mx2).example.net"), **WORDS
    )
    assert site.name == "(mx1|mx2).example.net"


async def test_with_its_suspension_a_destination_s_limits_end(db, inbox, clock):
    for kind in (LimitKind.CONNECTIONS, LimitKind.MESSAGES_PER_MINUTE):
        limit = SiteLimit(
            site="google",
            kind=kind,
            value=1,
            reason="421",
            until=clock() + timedelta(hours=1),
        )
        await db.write(site_limits.put, limit)
    done = await resume(db, OPERATOR, Scope.DESTINATION, "google")
    assert (done.suspension, done.limits) == (None, 2)
    assert await db.read(site_limits.list_active) == []


@pytest.mark.parametrize("scope", [Scope.DESTINATION, Scope.ACCOUNT])
async def test_only_operators_stop_more_than_an_inbox(db, inbox, scope):
    name = account().id
    with pytest.raises(NotAllowed):
        await suspend(db, principal(), scope, name, **WORDS)
    with pytest.raises(NotAllowed):
        await resume(db, principal(), scope, name)
    made = await suspend(db, OPERATOR, scope, name, **WORDS)
    assert made.scope is scope
    assert made.account_id == (name if scope is Scope.ACCOUNT else "")


async def test_what_is_not_there_or_another_s_is_not_found(db, inbox):
    foreign = await add_inbox(db, 2, await add_account(db, 2))
    for who, scope, name in (
        (OPERATOR, Scope.ACCOUNT, "acc_nobody"),
        (OPERATOR, Scope.INBOX, "inb_nobody"),
        (principal(), Scope.INBOX, foreign.id),
        (principal(), Scope.INBOX, foreign.address),
        (principal(inbox_ids=("inb_other",)), Scope.INBOX, inbox.id),
    ):
        with pytest.raises(NotFound):
            await suspend(db, who, scope, name, **WORDS)
        with pytest.raises(NotFound):
            await resume(db, who, scope, name)
    made = await suspend(db, OPERATOR, Scope.INBOX, foreign.address, **WORDS)
    assert (made.name, made.account_id) == (foreign.id, foreign.account_id)


@pytest.mark.parametrize(
    ("length", "is_allowed"),
    [
        *((timedelta(0), False), (timedelta(seconds=1), True)),
        *((timedelta(days=7), True), (timedelta(days=7, seconds=1), False)),
    ],
)
async def test_a_suspension_is_neither_nothing_nor_for_ever(
    db, inbox, clock, length, is_allowed
):
    words = {"length": length, "reason": ""}
    if not is_allowed:
        with pytest.raises(InvalidInput):
            await suspend(db, principal(), Scope.INBOX, inbox.id, **words)
        return
    made = await suspend(db, principal(), Scope.INBOX, inbox.id, **words)
    assert made.until - clock() == length
