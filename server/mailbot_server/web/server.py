"""The operator's HTTP port: /metrics, /healthz and /readyz."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry, exposition
from prometheus_client.openmetrics import exposition as openmetrics

from mailbot_server.config import Settings
from mailbot_server.core.errors import MailbotError

READY_SECONDS: Final = 2.0
Probe = Callable[[], Awaitable[None]]
Collect = Callable[[], Awaitable[CollectorRegistry]]


class OperatorServer:
    """
    Serves numbers and health on a port that only operators should reach.

    `collect` is awaited for /metrics: what there is to show. `probe` is awaited for
    /readyz; it raises a MailbotError when the server cannot do its work now.
    """

    def __init__(self, settings: Settings, collect: Collect, probe: Probe) -> None:
        self._settings = settings
        self._collect = collect
        self._probe = probe
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> None:
        """Binds and serves; raises OSError when the address cannot be used."""
        application = web.Application()
        application.router.add_get("/metrics", self._show_metrics)
        application.router.add_get("/healthz", self._show_health)
        application.router.add_get("/readyz", self._show_readiness)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(
            self._runner, self._settings.operator_host, self._settings.operator_port
        )
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Closes the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _show_metrics(self, request: web.Request) -> web.Response:
        render, kind = _format(request.headers.get("Accept", ""))
        body = render(await self._collect())
        return web.Response(body=body, headers={"Content-Type": kind})

    async def _show_health(self, request: web.Request) -> web.Response:
        del request
        return _answer(200, "ok", "the process is alive")

    async def _show_readiness(self, request: web.Request) -> web.Response:
        del request
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._probe()
        except MailbotError as error:
            return _answer(503, "unavailable", error.message)
        except TimeoutError:
            return _answer(503, "unavailable", "the database did not answer in time")
        return _answer(200, "ready", "the server takes mail and calls")


def _format(accepts: str) -> tuple[Callable[[CollectorRegistry], bytes], str]:
    if "application/openmetrics-text" in accepts:
        return openmetrics.generate_latest, openmetrics.CONTENT_TYPE_LATEST
    return exposition.generate_latest, exposition.CONTENT_TYPE_PLAIN_0_0_4


def _answer(status: int, word: str, sentence: str) -> web.Response:
    text = json.dumps({"status": word, "detail": sentence}) + "\n"
    return web.Response(status=status, text=text, content_type="application/json")
