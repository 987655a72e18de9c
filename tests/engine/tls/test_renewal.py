"""Certificates are looked at once a minute, and when somebody asks for it."""

import asyncio
from contextlib import suppress

import pytest

from mailbot_server.engine.tls import renewal
from mailbot_server.engine.tls.certificate import Certificate
from mailbot_server.engine.tls.renewal import Renewal
from tests.fakes.certificate import self_signed


class Watched(Certificate):
    """Says when it was looked at."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.looked = asyncio.Event()

    async def renew(self):
        await super().renew()
        self.looked.set()


@pytest.fixture
async def shown(tmp_path, metrics):
    """A certificate whose files say something else by now."""
    path = self_signed(tmp_path, "old.example.com")
    certificate = Watched("smtp", metrics, path, None)
    certificate.load()
    path.write_bytes(self_signed(tmp_path, "new.example.com").read_bytes())
    return certificate


async def looked_at(shown, *, hurried):
    before = shown.pair
    its = Renewal([shown])
    task = asyncio.create_task(its.run())
    if hurried:
        its.hurry()
    try:
        async with asyncio.timeout(20):
            await shown.looked.wait()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert shown.pair is not before


async def test_who_is_asked_looks_at_once(shown, monkeypatch):
    monkeypatch.setattr(renewal, "LOOK_SECONDS", 3600)
    await looked_at(shown, hurried=True)


async def test_who_is_not_asked_looks_now_and_then(shown, monkeypatch):
    monkeypatch.setattr(renewal, "LOOK_SECONDS", 0.01)
    await looked_at(shown, hurried=False)
