"""Where deliveries lead is found out aside, once for equal domains."""

import asyncio

import pytest

from mailbot_server.engine.outbound.queue.planning import LEARNT_MAX, Planning
from mailbot_server.engine.outbound.routing.route import Route, Unroutable, Way
from mailbot_server.engine.outbound.routing.site import Plan
from tests.engine.outbound.queue.test_schedule import planned


def lease(number: int, domain: str = "a.example"):
    return planned(number, domain).lease


def route(domain: str = "a.example") -> Route:
    return Route(way=Way.MX, domain=domain, destination=domain)


class Names:
    """What DNS says, once it is let to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate = asyncio.Event()
        self.answers: dict[str, str] = {}

    async def plan(self, wanted: Route) -> Plan | Unroutable:
        self.asked.append(wanted.domain)
        await self.gate.wait()
        if wanted.domain not in self.answers:
            return Unroutable(enhanced="4.4.3", diagnostic="no answer")
        return Plan(route=wanted, site=self.answers[wanted.domain])


async def test_equal_domains_wait_for_one_answer():
    names = Names()
    names.answers["a.example"] = "place"
    subject = Planning(names.plan)
    assert subject.wait(lease(1), route())
    assert not subject.wait(lease(2), route())
    look_up = asyncio.create_task(subject.look_up(route()))
    await asyncio.sleep(0)
    assert not subject.wait(lease(3), route())
    names.gate.set()
    found = await look_up
    assert [(each.lease.id, each.site) for each in found] == [
        *(("dlv_1", "place"), ("dlv_2", "place"), ("dlv_3", "place")),
    ]
    assert names.asked == ["a.example"]
    assert subject.sites == {"a.example": "place"}
    assert subject.wait(lease(4), route())


async def test_a_domain_without_an_answer_is_a_destination_of_its_own():
    names = Names()
    names.gate.set()
    subject = Planning(names.plan)
    subject.sites["a.example"] = "where it was"
    subject.wait(lease(1), route())
    [found] = await subject.look_up(route())
    assert found.site == "a.example"
    assert subject.sites == {"a.example": "a.example"}


async def test_what_waits_can_be_given_up():
    subject = Planning(Names().plan)
    subject.wait(lease(1), route())
    subject.wait(lease(2, "b.example"), route("b.example"))
    assert [each.id for each in subject.give_up()] == ["dlv_1", "dlv_2"]
    assert subject.give_up() == []


async def test_a_lookup_that_is_cut_off_leaves_what_waits_to_be_given_up():
    subject = Planning(Names().plan)
    subject.wait(lease(1), route())
    look_up = asyncio.create_task(subject.look_up(route()))
    await asyncio.sleep(0)
    look_up.cancel()
    await asyncio.wait([look_up])
    assert [each.id for each in subject.give_up()] == ["dlv_1"]


async def test_a_lookup_that_fails_leaves_a_destination_of_its_own():
    async def fail(_: Route) -> Plan | Unroutable:
        raise ZeroDivisionError

    subject = Planning(fail)
    subject.wait(lease(1), route())
    with pytest.raises(ZeroDivisionError):
        await subject.look_up(route())
    [found] = subject.unknown(route())
    assert (found.lease.id, found.site) == ("dlv_1", "a.example")
    assert subject.wait(lease(2), route())


async def test_what_was_learnt_is_bounded(monkeypatch):
    monkeypatch.setattr("mailbot_server.engine.outbound.queue.planning.LEARNT_MAX", 3)
    names = Names()
    names.gate.set()
    subject = Planning(names.plan)
    for number in range(5):
        domain = f"d{number}.example"
        names.answers[domain] = "place"
        subject.wait(lease(number, domain), route(domain))
        await subject.look_up(route(domain))
    assert len(subject.sites) == 3 < LEARNT_MAX
    assert "d4.example" in subject.sites
