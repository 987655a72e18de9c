"""Open sessions that wait: lent one at a time, bounded, and never dead for long."""

import asyncio
from dataclasses import replace

import pytest

from mailbot_server.config import load
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.routing.protection import (
    NO_TLS,
    OPPORTUNISTIC,
    VERIFIED,
)
from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.engine.outbound.smtp.opening import Opening
from mailbot_server.engine.outbound.smtp.pool import Place, Pool
from mailbot_server.engine.outbound.smtp.progress import Progress
from mailbot_server.engine.outbound.smtp.session import Session
from tests.fakes.dialer import TRANSACTION
from tests.fakes.remote_mta import CLOSE, HALF_CLOSE, RESET, RemoteMta

PLACE = Place(
    site="example.com",
    host="mx.example.com",
    address="192.0.2.1",
    port=25,
    protection=OPPORTUNISTIC,
)
OTHER = replace(PLACE, host="mx2.example.com")
REUSE = "mailbot_smtp_client_connection_reuse_total"


class Lender:
    """A pool, and new sessions with a server."""

    def __init__(self, clock, metrics, **settings) -> None:
        self.settings = load(hostname="mail.example.net", **settings)
        self.metrics = metrics
        self.clock = clock
        self.pool = Pool(self.settings, metrics)

    async def open(self, mta: RemoteMta, place: Place = PLACE) -> Session:
        self.pool.enter(place)
        target = Target(host=place.host, address=mta.host, port=mta.port)
        progress = Progress(self.clock, self.metrics, "pinned")
        opening = Opening(self.settings, self.metrics, progress, target, NO_TLS)
        return await opening.run(None, None)  # type: ignore[arg-type]

    async def use(self, session: Session) -> Reply:
        progress = Progress(self.clock, self.metrics, "pinned")
        return await session.transact(TRANSACTION, progress)


@pytest.fixture
def make(clock, metrics):
    """A lender with these settings; what still waits is closed at the end."""
    made: list[Lender] = []

    def lender(**settings) -> Lender:
        made.append(Lender(clock, metrics, **settings))
        return made[-1]

    yield lender
    for each in made:
        each.pool.close()


async def until_open(mta: RemoteMta, count: int) -> None:
    while mta.open_sessions != count:
        await mta.progressed()


async def test_a_session_given_back_is_lent_again(make, sample):
    lender = make()
    async with RemoteMta() as mta:
        session = await lender.open(mta)
        assert not lender.pool.has(PLACE)
        lender.pool.give(PLACE, session)
        assert lender.pool.has(PLACE)
        assert lender.pool.take(PLACE) is session
        assert sample(REUSE, result="reused") == 1
        lender.pool.give(PLACE, session)
        lender.pool.close()


async def test_a_session_is_lent_to_one_at_a_time(make):
    lender = make()
    async with RemoteMta() as mta:
        lender.pool.give(PLACE, await lender.open(mta))
        session = lender.pool.take(PLACE)
        assert session is not None
        assert lender.pool.take(PLACE) is None
        lender.pool.give(PLACE, session)
        lender.pool.close()


@pytest.mark.parametrize(
    "changes",
    [
        {"host": "mx2.example.com"},
        {"address": "192.0.2.2"},
        {"port": 587},
        {"protection": VERIFIED},
        {"login": "user"},
    ],
    ids=lambda changes: next(iter(changes)),
)
async def test_another_place_has_its_own(make, changes):
    lender = make()
    async with RemoteMta() as mta:
        lender.pool.give(PLACE, await lender.open(mta))
        assert lender.pool.take(replace(PLACE, **changes)) is None
        lender.pool.close()


async def test_one_that_waits_too_long_is_taken_leave_of(make):
    lender = make(smtp_connection_idle_seconds=0.01)
    async with RemoteMta() as mta:
        lender.pool.give(PLACE, await lender.open(mta))
        await until_open(mta, 0)
        assert mta.sessions[0][-1] == "QUIT"
        assert not lender.pool.has(PLACE)


async def test_no_more_wait_than_this_process_may_have_open(make, sample):
    lender = make(delivery_concurrency=2)
    places = [replace(PLACE, site=f"{n}.example", address=f"{n}") for n in range(12)]
    async with RemoteMta() as mta:
        for place in places:
            lender.pool.give(place, await lender.open(mta))
        lent = lender.pool.take(places[4])
        assert lent is not None
        lender.pool.give(places[4], lent)
        lender.pool.give(PLACE, await lender.open(mta))
        waiting = [place.site for place in places if lender.pool.has(place)]
        assert waiting == [f"{n}.example" for n in (4, 6, 7, 8, 9, 10, 11)]
        assert lender.pool.has(PLACE)
        await until_open(mta, 8)
        assert sample("mailbot_smtp_client_connections", provider="other") == 8


async def test_one_with_its_messages_is_closed_and_counted(make, sample):
    lender = make(smtp_connection_messages_max=2)
    async with RemoteMta() as mta:
        session = await lender.open(mta)
        await lender.use(session)
        lender.pool.give(PLACE, session)
        session = lender.pool.take(PLACE)
        await lender.use(session)
        lender.pool.give(PLACE, session)
        assert not lender.pool.has(PLACE)
        await until_open(mta, 0)
    assert len(mta.accepted) == 2
    assert mta.sessions[0][-1] == "QUIT"
    assert sample(REUSE, result="limit") == 1


async def test_a_call_may_allow_fewer_messages_but_never_more(make):
    lender = make(smtp_connection_messages_max=2)
    async with RemoteMta() as mta:
        session = await lender.open(mta)
        await lender.use(session)
        lender.pool.give(PLACE, session, messages_max=1)
        assert not lender.pool.has(PLACE)
        session = await lender.open(mta)
        await lender.use(session)
        await lender.use(session)
        lender.pool.give(PLACE, session, messages_max=5)
        assert not lender.pool.has(PLACE)


async def test_an_old_one_is_closed(make, sample):
    lender = make(smtp_connection_seconds=1e-9)
    async with RemoteMta() as mta:
        lender.pool.give(PLACE, await lender.open(mta))
        assert not lender.pool.has(PLACE)
    assert sample(REUSE, result="limit") == 1


@pytest.mark.parametrize("parting", [CLOSE, RESET, HALF_CLOSE, "421 4.4.2 Idle"])
async def test_d13_one_whose_host_leaves_while_it_waits_is_forgotten(
    make, parting, sample, monkeypatch
):
    lender = make()
    async with RemoteMta() as mta:
        session, closed = await lender.open(mta), asyncio.Event()
        close = session.close

        def close_and_tell() -> None:
            close()
            closed.set()

        monkeypatch.setattr(session, "close", close_and_tell)
        lender.pool.give(PLACE, session)
        assert await mta.hang_up(parting) == 1
        await closed.wait()
        assert not lender.pool.has(PLACE)
    assert sample("mailbot_smtp_client_connections", provider="other") == 0


async def test_d9_one_whose_host_speaks_while_it_waits_is_forgotten(make):
    lender = make()
    async with RemoteMta() as mta:
        lender.pool.give(PLACE, await lender.open(mta))
        mta.shout(b"250 OK\r\n")
        await until_open(mta, 0)
        assert not lender.pool.has(PLACE)


async def test_a_session_out_of_step_is_not_kept(make, sample):
    lender = make()
    async with RemoteMta() as mta:
        session = await lender.open(mta)
        session.close()
        lender.pool.give(PLACE, session)
        assert not lender.pool.has(PLACE)


async def test_a_site_never_has_more_than_its_bound(make):
    lender = make(delivery_per_destination=2)
    async with RemoteMta() as mta:
        first, second = await lender.open(mta), await lender.open(mta, OTHER)
        lender.pool.give(PLACE, first)
        lender.pool.give(OTHER, second)
        third = await lender.open(mta, replace(PLACE, login="user"))
        assert [lender.pool.has(PLACE), lender.pool.has(OTHER)] == [False, True]
        await until_open(mta, 2)
        third.close()
        lender.pool.leave(PLACE)
        lender.pool.close()


async def test_another_sites_sessions_are_left_alone(make):
    lender = make(delivery_per_destination=1)
    elsewhere = replace(PLACE, site="example.org", host="mx.example.org")
    async with RemoteMta() as mta:
        lender.pool.give(elsewhere, await lender.open(mta, elsewhere))
        lender.pool.give(PLACE, await lender.open(mta))
        assert lender.pool.has(elsewhere)
        lender.pool.close()


async def test_where_one_was_stale_the_others_are_not_tried(make, sample):
    lender = make()
    async with RemoteMta() as mta:
        first, second = await lender.open(mta), await lender.open(mta)
        lender.pool.give(PLACE, first)
        lender.pool.give(PLACE, second)
        lent = lender.pool.take(PLACE)
        assert lent is second
        lender.pool.stale(PLACE)
        assert not lender.pool.has(PLACE)
        lender.pool.give(PLACE, lent)
        lender.pool.close()
    assert sample(REUSE, result="stale") == 1


async def test_a7_closing_takes_leave_of_all_that_wait(make, sample):
    lender = make()
    async with RemoteMta() as mta:
        for place in (PLACE, OTHER):
            lender.pool.give(place, await lender.open(mta, place))
        lender.pool.close()
        await until_open(mta, 0)
    assert [lines[-1] for lines in mta.sessions] == ["QUIT", "QUIT"]
    assert sample("mailbot_smtp_client_connections", provider="other") == 0
