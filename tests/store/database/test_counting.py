from datetime import UTC, datetime

import pytest

from mailbot_server.core.event import AttemptDetail, ContentDetail, Event, EventType
from mailbot_server.core.usage import hour_of
from mailbot_server.store import events
from mailbot_server.store.database.counting import Tally, write

ACCOUNT = "acc_1"


def event(kind, detail, recipient="", inbox_id="inb_1"):
    return Event(
        type=kind,
        account_id=ACCOUNT,
        inbox_id=inbox_id,
        recipient=recipient,
        detail=detail,
    )


def queued(*domains):
    return event(EventType.MESSAGE_QUEUED, ContentDetail(recipient_domains=domains))


def bounced(address):
    detail = AttemptDetail(bounce_class="dns")
    return event(EventType.MESSAGE_BOUNCED, detail, address)


def emit(tx, *told):
    for each in told:
        tx.emit(each)


def emit_and_fail(tx, each):
    tx.emit(each)
    tx.finish()
    raise ZeroDivisionError


def rows(tx):
    return tx.all(
        "SELECT hour, inbox_id, recipient_domain, messages, recipients, bounced"
        " FROM usage_hour ORDER BY hour, inbox_id, recipient_domain"
    )


def refusals(tx):
    return tx.all(
        "SELECT hour, recipient_domain, bounce_class, amount FROM usage_bounce"
    )


async def test_events_count_in_the_operation_that_appends_them(db, clock):
    await db.write(events.open_log, ACCOUNT)
    hour = hour_of(clock())
    await db.write(emit, queued("a.com", "b.com"), bounced("x@a.com"))
    await db.write(emit, queued("a.com"), bounced("y@a.com"))
    clock.advance(hours=1)
    await db.write(emit, queued("a.com"))
    assert await db.read(rows) == [
        (hour, "inb_1", "a.com", 2, 2, 2),
        (hour, "inb_1", "b.com", 0, 1, 0),
        (hour + 1, "inb_1", "a.com", 1, 1, 0),
    ]
    assert await db.read(refusals) == [(hour, "a.com", "dns", 2)]


async def test_what_is_rolled_back_does_not_count(db):
    await db.write(events.open_log, ACCOUNT)
    with pytest.raises(ZeroDivisionError):
        await db.write(emit_and_fail, queued("a.com"))
    assert await db.read(rows) == []


def test_an_operation_costs_one_statement_for_each_domain():
    ran = []

    class Recording:
        def later(self, sql, *parameters):
            ran.append(parameters)

    told = [("", queued("b.com", "a.com", "b.com")), ("", queued("b.com"))]
    write(Recording(), told, datetime(2026, 3, 2, tzinfo=UTC))
    assert [each[3] for each in ran] == ["a.com", "b.com"]


def test_events_of_an_hour_add_up_by_key():
    tally = Tally()
    for each in (queued("a.com"), queued("a.com"), bounced("x@a.com")):
        tally.add(each, 7)
    [(key, amounts)] = tally.amounts.items()
    assert key == (ACCOUNT, 7, "inb_1", "a.com")
    assert amounts["recipients"] == 2
    assert tally.refusals == {(key, "dns"): 1}
