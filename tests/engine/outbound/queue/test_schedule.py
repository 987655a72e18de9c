"""Turns between destinations, and no more at a time than allowed."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.message import Guarantee, Stream
from mailbot_server.engine.outbound.queue.schedule import (
    CLAIM_MAX,
    HAND_MAX_FACTOR,
    Planned,
    Schedule,
)
from mailbot_server.engine.outbound.routing.route import Route, Way

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def planned(number: int, domain: str) -> Planned:
    lease = Delivery(
        id=f"dlv_{number}",
        account_id="acc_1",
        inbox_id="inb_1",
        thread_id="thr_1",
        message_id="msg_1",
        recipient=f"user@{domain}",
        domain=domain,
        state=State.LEASED,
        stream=Stream.TRANSACTIONAL,
        guarantee=Guarantee.AT_LEAST_ONCE,
        due_at=NOW,
        queued_at=NOW,
        gives_up_at=NOW,
        updated_at=NOW,
    )
    return Planned(
        lease=lease, route=Route(way=Way.MX, domain=domain, destination=domain)
    )


def fill(schedule: Schedule, *domains: str) -> None:
    for number, domain in enumerate(domains):
        schedule.add(planned(number, domain))


def begun(schedule: Schedule) -> list[Planned]:
    found = []
    while one := schedule.next():
        found.append(one)
    return found


def test_destinations_take_turns():
    schedule = Schedule(at_once=10, per_destination=5)
    fill(schedule, "a", "a", "a", "b", "c", "c")
    assert [p.route.domain for p in begun(schedule)] == ["a", "b", "c", "a", "c", "a"]


def test_one_destination_has_a_few_at_a_time():
    schedule = Schedule(at_once=10, per_destination=2)
    fill(schedule, *["a"] * 5, "b")
    first = begun(schedule)
    assert [p.route.domain for p in first] == ["a", "b", "a"]
    schedule.ended(first[0])
    assert [p.route.domain for p in begun(schedule)] == ["a"]


def test_all_together_have_a_few_at_a_time():
    schedule = Schedule(at_once=2, per_destination=5)
    fill(schedule, "a", "b", "c")
    first = begun(schedule)
    assert len(first) == 2
    schedule.ended(first[0])
    assert [p.route.domain for p in begun(schedule)] == ["c"]


def test_enough_of_one_domain_leaves_room_for_others():
    schedule = Schedule(at_once=50, per_destination=5)
    fill(schedule, *["a"] * CLAIM_MAX, "b")
    assert schedule.crowded() == ["a"]
    assert schedule.room == CLAIM_MAX
    for one in begun(schedule):
        schedule.ended(one)
    assert schedule.crowded() == []


def test_a_full_hand_takes_no_more():
    schedule = Schedule(at_once=2, per_destination=5)
    fill(schedule, *[f"d{number}" for number in range(8)])
    assert schedule.room == 0


def test_a_few_destinations_that_hang_leave_room_for_others():
    schedule = Schedule(at_once=50, per_destination=5)
    fill(schedule, *["a"] * 59, *["b"] * 59, *["c"] * 59, *["d"] * 59)
    assert len(begun(schedule)) == 20
    assert schedule.room == CLAIM_MAX


def test_the_hand_is_finite_even_where_one_destination_serves_many_domains():
    schedule = Schedule(at_once=1, per_destination=1)
    fill(schedule, *["a"] * HAND_MAX_FACTOR)
    assert schedule.room == 0


def test_what_has_not_begun_can_be_given_up():
    schedule = Schedule(at_once=1, per_destination=1)
    fill(schedule, "a", "a", "b")
    [first] = begun(schedule)
    left = schedule.give_up()
    assert sorted(lease.id for lease in left) == ["dlv_1", "dlv_2"]
    assert schedule.in_hand == ["dlv_0"]
    schedule.ended(first)
    assert (schedule.in_hand, schedule.next()) == ([], None)


@given(
    domains=st.lists(st.sampled_from("abcd"), max_size=60),
    at_once=st.integers(1, 10),
    per_destination=st.integers(1, 4),
)
def test_everything_gets_its_turn_once(domains, at_once, per_destination):
    schedule = Schedule(at_once, per_destination)
    fill(schedule, *domains)
    seen: list[str] = []
    running: list[Planned] = []
    while schedule.in_hand:
        running += begun(schedule)
        assert len(running) <= at_once
        for domain in "abcd":
            assert sum(p.route.domain == domain for p in running) <= per_destination
        seen.append(running[0].lease.id)
        schedule.ended(running.pop(0))
    assert sorted(seen) == sorted(f"dlv_{number}" for number in range(len(domains)))
