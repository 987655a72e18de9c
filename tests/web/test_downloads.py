"""Attachments as those get them who follow a link: whole, as files, for a day."""

from datetime import timedelta

import aiohttp
import pytest

from mailbot_server.config import Settings
from mailbot_server.core.mail import parse
from mailbot_server.core.message import attachment_id
from mailbot_server.core.search.document import Document
from mailbot_server.core.signed import download, server_key
from mailbot_server.store import messages
from mailbot_server.web import downloads as module
from mailbot_server.web.downloads import Downloads, disposition
from mailbot_server.web.public import PublicServer
from tests.fakes.mail import message
from tests.fakes.tenants import add_account, add_inbox

KEYS = server_key.keys_for([b"a server key for tests, long enough"], download.PURPOSE)
HTML = b"<script>alert(1)</script>"
RAW = (
    b"From: carol@example.com\r\nSubject: Files\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
    b"--b\r\nContent-Type: application/pdf; name*=utf-8''%C3%BCber.pdf\r\n"
    b"Content-Disposition: attachment\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n"
    b"--b\r\nContent-Type: text/html\r\n"
    b"Content-Disposition: attachment; filename=a.html\r\n\r\n"
    + HTML
    + b"\r\n--b--\r\n"
)


@pytest.fixture
async def stored(db):
    """A message with two files; its id."""
    await add_account(db)
    made = message(1, await add_inbox(db))

    def add(tx):
        messages.add(tx, made, RAW, parse.parse(RAW).parts, Document())

    await db.write(add)
    return made.id


@pytest.fixture
def downloads(db, clock):
    settings = Settings(public_url="http://localhost/mail/", public_port=0)
    return Downloads(db, KEYS, clock, settings)


@pytest.fixture
async def ask(downloads, metrics):
    """Asks for a link; (status, header fields, body)."""
    settings = Settings(public_url="http://localhost", public_port=0)
    server = PublicServer(settings, metrics, downloads.routes())
    await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as session:

        async def run(link, method="GET"):
            path = link.removeprefix("http://localhost")
            async with session.request(method, path) as response:
                return response.status, response.headers, await response.read()

        yield run
    await server.stop()


async def test_a_link_gives_the_file_and_nothing_runs(ask, downloads, stored):
    link = downloads.link(attachment_id(stored, "2"))
    assert link.startswith("http://localhost/mail/attachments/")
    status, fields, body = await ask(link)
    assert (status, body) == (200, b"%PDF-")
    assert fields["Content-Type"] == "application/pdf"
    assert fields["Content-Length"] == "5"
    assert fields["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%C3%BCber.pdf" in fields["Content-Disposition"]
    assert fields["X-Content-Type-Options"] == "nosniff"
    assert fields["Cache-Control"] == "no-store, private"
    assert "sandbox" in fields["Content-Security-Policy"]
    status, fields, body = await ask(link, "HEAD")
    assert (status, fields["Content-Length"], body) == (200, "5", b"")


async def test_a_page_is_no_page_of_ours(ask, downloads, stored):
    status, fields, body = await ask(downloads.link(attachment_id(stored, "3")))
    assert (status, body.strip()) == (200, HTML)
    assert fields["Content-Type"] == "application/octet-stream"


async def test_a_link_ends_after_a_day(ask, downloads, stored, clock):
    link = downloads.link(attachment_id(stored, "2"))
    clock.advance(hours=24, seconds=-1)
    assert (await ask(link))[0] == 200
    clock.advance(seconds=1)
    assert (await ask(link))[0] == 404


async def test_what_is_not_there_is_not_found(ask, downloads, stored, db, clock):
    for link in (
        downloads.link(attachment_id(stored, "9")),
        downloads.link(f"att_{'0' * 26}-1"),
        downloads.link(attachment_id(stored, "2"))[:-1] + "A",
        "/attachments/x",
        f"/attachments/{download.write(KEYS, 'msg_1', clock())}",
    ):
        assert (await ask(link))[0] == 404, link
    link = downloads.link(attachment_id(stored, "2"))

    def redact(tx):
        tx.execute("DELETE FROM raw WHERE message_id = ?", stored)

    await db.write(redact)
    assert (await ask(link))[0] == 404


async def test_so_many_at_once_and_no_more(ask, downloads, stored, monkeypatch):
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.01)
    link = downloads.link(attachment_id(stored, "2"))
    for _ in range(module.AT_ONCE):
        await downloads._room.acquire()
    status, fields, _ = await ask(link)
    assert (status, fields["Retry-After"]) == (503, "60")
    for _ in range(module.AT_ONCE):
        downloads._room.release()
    assert (await ask(link))[0] == 200


async def test_without_a_public_url_there_are_no_links(db, clock):
    bare = Downloads(db, KEYS, clock, Settings())
    assert bare.link("att_1") == ""
    named = Downloads(db, KEYS, clock, Settings(public_url="http://localhost"))
    assert named.link("att_" + "1" * 600) == ""
    assert timedelta(hours=24) == download.VALID


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "attachment; filename=\"attachment\"; filename*=UTF-8''attachment"),
        (
            'a"b\r\nX: y.txt',
            (
                "attachment; filename=\"a_b__X_ y.txt\"; filename*=UTF-8''"
                "a%22b%0D%0AX%3A%20y.txt"
            ),
        ),
        ("\ud800.txt", "attachment; filename=\"_.txt\"; filename*=UTF-8''%3F.txt"),
    ],
    ids=["none", "hostile", "no-text"],
)
def test_names_cannot_end_the_field(name, expected):
    assert disposition(name) == expected
