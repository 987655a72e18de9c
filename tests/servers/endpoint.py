"""An endpoint of a webhook on a real port: says what a test tells it to say."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A request that came in."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def event_id(self) -> str:
        """The event that it tells of."""
        return self.headers["webhook-id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What is answered."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class EndpointServer:
    """Answers 200, or what `answer` says; `hold` keeps answers back until it is set."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.answer: Callable[[Posted], Says] = lambda _: Says()
        self.hold = asyncio.Event()
        self.hold.set()
        self.under_way = 0
        self.most_under_way = 0
        self.connections: set[object] = set()
        self.port = 0
        self._arrived = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def event_ids(self) -> list[str]:
        """The events that it was told of, in order."""
        return [posted.event_id for posted in self.posted]

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(self, *_: object) -> None:
        self.hold.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def arrived(self, number: int) -> None:
        """Waits until so many requests have come in."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: len(self.posted) >= number)

    async def _take(self, request: web.Request) -> web.Response:
        self.connections.add(request.transport)
        posted = Posted(
            path=request.path_qs,
            headers={name.lower(): value for name, value in request.headers.items()},
            body=await request.read(),
        )
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        async with self._arrived:
            self.posted.append(posted)
            self._arrived.notify_all()
        await self.hold.wait()
        self.under_way -= 1
        says = self.answer(posted)
        return web.Response(status=says.status, headers=says.headers, body=says.body)
