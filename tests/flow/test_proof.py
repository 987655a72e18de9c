"""Who sent a message is looked up in the DNS, and an inbox can insist; whole server."""

import pytest

from mailbot import AsyncMailBot
from tests.fakes.nameserver import NameServer, records
from tests.flow.conftest import MakeServer
from tests.flow.smtp import deliver
from tests.flow.test_story import running

pytestmark = pytest.mark.slow

MAIL = """\
From: Ann <ann@{domain}>
To: <{inbox}>
Subject: A question
Message-ID: <1@{domain}>
Authentication-Results: mx.mailbot.example; dmarc=pass

May I?
"""


def publish(name_server: NameServer, domain: str, spf: str) -> None:
    """A domain that sends from somewhere and wants everything else refused."""
    policy = f"_dmarc.{domain}"
    name_server.answers[domain, "TXT"] = records(f'{domain}. 300 IN TXT "{spf}"')
    name_server.answers[policy, "TXT"] = records(
        f'{policy}. 300 IN TXT "v=DMARC1; p=reject"'
    )


async def send(server_port: int, domain: str, inbox: str) -> None:
    text = MAIL.format(domain=domain, inbox=inbox)
    answer = await deliver(server_port, f"ann@{domain}", [inbox], text)
    assert answer.startswith("250"), answer


async def test_what_proves_nothing_waits_until_somebody_releases_it(
    make_server: MakeServer,
) -> None:
    async with NameServer() as name_server:
        await read_and_release(make_server, name_server)


async def read_and_release(make_server: MakeServer, name_server: NameServer) -> None:
    publish(name_server, "honest.example", "v=spf1 ip4:127.0.0.1 -all")
    publish(name_server, "forged.example", "v=spf1 -all")
    server = make_server(
        hostname="mx.mailbot.example",
        dns_servers=[name_server.address],
        authentication=True,
    )
    async with running(server) as mailbot:
        inbox = await mailbot.inboxes.create(require_auth="dmarc_pass")
        for domain in ("honest.example", "forged.example"):
            await send(server.mx_port, domain, inbox.address)
        await check(mailbot)


async def check(mailbot: AsyncMailBot) -> None:
    """One is there, the other one is kept apart, and comes out when it is let out."""
    [taken] = [each async for each in mailbot.messages.list()]
    assert taken.authentication is not None
    found = (taken.authentication.spf, taken.authentication.dmarc)
    assert found == ("pass", "pass")
    raw = (await mailbot.messages.raw(taken)).decode()
    assert raw.count("dmarc=pass") == 1
    [apart] = [each async for each in mailbot.messages.list(quarantined=True)]
    assert apart.sender is not None
    assert apart.sender.address == "ann@forged.example"
    assert apart.quarantine is not None
    assert apart.quarantine.reason == "require_auth"
    released = await mailbot.messages.release(apart)
    assert released.thread_id
    events = [each.type async for each in mailbot.events.list()]
    assert events[-3:] == [
        "message.quarantined",
        "message.received",
        "message.parsed",
    ]
    assert len([each async for each in mailbot.messages.list()]) == 2
