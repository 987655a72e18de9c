"""
The public HTTP port: what links in mail lead to, and nothing else.

Strangers reach it, so requests are small, answers say nothing of what is inside, and
neither a cookie nor a script leaves it. A path ends in a word and a token; what stands
before them is the path that a proxy has for us.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any, Final

from aiohttp import web
from aiohttp.http import HttpProcessingError

from mailbot_server.config import Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

HEADERS: Final = {
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Server": "mailbot",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""Those of every answer; a streamed one sets them itself before it begins."""

BODY_BYTES_MAX: Final = 8 * 1024
BODY_SECONDS: Final = 5.0
TOKEN_MAX: Final = 512
FORWARDED_MAX: Final = 20
"""Addresses of X-Forwarded-For that are looked at, the nearest first."""

CONNECTIONS_MAX: Final = 2_000
KEPT_SECONDS: Final = 15.0
"""How long a connection may take to say what it wants."""

_NO_FORM: Final = (
    *(AssertionError, HttpProcessingError, LookupError, RuntimeError, TimeoutError),
    *(ValueError, web.HTTPException),
)
"""What aiohttp raises for bodies that are no form."""

_LIMITS: Final[Mapping[str, Any]] = {
    "access_log": None,
    "keepalive_timeout": KEPT_SECONDS,
    "lingering_time": 1.0,
    "max_line_size": 4 * 1024,
    "max_field_size": 4 * 1024,
    "max_headers": 64,
    "auto_decompress": False,
}
_SHUTDOWN_SECONDS: Final = 5.0
_logger: Final = log.get("public")

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request; `address` is the client's, None where a proxy names none."""

    request: web.BaseRequest
    token: str
    address: Address | None

    @property
    def method(self) -> str:
        """As it was sent: HEAD is not GET."""
        return self.request.method

    async def form(self) -> dict[str, str]:
        """The fields of a small form, empty where none can be read."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                found = await self.request.post()
        except _NO_FORM:
            return {}
        return {name: text for name, text in found.items() if isinstance(text, str)}


Answer = Callable[[Visit], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What answers for one word; `methods` other than these are refused."""

    methods: frozenset[str]
    answer: Answer


def page(status: int, title: str, words: str, more: str = "") -> web.Response:
    """A page for people; `more` is HTML, the rest text that needs no escaping."""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>body{{font:1.1rem/1.5 sans-serif;"
        "max-width:32rem;margin:15vh auto;padding:0 1rem}button{font:inherit;"
        "padding:.5rem 1.2rem}</style></head><body>"
        f"<h1>{title}</h1><p>{words}</p>{more}</body></html>\n"
    )
    return web.Response(status=status, text=html, content_type="text/html")


def not_found() -> web.Response:
    """The same for whatever is not there, was never there, or is not theirs."""
    return page(404, "Not found", "This link leads nowhere.")


class PublicServer:
    """Serves `routes`, by the word in the path, to whoever comes."""

    def __init__(
        self, settings: Settings, metrics: Metrics, routes: Mapping[str, Route]
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._routes = routes
        self._proxies: tuple[Network, ...] = tuple(
            ip_network(text) for text in settings.public_proxy_networks
        )
        self._runner: web.ServerRunner | None = None
        self.port = 0
        """0 while there is none: without `public_url` nothing leads here."""

    async def start(self) -> None:
        """Binds and serves; raises OSError when the address cannot be used."""
        if not self._settings.public_url:
            return
        self._runner = web.ServerRunner(
            _Server(self._serve), shutdown_timeout=_SHUTDOWN_SECONDS
        )
        await self._runner.setup()
        site = web.TCPSite(
            self._runner,
            self._settings.public_host,
            self._settings.public_port,
            reuse_port=self._settings.shares_ports or None,
        )
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Closes the port, when what is under way has been answered."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            response = await self._answer(request)
        except Unavailable:
            words = "Please try again in a minute."
            response = page(503, "Not available", words)
            response.headers["Retry-After"] = "60"
        if not response.prepared:
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        *_, word, token = ("", *request.rel_url.raw_path.split("/"))
        route = self._routes.get(word)
        if route is None or not token or len(token) > TOKEN_MAX:
            return not_found()
        if request.method not in route.methods:
            refusal = page(405, "Not allowed", "This link cannot be used so.")
            refusal.headers["Allow"] = ", ".join(sorted(route.methods))
            return refusal
        if (request.content_length or 0) > BODY_BYTES_MAX:
            refusal = page(413, "Too large", "This is more than was asked for.")
            refusal.force_close()
            return refusal
        address = client_address(
            request.remote or "",
            request.headers.getall("X-Forwarded-For", []),
            self._proxies,
        )
        return await route.answer(Visit(request=request, token=token, address=address))


def client_address(
    peer: str, forwarded: list[str], proxies: tuple[Network, ...]
) -> Address | None:
    """
    Whom a request is from: the nearest address that is no proxy of ours.

    `forwarded` are the fields X-Forwarded-For, in order; anybody can write them, so
    they are read from the end and only as far as our proxies have written them.
    """
    found = _address(peer)
    names = [name for field in forwarded for name in field.split(",")]
    for name in reversed(names[-FORWARDED_MAX:]):
        if found is None or not _is_within(found, proxies):
            return found
        found = _address(name.strip())
    return found


def _address(text: str) -> Address | None:
    with suppress(ValueError):
        address = ip_address(text.partition("%")[0])
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return mapped or address
    return None


def _is_within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


class _Connection(web.RequestHandler):
    """A connection that tells strangers no text of an exception."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        del message
        if status >= 500:
            _logger.error("request_failed", path=_word(request), exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError
        response = page(status, "Not possible", "This request cannot be answered.")
        response.headers.update(HEADERS)
        response.force_close()
        return response


class _Server(web.Server):
    """So many connections and no more, each with small requests."""

    def __init__(
        self, handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
    ) -> None:
        super().__init__(handler, request_factory=_request)
        self._open = 0

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, loop=asyncio.get_running_loop(), **_LIMITS)

    def connection_made(
        self, handler: web.RequestHandler, transport: asyncio.Transport
    ) -> None:
        super().connection_made(handler, transport)
        self._open += 1
        if self._open > CONNECTIONS_MAX:
            transport.abort()

    def connection_lost(
        self, handler: web.RequestHandler, exc: BaseException | None = None
    ) -> None:
        super().connection_lost(handler, exc)
        self._open -= 1


def _request(message: Any, *parts: Any) -> web.BaseRequest:
    """A request whose body is small; `parts` are what aiohttp makes it of."""
    payload, protocol, writer, task = parts
    loop = asyncio.get_running_loop()
    return web.BaseRequest(
        *(message, payload, protocol, writer, task, loop),
        client_max_size=BODY_BYTES_MAX,
    )


def _word(request: web.BaseRequest) -> str:
    """The word of a path without its token, which is somebody's."""
    return (*request.rel_url.raw_path.split("/"), "")[1][:20]
