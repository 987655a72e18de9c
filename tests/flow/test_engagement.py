"""Opens, clicks and unsubscribing, from the sender's call to the recipient's finger."""

import asyncio
import email
import email.policy
import re
from html.parser import HTMLParser
from typing import Any

import aiohttp
import pytest

from mailbot import Event, Tracking
from tests.fakes.remote_mta import RemoteMta
from tests.flow.conftest import MakeServer
from tests.flow.test_story import read_until, running
from tests.servers.process import free_ports

pytestmark = pytest.mark.slow

HTML = """\
<html><body><p>Hello, <a href="https://shop.example/?a=1&amp;b=ü">your offer</a></p>
<p><a href="mailto:help@shop.example">Help</a>
<a href="https://shop.example/unsubscribe">Unsubscribe</a></p></body></html>
"""
PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101"}


class Links(HTMLParser):
    """Where the links of a page lead, and its pictures are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        values = dict(attrs)
        if tag == "a":
            self.links.append(values["href"])
        if tag == "img":
            self.pictures.append(values["src"])


def html_of(data: bytes) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content())


async def ask(method: str, url: str, **options: Any) -> tuple[int, str]:
    """The answer's status, and where it leads."""
    async with (
        aiohttp.ClientSession(headers=PERSON) as session,
        session.request(method, url, allow_redirects=False, **options) as answer,
    ):
        return answer.status, answer.headers.get("Location", "")


async def test_each_recipient_has_links_of_their_own_and_what_they_do_is_told(
    make_server: MakeServer,
) -> None:
    [port] = free_ports(1)
    async with RemoteMta() as host:
        route = {"domain": "example.com", "host": "127.0.0.1", "port": host.port}
        server = make_server(
            routes=[route], public_port=port, public_url=f"http://127.0.0.1:{port}"
        )
        async with running(server) as mailbot:
            inbox = await mailbot.inboxes.create(username="shop")
            async with mailbot.events.subscribe() as events:
                await events.ready()
                sent = await mailbot.messages.send(
                    inbox_id=inbox.id,
                    to=["ann@example.com", "bob@example.com"],
                    subject="An offer",
                    html=HTML,
                    text="See https://shop.example/",
                    track_opens=True,
                    track_clicks=True,
                    one_click_unsubscribe=True,
                )
                assert sent.tracking == Tracking(opens=True, clicks=True)
                for _ in range(2):
                    await read_until(events, "message.delivered")
                copies = {
                    each.recipients[0].strip("<>"): each.data for each in host.accepted
                }
                pages = {who: Links(html_of(data)) for who, data in copies.items()}
                ann, bob = pages["ann@example.com"], pages["bob@example.com"]
                assert ann.links[0] != bob.links[0]
                assert ann.links[1:] == bob.links[1:]
                assert ann.links[1:] == [
                    "mailto:help@shop.example",
                    "https://shop.example/unsubscribe",
                ]
                assert b"See https://shop.example/" in copies["ann@example.com"]
                told = await do_it_all(ann, copies["ann@example.com"], events)
            message = await mailbot.messages.get(sent.id)
            status = {each.address: each for each in message.recipients}
            assert (
                status["ann@example.com"].opens,
                status["ann@example.com"].clicks,
            ) == (1, 1)
            assert (
                status["bob@example.com"].opens,
                status["bob@example.com"].clicks,
            ) == (0, 0)
            assert message.html_body.replace("\r\n", "\n") == HTML
            assert {each.recipient for each in told} == {"ann@example.com"}
            again = await mailbot.messages.send(
                inbox_id=inbox.id, to="ann@example.com", subject="More", text="More"
            )
            assert [each.state for each in again.recipients] == ["suppressed"]


async def do_it_all(page: Links, copy: bytes, events: Any) -> list[Event]:
    """Opens, clicks and unsubscribes; what was told of it."""
    [picture] = page.pictures
    assert await ask("GET", picture) == (200, "")
    told = await read_until(events, "message.opened")
    assert await ask("GET", page.links[0]) == (
        302,
        "https://shop.example/?a=1&b=%C3%BC",
    )
    told += await read_until(events, "message.clicked")
    clicked = told[-1].engagement
    assert clicked is not None
    assert (clicked.link_index, clicked.first, clicked.machine) == (1, True, False)
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in copy
    found = re.search(rb"^List-Unsubscribe: <([^>]+)>", copy, re.MULTILINE)
    assert found is not None
    link = found[1].decode()
    assert (await ask("GET", link))[0] == 200
    form = {"List-Unsubscribe": "One-Click"}
    assert (await ask("POST", link, data=form))[0] == 200
    told += await read_until(events, "suppression.added")
    assert [each.type for each in told] == [
        *("message.opened", "message.clicked"),
        *("message.unsubscribed", "suppression.added"),
    ]
    return told


async def test_an_inbox_may_track_what_it_sends_to_its_neighbours(
    make_server: MakeServer,
) -> None:
    [port] = free_ports(1)
    server = make_server(public_port=port, public_url=f"http://127.0.0.1:{port}")
    async with running(server) as mailbot:
        shop = await mailbot.inboxes.create(
            username="shop", tracking=Tracking(clicks=True)
        )
        assert shop.tracking == Tracking(clicks=True)
        ann = await mailbot.inboxes.create(username="ann")
        async with mailbot.events.subscribe() as events:
            await events.ready()
            await mailbot.messages.send(
                inbox_id=shop.id, to=ann.address, subject="An offer", html=HTML
            )
            untracked = await mailbot.messages.send(
                *(),
                inbox_id=shop.id,
                to=ann.address,
                subject="B",
                html=HTML,
                track_clicks=False,
            )
            assert untracked.tracking is None
            got: list[str] = []
            while len(got) < 2:
                got.append(
                    (await read_until(events, "message.received"))[-1].message_id
                )
        pages = [Links((await mailbot.messages.get(each)).html_body) for each in got]
        tracked = [page for page in pages if f":{port}/c/" in page.links[0]]
        assert len(tracked) == 1
        assert (await ask("GET", tracked[0].links[0]))[0] == 302
        assert not tracked[0].pictures
        calm = await mailbot.inboxes.update(shop, tracking=Tracking())
        assert calm.tracking is None


async def test_without_an_address_for_links_tracking_is_refused(
    make_server: MakeServer,
) -> None:
    async with running(make_server()) as mailbot:
        inbox = await mailbot.inboxes.create(username="shop")
        calls = [
            mailbot.messages.send(
                inbox_id=inbox.id, to="a@b.com", text="x", track_opens=True
            ),
            mailbot.messages.send(
                inbox_id=inbox.id, to="a@b.com", text="x", one_click_unsubscribe=True
            ),
            mailbot.inboxes.update(inbox, tracking=Tracking(opens=True)),
        ]
        for result in await asyncio.gather(*calls, return_exceptions=True):
            assert "public_url" in str(result)
