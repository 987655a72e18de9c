"""Endpoints: written, read again, and found when they have something to get."""

from datetime import UTC, datetime, timedelta

import pytest

from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.core.webhook.health import Health, State
from mailbot_server.store import accounts
from mailbot_server.store.database import Database
from mailbot_server.store.webhooks import endpoints
from mailbot_server.store.webhooks.endpoints import Due
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import account, add_account
from tests.store.webhooks.world import ID, endpoint, happen, prepare

THEN = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
FULL = Endpoint(
    id=ID,
    account_id=account().id,
    url="https://example.com/hook",
    sealed_headers=b"\x00headers",
    sealed_secret=b"\x00secret",
    sealed_former_secret=b"\x00former",
    former_secret_ends_at=THEN,
    timeout=timedelta(milliseconds=2500),
    max_concurrency=3,
    health=Health(
        state=State.FAILING,
        failures=7,
        succeeded_at=THEN,
        failing_since=THEN,
        probe_at=THEN,
    ),
)


async def test_an_endpoint_is_read_as_it_was_written(db: Database) -> None:
    await add_account(db)
    await db.write(endpoints.add, FULL)
    assert await db.read(endpoints.get, account().id, ID) == FULL
    assert await db.read(endpoints.get, account(2).id, ID) is None
    assert await db.read(endpoints.some, [ID, "whk_x"]) == {ID: FULL}
    assert await db.read(endpoints.some, []) == {}
    changed = endpoint(sealed_secret=b"other")
    await db.write(endpoints.update, changed)
    assert await db.read(endpoints.get, account().id, ID) == changed
    await db.write(endpoints.write_health, ID, FULL.health)
    found = await db.read(endpoints.get, account().id, ID)
    assert found is not None
    assert found.health == FULL.health
    await db.write(endpoints.delete, ID)
    assert await db.read(endpoints.get, account().id, ID) is None


async def test_due_is_what_has_something_before_it(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock)
    assert await db.read(endpoints.due) == []
    await db.write(happen, 1)
    mine = [Due(account_id=account().id, id=ID, head=1, has_handouts=False)]
    assert await db.read(endpoints.due) == mine
    await db.write(accounts.set_suspended, account().id, is_suspended=True)
    assert await db.read(endpoints.due) == []
    await db.write(accounts.set_suspended, account().id, is_suspended=False)
    assert await db.read(endpoints.due) == mine


@pytest.mark.parametrize(
    ("health", "is_due"),
    [
        (Health(), True),
        (Health(state=State.DISABLED), False),
        (Health(state=State.FAILING), True),
        (
            Health(state=State.FAILING, probe_at=datetime(2026, 3, 2, 12, tzinfo=UTC)),
            True,
        ),
        (Health(state=State.FAILING, probe_at=datetime(2026, 3, 3, tzinfo=UTC)), False),
    ],
)
async def test_how_it_fares_says_whether_it_is_due(
    db: Database, clock: FakeClock, health: Health, is_due: bool
) -> None:
    await prepare(db, clock, health=health)
    await db.write(happen, 1)
    assert bool(await db.read(endpoints.due)) is is_due
    posting = await db.read(endpoints.posting)
    assert bool(posting) is (health.state is not State.DISABLED)


async def test_what_is_pending_is_counted(db: Database, clock: FakeClock) -> None:
    await prepare(db, clock)
    before = await db.read(endpoints.pending)
    assert (before.positions, before.oldest_at) == (0, None)
    began = clock()
    await db.write(happen, 2)
    clock.advance(minutes=1)
    await db.write(happen, 1)
    after = await db.read(endpoints.pending)
    assert (after.positions, after.oldest_at) == (3, began)
    states = await db.read(endpoints.states)
    assert states == {State.ACTIVE: 1, State.FAILING: 0, State.DISABLED: 0}


async def test_what_another_server_key_has_sealed_is_counted(db: Database) -> None:
    """The second byte of what is sealed names the key; see engine/signing."""
    await add_account(db)
    await db.write(endpoints.add, endpoint(sealed_secret=b"\x01\x07nonce"))
    assert await db.read(endpoints.sealed_by_others, [255, 7]) == 0
    assert await db.read(endpoints.sealed_by_others, [255]) == 1
