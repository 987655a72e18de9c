"""An account brings its domain: records, verification, signed mail; whole server."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import dkim
import dns.message
import dns.query
import pytest

from mailbot import AsyncMailBot, DomainRecord
from tests.fakes import zone
from tests.fakes.nameserver import NameServer, records
from tests.fakes.remote_mta import RemoteMta
from tests.flow.conftest import MakeServer
from tests.flow.smtp import deliver
from tests.flow.test_story import read_until, running
from tests.interop.test_dkim import (
    mail_dkim,
    needs_mail_dkim,
    needs_opendkim,
    opendkim,
)

pytestmark = pytest.mark.slow

HOST = "mx.mailbot.example"
QUESTION = """\
From: Kim Customer <customer@example.org>
To: <{inbox}>
Subject: A question
Message-ID: <question-1@example.org>

May I?
"""


async def send_from_own_domain(
    make_server: MakeServer, name_server: NameServer
) -> tuple[bytes, tuple[DomainRecord, ...]]:
    """What another host gets from an inbox of example.com, and what was published."""
    name_server.answers[HOST, "A"] = records(f"{HOST}. 300 IN A 127.0.0.1")
    async with RemoteMta() as customer_host:
        route = {"domain": "*", "host": "127.0.0.1", "port": customer_host.port}
        server = make_server(
            hostname=HOST, dns_servers=[name_server.address], routes=[route]
        )
        async with running(server) as mailbot:
            domain = await mailbot.domains.create("example.com")
            zone.publish(name_server, *domain.records)
            domain = await mailbot.domains.verify(domain.id)
            assert (domain.verified, domain.signing) == (True, True)
            inbox = await mailbot.inboxes.create(
                domain="example.com", username="support"
            )
            await ask(mailbot, server.mx_port, inbox.address)
            async with mailbot.events.subscribe() as events:
                await events.ready()
                await mailbot.messages.send(
                    inbox_id=inbox.id,
                    to="customer@example.org",
                    subject="Grüße",
                    text="A line\n.\n  and another  \n\n",
                )
                await read_until(events, "message.delivered")
        [taken] = customer_host.accepted
        assert taken.sender.endswith("@rp.example.com")
        return taken.data, domain.records


async def ask(mailbot: AsyncMailBot, port: int, inbox: str) -> None:
    """Mail for the inbox is taken, for its neighbours and for others it is not."""
    sender = "customer@example.org"
    text = QUESTION.format(inbox=inbox)
    assert (await deliver(port, sender, [inbox], text)).startswith("250")
    for stranger, code in (("nobody@example.com", "5.1.1"), ("a@b.example", "5.7.1")):
        refused = await deliver(port, sender, [stranger], text)
        assert refused.startswith(f"550 {code}")
    found = [each async for each in mailbot.messages.list(direction="inbound")]
    assert [each.subject for each in found] == ["A question"]


def signing_records(shown: Iterable[DomainRecord]) -> list[DomainRecord]:
    return [each for each in shown if each.purpose == "dkim"]


async def test_what_leaves_verifies_with_what_the_zone_says(
    make_server: MakeServer,
) -> None:
    async with NameServer() as name_server:
        data, shown = await send_from_own_domain(make_server, name_server)

        def answer(name: bytes, timeout: float = 5) -> bytes:
            query = dns.message.make_query(name.decode(), "TXT")
            port = name_server.port
            found = dns.query.tcp(query, "127.0.0.1", timeout, port)
            return b"".join(found.answer[0][0].strings)

        for number in range(2):
            verifier = dkim.DKIM(data)
            assert await asyncio.to_thread(verifier.verify, number, answer)
    assert len(signing_records(shown)) == 2


@pytest.mark.interop
@pytest.mark.parametrize(
    ("verify", "passed"),
    [
        pytest.param(mail_dkim, {"rsa-sha256"}, marks=needs_mail_dkim, id="mail-dkim"),
        pytest.param(
            opendkim,
            {"rsa-sha256", "ed25519-sha256"},
            marks=needs_opendkim,
            id="opendkim",
        ),
    ],
)
async def test_verifiers_that_others_wrote_say_so_too(
    make_server: MakeServer, tmp_path: Path, verify, passed: set[str]
) -> None:
    async with NameServer() as name_server:
        data, shown = await send_from_own_domain(make_server, name_server)
    file = tmp_path / "records"
    keys = signing_records(shown)
    file.write_text("".join(f"{each.name} {each.value}\n" for each in keys))
    results = await asyncio.to_thread(verify, data, file)
    assert {name for name, result in results.items() if result == "pass"} >= passed
