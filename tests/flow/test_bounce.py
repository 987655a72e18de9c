"""A host takes our mail, and says afterwards that it could not be delivered."""

import pytest

from tests.fakes.remote_mta import RemoteMta
from tests.flow.conftest import MakeServer
from tests.flow.smtp import deliver
from tests.flow.test_story import read_until, running

pytestmark = pytest.mark.slow

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: <{path}>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b

I could not deliver your message.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b--
"""


async def test_what_comes_back_to_the_reverse_path_bounces_that_delivery(
    make_server: MakeServer,
) -> None:
    async with RemoteMta() as host:
        route = {"domain": "example.com", "host": "127.0.0.1", "port": host.port}
        server = make_server(routes=[route])
        async with running(server) as mailbot:
            inbox = await mailbot.inboxes.create(username="support")
            async with mailbot.events.subscribe() as events:
                await events.ready()
                sent = await mailbot.messages.send(
                    inbox_id=inbox.id,
                    to=["ann@example.com", "bob@example.com"],
                    subject="Hello",
                    text="Are you there?",
                )
                await read_until(events, "message.delivered")
                await read_until(events, "message.delivered")
                [path] = [
                    taken.sender.strip("<>")
                    for taken in host.accepted
                    if taken.recipients == ["<bob@example.com>"]
                ]
                report = REPORT.format(path=path, recipient="bob@example.com")
                other = ("b" if path[0] == "a" else "a") + path[1:]
                forged = await deliver(server.mx_port, "", [other], report)
                named = await deliver(server.mx_port, "a@example.com", [path], report)
                taken = await deliver(server.mx_port, "", [path], report)
                again = await deliver(server.mx_port, "", [path], report)
                seen = await read_until(events, "message.bounced")
            message = await mailbot.messages.get(sent.id)
            inbound = [
                one
                async for one in mailbot.messages.list(
                    inbox_id=inbox.id, direction="inbound"
                )
            ]

    assert path.endswith("@rp.mailbot.localhost")
    assert forged.startswith("550 5.1.1")
    assert named.startswith("550 5.1.1")
    assert taken.startswith("250")
    assert again.startswith("250")
    assert seen[-1].recipient == "bob@example.com"
    states = {one.address: one.state for one in message.recipients}
    assert states == {"ann@example.com": "delivered", "bob@example.com": "bounced"}
    assert inbound == []
    assert len(host.accepted) == 2
