"""Events on their way to an endpoint: fault rows F7, F8 and F9, and what is promised."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.config import Settings
from mailbot_server.core.errors import LimitExceeded, Unavailable
from mailbot_server.core.event import ContentDetail, EventFilter, EventType
from mailbot_server.core.message import MessageView
from mailbot_server.core.webhook.health import State
from mailbot_server.core.webhook.result import Result
from mailbot_server.engine import joining
from mailbot_server.engine.signing.sealing import SealBroken
from mailbot_server.engine.subscriptions import lifecycle
from mailbot_server.engine.webhooks import keeping, letter
from mailbot_server.engine.webhooks.dispatcher import SEALED_FOR, Dispatcher
from mailbot_server.engine.webhooks.keeping import Kept
from mailbot_server.engine.webhooks.lane import AWAY_SECONDS
from mailbot_server.store import accounts
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import handouts
from mailbot_server.store.webhooks import endpoints, waiting
from tests.engine.webhooks.world import ME, World, signed, world
from tests.fakes.clock import FakeClock
from tests.fakes.racing import race
from tests.fakes.tenants import account
from tests.servers.endpoint import EndpointServer, Says


async def test_an_event_is_posted_signed_and_written_down(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url, headers={"Authorization": "Bearer s3cret"})
        (event_id,) = await mine.happen(
            detail=ContentDetail(subject="Hello"), inbox_id="inb_1"
        )
        await mine.post()
        (posted,) = server.posted
        told = json.loads(posted.body)
        assert (told["type"], told["timestamp"]) == (
            "message.received",
            "2026-03-02T12:00:00Z",
        )
        assert told["data"]["id"] == posted.headers["webhook-id"] == event_id
        assert told["data"]["content"]["subject"] == "Hello"
        assert posted.headers["authorization"] == "Bearer s3cret"
        assert posted.headers["content-type"] == "application/json"
        assert posted.headers["webhook-timestamp"] == str(int(clock().timestamp()))
        assert posted.headers["webhook-signature"] == signed(
            mine.secret, posted.headers, posted.body
        )
        (attempt,) = await mine.attempts()
        assert (attempt.event_id, attempt.number, attempt.request_body) == (
            *(event_id, 1),
            posted.body,
        )
        assert attempt.answer.result is Result.SUCCESS
        assert attempt.answer.remote_address == f"127.0.0.1:{server.port}"
        assert "s3cret" not in str(attempt.request_headers)
        subscription = await mine.subscription()
        assert subscription.acked == subscription.handed == 2


async def test_only_what_the_filter_wants_and_nothing_of_itself(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        wanted = EventFilter(types=(EventType.MESSAGE_RECEIVED,), inbox_ids=("inb_1",))
        await mine.create(server.url, filter=wanted)
        await mine.happen(inbox_id="inb_2")
        ids = await mine.happen(2, inbox_id="inb_1")
        await mine.post()
        assert server.event_ids == ids
        await mine.webhooks.update(ME, mine.id, {"filter": EventFilter()}, "")
        await mine.post()
        assert server.event_ids == ids


async def test_500s_are_tried_again_on_schedule_and_then_parked(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        server.answer = lambda _: Says(status=500, body=b"oops")
        await mine.create(server.url)
        (event_id,) = await mine.happen()
        await mine.post()
        gaps = []
        while next_at := (await mine.attempts())[-1].next_at:
            gaps.append((next_at - clock()).total_seconds())
            clock.now = next_at
            await mine.post()
        expected = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, 86400]
        assert len(gaps) == len(expected)
        for gap, wait in zip(gaps, expected, strict=True):
            assert 0.9 * wait <= gap <= 1.1 * wait
        assert server.event_ids == [event_id] * 11
        (parked,) = await db.read(
            waiting.list_, ME.account_id, mine.id, None, ("", 0), 9
        )
        assert (parked.state, parked.attempts) == (waiting.State.PARKED, 11)
        assert (parked.last_result, parked.last_status) == ("server_error", 500)
        (told,) = await mine.told(EventType.WEBHOOK_PARKED)
        assert told.detail.parked_event_id == event_id  # type: ignore[union-attr]


async def test_retry_after_is_waited_for(db: Database, clock: FakeClock) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        server.answer = lambda _: Says(status=429, headers={"Retry-After": "600"})
        await mine.create(server.url)
        await mine.happen()
        await mine.post()
        (attempt,) = await mine.attempts()
        assert attempt.answer.result is Result.TOO_MANY_REQUESTS
        assert attempt.next_at is not None
        assert (
            timedelta(seconds=600)
            <= attempt.next_at - clock()
            <= timedelta(seconds=660)
        )
        await mine.pass_(seconds=599)
        assert len(server.posted) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_a_failure_and_not_followed(
    db: Database, clock: FakeClock, status: int
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        server.answer = lambda _: Says(
            status=status, headers={"Location": server.url + "/elsewhere"}
        )
        await mine.create(server.url)
        await mine.happen()
        await mine.post()
        assert [posted.path for posted in server.posted] == ["/hook"]
        (attempt,) = await mine.attempts()
        assert attempt.answer.result is Result.REDIRECT
        assert attempt.next_at is not None


def _noted(tx: Transaction) -> list[Any]:
    return tx.all(
        "SELECT action, actor_id, surface, resource_id, after_json FROM audit_entry"
        " WHERE surface = 'engine' AND action = 'webhook.disable'"
    )


async def test_410_disables_and_enabling_delivers_what_waited(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        server.answer = lambda _: Says(status=410)
        await mine.create(server.url)
        first = await mine.happen()
        await mine.post()
        stopped = (await mine.endpoint()).health
        assert (stopped.state, stopped.disable_reason) == (State.DISABLED, "gone")
        (told,) = await mine.told(EventType.WEBHOOK_DISABLED)
        assert told.detail.reason == "gone"  # type: ignore[union-attr]
        (decided,) = await db.read(noted)
        assert decided == ("mailbot", "webhook.disable", mine.id)
        assert await db.read(_noted) == [
            (
                *("webhook.disable", "mailbot", "engine", mine.id),
                '{"disable_reason":"gone","state":"disabled"}',
            )
        ]
        second = await mine.happen()
        await mine.pass_(days=1)
        assert server.event_ids == first
        server.answer = lambda _: Says()
        await db.write(keeping.enable, ME, mine.id, skip_backlog=False)
        await mine.post()
        assert server.event_ids[:3] == [*first, *first, *second]
        assert (await mine.endpoint()).health.state is State.ACTIVE


@pytest.mark.parametrize("status", [403, 406])
async def test_403_and_406_park_at_once_and_the_rest_goes_on(
    db: Database, clock: FakeClock, status: int
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        bad, good = await mine.happen(2)
        server.answer = lambda posted: Says(
            status=status if posted.event_id == bad else 200
        )
        await mine.post()
        await mine.pass_(days=5)
        assert sorted(server.event_ids[:2]) == sorted([bad, good])
        assert server.event_ids.count(bad) == 1
        assert (await mine.endpoint()).health.state is State.ACTIVE


async def test_a_dead_endpoint_costs_a_request_a_minute_and_then_all_arrives(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        server.answer = lambda _: Says(status=503)
        await mine.create(server.url, max_concurrency=2)
        ids = await mine.happen(40)
        await mine.post()
        assert (await mine.endpoint()).health.state is State.FAILING
        opened = len(server.posted)
        assert opened <= 5 + 2 * 2
        for _ in range(10):
            await mine.pass_(seconds=61)
        assert len(server.posted) == opened + 10
        (told,) = await mine.told(EventType.WEBHOOK_FAILING)
        assert told.detail.reason == "server_error"  # type: ignore[union-attr]
        server.answer = lambda _: Says()
        server.posted.clear()
        await mine.pass_(seconds=61)
        for _ in range(30):
            await mine.pass_(hours=1)
        assert set(ids) <= set(server.event_ids)
        assert len(await mine.told(EventType.WEBHOOK_RECOVERED)) == 1
        assert (await mine.endpoint()).health.state is State.ACTIVE


async def test_five_days_of_failures_disable_with_an_event_and_can_be_seen(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        server.answer = lambda _: Says(status=500)
        await mine.create(server.url)
        for _ in range(6):
            await mine.happen(3)
            await mine.pass_(days=1)
        stopped = (await mine.endpoint()).health
        assert (stopped.state, stopped.disable_reason) == (
            State.DISABLED,
            "failed_for_5_days",
        )
        assert [e.type for e in await mine.told(EventType.WEBHOOK_DISABLED)] == [
            EventType.WEBHOOK_DISABLED
        ]
        before = len(server.posted)
        await mine.happen()
        await mine.pass_(days=1)
        assert len(server.posted) == before


async def test_nobody_listening_is_a_failure_that_is_tried_again(
    db: Database, clock: FakeClock
) -> None:
    async with world(db, clock) as mine:
        async with EndpointServer() as server:
            await mine.create(server.url)
        (event_id,) = await mine.happen()
        await mine.post()
        (attempt,) = await mine.attempts()
        assert attempt.answer.result is Result.CONNECT
        async with EndpointServer() as other:
            await mine.webhooks.update(ME, mine.id, {"url": other.url}, "")
            await mine.pass_(seconds=6)
            assert event_id in other.event_ids


async def test_what_was_taken_but_not_written_down_comes_again_with_the_same_id(
    db: Database, clock: FakeClock
) -> None:
    """F8: the process dies after the 2xx and before the commit."""
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        (event_id,) = await mine.happen()
        server.hold.clear()
        posting = asyncio.create_task(mine.post())
        await server.arrived(1)
        posting.cancel()
        await asyncio.gather(posting, return_exceptions=True)
        await mine.dispatcher.drain(0)
        for task in list(mine.dispatcher._tasks):
            task.cancel()
        await asyncio.gather(*mine.dispatcher._tasks, return_exceptions=True)
        server.hold.set()
        other = World(db, clock, holder="nod_b")
        other.id = mine.id
        await other.post()
        assert len(server.posted) == 1, "the lease has not ended"
        await other.pass_(minutes=2)
        assert server.event_ids == [event_id, event_id]
        (attempt,) = await other.attempts()
        assert (attempt.number, attempt.answer.result) == (2, Result.SUCCESS)
        await other.client.close()


async def test_a_database_that_is_away_for_a_moment_ends_no_request(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is under way is written down, and posted no second time."""
    read = joining.joined
    is_away = asyncio.Event()

    async def joined(*of: Any) -> Any:
        if server.posted and not is_away.is_set():
            is_away.set()
            raise Unavailable("the database is away")
        return await read(*of)

    monkeypatch.setattr(joining, "joined", joined)
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url, view=MessageView.METADATA)
        first = await mine.happen()
        server.hold.clear()
        posting = asyncio.create_task(mine.post())
        await server.arrived(1)
        second = await mine.happen()
        await mine.dispatcher._look()
        async with asyncio.timeout(10):
            await is_away.wait()
        server.hold.set()
        await posting
        assert server.event_ids == first
        assert len(await mine.attempts()) == 1
        await mine.pass_(minutes=2)
        assert server.event_ids == first + second
        assert len(await mine.attempts()) == 2


async def test_while_the_database_is_away_no_more_is_leased_at_once(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise all that waits would be leased, and come only when its leases end."""
    read, rest = joining.joined, asyncio.sleep
    rests: list[float] = []
    asked: list[int] = []

    async def joined(*of: Any) -> Any:
        asked.append(len(rests))
        if len(asked) == 1:
            raise Unavailable("the database is away")
        return await read(*of)

    async def rested(seconds: float) -> None:
        rests.append(seconds)
        await rest(0)

    monkeypatch.setattr(joining, "joined", joined)
    monkeypatch.setattr(asyncio, "sleep", rested)
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url, view=MessageView.METADATA)
        happened = await mine.happen(5)
        await mine.post()
        assert rests == [AWAY_SECONDS]
        assert asked == [0, 1]
        await mine.pass_(minutes=2)
        assert sorted(server.event_ids) == sorted(happened)


async def test_on_sqlite_a_new_process_takes_over_at_once(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        (event_id,) = await mine.happen()
        subscription = await mine.subscription()
        await db.write(
            handouts.hand_out, subscription, "nod_gone", 5, clock() + timedelta(hours=1)
        )
        await mine.post()
        assert server.posted == []
        if db.is_postgres:
            return
        running = asyncio.create_task(mine.dispatcher.run())
        await server.arrived(1)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert server.event_ids == [event_id]


async def test_a_running_dispatcher_is_woken_by_what_happens(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        running = asyncio.create_task(mine.dispatcher.run())
        await mine.create(server.url)
        ids = await mine.happen(3)
        await server.arrived(3)
        ids += await mine.happen(2)
        await server.arrived(5)
        assert server.event_ids[:5] == ids or set(server.event_ids) == set(ids)
        await mine.dispatcher.drain(5)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert (await mine.subscription()).acked >= 6


async def test_both_secrets_sign_during_the_overlap(
    db: Database, clock: FakeClock
) -> None:
    """F9."""
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        old = mine.secret
        _, new = await mine.webhooks.rotate(ME, mine.id, timedelta(hours=24))
        await mine.happen()
        await mine.post()
        (posted,) = server.posted
        assert posted.headers["webhook-signature"].split(" ") == [
            signed(new, posted.headers, posted.body),
            signed(old, posted.headers, posted.body),
        ]
        clock.advance(hours=24)
        await mine.happen()
        await mine.post()
        last = server.posted[-1]
        assert last.headers["webhook-signature"] == signed(new, last.headers, last.body)


async def test_no_more_than_max_concurrency_at_a_time(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url, max_concurrency=3)
        await mine.happen(20)
        server.hold.clear()
        posting = asyncio.create_task(mine.post())
        await server.arrived(3)
        for _ in range(20):
            await asyncio.sleep(0)
        assert server.most_under_way == 3
        server.hold.set()
        await posting
        assert len(server.posted) == 20
        assert server.most_under_way == 3
        assert len(server.connections) <= 3


async def test_one_account_s_slow_endpoint_does_not_hold_up_another_account(
    db: Database, clock: FakeClock
) -> None:
    one = Settings(webhook_allowed_hosts=("127.0.0.1",), webhook_concurrency=1)
    async with EndpointServer() as server, world(db, clock, settings=one) as mine:
        await mine.create(server.url, max_concurrency=3)
        await mine.happen(3)
        server.hold.clear()
        posting = asyncio.create_task(mine.post())
        await server.arrived(1)
        posted_before: list[int] = []

        async def post_another_s() -> None:
            async with mine.office.turns.of("acc_another"):
                posted_before.append(len(server.posted))

        another = asyncio.create_task(post_another_s())
        await asyncio.sleep(0)
        server.hold.set()
        await asyncio.gather(posting, another)
        assert posted_before == [2]
        assert len(server.posted) == 3


async def test_a_clock_that_was_set_back_lets_nobody_rest_until_it_has_caught_up(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        received = EventFilter(types=(EventType.MESSAGE_RECEIVED,))
        await mine.create(server.url, filter=received)
        ids = await mine.happen()
        [due] = await db.read(endpoints.due)
        mine.dispatcher._rest(due, SEALED_FOR)
        await mine.post()
        assert server.event_ids == []
        await mine.pass_(hours=-3)
        assert server.event_ids == ids


async def test_ordered_by_thread_a_failure_keeps_its_thread_waiting_alone(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url, is_ordered=True)
        ones, twos = [], []
        for _ in range(3):
            ones += await mine.happen(thread_id="thr_1")
            twos += await mine.happen(thread_id="thr_2")
        server.answer = lambda posted: Says(
            status=500 if posted.event_id == ones[0] else 200
        )
        await mine.post()
        assert [e for e in server.event_ids if e in twos] == twos
        assert [e for e in server.event_ids if e in ones] == ones[:1]
        server.answer = lambda _: Says()
        await mine.pass_(seconds=6)
        assert [e for e in server.event_ids if e in ones] == [ones[0], *ones]


async def test_the_webhooks_of_a_suspended_account_wait(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        await db.write(accounts.set_suspended, account().id, is_suspended=True)
        ids = await mine.happen(2)
        await mine.post()
        assert server.posted == []
        await db.write(accounts.set_suspended, account().id, is_suspended=False)
        await mine.post()
        assert sorted(server.event_ids) == sorted(ids)


async def test_two_processes_share_the_work(db: Database, clock: FakeClock) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        ids = await mine.happen(60)
        other = World(db, clock, holder="nod_b")
        both = Dispatcher(other.office)
        await asyncio.gather(mine.post(), both.step())
        assert sorted(server.event_ids) == sorted(ids)
        await other.client.close()


async def test_a_deleted_webhook_gets_nothing_more(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        await mine.happen()
        await mine.post()
        await mine.webhooks.delete(ME, mine.id)
        await mine.happen()
        await mine.post()
        assert len(server.posted) == 1
        assert await mine.attempts() == []


async def test_a_secret_that_cannot_be_opened_costs_no_delivery(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        (event_id,) = await mine.happen()
        await db.write(spoil, mine.id)
        await mine.post()
        assert server.posted == []
        await mine.webhooks.rotate(ME, mine.id, timedelta())
        await mine.pass_(minutes=2)
        assert server.event_ids == [event_id]


async def test_without_its_secret_nothing_is_leased_and_rotating_mends_it(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        ids = await mine.happen(5)
        await db.write(spoil, mine.id)
        for _ in range(3):
            await mine.pass_(minutes=2)
        counts = await db.read(handouts.outstanding, mine.id)
        assert (counts, (await mine.subscription()).handed) == (0, 0)
        # The secret that cannot be read is the former one now.
        await mine.webhooks.rotate(ME, mine.id, timedelta(hours=24))
        await mine.pass_(minutes=2)
        assert sorted(server.event_ids) == sorted(ids)
        assert {each.number for each in await mine.attempts()} == {1}


def spoil(tx, webhook_id):
    tx.execute("UPDATE webhook SET secret = ? WHERE id = ?", b"nothing", webhook_id)


async def test_what_is_for_others_is_looked_at_and_not_written_down(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        wanted = EventFilter(types=(EventType.MESSAGE_BOUNCED,))
        await mine.create(server.url, filter=wanted)
        await mine.post()
        before = (await mine.subscription()).handed
        for _ in range(5):
            await mine.happen(3)
            await mine.post()
        assert (await mine.subscription()).handed == before
        await mine.pass_(seconds=11)
        far = await mine.subscription()
        assert far.acked == far.handed == 16
        assert server.posted == []


async def test_history_that_was_trimmed_is_no_fault_of_the_process(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url)
        await mine.happen(5)
        await db.write(trim, 4)
        await mine.post()
        assert server.posted == []
        await db.write(lifecycle.expire, ME.account_id, mine.id)
        await mine.pass_(seconds=2)
        await db.write(keeping.enable, ME, mine.id, skip_backlog=False)
        ids = await mine.happen()
        await mine.post()
        assert ids[0] in server.event_ids


async def test_what_was_posted_before_its_log_was_trimmed_is_written_down(
    db: Database, clock: FakeClock
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url, max_concurrency=2)
        ids = await mine.happen(8)
        server.hold.clear()
        posting = asyncio.create_task(mine.post())
        await server.arrived(2)
        leased = (await mine.subscription()).handed
        await db.write(trim, leased + 2)
        server.hold.set()
        await posting
        posted = server.event_ids
        assert set(posted) < set(ids)
        written = [each.event_id for each in await mine.attempts()]
        assert sorted(written) == sorted(posted)
        assert await db.read(handouts.outstanding, mine.id) == 0
        await mine.pass_(minutes=2)
        assert server.event_ids == posted, "nothing comes twice"


async def test_what_was_posted_before_secrets_could_not_be_read_is_written_down(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise SealBroken("it was sealed with another key")

    async with EndpointServer() as server, world(db, clock) as mine:
        await mine.create(server.url, max_concurrency=1)
        ids = await mine.happen(8)
        server.hold.clear()
        posting = asyncio.create_task(mine.post())
        await server.arrived(1)
        monkeypatch.setattr(letter, "opened", broken)
        await mine.webhooks.update(ME, mine.id, {"max_concurrency": 2}, "")
        server.hold.set()
        await posting
        posted = server.event_ids
        assert set(posted) < set(ids)
        written = [each.event_id for each in await mine.attempts()]
        assert sorted(written) == sorted(posted)


async def test_there_are_no_more_although_two_are_made_at_once(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with EndpointServer() as server, world(db, clock) as mine:
        kept = await mine.create(server.url)
        monkeypatch.setattr(keeping, "WEBHOOKS_MAX", 2)

        def create(tx: Transaction) -> bool:
            made = tx.new_id("whk")
            new = Kept(
                subscription=replace(kept.subscription, id=made),
                endpoint=replace(kept.endpoint, id=made),
            )
            keeping.create(tx, ME, new, "", b"")
            return True

        made, refused = await race(db, create, create)
        assert made is True
        assert isinstance(refused, LimitExceeded)


def trim(tx, position):
    tx.execute("DELETE FROM event WHERE position <= ?", position)
    tx.execute("UPDATE event_head SET trimmed = ?", position)


def noted(tx):
    """Who did what to whom, of what the server decided by itself."""
    return tx.all(
        "SELECT actor_id, action, resource_id FROM audit_entry"
        " WHERE action = 'webhook.disable'"
    )
