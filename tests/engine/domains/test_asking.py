"""All questions at once, and an answer for each, if only that there is none."""

import asyncio

from mailbot_server.core.domain import publish
from mailbot_server.core.domain.spf import Sender
from mailbot_server.engine.dns import Status
from mailbot_server.engine.domains import asking
from tests.fakes.resolver import FakeResolver

SENDER = Sender(hostname="mx.mailbot.example")
RECORDS = publish.wanted("a.example.com", "abc", (), SENDER)


class Stuck(FakeResolver):
    """Never answers about one name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    async def txt(self, name: str):
        if name == self._name:
            await asyncio.Event().wait()
        return await super().txt(name)


async def test_every_name_is_asked_for_once():
    lookups = FakeResolver()
    await asking.ask(lookups, RECORDS)
    assert sorted(lookups.questions) == [
        ("mx", "a.example.com"),
        ("mx", "rp.a.example.com"),
        ("txt", "_dmarc.a.example.com"),
        ("txt", "_dmarc.example.com"),
        ("txt", "_mailbot.a.example.com"),
        ("txt", "a.example.com"),
        ("txt", "rp.a.example.com"),
    ]


async def test_what_is_not_there_is_empty_and_what_nobody_says_is_unknown():
    lookups = FakeResolver()
    lookups.texts_of["a.example.com"] = [b"v=spf1 -all"]
    lookups.texts_of["rp.a.example.com"] = Status.FAILED
    lookups.mx_of["a.example.com"] = [(10, "mx.mailbot.example")]
    lookups.mx_of["rp.a.example.com"] = Status.TIMEOUT
    seen = await asking.ask(lookups, RECORDS)
    assert seen.texts["a.example.com"] == (b"v=spf1 -all",)
    assert seen.texts["rp.a.example.com"] is None
    assert seen.texts["_mailbot.a.example.com"] == ()
    assert seen.exchanges["a.example.com"] == ((10, "mx.mailbot.example"),)
    assert seen.exchanges["rp.a.example.com"] is None


async def test_an_answer_that_is_late_holds_up_nothing(monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.05)
    lookups = Stuck("a.example.com")
    lookups.texts_of["_mailbot.a.example.com"] = [b"here"]
    seen = await asking.ask(lookups, RECORDS)
    assert seen.texts["a.example.com"] is None
    assert seen.texts["_mailbot.a.example.com"] == (b"here",)


async def test_who_sends_is_the_host_with_its_addresses():
    lookups = FakeResolver()
    lookups.addresses_of["mx.mailbot.example"] = ["192.0.2.7", "2001:db8::7"]
    found = await asking.sender(lookups, "mx.mailbot.example", "_spf.mailbot.example")
    assert found.addresses == ("192.0.2.7", "2001:db8::7")
    assert found.mechanism == "include:_spf.mailbot.example"
    assert await asking.sender(FakeResolver(), "", "") == Sender()
