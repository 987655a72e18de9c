"""
`python -m bench.fire`: the log under fire for as long as you like, on both databases.

The same as the test of row F1 (`tests/flow/test_log_under_fire.py`), with more writers'
generations, more operations and more readers. It ends with the first reader that has
not seen everything once and in order.
"""

import argparse
import asyncio
import time
from typing import Final

from bench import preload
from bench.queue_length import DATABASES, _database
from tests.flow import test_log_under_fire as fire

LONGEST_SECONDS: Final = 900


def main() -> None:
    """Prints what was survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--generations", type=int, default=8)
    parser.add_argument("--times", type=int, default=200, help="operations of a lane")
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    options = parser.parse_args()
    fire.ROUNDS, fire.TIMES = options.generations, options.times
    fire.READERS, fire.KILLED = options.readers, options.generations * 2
    fire.DEADLINE_SECONDS = LONGEST_SECONDS
    ends_at = time.monotonic() + options.minutes * 60
    rounds = 0
    while time.monotonic() < ends_at or not rounds:
        rounds += 1
        for name in options.databases:
            with _database(name) as url:
                if url:
                    _round(name, url, rounds)


def _round(name: str, url: str, number: int) -> None:
    asyncio.run(preload.fill(url, 1))
    began = time.monotonic()
    asyncio.run(fire.test_f1_every_reader_sees_everything_once_in_order(url))
    seconds = time.monotonic() - began
    print(f"{name:<10} round {number}: held, in {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
