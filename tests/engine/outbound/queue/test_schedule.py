"""Turns between destinations, and no more at a time than allowed."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.config import load
from mailbot_server.core.delivery import Deferred, Delivery, Stage, State, Trace
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee, Stream
from mailbot_server.core.shaping import LimitKind, Scope, SiteLimit, Suspension
from mailbot_server.engine.outbound.queue.schedule import (
    CLAIM_MAX,
    CROWD,
    HAND_MAX_FACTOR,
    Planned,
    Schedule,
)
from mailbot_server.engine.outbound.queue.sites import FRESH_ATTEMPTS, Sites
from mailbot_server.engine.outbound.routing.route import Route, Way

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TRACE = Trace(stage=Stage.CONNECT, reply=Reply(code=0), started_at=NOW)


def planned(number: int, domain: str, way: Way = Way.PINNED) -> Planned:
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
    route = Route(way=way, domain=domain, destination=domain)
    return Planned(lease=lease, route=route, site=domain)


def schedule_of(at_once: int, per_destination: int) -> tuple[Schedule, Sites]:
    sites = Sites(
        load(
            delivery_concurrency=at_once,
            delivery_per_destination=per_destination,
            delivery_per_destination_max=per_destination,
        )
    )
    return Schedule(at_once, sites), sites


def fill(
    schedule: Schedule, *domains: str, way: Way = Way.PINNED, first: int = 0
) -> None:
    for number, domain in enumerate(domains, first):
        schedule.add(planned(number, domain, way))


def begun(schedule: Schedule) -> list[Planned]:
    found = []
    while one := schedule.next(NOW):
        found.append(one)
    return found


def domains_of(found: list[Planned]) -> list[str]:
    return [each.route.domain for each in found]


def test_destinations_take_turns():
    schedule, _ = schedule_of(10, 5)
    fill(schedule, "a", "a", "a", "b", "c", "c")
    assert domains_of(begun(schedule)) == ["a", "b", "c", "a", "c", "a"]


def test_one_destination_has_a_few_at_a_time():
    schedule, _ = schedule_of(10, 2)
    fill(schedule, *["a"] * 5, "b")
    first = begun(schedule)
    assert domains_of(first) == ["a", "b", "a"]
    schedule.ended(first[0])
    assert domains_of(begun(schedule)) == ["a"]


def test_what_is_over_makes_room_and_stays_in_hand_until_it_is_written_down():
    schedule, _ = schedule_of(2, 1)
    fill(schedule, "a", "a")
    [first] = begun(schedule)
    schedule.freed(first)
    [second] = begun(schedule)
    assert sorted(p.lease.id for p in (first, second)) == schedule.in_hand
    assert not schedule.freed(first)
    schedule.ended(first)
    assert schedule.in_hand == [second.lease.id]
    assert begun(schedule) == []
    schedule.ended(second)
    assert schedule.in_hand == []
    assert schedule.waiting == 0


def test_all_together_have_a_few_at_a_time():
    schedule, _ = schedule_of(2, 5)
    fill(schedule, "a", "b", "c")
    first = begun(schedule)
    assert len(first) == 2
    schedule.ended(first[0])
    assert domains_of(begun(schedule)) == ["c"]


def test_many_that_never_answered_leave_slots_for_those_that_have():
    schedule, _ = schedule_of(50, 5)
    fill(schedule, *[f"dead{n % 100}" for n in range(500)], way=Way.MX)
    first = begun(schedule)
    assert len(first) == 30
    fill(schedule, "good", "good", first=1000)
    assert domains_of(begun(schedule)) == ["good", "good"]


def test_one_that_never_answered_begins_with_a_few():
    schedule, _ = schedule_of(50, 5)
    fill(schedule, *["new"] * 10, way=Way.MX)
    assert len(begun(schedule)) == FRESH_ATTEMPTS


def test_those_that_fail_have_the_fewest_slots():
    schedule, sites = schedule_of(50, 5)
    names = [f"dead{n}" for n in range(40)]
    for name in names:
        sites.enter(name, is_named=False)
        sites.learn(name, Deferred(trace=TRACE), 1, NOW)
    fill(schedule, *names * 5, way=Way.MX)
    assert len(begun(schedule)) == 10


def test_one_that_began_to_fail_while_somebody_is_preferred_there_has_no_more_slots():
    schedule, sites = schedule_of(5, 4)
    fill(schedule, "f1", "f2", "f3", way=Way.MX)
    first = begun(schedule)
    for each in of("acc_2", *(planned(n, "dead", Way.MX) for n in (100, 101))):
        schedule.add(each)
    sites.learn("dead", Deferred(trace=TRACE), 1, NOW)
    schedule.look_again()
    assert domains_of(begun(schedule)) == ["dead"]
    end(schedule, first[0])
    assert begun(schedule) == []


def test_enough_of_one_domain_leaves_room_for_others():
    schedule, _ = schedule_of(50, 5)
    fill(schedule, *["a"] * CROWD, "b")
    assert schedule.crowded == {("acc_1", "a")}
    assert schedule.room(NOW) == CLAIM_MAX
    freed = 0
    while found := begun(schedule):
        freed += sum(schedule.ended(one) for one in found)
    assert (schedule.crowded, freed) == (frozenset(), 1)


def test_accounts_take_turns_at_one_destination():
    schedule, _ = schedule_of(10, 1)
    fill(schedule, *["a"] * CROWD)
    late = planned(900, "a")
    lease = replace(late.lease, account_id="acc_2")
    schedule.add(replace(late, lease=lease))
    assert schedule.crowded == {("acc_1", "a")}
    ids = []
    for _ in range(2):
        [one] = begun(schedule)
        ids.append(one.lease.account_id)
        schedule.ended(one)
    assert ids == ["acc_1", "acc_2"]


def of(account_id: str, *its: Planned) -> list[Planned]:
    return [replace(p, lease=replace(p.lease, account_id=account_id)) for p in its]


def test_whoever_has_nothing_under_way_does_not_wait_behind_many_slow_destinations():
    schedule, _ = schedule_of(4, 1)
    fill(schedule, *[f"slow{number}" for number in range(12)])
    first = begun(schedule)
    for each in of("acc_2", *(planned(100 + n, f"b{n}") for n in range(3))):
        schedule.add(each)
    end(schedule, first[0])
    [single] = begun(schedule)
    assert single.site == "b0"
    # Then it has its turn as everybody, and never less than one at a time.
    end(schedule, first[1])
    assert domains_of(begun(schedule)) == ["slow4"]
    end(schedule, single)
    assert domains_of(begun(schedule)) == ["b1"]


def test_whoever_has_nothing_under_way_is_next_at_a_destination_that_was_full():
    schedule, _ = schedule_of(2, 1)
    fill(schedule, "a", "b", "a", "a", "c", "d")
    for number, account_id in enumerate(("acc_2", "acc_3"), 100):
        [late] = of(account_id, planned(number, "a"))
        schedule.add(late)
    slow, other = begun(schedule)
    end(schedule, slow)
    [second] = begun(schedule)
    assert (second.site, second.lease.account_id) == ("a", "acc_2")
    end(schedule, second)
    assert [each.lease.account_id for each in begun(schedule)] == ["acc_3"]
    assert other.site == "b"


def test_whoever_has_nothing_under_way_does_not_wait_for_one_that_is_full():
    schedule, _ = schedule_of(3, 1)
    fill(schedule, "full", *[f"slow{number}" for number in range(6)])
    first = begun(schedule)
    for each in of("acc_2", planned(100, "full"), planned(101, "free")):
        schedule.add(each)
    end(schedule, first[1])
    assert domains_of(begun(schedule)) == ["free"]


def test_whoever_has_nothing_under_way_does_not_wait_for_those_that_fail():
    schedule, sites = schedule_of(5, 4)
    fill(schedule, "dead", "dead", way=Way.MX)
    sites.learn("dead", Deferred(trace=TRACE), 1, NOW)
    fill(schedule, *[f"slow{number}" for number in range(8)], first=10)
    schedule.look_again()
    first = begun(schedule)
    assert domains_of(first).count("dead") == 1
    dead, good, better = (
        *of("acc_2", planned(100, "dead", Way.MX)),
        *of("acc_2", planned(101, "good"), planned(102, "better")),
    )
    for each in (dead, good, better):
        schedule.add(each)
    end(schedule, next(each for each in first if each.site != "dead"))
    [single] = begun(schedule)
    assert single.site == "good"
    end(schedule, single)
    assert domains_of(begun(schedule)) == ["better"]


def test_whoever_has_nothing_under_way_is_next_once_a_rate_lets_it_go():
    schedule, sites = schedule_of(2, 5)
    fill(schedule, *[f"slow{number}" for number in range(6)])
    for number, account_id in enumerate(("acc_2", "acc_3"), 100):
        [each] = of(account_id, planned(number, "limited"))
        schedule.add(each)
    sites.add_limit(rate("limited", 10))
    first, only = begun(schedule)
    assert only.lease.account_id == "acc_2"
    end(schedule, only)
    assert domains_of(begun(schedule)) == ["slow1"]
    end(schedule, first)
    schedule.look_again()
    late = schedule.next(NOW + timedelta(seconds=6.1))
    assert late is not None
    assert late.lease.account_id == "acc_3"


def test_who_is_preferred_and_given_up_or_left_alone_is_not_waited_for():
    schedule, sites = schedule_of(1, 1)
    fill(schedule, "a", "b")
    [running] = begun(schedule)
    for each in of("acc_2", planned(100, "c"), planned(101, "d")):
        schedule.add(each)
    sites.suspended = {"c": suspended("c")}
    assert [lease.id for lease in schedule.shed(NOW)] == ["dlv_100"]
    end(schedule, running)
    assert domains_of(begun(schedule)) == ["b"]
    schedule.give_up()
    assert schedule.next(NOW) is None


def test_a_destination_is_full_at_last_whoever_sends_there():
    schedule, _ = schedule_of(50, 1)
    for number in range(3 * CROWD):
        one = planned(number, "a")
        lease = replace(one.lease, account_id=f"acc_{number % 40}")
        assert schedule.full == frozenset()
        schedule.add(replace(one, lease=lease))
    assert schedule.full == {"a"}
    assert len(schedule.crowded) == 40


def test_a_full_hand_takes_no_more():
    schedule, _ = schedule_of(2, 5)
    fill(schedule, *[f"d{number}" for number in range(8)])
    assert schedule.room(NOW) == 0


def test_what_is_still_to_be_planned_is_in_hand():
    schedule, _ = schedule_of(2, 5)
    for number in range(8):
        schedule.take(planned(number, f"d{number}").lease)
    assert (schedule.room(NOW), schedule.waiting, len(schedule.in_hand)) == (0, 8, 8)
    schedule.drop(planned(0, "d0").lease)
    assert schedule.room(NOW) == 1
    schedule.add(planned(1, "d1"))
    assert schedule.room(NOW) == 1


def test_a_few_destinations_that_hang_leave_room_for_others():
    schedule, _ = schedule_of(50, 5)
    fill(schedule, *["a"] * 59, *["b"] * 59, *["c"] * 59, *["d"] * 59)
    assert len(begun(schedule)) == 20
    assert schedule.room(NOW) == CLAIM_MAX


def test_the_hand_is_finite_even_where_one_destination_serves_many_domains():
    schedule, _ = schedule_of(1, 1)
    fill(schedule, *["a"] * HAND_MAX_FACTOR)
    assert schedule.room(NOW) == 0


def test_what_has_not_begun_can_be_given_up():
    schedule, _ = schedule_of(1, 1)
    fill(schedule, "a", "a", "b")
    [first] = begun(schedule)
    left = schedule.give_up()
    assert sorted(lease.id for lease in left) == ["dlv_1", "dlv_2"]
    assert schedule.in_hand == ["dlv_0"]
    schedule.ended(first)
    assert (schedule.in_hand, schedule.next(NOW)) == ([], None)


def suspended(name: str) -> Suspension:
    return Suspension(
        id="sus_1",
        scope=Scope.DESTINATION,
        name=name,
        reason="why",
        by="operator",
        created_at=NOW,
        until=NOW,
    )


@pytest.mark.parametrize("name", ["a", "b"])
def test_what_waits_for_one_that_is_left_alone_goes_back(name):
    schedule, sites = schedule_of(1, 1)
    fill(schedule, "a", "a", "b", "b")
    [running] = begun(schedule)
    sites.suspended = {name: suspended(name)}
    left = schedule.shed(NOW)
    assert {lease.domain for lease in left} == {name}
    schedule.ended(running)
    rest = begun(schedule)
    assert domains_of(rest) == ["b" if name == "a" else "a"]


def test_a_site_named_as_a_domain_of_others_takes_theirs_not_along():
    schedule, sites = schedule_of(1, 1)
    schedule.add(replace(planned(1, "big.example"), site="big"))
    schedule.add(replace(planned(2, "a.example"), site="big.example"))
    sites.suspended = {
        "big.example": Suspension(
            id="sus_1",
            scope=Scope.DESTINATION,
            name="big.example",
            reason="why",
            by="automatic",
            created_at=NOW,
            until=NOW,
        )
    }
    assert [lease.domain for lease in schedule.shed(NOW)] == ["a.example"]


def rate(site: str, per_minute: int) -> SiteLimit:
    return SiteLimit(
        site=site,
        kind=LimitKind.MESSAGES_PER_MINUTE,
        value=per_minute,
        reason="why",
        until=NOW,
    )


def test_a_rate_says_how_long_to_wait():
    schedule, sites = schedule_of(50, 50)
    fill(schedule, *["a"] * 20)
    sites.add_limit(rate("a", 120))
    # Six seconds' worth at once, and then one every half second.
    assert len(begun(schedule)) == 12
    assert schedule.wait == pytest.approx(0.5, abs=0.01)
    schedule.look_again()
    assert schedule.next(NOW + timedelta(seconds=0.4)) is None
    schedule.look_again()
    assert schedule.next(NOW + timedelta(seconds=0.51)) is not None


@given(
    owners=st.lists(st.sampled_from("abcd"), max_size=60),
    destinations=st.lists(st.sampled_from("wxyz"), max_size=60),
    each_bears=st.integers(1, 3),
    order=st.randoms(use_true_random=False),
)
def test_whoever_has_nothing_under_way_is_never_passed_over(
    owners, destinations, each_bears, order
):
    schedule, _ = schedule_of(3, each_bears)
    waiting: dict[str, Planned] = {}
    for number, (owner, name) in enumerate(zip(owners, destinations, strict=False)):
        [each] = of(owner, planned(number, name))
        schedule.add(each)
        waiting[each.lease.id] = each
    running: list[Planned] = []
    while schedule.in_hand:
        while one := schedule.next(NOW):
            under_way = {each.lease.account_id for each in running}
            busy = Counter(each.site for each in running)
            quiet = {
                each.lease.account_id
                for each in waiting.values()
                if busy[each.site] < each_bears
            } - under_way
            assert not quiet or one.lease.account_id in quiet
            running.append(one)
            del waiting[one.lease.id]
        schedule.ended(running.pop(order.randrange(len(running))))
    assert not waiting
    assert not schedule._waits
    assert not schedule._under_way


@given(
    domains=st.lists(st.sampled_from("abcd"), max_size=60),
    at_once=st.integers(1, 10),
    per_destination=st.integers(1, 4),
    way=st.sampled_from([Way.MX, Way.PINNED]),
)
def test_everything_gets_its_turn_once(domains, at_once, per_destination, way):
    schedule, _ = schedule_of(at_once, per_destination)
    fill(schedule, *domains, way=way)
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


def end(schedule: Schedule, *its: Planned) -> None:
    for each in its:
        schedule.ended(each)


def test_as_many_are_made_ready_as_ended_while_one_was():
    schedule, _ = schedule_of(20, 4)
    fill(schedule, *["a"] * 12)
    first = begun(schedule)
    assert len(first) == 4
    end(schedule, *first[:3])
    second = begun(schedule)
    assert len(second) == 3
    # None ended while the fourth was made ready, three while it spoke.
    schedule.ready(second[0])
    assert begun(schedule) == []
    schedule.ready(first[3])
    end(schedule, second[0])
    assert len(begun(schedule)) == 1 + 3


def test_never_more_are_made_ready_than_may_speak():
    schedule, _ = schedule_of(20, 2)
    fill(schedule, *["a"] * 20)
    [slow, quick] = begun(schedule)
    for _ in range(5):
        end(schedule, quick)
        [quick] = begun(schedule)
    schedule.ready(slow)
    end(schedule, slow)
    assert len(begun(schedule)) == 3
    assert len(schedule.in_hand) - schedule.waiting == 2 + 2


def test_what_is_sent_at_most_once_is_not_made_ready_early():
    schedule, _ = schedule_of(20, 2)
    once = planned(9, "a")
    lease = replace(once.lease, guarantee=Guarantee.AT_MOST_ONCE)
    fill(schedule, "a", "a", "a", "a")
    schedule.add(replace(once, lease=lease))
    [slow, quick] = begun(schedule)
    end(schedule, quick)
    [third] = begun(schedule)
    schedule.ready(slow)
    end(schedule, slow)
    assert domains_of(begun(schedule)) == ["a"]
    end(schedule, third)
    assert [each.lease.guarantee for each in begun(schedule)] == [
        Guarantee.AT_MOST_ONCE
    ]


def test_nothing_is_made_ready_early_for_hosts_that_fail():
    schedule, sites = schedule_of(20, 2)
    fill(schedule, *["a"] * 9)
    [slow, quick] = begun(schedule)
    end(schedule, quick)
    begun(schedule)
    schedule.ready(slow)
    sites.learn("a", Deferred(trace=TRACE), 1, NOW)
    end(schedule, slow)
    assert begun(schedule) == []


def test_what_was_not_made_gives_back_what_its_rate_had_counted():
    schedule, sites = schedule_of(20, 5)
    sites.add_limit(rate("a", 10))
    fill(schedule, *["a"] * 3)
    [first] = begun(schedule)
    schedule.unused(first)
    schedule.ended(first)
    [second] = begun(schedule)
    schedule.ended(second)
    schedule.unused(second)
    assert begun(schedule) == [], "what was made has used it up"


def test_what_began_before_there_was_a_rate_gives_nothing_back():
    schedule, sites = schedule_of(20, 2)
    fill(schedule, *["a"] * 4)
    [first, second] = begun(schedule)
    sites.add_limit(rate("a", 10))
    schedule.ended(first)
    [third] = begun(schedule)
    schedule.unused(second)
    schedule.ended(second)
    assert begun(schedule) == [], "the third has used it up"
    schedule.unused(third)
    schedule.ended(third)
    assert len(begun(schedule)) == 1


def test_nothing_is_made_ready_early_where_one_was_sent_back():
    schedule, _ = schedule_of(20, 2)
    fill(schedule, *["a"] * 9)
    [slow, quick] = begun(schedule)
    end(schedule, quick)
    [third] = begun(schedule)
    schedule.ready(slow)
    schedule.sent_back(third)
    end(schedule, slow)
    assert len(begun(schedule)) == 1
