"""Links in mail as those meet them who follow them: people, programs and scanners."""

from datetime import timedelta

import aiohttp
import pytest
import yarl

from mailbot_server.config import Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.event import EventFilter
from mailbot_server.core.signed import link, server_key
from mailbot_server.core.signed.link import For
from mailbot_server.core.tracking.plan import Plan
from mailbot_server.engine.engagement import recording
from mailbot_server.store import events, suppressions
from mailbot_server.store.deliveries import engagement
from mailbot_server.web.public import PublicServer
from mailbot_server.web.tracking import PICTURE, Tracking, location
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import account, add_account, add_inbox

KEYS = server_key.keys_for([b"a server key for tests, long enough"], link.PURPOSE)
GONE = server_key.keys_for([b"an older server key that was dropped"], link.PURPOSE)
TARGETS = ("https://example.com/?a=1&b=2", "https://bücher.example/grüße x")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
FORM = {"List-Unsubscribe": "One-Click"}


def forget(tx, message_id):
    """As redaction does."""
    tx.execute("DELETE FROM tracked_message WHERE message_id = ?", message_id)


@pytest.fixture
async def delivery(db):
    await add_account(db)
    inbox = await add_inbox(db)
    [made] = await add_deliveries(db, inbox, range(1, 2))
    await db.write(engagement.keep, made.message_id, Plan(urls=TARGETS))
    return made


@pytest.fixture
def path(delivery):
    """The path of a link of the delivery."""

    def of(purpose, number=0, keys=KEYS):
        token = link.write(keys, purpose, delivery.id, number)
        return f"/{purpose.value}/{token}"

    return of


@pytest.fixture
async def ask(db, metrics):
    """Asks for a path; (status, header fields, body)."""
    settings = Settings(public_url="http://localhost", public_port=0)
    tracking = Tracking(db, KEYS, settings, metrics)
    server = PublicServer(settings, metrics, tracking.routes())
    await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as session:

        async def run(path, method="GET", data=None, **fields):
            headers = {"User-Agent": FIREFOX, **fields}
            asked = session.request(
                method, path, headers=headers, data=data, allow_redirects=False
            )
            async with asked as response:
                return response.status, response.headers, await response.read()

        yield run
    await server.stop()


@pytest.fixture
def log(db):
    async def read():
        page = await db.read(events.after, account().id, 0, EventFilter(), 500)
        return page.events

    return read


@pytest.fixture
def counted(metrics):
    """How many requests had a result."""

    def read(kind, result):
        name, labels = (
            "mailbot_tracking_requests_total",
            {"kind": kind, "result": result},
        )
        return metrics.registry.get_sample_value(name, labels)

    return read


async def test_a_picture_tells_of_an_open(ask, path, log, counted):
    status, headers, body = await ask(path(For.OPEN))
    assert (status, headers["Content-Type"], body) == (200, "image/gif", PICTURE)
    assert "no-store" in headers["Cache-Control"]
    [event] = await log()
    assert event.type.value == "message.opened"
    assert (event.detail.first, event.detail.machine) == (True, False)
    assert (event.detail.user_agent, event.detail.network) == (FIREFOX, "127.0.0.0/24")
    assert counted("open", "ok") == 1


async def test_a_link_leads_where_it_was_meant_to(ask, path, log, counted):
    status, headers, _ = await ask(path(For.CLICK, 1))
    assert (status, headers["Location"]) == (302, TARGETS[0])
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers
    [event] = await log()
    assert (event.detail.link_index, event.detail.url) == (1, TARGETS[0])
    assert counted("click", "ok") == 1


async def test_a_target_in_other_letters_is_spelt_for_the_header(ask, path):
    _, headers, _ = await ask(path(For.CLICK, 2))
    assert headers["Location"] == "https://xn--bcher-kva.example/gr%C3%BC%C3%9Fe%20x"


@pytest.mark.parametrize(
    ("fields", "method", "reason"),
    [
        ({"User-Agent": "Mozilla/5.0"}, "GET", "apple_proxy"),
        ({"User-Agent": "x (via ggpht.com GoogleImageProxy)"}, "GET", "gmail_proxy"),
        ({"Sec-Purpose": "prefetch"}, "GET", "prefetch"),
        ({}, "HEAD", "head"),
    ],
)
async def test_machines_get_what_they_ask_for_and_are_not_counted(
    ask, path, log, counted, fields, method, reason
):
    assert (await ask(path(For.OPEN), method, **fields))[0] == 200
    status, headers, _ = await ask(path(For.CLICK, 1), method, **fields)
    assert (status, headers["Location"]) == (302, TARGETS[0])
    assert [each.detail.machine_reason for each in await log()] == [reason] * 2
    assert counted("open", "bot") == counted("click", "bot") == 1


@pytest.mark.parametrize("purpose", For)
async def test_what_nobody_signed_leads_nowhere(ask, path, log, counted, purpose):
    good = path(purpose, 1)
    for wrong in (
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good + "a",
        f"/{purpose.value}/a",
    ):
        for method in (
            "GET",
            "HEAD",
            *(["POST"] if purpose is For.UNSUBSCRIBE else []),
        ):
            assert (await ask(wrong, method, FORM if method == "POST" else None))[
                0
            ] == 404
    kind = {"o": "open", "c": "click", "u": "unsubscribe"}[purpose.value]
    assert counted(kind, "bad_signature") >= 6
    assert await log() == []


async def test_a_link_for_one_thing_is_not_for_another(ask, path):
    token = path(For.OPEN).rpartition("/")[2]
    assert (await ask(f"/c/{token}"))[0] == 404
    assert (await ask(f"/u/{token}", "POST", FORM))[0] == 404


@pytest.mark.parametrize("purpose", For)
async def test_links_of_a_key_that_is_gone_have_expired(ask, path, counted, purpose):
    assert (await ask(path(purpose, 1, GONE)))[0] == 404
    kind = {"o": "open", "c": "click", "u": "unsubscribe"}[purpose.value]
    assert counted(kind, "expired") == 1


async def test_no_target_can_be_written_into_a_link(ask, path):
    query = "?url=https://evil.example/&u=//evil.example"
    _, headers, _ = await ask(yarl.URL(path(For.CLICK, 1) + query, encoded=True))
    assert headers["Location"] == TARGETS[0]
    assert (await ask(path(For.CLICK, 7)))[0] == 404


async def test_whoever_reads_gets_the_picture_even_when_nothing_can_be_written(
    ask, path, db, monkeypatch, counted
):
    async def away(*call):
        raise Unavailable("the database is away")

    monkeypatch.setattr(db, "write", away)
    assert (await ask(path(For.OPEN)))[2] == PICTURE
    assert (await ask(path(For.CLICK, 1)))[1]["Location"] == TARGETS[0]
    status, headers, body = await ask(path(For.UNSUBSCRIBE), "POST", FORM)
    assert (status, headers["Retry-After"]) == (503, "60")
    assert b"database" not in body
    assert [counted(k, "error") for k in ("open", "click", "unsubscribe")] == [1, 1, 1]


@pytest.fixture
def suppressed(db, delivery):
    async def read():
        where = (delivery.account_id, delivery.inbox_id, [delivery.recipient])
        return bool(await db.read(suppressions.find, *where))

    return read


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_e9_looking_does_not_unsubscribe(ask, path, log, suppressed, method):
    status, _, body = await ask(path(For.UNSUBSCRIBE), method)
    assert status == 200
    assert (b'<form method="post">' in body) == (method == "GET")
    assert not await suppressed()
    assert await log() == []


async def test_e9_a_program_unsubscribes_by_one_post(
    ask, path, log, suppressed, counted
):
    for _ in range(2):
        status, _, body = await ask(path(For.UNSUBSCRIBE), "POST", FORM)
        assert status == 200
        assert b"no more mail" in body
    assert await suppressed()
    told = await log()
    assert [e.type.value for e in told] == ["message.unsubscribed", "suppression.added"]
    assert told[0].detail.method == "one_click"
    assert counted("unsubscribe", "ok") == 2


async def test_the_other_kind_of_form_does_too(ask, path, suppressed):
    data = aiohttp.FormData(default_to_multipart=True)
    data.add_field("List-Unsubscribe", "One-Click")
    assert (await ask(path(For.UNSUBSCRIBE), "POST", data))[0] == 200
    assert await suppressed()


async def test_the_button_of_the_page_unsubscribes(ask, path, log):
    await ask(path(For.UNSUBSCRIBE), "POST", {**FORM, "by": "page"})
    assert (await log())[0].detail.method == "page"


@pytest.mark.parametrize("data", [None, {}, {"List-Unsubscribe": "No"}, b"\xff=\xff"])
async def test_other_posts_do_not(ask, path, suppressed, data):
    assert (await ask(path(For.UNSUBSCRIBE), "POST", data))[0] == 400
    assert not await suppressed()


@pytest.mark.parametrize("purpose", [For.OPEN, For.CLICK])
async def test_nothing_is_posted_to_a_picture_or_a_link(ask, path, purpose, log):
    assert (await ask(path(purpose, 1), "POST", FORM))[0] == 405
    assert await log() == []


async def test_unsubscribing_works_when_the_targets_are_forgotten(
    ask, path, db, delivery, suppressed
):
    await db.write(forget, delivery.message_id)
    assert (await ask(path(For.CLICK, 1)))[0] == 404
    assert (await ask(path(For.UNSUBSCRIBE), "POST", FORM))[0] == 200
    assert await suppressed()


async def test_the_time_that_machines_need_is_a_setting(db, metrics, delivery):
    tracking = Tracking(db, KEYS, Settings(machine_seconds=2), metrics)
    assert tracking.grace == timedelta(seconds=2)


async def test_a_delivery_that_never_was_leads_nowhere(ask, path, monkeypatch, db):
    token = link.write(KEYS, For.OPEN, f"dlv_{99:026d}")
    assert (await ask(f"/o/{token}"))[0] == 404
    token = link.write(KEYS, For.UNSUBSCRIBE, f"dlv_{99:026d}")
    assert (await ask(f"/u/{token}", "POST", FORM))[0] == 404
    assert await db.read(recording.target, f"dlv_{99:026d}", 1) == ""


@pytest.mark.parametrize(
    ("url", "spelt"),
    [
        ("https://e.com/a?b=c&d=%20#e", "https://e.com/a?b=c&d=%20#e"),
        ("https://e.com/a b", "https://e.com/a%20b"),
        ('https://e.com/"<>\\', "https://e.com/%22%3C%3E%5C"),
        ("https://bücher.example:8080/", "https://xn--bcher-kva.example:8080/"),
        ("https://Faß.example/", "https://xn--fa-hia.example/"),
        ("https://ü:p@BÜCHER。example/", "https://%C3%BC:p@xn--bcher-kva.example/"),
        ("https://bücher.example\\a", "https://xn--bcher-kva.example/a"),
        ("https://" + "ü" * 70 + "/", "https://" + "%C3%BC" * 70 + "/"),
        ("https://e.com/\U0001f600", "https://e.com/%F0%9F%98%80"),
        ("https://e.com/100%", "https://e.com/100%"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
    ],
)
def test_a_header_carries_plain_letters(url, spelt):
    assert location(url) == spelt
