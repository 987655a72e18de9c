"""x"""
import asyncio
from tests.engine.waiting.test_wait import *  # noqa
from tests.engine.waiting.test_wait import sitting, head

async def test_what_was_seen_before_the_bell_rings_is_not_looked_for(
    db, bells, inbox, room, wait, monkeypatch
):
    """A bell that is behind rings for what a wait has read already."""
    await room.take(raw(1, subject="One"), inbox)
    reads = []
    read = module._page

    def counted(*arguments):
        reads.append(arguments)
        return read(*arguments)

    monkeypatch.setattr(module, "_page", counted)
    waiting = asyncio.ensure_future(wait(subject("two"), head=0))
    await asyncio.sleep(1.5)
    before=len(reads)
    print("READS", before)
    await room.take(raw(2, subject="Two"), inbox)
    await waiting
    assert before<5
