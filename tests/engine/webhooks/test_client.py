"""Requests to strangers: fault rows E6 and E7, and every way in which an answer fails."""

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mailbot_server.config import Settings, load
from mailbot_server.core.webhook.attempt import Answer
from mailbot_server.core.webhook.result import Result
from mailbot_server.engine.dns import AddressAnswer, Status
from mailbot_server.engine.webhooks import client as module
from mailbot_server.engine.webhooks.client import Client, Request
from tests.fakes.certificate import self_signed
from tests.fakes.resolver import FakeResolver
from tests.servers.endpoint import EndpointServer, Says

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAME = "hooks.example.com"
LOCAL = load(webhook_allowed_hosts=("127.0.0.1", NAME))
Stream = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def request(url: str, seconds: float = 5.0, **fields: Any) -> Request:
    known = {"body": b'{"a":1}', "headers": {"webhook-id": "evt_1"}} | fields
    return Request(url=url, timeout=timedelta(seconds=seconds), **known)


@asynccontextmanager
async def client(
    settings: Settings = LOCAL, resolver: FakeResolver | None = None
) -> AsyncIterator[Client]:
    made = Client(settings, resolver or FakeResolver())
    try:
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def raw(stream: Stream, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server that speaks as a test likes, after it has read the request."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await stream(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1]


def saying(*pieces: bytes) -> Stream:
    async def stream(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return stream


async def sent(port: int, seconds: float = 5.0) -> Answer:
    async with client() as mine:
        return await mine.send(request(f"http://127.0.0.1:{port}/", seconds), NOW)


async def test_what_is_asked_for_is_sent_and_nothing_else_is_said() -> None:
    async with EndpointServer() as server, client() as mine:
        server.answer = lambda _: Says(
            status=202, headers={"X-Seen": "yes"}, body=b"fine"
        )
        answer = await mine.send(request(server.url), NOW)
        assert (answer.result, answer.status, answer.body) == (
            *(Result.SUCCESS, 202),
            b"fine",
        )
        assert answer.headers["x-seen"] == "yes"
        assert answer.remote_address == f"127.0.0.1:{server.port}"
        assert answer.duration_seconds > 0
        (posted,) = server.posted
        assert posted.body == b'{"a":1}'
        assert "cookie" not in posted.headers


async def test_a_connection_is_used_again() -> None:
    async with EndpointServer() as server, client() as mine:
        for _ in range(5):
            await mine.send(request(server.url), NOW)
        assert len(server.posted) == 5
        assert len(server.connections) == 1


async def test_cookies_are_not_kept() -> None:
    async with EndpointServer() as server, client() as mine:
        server.answer = lambda _: Says(headers={"Set-Cookie": "a=b"})
        for _ in range(2):
            await mine.send(request(server.url), NOW)
        assert "cookie" not in server.posted[1].headers


async def test_a_kept_connection_that_was_closed_is_no_failure() -> None:
    closed = asyncio.Event()

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(7)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        if not closed.is_set():
            closed.set()
            await reader.readuntil(b"\r\n\r\n")

    async with raw(once) as port, client() as mine:
        url = f"http://127.0.0.1:{port}/"
        for _ in range(2):
            answer = await mine.send(request(url), NOW)
            assert answer.result is Result.SUCCESS


async def test_a_new_connection_that_is_closed_unanswered_is_one() -> None:
    async with raw(saying()) as port:
        answer = await sent(port)
    assert answer.result is Result.CONNECT
    assert "closed unanswered" in answer.diagnostic


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2001:0:7f00:1::", "::127.0.0.1"),
    ],
)
async def test_e6_a_name_that_leads_inside_is_blocked(address: str) -> None:
    resolver = FakeResolver()
    resolver.addresses_of = {NAME: [address]}
    async with client(load(), resolver) as mine:
        answer = await mine.send(request(f"https://{NAME}/"), NOW)
    assert answer.result is Result.BLOCKED_ADDRESS
    assert answer.remote_address == ""


async def test_e6_one_bad_address_among_good_ones_is_enough() -> None:
    resolver = FakeResolver()
    resolver.addresses_of = {NAME: ["93.184.216.34", "10.0.0.1"]}
    async with client(load(), resolver) as mine:
        answer = await mine.send(request(f"https://{NAME}/"), NOW)
    assert answer.result is Result.BLOCKED_ADDRESS


@pytest.mark.parametrize(
    "url",
    [
        *("https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/"),
        *("https://2130706433/", "https://0x7f.1/", "https://127.1/"),
        *("https://localhost/", "http://example.com/", "https://[64:ff9b::1]/"),
    ],
)
async def test_e6_a_url_that_leads_inside_is_not_called(url: str) -> None:
    resolver = FakeResolver()
    async with client(load(), resolver) as mine:
        answer = await mine.send(request(url), NOW)
    assert answer.result is Result.BLOCKED_ADDRESS
    assert resolver.questions == []


async def test_e6_a_name_that_leads_elsewhere_the_second_time_is_blocked_then() -> None:
    """Rebinding: every new connection is looked at anew, and only there."""

    class Rebinding(FakeResolver):
        async def addresses(self, host: str) -> AddressAnswer:
            found = await super().addresses(host)
            self.addresses_of = {NAME: ["10.0.0.1"]}
            return found

    async with EndpointServer() as server:
        resolver = Rebinding()
        resolver.addresses_of = {NAME: ["127.0.0.1"]}
        settings = load(webhook_allowed_hosts=("127.0.0.1",), webhook_allow_http=True)
        url = f"http://{NAME}:{server.port}/"
        async with client(settings, resolver) as mine:
            first = await mine.send(request(url), NOW)
            await mine.close()
            mine._opened = None
            second = await mine.send(request(url), NOW)
    assert first.result is Result.SUCCESS
    assert second.result is Result.BLOCKED_ADDRESS
    assert server.posted[0].headers["host"] == f"{NAME}:{server.port}"


async def test_e6_a_redirect_inside_is_not_followed() -> None:
    async with EndpointServer() as server, client() as mine:
        server.answer = lambda _: Says(
            status=302, headers={"Location": "http://169.254.169.254/latest"}
        )
        answer = await mine.send(request(server.url), NOW)
        assert (answer.result, answer.status) == (Result.REDIRECT, 302)
        assert len(server.posted) == 1


async def test_a_proxy_of_the_environment_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    async with EndpointServer() as server, client() as mine:
        answer = await mine.send(request(server.url), NOW)
        assert answer.result is Result.SUCCESS


@pytest.mark.parametrize("known", [Status.NXDOMAIN, Status.TIMEOUT, Status.FAILED])
async def test_a_name_that_does_not_resolve(known: Status) -> None:
    resolver = FakeResolver()
    resolver.addresses_of = {NAME: known}
    async with client(load(), resolver) as mine:
        answer = await mine.send(request(f"https://{NAME}/"), NOW)
    assert answer.result is Result.DNS


async def test_nobody_listens() -> None:
    async with raw(saying()) as port:
        pass
    answer = await sent(port)
    assert answer.result is Result.CONNECT
    assert answer.status == 0


async def test_no_answer_in_time() -> None:
    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw(silent) as port:
        answer = await sent(port, 0.2)
    assert answer.result is Result.TIMEOUT
    assert "0.2 s" in answer.diagnostic


async def test_e7_an_answer_that_drips_is_no_answer() -> None:
    async def dripping(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with raw(dripping) as port:
        answer = await sent(port, 0.3)
    assert answer.result is Result.TIMEOUT


async def test_e7_an_endless_answer_is_read_no_further_than_its_beginning() -> None:
    written = 0

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            written += 65536
            await writer.drain()

    async with raw(endless) as port:
        answer = await sent(port)
    assert (answer.result, answer.status) == (Result.PROTOCOL, 200)
    assert answer.body == b"x" * 1024
    assert written < 50_000_000


async def test_20_kb_are_an_answer() -> None:
    async with EndpointServer() as server, client() as mine:
        server.answer = lambda _: Says(body=b"x" * module.BODY_BYTES_MAX)
        assert (await mine.send(request(server.url), NOW)).result is Result.SUCCESS
        server.answer = lambda _: Says(body=b"x" * (module.BODY_BYTES_MAX + 1))
        assert (await mine.send(request(server.url), NOW)).result is Result.PROTOCOL
        server.answer = lambda _: Says(status=500, body=b"x" * 30_000)
        answer = await mine.send(request(server.url), NOW)
        assert answer.result is Result.SERVER_ERROR


async def test_what_is_packed_is_not_unpacked() -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    async with EndpointServer() as server, client() as mine:
        server.answer = lambda _: Says(headers={"Content-Encoding": "gzip"}, body=bomb)
        answer = await mine.send(request(server.url), NOW)
        assert answer.result is Result.SUCCESS
        assert answer.body == bomb[:1024]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"220 mail.example.com ESMTP\r\n", id="smtp"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01" * 200, id="binary"),
        pytest.param(b"HTTP/1.1 twohundred OK\r\n\r\n", id="status"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nx: " + b"a" * 100_000 + b"\r\n\r\n", id="field"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 5_000 + b"\r\n", id="fields"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", id="chunk"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n", id="content-length"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort", id="truncated"
        ),
    ],
)
async def test_what_is_not_http_is_a_failure_and_breaks_nothing(said: bytes) -> None:
    async with raw(saying(said)) as port:
        answer = await sent(port)
    assert answer.result in {Result.PROTOCOL, Result.CONNECT}
    assert answer.diagnostic


async def test_endless_header_fields_are_cut_off() -> None:
    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"x-%d: y\r\n" % id(writer) * 1000)
            await writer.drain()

    async with raw(endless) as port:
        answer = await sent(port)
    assert answer.result is Result.PROTOCOL


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return self_signed(tmp_path, NAME)


def serving(pem: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


async def to_name(pem: Path, name: str = NAME, **changes: Any) -> Answer:
    resolver = FakeResolver()
    resolver.addresses_of = {name: ["127.0.0.1"]}
    settings = load(webhook_allowed_hosts=("127.0.0.1",), **changes)
    ok = saying(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
    async with raw(ok, serving(pem)) as port, client(settings, resolver) as mine:
        return await mine.send(request(f"https://{name}:{port}/"), NOW)


async def test_tls_names_the_host_and_is_verified(pem: Path) -> None:
    assert (await to_name(pem, tls_ca_file=pem)).result is Result.SUCCESS


async def test_e7_a_certificate_that_nobody_vouches_for_is_a_failure(
    pem: Path,
) -> None:
    answer = await to_name(pem)
    assert answer.result is Result.TLS
    assert "certificate" in answer.diagnostic


async def test_e7_nor_is_one_for_another_name_believed(pem: Path) -> None:
    answer = await to_name(pem, "other.example.com", tls_ca_file=pem)
    assert answer.result is Result.TLS


async def test_what_does_not_speak_tls_is_a_failure() -> None:
    async with raw(saying(b"HTTP/1.1 400 Bad\r\n\r\n")) as port, client() as mine:
        answer = await mine.send(request(f"https://127.0.0.1:{port}/", 2), NOW)
    assert answer.result in {Result.TLS, Result.CONNECT, Result.TIMEOUT}


def _always(says: Says, _: object) -> Says:
    return says


async def test_retry_after_is_read_where_it_counts() -> None:
    async with EndpointServer() as server, client() as mine:
        for status, seconds in ((429, 7), (502, 7), (503, 7), (504, 7), (500, None)):
            says = Says(status=status, headers={"Retry-After": "7"})
            server.answer = partial(_always, says)
            answer = await mine.send(request(server.url), NOW)
            expected = None if seconds is None else timedelta(seconds=seconds)
            assert answer.retry_after == expected


async def test_what_is_kept_of_an_answer_can_be_stored_and_printed() -> None:
    async with raw(
        saying(
            b"HTTP/1.1 500 \xff\x07Oops\r\nx-odd: a\xffb\r\nx-twice: 1\r\nX-Twice: 2"
            b"\r\ncontent-length: 2\r\n\r\n\x00\xff"
        )
    ) as port:
        answer = await sent(port)
    assert answer.status in {0, 500}
    text = answer.diagnostic + str(answer.headers)
    assert "\x07" not in text
    text.encode()
