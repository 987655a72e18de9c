"""A web server on loopback that has one file: an MTA-STS policy."""

import asyncio
import ssl
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

POLICY = "version: STSv1\nmode: {mode}\n{mx}max_age: {max_age}\n"


def policy_text(*hosts: str, mode: str = "enforce", max_age: int = 604_800) -> str:
    """A policy with these hosts."""
    mx = "".join(f"mx: {host}\n" for host in hosts)
    return POLICY.format(mode=mode, mx=mx, max_age=max_age)


class PolicyServer:
    """Use it as an asynchronous context manager; `pem` is what it shows as itself."""

    def __init__(self, pem: Path) -> None:
        self._pem = pem
        self.body: str | bytes = ""
        self.status = 200
        self.content_type = "text/plain"
        self.headers: dict[str, str] = {}
        self.gate: asyncio.Event | None = None
        """No request is answered before it is set."""
        self.asked = asyncio.Event()
        self.requests: list[tuple[str, str]] = []
        """Host and path of every request."""
        self.port = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._pem)
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=context)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.gate is not None:
            self.gate.set()
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        self.requests.append((request.host.partition(":")[0], request.path))
        self.asked.set()
        if self.gate is not None:
            await self.gate.wait()
        body = self.body.encode() if isinstance(self.body, str) else self.body
        return web.Response(
            status=self.status,
            body=body,
            headers={"Content-Type": self.content_type, **self.headers},
        )
