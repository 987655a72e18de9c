"""
A program that appends until it has done so often: `python -m tests.servers.appending`.

Its arguments are the database, the account, a seed, and how many lanes append how
often. It prints "ready", and of each operation that is durable the ids of its events.
"""

import asyncio
import os
import random
import sys
from contextlib import suppress
from datetime import UTC, datetime

from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes import appends
from tests.fakes.appends import TakenBack

LONGEST_SECONDS = 0.002


async def main(url: str, account_id: str, seed: str, lanes: int, times: int) -> None:
    """Appends with a writer process on SQLite, with threads on PostgreSQL."""
    db = Database(
        url,
        clock=lambda: datetime.now(UTC),
        entropy=os.urandom,
        metrics=Metrics(),
        writer="process",
    )
    await db.start()
    print("ready", flush=True)  # noqa: T201 - whoever started it reads this

    async def lane(number: int) -> None:
        chance = random.Random(f"{seed}/{number}")
        for _ in range(times):
            count, seconds = chance.randint(1, 4), chance.random() * LONGEST_SECONDS
            kind = chance.choices(
                (appends.append, appends.append_and_fail, appends.append_and_fail_late),
                (8, 1, 1),
            )[0]
            with suppress(TakenBack):
                ids = await db.write(kind, account_id, count, seconds)
                sys.stdout.write(" ".join(ids) + "\n")
                sys.stdout.flush()

    await asyncio.gather(*(lane(number) for number in range(lanes)))
    await db.stop()


if __name__ == "__main__":
    database, account, chosen, *counts = sys.argv[1:]
    asyncio.run(main(database, account, chosen, *map(int, counts)))
