"""
A program that writes until it is killed: `python -m tests.servers.writing FILE`.

Each line that it prints is the number of a setting that is durable.
"""

import asyncio
import itertools
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.operations import put

LANES = 8


async def main(path: Path) -> None:
    """Writes with a writer process."""
    db = Database(
        f"sqlite:///{path}",
        clock=lambda: datetime.now(UTC),
        entropy=os.urandom,
        metrics=Metrics(),
        writer="process",
    )
    await db.start()
    numbers = itertools.count()

    async def lane() -> None:
        for number in numbers:
            await db.write(put, f"n{number}")
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()

    await asyncio.gather(*(lane() for _ in range(LANES)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
