"""
A program that reads a log where it is told: `python -m tests.servers.tailing`.

Its arguments are the database and the account. Each line of its input is a position
and how many events are wanted; the answer is a line of JSON.
"""

import json
import os
import sys
from datetime import UTC, datetime

from mailbot_server.core.event import EventFilter
from mailbot_server.store import events
from mailbot_server.store.database import Database
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.telemetry.metrics import Metrics


def main(url: str, account_id: str) -> None:
    """Reads with a connection of its own, and never writes."""
    db = Database(
        url,
        clock=lambda: datetime.now(UTC),
        entropy=os.urandom,
        metrics=Metrics(),
        writer="thread",
    )
    for line in sys.stdin:
        position, limit = map(int, line.split())
        stamp = Stamp(now=datetime.now(UTC), seed=os.urandom(16))
        page = db.backend.read(
            stamp, events.after, account_id, position, EventFilter(), limit
        )
        answer = {
            "events": [(event.position, event.id) for event in page.events],
            "scanned": page.scanned,
            "head": page.head,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
