"""The operator's port: numbers in both formats, alive, ready or not."""

import asyncio
import json

import aiohttp
import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as openmetrics,
)
from prometheus_client.parser import text_string_to_metric_families as plain

from mailbot_server.config import Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.web import server as module
from mailbot_server.web.server import OperatorServer


class Probe:
    """Answers as a test wants."""

    def __init__(self):
        self.error = None
        self.never = False

    async def __call__(self):
        if self.never:
            await asyncio.Event().wait()
        if self.error:
            raise self.error


def showing(metrics):
    async def collect():
        return metrics.registry

    return collect


@pytest.fixture
def probe():
    return Probe()


@pytest.fixture
async def get(metrics, probe):
    """Asks the port for a path; (status, content type, text)."""
    server = OperatorServer(Settings(operator_port=0), showing(metrics), probe)
    await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as session:

        async def run(path, method="GET", **headers):
            async with session.request(method, path, headers=headers) as response:
                kind = response.headers.get("Content-Type", "")
                return response.status, kind, await response.text()

        yield run
    await server.stop()


async def test_numbers_are_told_as_text(get, metrics):
    metrics.submissions.labels("api", "bulk", "accepted", "ok").inc()
    status, kind, text = await get("/metrics")
    assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
    names = {family.name for family in plain(text)}
    assert {"mailbot_submissions", "mailbot_deliveries"} <= names


async def test_numbers_are_told_as_openmetrics_to_those_who_ask(get):
    accept = "application/openmetrics-text;version=1.0.0;q=0.9,text/plain;q=0.5"
    status, kind, text = await get("/metrics", Accept=accept)
    assert status == 200
    assert kind.startswith("application/openmetrics-text; version=1.0.0")
    assert text.endswith("# EOF\n")
    assert {family.name for family in openmetrics(text)} >= {"mailbot_deliveries"}


async def test_the_process_is_alive(get, probe):
    probe.error = Unavailable("away")
    status, kind, text = await get("/healthz")
    assert (status, kind) == (200, "application/json; charset=utf-8")
    assert json.loads(text)["status"] == "ok"


async def test_the_server_is_ready(get):
    status, _, text = await get("/readyz")
    assert status == 200
    assert json.loads(text)["status"] == "ready"


async def test_the_server_is_not_ready_while_its_database_is_away(get, probe):
    probe.error = Unavailable("the database is away")
    status, _, text = await get("/readyz")
    assert status == 503
    assert json.loads(text) == {
        "status": "unavailable",
        "detail": "the database is away",
    }
    probe.error = None
    assert (await get("/readyz"))[0] == 200


async def test_the_server_is_not_ready_while_its_database_says_nothing(
    get, probe, monkeypatch
):
    monkeypatch.setattr(module, "READY_SECONDS", 0.01)
    probe.never = True
    status, _, text = await get("/readyz")
    assert status == 503
    assert "in time" in json.loads(text)["detail"]


@pytest.mark.filterwarnings("default")
async def test_a_fault_of_ours_tells_no_text(get, probe):
    probe.error = ValueError("carol@example.com")
    status, _, text = await get("/readyz")
    assert status == 500
    assert "carol" not in text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/metrics/x", 404), ("POST", "/metrics", 405)],
)
async def test_there_is_nothing_else(get, method, path, status):
    assert (await get(path, method))[0] == status


async def test_heads_can_be_asked_for(get):
    assert (await get("/healthz", "HEAD"))[::2] == (200, "")


async def test_a_taken_port_is_an_os_error(metrics, probe):
    first = OperatorServer(Settings(operator_port=0), showing(metrics), probe)
    await first.start()
    second = OperatorServer(Settings(operator_port=first.port), showing(metrics), probe)
    with pytest.raises(OSError, match=str(first.port)):
        await second.start()
    await second.stop()
    await first.stop()


async def test_a_server_that_never_started_can_be_stopped(metrics, probe):
    await OperatorServer(Settings(), showing(metrics), probe).stop()
