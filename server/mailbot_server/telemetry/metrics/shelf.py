"""Where the metrics of one process stand, and how each is made; their buckets."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.metrics import MetricWrapperBase

from mailbot_server.telemetry.quick import Counter, Histogram

API: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
FAST: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
SMTP: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
E2E: Final = (
    *(1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600, 14400, 43200, 86400, 259200),
    432000,
)
SIZE: Final = tuple(
    1024 * n for n in (1, 4, 16, 64, 256, 1024, 4096, 10240, 25600, 51200)
)
COUNT: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Shelf:
    """Makes metrics in one registry; a part of the contract adds its own to it."""

    registry: CollectorRegistry

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        counter = Counter(name, words, labels, registry=self.registry)
        remember_children(counter)
        return counter

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(name, words, labels, registry=self.registry)

    def _histogram(
        self, name: str, words: str, buckets: Iterable[float], *labels: str
    ) -> Histogram:
        histogram = Histogram(
            name, words, labels, buckets=tuple(buckets), registry=self.registry
        )
        remember_children(histogram)
        return histogram


def remember_children(metric: MetricWrapperBase) -> None:
    """
    Makes `labels` a look-up: the library takes a lock and 3 us each time.

    Their number is bounded, as every label is, and none is ever removed.
    """
    metric.labels = cache(metric.labels)  # type: ignore[method-assign]
