"""Threads are the connected components of ties, whoever comes first or at once."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot_server.core import thread
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Message, Thread, ThreadFilter
from mailbot_server.store import inboxes, messages, threads
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import Attached, ties
from tests.fakes.clock import FakeClock
from tests.fakes.conversing import (
    IN,
    OUT,
    Arrival,
    Arrived,
    arrive,
    own_inbox,
    receive,
    recount,
)
from tests.fakes.mail import message
from tests.fakes.tenants import account, add_account, add_inbox

# The database outlives an example; each example has an inbox of its own.
on_one_database = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

ANN = Mailbox(address="ann@example.org", display_name="Ann")
BOB = Mailbox(address="bob@example.net")


async def root_of(db: Database, thread_id: str) -> Thread:
    found = await db.read(threads.get, account().id, thread_id)
    assert found is not None
    return found


async def thread_count(db: Database, inbox: Inbox) -> int:
    return (await db.read(inboxes.counts, inbox.id)).threads


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


# --- one after another ------------------------------------------------------------------


async def test_a_message_without_known_ties_begins_a_thread(
    db: Database, inbox: Inbox
) -> None:
    arrived = await receive(db, inbox, "1@x", "0@x")
    assert arrived.attached.is_new
    assert arrived.attached.thread_id == arrived.attached.root_id
    assert arrived.attached.merged == ()
    found = await root_of(db, arrived.attached.thread_id)
    assert (found.inbox_id, found.subject) == (inbox.id, "about ('1@x',)")
    assert await thread_count(db, inbox) == 1


async def test_an_answer_joins_the_thread_of_what_it_answers(
    db: Database, inbox: Inbox
) -> None:
    first = await receive(db, inbox, "1@x")
    answer = await receive(db, inbox, "2@x", "1@x", direction=OUT)
    assert answer.attached == Attached(
        thread_id=first.attached.root_id,
        root_id=first.attached.root_id,
        is_new=False,
    )
    assert await thread_count(db, inbox) == 1


async def test_a_late_parent_joins_the_thread_of_its_answer(
    db: Database, inbox: Inbox
) -> None:
    answer = await receive(db, inbox, "2@x", "1@x")
    parent = await receive(db, inbox, "1@x")
    assert parent.attached.root_id == answer.attached.root_id


async def test_a_message_without_any_tie_is_alone(db: Database, inbox: Inbox) -> None:
    first = await receive(db, inbox)
    second = await receive(db, inbox)
    assert first.attached.is_new
    assert second.attached.is_new
    assert await thread_count(db, inbox) == 2


async def test_the_same_ids_in_another_inbox_are_another_thread(
    db: Database, inbox: Inbox
) -> None:
    other = await add_inbox(db, 2)
    first = await receive(db, inbox, "1@x")
    second = await receive(db, other, "1@x")
    assert second.attached.is_new
    assert first.attached.root_id != second.attached.root_id


async def test_ids_differ_by_case(db: Database, inbox: Inbox) -> None:
    await receive(db, inbox, "a@x")
    assert (await receive(db, inbox, "A@x")).attached.is_new


async def test_a_merge_keeps_the_oldest_thread_and_every_id(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    old = await receive(db, inbox, "1@x")
    clock.advance(seconds=1)
    young = await receive(db, inbox, "2@x")
    clock.advance(seconds=1)
    joins = await receive(db, inbox, "3@x", "2@x", "1@x")
    assert joins.attached.root_id == old.attached.root_id
    assert joins.attached.merged == (young.attached.root_id,)
    by_old = await root_of(db, old.attached.root_id)
    assert by_old == await root_of(db, young.attached.root_id)
    assert by_old.id == old.attached.root_id
    assert by_old.merged_thread_ids == (young.attached.root_id,)
    assert await thread_count(db, inbox) == 1
    ids = (old.attached.root_id, young.attached.root_id)
    assert await db.read(threads.ids_of, young.attached.root_id) == ids
    stored = await db.read(messages.get, inbox.account_id, young.message.id)
    assert stored is not None
    assert stored.thread_id == young.attached.root_id


async def test_merges_of_merges_lead_to_the_survivor_in_one_hop(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    roots = []
    for number in range(4):
        arrived = await receive(db, inbox, f"{number}@x")
        roots.append(arrived.attached.root_id)
        clock.advance(seconds=1)
    await receive(db, inbox, "a@x", "2@x", "3@x")
    await receive(db, inbox, "b@x", "1@x", "2@x")
    last = await receive(db, inbox, "c@x", "3@x", "0@x")
    assert last.attached.merged == (roots[1],)
    assert await db.read(threads.ids_of, roots[3]) == tuple(roots)
    hops = await db.read(_root_ids)
    assert set(hops) == {roots[0]}


def _root_ids(tx: Transaction) -> list[str]:
    return [row[0] for row in tx.all("SELECT root_id FROM thread")]


async def test_a_message_may_join_as_many_threads_as_it_may_name(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    ties = [f"{number}@x" for number in range(thread.TIES_MAX)]
    for tie in ties:
        await receive(db, inbox, tie)
        clock.advance(milliseconds=2)
    assert await thread_count(db, inbox) == thread.TIES_MAX
    joins = await receive(db, inbox, *ties)
    assert len(joins.attached.merged) == thread.TIES_MAX - 1
    assert await thread_count(db, inbox) == 1
    assert (await root_of(db, joins.attached.root_id)).inbound_count == 101


LONG = ("é" * 900 + "1@x", "é" * 900 + "2@x")


async def test_ids_too_long_for_an_index_still_tie(db: Database, inbox: Inbox) -> None:
    first = await receive(db, inbox, LONG[0])
    other = await receive(db, inbox, LONG[1])
    answer = await receive(db, inbox, "3@x", LONG[0])
    assert other.attached.is_new
    assert answer.attached.root_id == first.attached.root_id


# --- what a thread adds up to ---------------------------------------------------------


async def test_a_thread_tells_counts_times_and_the_newest_words(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    begun = clock()
    first = await receive(db, inbox, "1@x", sender=1)
    asked = clock.advance(minutes=1)
    await receive(db, inbox, "2@x", "1@x", direction=OUT, sender=2)
    answered = clock.advance(minutes=1)
    last = await receive(db, inbox, "3@x", "2@x", sender=1)
    assert await root_of(db, first.attached.root_id) == Thread(
        id=first.attached.root_id,
        account_id=inbox.account_id,
        inbox_id=inbox.id,
        subject="about ('1@x',)",
        created_at=begun,
        last_message_at=answered,
        inbound_count=2,
        outbound_count=1,
        participants=(
            Mailbox(address="person1@example.org"),
            Mailbox(address="person2@example.org"),
        ),
        last_inbound_at=answered,
        last_outbound_at=asked,
        snippet=last.message.snippet,
        is_unreplied=True,
    )


async def test_an_automatic_answer_is_no_answer(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    first = await receive(db, inbox, "1@x")
    clock.advance(minutes=1)
    await receive(db, inbox, "2@x", "1@x", direction=OUT, automated=True)
    assert (await root_of(db, first.attached.root_id)).is_unreplied
    clock.advance(minutes=1)
    await receive(db, inbox, "3@x", "1@x", direction=OUT)
    clock.advance(minutes=1)
    await receive(db, inbox, "4@x", "1@x", automated=True)
    assert not (await root_of(db, first.attached.root_id)).is_unreplied


def add_people(
    tx: Transaction, inbox: Inbox, root_id: str, people: Sequence[Mailbox]
) -> None:
    new = message(0, inbox, id=tx.new_id("msg"), created_at=tx.now)
    attached = Attached(thread_id=root_id, root_id=root_id, is_new=False)
    threads.add_message(tx, attached, new, people, inbox.address)


async def test_the_inbox_is_no_participant_of_its_threads(
    db: Database, inbox: Inbox
) -> None:
    root_id = (await receive(db, inbox, "1@x")).attached.root_id
    user, domain = inbox.address.split("@")
    own = [
        Mailbox(address=inbox.address),
        Mailbox(address=f"{user.upper()}@{domain}"),
        Mailbox(address=f"{user}+tag@{domain}"),
    ]
    await db.write(add_people, inbox, root_id, [*own, ANN, BOB, ANN])
    found = (await root_of(db, root_id)).participants
    assert found == (Mailbox(address="person0@example.org"), ANN, BOB)


async def test_participants_are_the_first_fifty(db: Database, inbox: Inbox) -> None:
    root_id = (await receive(db, inbox, "1@x")).attached.root_id
    crowd = [Mailbox(address=f"p{number}@example.org") for number in range(70)]
    await db.write(add_people, inbox, root_id, crowd)
    found = (await root_of(db, root_id)).participants
    assert found == (Mailbox(address="person0@example.org"), *crowd[:49])


async def test_words_that_were_read_later_become_the_threads_words(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    first = await receive(db, inbox, "1@x")
    clock.advance(minutes=1)
    last = await receive(db, inbox, "2@x", "1@x")
    for arrived, words in ((first, "older"), (last, "newer")):
        read = message(0, inbox, **_ids(arrived), snippet=words)
        await db.write(threads.retell, read)
    assert (await root_of(db, first.attached.root_id)).snippet == "newer"


def _ids(arrived: Arrived) -> dict[str, str]:
    return {"id": arrived.message.id, "thread_id": arrived.message.thread_id}


# --- lists ----------------------------------------------------------------------------


async def listed(
    db: Database, wanted: ThreadFilter, before: str = "", limit: int = 50
) -> list[str]:
    found = await db.read(threads.list_latest, account().id, wanted, before, limit)
    return [each.id for each, _ in found]


async def test_threads_are_listed_by_their_newest_message(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    roots = []
    for number in range(5):
        arrived = await receive(db, inbox, f"{number}@x")
        roots.append(arrived.attached.root_id)
        clock.advance(minutes=1)
    await receive(db, inbox, "again@x", "1@x")
    order = [roots[1], roots[4], roots[3], roots[2], roots[0]]
    assert await listed(db, ThreadFilter()) == order
    pages, before = [], ""
    while page := await db.read(
        threads.list_latest, account().id, ThreadFilter(), before, 2
    ):
        pages.append([each.id for each, _ in page])
        before = page[-1][1]
    assert pages == [order[:2], order[2:4], order[4:]]


async def test_a_merged_thread_is_listed_once_and_names_what_it_took(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    old = await receive(db, inbox, "1@x")
    clock.advance(minutes=1)
    young = await receive(db, inbox, "2@x")
    clock.advance(minutes=1)
    last = await receive(db, inbox, "3@x", "1@x", "2@x")
    found = await db.read(
        threads.list_latest, account().id, ThreadFilter(inbox_id=inbox.id), "", 50
    )
    expected = await root_of(db, old.attached.root_id)
    assert found == [(expected, last.message.id)]
    assert expected.merged_thread_ids == (young.attached.root_id,)


async def test_each_filter_of_threads_holds(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    other = await add_inbox(db, 2)
    begun = clock()
    early = (await receive(db, inbox, "1@x")).attached.root_id
    clock.advance(hours=3)
    sent = (await receive(db, other, "2@x", direction=OUT)).attached.root_id
    clock.advance(hours=3)
    late = (await receive(db, other, "3@x")).attached.root_id
    expected = [
        (ThreadFilter(), [late, sent, early]),
        (ThreadFilter(inbox_id=inbox.id), [early]),
        (ThreadFilter(unreplied=True), [late, early]),
        (ThreadFilter(visible_inbox_ids=(other.id,)), [late, sent]),
        (ThreadFilter(visible_inbox_ids=(other.id, inbox.id)), [late, sent, early]),
        (ThreadFilter(visible_inbox_ids=()), []),
        (ThreadFilter(inbox_id=inbox.id, visible_inbox_ids=(other.id,)), []),
        (ThreadFilter(after=begun + timedelta(hours=3)), [late, sent]),
        (ThreadFilter(before=begun + timedelta(hours=3)), [early]),
        (ThreadFilter(after=begun, before=begun + timedelta(microseconds=1)), [early]),
    ]
    for wanted, ids in expected:
        assert await listed(db, wanted) == ids, wanted


async def test_another_accounts_threads_do_not_exist(
    db: Database, inbox: Inbox
) -> None:
    arrived = await receive(db, inbox, "1@x")
    stranger = await add_account(db, 2)
    thread_id = arrived.attached.root_id
    assert await db.read(threads.get, stranger.id, thread_id) is None
    found = await db.read(threads.list_latest, stranger.id, ThreadFilter(), "", 50)
    assert found == []
    of_inbox = ThreadFilter(inbox_id=inbox.id)
    assert await db.read(threads.list_latest, stranger.id, of_inbox, "", 50) == []


async def test_an_unknown_thread_has_no_ids(db: Database, inbox: Inbox) -> None:
    assert await db.read(threads.ids_of, "thr_unknown") == ()
    assert await db.read(threads.get, inbox.account_id, "thr_unknown") is None


# --- any order, and at once -----------------------------------------------------------

names = st.integers(0, 11).map(lambda number: f"{number}@x")
arrivals = st.builds(
    Arrival,
    ties=st.lists(names, max_size=4, unique=True).map(tuple),
    direction=st.sampled_from([IN, OUT]),
    automated=st.booleans(),
    sender=st.integers(0, 5),
)


@st.composite
def conversations(draw: st.DrawFn) -> list[Arrival]:
    """Trees of answers with some References lost, in any order of arrival."""
    size = draw(st.integers(1, 14))
    chains: list[list[str]] = []
    found = []
    for number in range(size):
        parent = draw(st.none() | st.integers(0, number - 1)) if number else None
        chain = [] if parent is None else [*chains[parent], f"{parent}@x"]
        chains.append(chain)
        known = draw(st.lists(st.sampled_from(chain), unique=True)) if chain else []
        answered = chain[-1:] if draw(st.booleans()) else []
        ties = thread.ties(f"{number}@x", answered, known, "")
        found.append(Arrival(ties, draw(st.sampled_from([IN, OUT]))))
    return draw(st.permutations(found))


async def assert_exact(
    db: Database, inbox: Inbox, plan: Sequence[Arrival], came: Sequence[Arrived]
) -> None:
    """Partition, counters and sums are what the messages themselves say."""
    roots = [await root_of(db, each.message.thread_id) for each in came]
    groups: dict[str, set[int]] = {}
    for index, root in enumerate(roots):
        groups.setdefault(root.id, set()).add(index)
    expected = thread.partition({i: each.ties for i, each in enumerate(plan)})
    assert {frozenset(group) for group in groups.values()} == {
        frozenset(group) for group in expected
    }
    assert await thread_count(db, inbox) == len(expected)
    for root in roots:
        members = [came[index].message for index in groups[root.id]]
        assert_adds_up(root, members)
        ids = await db.read(threads.ids_of, root.id)
        assert {each.thread_id for each in members} <= set(ids)
        assert root.id == min(ids)
    await db.read(recount, inbox.id)


def assert_adds_up(root: Thread, members: list[Message]) -> None:
    newest = max(members, key=lambda each: each.id)
    manual = [each for each in members if not each.automated]
    inbound = [each.created_at for each in members if each.direction is IN]
    outbound = [each.created_at for each in members if each.direction is OUT]
    assert (root.inbound_count, root.outbound_count) == (len(inbound), len(outbound))
    assert root.snippet == newest.snippet
    assert root.last_message_at == newest.created_at
    assert root.last_inbound_at == max(inbound, default=None)
    assert root.last_outbound_at == max(outbound, default=None)
    last_manual = max(manual, key=lambda each: each.id, default=None)
    assert root.is_unreplied == (
        last_manual is not None and last_manual.direction is IN
    )


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("step", [0, 1], ids=["same instant", "one second apart"])
@given(plan=st.lists(arrivals, min_size=1, max_size=16) | conversations())
@on_one_database
async def test_any_order_of_arrival_gives_the_connected_components(
    db: Database, clock: FakeClock, step: int, plan: list[Arrival]
) -> None:
    inbox = await own_inbox(db)
    came = []
    for arrival in plan:
        came.append(await db.write(arrive, inbox, arrival))
        clock.advance(seconds=step)
    await assert_exact(db, inbox, plan, came)


@pytest.mark.slow
@pytest.mark.timeout(120)
@given(plan=st.lists(arrivals, min_size=2, max_size=24) | conversations())
@on_one_database
async def test_messages_that_arrive_at_once_give_the_connected_components(
    db: Database, plan: list[Arrival]
) -> None:
    inbox = await own_inbox(db)
    came = await asyncio.gather(*(db.write(arrive, inbox, each) for each in plan))
    await assert_exact(db, inbox, plan, came)


# --- the races that matter, forced -----------------------------------------------------


class Gate:
    """Stops operations on PostgreSQL after they looked ties up, until it is opened."""

    def __init__(self, patch: pytest.MonkeyPatch, stops: Callable[[], bool]) -> None:
        self._look_up = ties.roots
        self._stops = stops
        self.reached = threading.Event()
        self.open = threading.Event()
        patch.setattr(ties, "roots", self._roots)

    def _roots(
        self, tx: Transaction, inbox_id: str, keys: Sequence[str]
    ) -> dict[str, str]:
        found = self._look_up(tx, inbox_id, keys)
        if tx.is_postgres and self._stops():
            self.reached.set()
            assert self.open.wait(10)
        return found


async def reached(db: Database, gate: Gate) -> None:
    if db.is_postgres:
        assert await asyncio.to_thread(gate.reached.wait, 10)


async def test_first_messages_at_the_same_moment_end_in_one_thread(
    db: Database, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2)
    once = threading.local()
    look_up = ties.roots

    def roots(tx: Transaction, inbox_id: str, keys: Sequence[str]) -> dict[str, str]:
        found = look_up(tx, inbox_id, keys)
        if tx.is_postgres and not getattr(once, "waited", False):
            once.waited = True
            both.wait(10)
        return found

    monkeypatch.setattr(ties, "roots", roots)
    plan = [Arrival(("1@x", "0@x")), Arrival(("2@x", "0@x"))]
    came = await asyncio.gather(*(db.write(arrive, inbox, each) for each in plan))
    await assert_exact(db, inbox, plan, came)
    assert sorted(each.attached.is_new for each in came) == [False, True]


async def test_a_thread_that_is_merged_meanwhile_is_followed_to_its_survivor(
    db: Database, inbox: Inbox, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = [
        Arrival(("1@x",)),
        Arrival(("2@x",)),
        Arrival(("3@x", "2@x")),
        Arrival(("4@x", "1@x", "2@x")),
    ]
    came = []
    for arrival in plan[:2]:
        came.append(await db.write(arrive, inbox, arrival))
        clock.advance(seconds=1)
    is_first = iter([True])
    gate = Gate(monkeypatch, lambda: next(is_first, False))
    late = asyncio.create_task(db.write(arrive, inbox, plan[2]))
    await reached(db, gate)
    merging = await db.write(arrive, inbox, plan[3])
    gate.open.set()
    came += [await late, merging]
    await assert_exact(db, inbox, plan, came)
    assert came[2].attached.merged == ()


async def test_an_id_that_is_taken_meanwhile_leads_to_its_thread(
    db: Database, inbox: Inbox, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The late one has a thread already, takes one new id itself and loses another."""
    plan = [
        Arrival(("1@x",)),
        Arrival(("2@x", "new@x", "1@x")),
        Arrival(("3@x", "new@x")),
    ]
    came = [await db.write(arrive, inbox, plan[0])]
    clock.advance(seconds=1)
    is_first = iter([True])
    gate = Gate(monkeypatch, lambda: next(is_first, False))
    late = asyncio.create_task(db.write(arrive, inbox, plan[1]))
    await reached(db, gate)
    other = await db.write(arrive, inbox, plan[2])
    gate.open.set()
    came += [await late, other]
    await assert_exact(db, inbox, plan, came)


async def test_merges_in_opposite_directions_end_in_one_thread(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    plan = [Arrival((f"{number}@x",)) for number in range(8)]
    came = []
    for arrival in plan:
        came.append(await db.write(arrive, inbox, arrival))
        clock.advance(seconds=1)
    chain = [
        Arrival((f"join{number}@x", f"{number}@x", f"{(number + 1) % 8}@x"))
        for number in range(8)
    ]
    came += await asyncio.gather(*(db.write(arrive, inbox, each) for each in chain))
    await assert_exact(db, inbox, plan + chain, came)
    assert await thread_count(db, inbox) == 1
