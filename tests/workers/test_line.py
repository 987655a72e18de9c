"""A line carries messages whole, and its end is seen."""

import asyncio
import socket
from contextlib import asynccontextmanager

from mailbot_server.workers.line import Line


@asynccontextmanager
async def two_ends():
    one, other = socket.socketpair()
    lines = await Line.over(one), await Line.over(other)
    try:
        yield lines
    finally:
        for line in lines:
            await line.close()


async def test_what_one_says_the_other_hears_in_order():
    async with two_ends() as (one, other):
        for number in range(3):
            await one.say({"number": number, "text": "line\nbreak ü"})
        heard = [await other.hear() for _ in range(3)]
        assert heard == [{"number": n, "text": "line\nbreak ü"} for n in range(3)]
        await other.say({"back": True})
        assert await one.hear() == {"back": True}


async def test_a_message_may_be_megabytes():
    async with two_ends() as (one, other):
        text = "x" * 5_000_000
        _, heard = await asyncio.gather(one.say({"text": text}), other.hear())
        assert heard == {"text": text}


async def test_the_end_of_the_other_is_the_end_of_the_line():
    async with two_ends() as (one, other):
        await one.say({"last": 1})
        await one.close()
        assert await other.hear() == {"last": 1}
        assert await other.hear() is None
        for _ in range(3):
            await other.say({"nobody": "hears"})


async def test_half_a_message_and_no_message_end_it():
    for said in (b'{"half": 1', b"no JSON\n", b"[1]\n", b"\xff\n"):
        one, other = socket.socketpair()
        line = await Line.over(other)
        one.sendall(said)
        one.close()
        assert await line.hear() is None
        await line.close()
