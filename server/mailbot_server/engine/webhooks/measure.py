"""Counts what came of requests to endpoints."""

from typing import Final

from mailbot_server.core.webhook.result import Result
from mailbot_server.engine.webhooks.exchange import Ended
from mailbot_server.telemetry.metrics import Metrics

_LABELS: Final = {
    Result.SUCCESS: "2xx",
    Result.REDIRECT: "3xx",
    Result.CLIENT_ERROR: "4xx",
    Result.GONE: "410",
    Result.TOO_MANY_REQUESTS: "429",
    Result.SERVER_ERROR: "5xx",
}


def label(result: Result) -> str:
    """How metrics call it."""
    return _LABELS.get(result, result.value)


def measure(metrics: Metrics, ended: Ended) -> None:
    """Counts one request, its duration, and how long its event had waited."""
    metrics.webhook_attempts.labels(label(ended.answer.result)).inc()
    metrics.webhook_duration.observe(ended.answer.duration_seconds)
    created_at = ended.handout.event.created_at
    if created_at is not None and not ended.handout.replay_id:
        is_first = ended.handout.attempts == 1
        delay = (ended.started_at - created_at).total_seconds()
        which = "first" if is_first else "retry"
        metrics.webhook_dispatch_delay.labels(which).observe(max(0.0, delay))
