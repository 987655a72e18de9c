"""The public port: small requests, safe answers, whose address is believed."""

import asyncio
from ipaddress import ip_address, ip_network

import aiohttp
import pytest
from aiohttp import web

from mailbot_server.config import Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.web import public as module
from mailbot_server.web.public import PublicServer, Route, client_address

URL = "http://localhost"
PROXIES = ("10.0.0.0/8", "2001:db8::/32")


async def answer(visit):
    match visit.token:
        case "away":
            raise Unavailable("the database is away")
        case "boom":
            raise ValueError("carol@example.com")
    form = sorted((await visit.form()).items())
    return web.Response(text=f"{visit.method} {visit.token} {visit.address} {form}")


ROUTES = {"x": Route(methods=frozenset({"GET", "HEAD", "POST"}), answer=answer)}


@pytest.fixture
async def server(metrics):
    settings = Settings(public_url=URL, public_port=0, public_proxy_networks=PROXIES)
    server = PublicServer(settings, metrics, ROUTES)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def ask(server):
    """Asks the port; (status, header fields, text)."""
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as session:

        async def run(path, method="GET", data=None, **headers):
            async with session.request(
                method, path, headers=headers, data=data, allow_redirects=False
            ) as response:
                return response.status, response.headers, await response.text()

        yield run


async def raw(server, request):
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


async def test_a_path_is_a_word_and_a_token(ask):
    status, _, text = await ask("/x/abc")
    assert (status, text) == (200, "GET abc 127.0.0.1 []")


async def test_a_proxy_may_leave_its_own_path_before_ours(ask):
    assert (await ask("/mail/links/x/abc"))[2] == "GET abc 127.0.0.1 []"


@pytest.mark.parametrize(
    "path", ["/", "/x", "/x/", "/y/abc", "/x/abc/d", "/robots.txt"]
)
async def test_there_is_nothing_else(ask, path):
    status, _, text = await ask(path)
    assert status == 404
    assert "leads nowhere" in text


async def test_a_token_has_an_end(ask):
    assert (await ask("/x/" + "a" * (module.TOKEN_MAX + 1)))[0] == 404


async def test_other_methods_are_refused(ask):
    status, headers, _ = await ask("/x/abc", "DELETE")
    assert status == 405
    assert headers["Allow"] == "GET, HEAD, POST"


async def test_heads_have_no_body(ask):
    assert (await ask("/x/abc", "HEAD"))[::2] == (200, "")


@pytest.mark.parametrize("path", ["/x/abc", "/nowhere", "/x/away", "/x/boom"])
async def test_every_answer_keeps_what_it_says_to_itself(ask, path):
    _, headers, _ = await ask(path)
    assert {name: headers[name] for name in module.HEADERS} == dict(module.HEADERS)
    assert "Set-Cookie" not in headers


async def test_a_database_that_is_away_is_said_so(ask):
    status, headers, text = await ask("/x/away")
    assert (status, headers["Retry-After"]) == (503, "60")
    assert "database" not in text


async def test_a_fault_of_ours_tells_no_text(ask):
    status, _, text = await ask("/x/boom")
    assert status == 500
    assert "carol" not in text


async def test_both_kinds_of_form_are_read(ask):
    fields = {"List-Unsubscribe": "One-Click"}
    assert (
        "[('List-Unsubscribe', 'One-Click')]" in (await ask("/x/a", "POST", fields))[2]
    )
    data = aiohttp.FormData(default_to_multipart=True)
    data.add_field("List-Unsubscribe", "One-Click")
    assert "[('List-Unsubscribe', 'One-Click')]" in (await ask("/x/a", "POST", data))[2]


STRANGELY_ENCODED = (
    b"--x\r\nContent-Disposition: form-data; name=a\r\n"
    b"Content-Transfer-Encoding: rot13\r\n\r\nz\r\n--x--"
)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\nz"),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"z" * 500),
        ("multipart/form-data; boundary=x", STRANGELY_ENCODED),
        ("application/x-www-form-urlencoded; charset=klingon", b"a=1"),
        ("application/x-www-form-urlencoded", b"\xff\xfe=%zz"),
    ],
)
async def test_a_body_that_is_no_form_is_an_empty_one(ask, kind, body):
    status, _, text = await ask("/x/a", "POST", body, **{"Content-Type": kind})
    assert status == 200
    assert "One-Click" not in text


async def test_a_large_body_is_refused_unread(ask):
    assert (await ask("/x/abc", "POST", b"a" * (module.BODY_BYTES_MAX + 1)))[0] == 413


async def test_a_body_without_a_length_has_an_end_too(ask):
    async def endless():
        for _ in range(100):
            yield b"a" * 1024

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _, text = await ask("/x/abc", "POST", endless(), **kind)
    assert (status, text) == (200, "POST abc 127.0.0.1 []")


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /x/" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /x/a HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 9000 + b"\r\n\r\n",
        b"GET /x/a HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 100 + b"\r\n",
    ],
    ids=["tls", "path", "field", "fields"],
)
async def test_what_is_no_small_request_is_refused_without_echo(server, request_):
    answer = await raw(server, request_)
    assert answer.startswith(b"HTTP/1.0 400")
    assert b"aaaa" not in answer
    assert b"Server: mailbot" in answer


async def test_so_many_connections_and_no_more(server, monkeypatch):
    monkeypatch.setattr(module, "CONNECTIONS_MAX", 1)
    first = await asyncio.open_connection("127.0.0.1", server.port)
    first[1].write(b"GET /x/abc HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (await first[0].readline()).startswith(b"HTTP/1.1 200")
    second = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        said = await second[0].read()
    except ConnectionError:
        said = b""
    assert said == b""
    for _, writer in (first, second):
        writer.close()


async def test_the_client_behind_a_known_proxy_is_believed(metrics):
    settings = Settings(
        public_url=URL, public_port=0, public_proxy_networks=("127.0.0.1",)
    )
    server = PublicServer(settings, metrics, ROUTES)
    await server.start()
    request = b"GET /x/a HTTP/1.0\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n"
    assert b"GET a 192.0.2.7 []" in await raw(server, request)
    await server.stop()


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.1"], "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["203.0.113.9", "198.51.100.1,10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["10.0.0.3"], "10.0.0.3"),
        ("10.0.0.1", ["unknown"], None),
        ("10.0.0.1", ["198.51.100.1, junk"], None),
        ("10.0.0.1", [], "10.0.0.1"),
        ("2001:db8::1", ["2a00::1"], "2a00::1"),
        ("::ffff:192.0.2.1", [], "192.0.2.1"),
        ("fe80::1%eth0", [], "fe80::1"),
        ("", ["192.0.2.1"], None),
    ],
)
def test_whom_a_request_is_from(peer, forwarded, client):
    networks = tuple(ip_network(text) for text in PROXIES)
    expected = ip_address(client) if client else None
    assert client_address(peer, forwarded, networks) == expected


async def test_without_a_url_there_is_no_port(metrics):
    server = PublicServer(Settings(public_port=0), metrics, ROUTES)
    await server.start()
    assert server.port == 0
    await server.stop()


async def test_a_taken_port_is_an_os_error(server, metrics):
    settings = Settings(public_url=URL, public_port=server.port)
    second = PublicServer(settings, metrics, ROUTES)
    with pytest.raises(OSError, match=str(server.port)):
        await second.start()
    await second.stop()
