"""What an older server key has sealed is sealed anew, once, and stays what it was."""

from dataclasses import replace

from mailbot_server.core.signed import server_key
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.webhooks import resealing, sealing
from mailbot_server.engine.webhooks.sealing import Safe
from mailbot_server.store.database import Database
from mailbot_server.store.webhooks import endpoints
from tests.engine.webhooks.world import MASTER, world
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy


def safe(*keys: bytes) -> Safe:
    return Safe(Vault(server_key.keys_for(list(keys), sealing.PURPOSE), FakeEntropy(9)))


async def test_all_webhooks_are_sealed_anew_and_those_that_cannot_be_read_left(
    db: Database, clock: FakeClock
) -> None:
    async with world(db, clock) as mine:
        await mine.create("https://example.com/1", headers={"x-token": "1"})
        lost = await mine.endpoint()
        broken = replace(lost, sealed_secret=b"nothing")
        assert await db.write(endpoints.reseal, lost, broken) == 1
        assert await db.write(endpoints.reseal, lost, broken) == 0
        await mine.create("https://example.com/2", headers={"x-token": "2"})
        before = await mine.endpoint()
        assert await resealing.reseal(db, safe(MASTER)) == 0
        assert await resealing.reseal(db, safe(b"newer", MASTER)) == 1
        assert await resealing.reseal(db, safe(b"newer", MASTER)) == 0
        after = await mine.endpoint()
        opened = safe(b"newer")
        assert opened.headers(after) == {"x-token": "2"}
        kept = mine.safe.secret(mine.id, before.sealed_secret)
        assert opened.secret(mine.id, after.sealed_secret) == kept
