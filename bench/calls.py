"""A load generator for SendMessage, in a process of its own: `python -m bench.calls …`.

Prints the seconds that it took, and the median of one call in milliseconds, as its
client sees it. The recipients' domain is pinned nowhere and the server has no hostname,
so deliveries are held: this measures acceptance.
"""

import asyncio
import sys
from statistics import median
from time import perf_counter

from mailbot import AsyncMailBot

TEXT = "Dear customer,\n\nplease find the figures below.\n\n" + "A line of text. " * 60


async def main(arguments: list[str]) -> None:
    """target, API key, messages, concurrency."""
    target, key, count, concurrency = arguments
    async with AsyncMailBot(api_key=key, target=target) as mailbot:
        # A sandbox inbox may send 25 messages a minute, so the load is spread.
        inboxes = [await mailbot.inboxes.create() for _ in range(-(-int(count) // 24))]
        numbers = iter(range(int(count)))
        each: list[float] = []

        async def work() -> None:
            for number in numbers:
                began = perf_counter()
                await mailbot.messages.send(
                    inbox_id=inboxes[number % len(inboxes)].id,
                    to=f"customer{number}@example.com",
                    subject=f"Figures {number}",
                    text=TEXT,
                )
                each.append((perf_counter() - began) * 1e3)

        started = perf_counter()
        await asyncio.gather(*(work() for _ in range(int(concurrency))))
        print(perf_counter() - started, median(each))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
