"""What came of requests, as operators see it."""

import pytest

from mailbot_server.core.webhook.result import Result
from mailbot_server.engine.webhooks.measure import label
from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.telemetry.metrics.words import WEBHOOK_RESULTS
from tests.engine.webhooks.world import world
from tests.fakes.clock import FakeClock
from tests.servers.endpoint import EndpointServer, Says


@pytest.mark.parametrize("result", Result)
def test_every_result_has_a_known_label(result: Result) -> None:
    assert label(result) in WEBHOOK_RESULTS


async def test_attempts_and_delays_are_counted(
    db: Database, clock: FakeClock, metrics: Metrics
) -> None:
    def value(name: str, **labels: str) -> float:
        return metrics.registry.get_sample_value(f"mailbot_webhook_{name}", labels) or 0

    async with EndpointServer() as server, world(db, clock) as mine:
        server.answer = lambda _: Says(status=503)
        await mine.create(server.url)
        await mine.happen()
        clock.advance(seconds=2)
        await mine.post()
        server.answer = lambda _: Says()
        clock.advance(seconds=6)
        await mine.post()
    assert value("attempts_total", result="5xx") == 1
    assert value("attempts_total", result="2xx") == 1
    assert value("duration_seconds_count") == 2
    assert value("dispatch_delay_seconds_sum", attempt="retry") >= 8
