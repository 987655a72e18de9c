"""docs/metrics.md: every metric with its kind, labels and help."""

import importlib
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import Histogram
from prometheus_client.metrics import MetricWrapperBase

from scripts.docs import tree

DOCUMENT = tree.ROOT / "docs" / "metrics.md"
HEAD = """\
# Metrics

Everything `/metrics` says. Names and labels change only with a line in CHANGELOG.md.
No label ever names an account, an inbox or an address. Written by `make docs` from
`server/mailbot_server/telemetry/metrics/`.

| metric | kind | labels | what it tells |
|---|---|---|---|
"""


class UndocumentedMetricError(Exception):
    """A metric has no help text."""


def render() -> dict[Path, str]:
    """The document; nothing while there are no metrics."""
    if not (tree.SERVER / "telemetry" / "metrics").exists():
        return {}
    module = importlib.import_module("mailbot_server.telemetry.metrics")
    above = importlib.import_module(f"{module.__name__}.supervision")
    # The supervisor counts its own log lines, too.
    rows = sorted(
        {
            _row(metric)
            for its in (module.Metrics(), above.Supervision())
            for metric in collectors(its)
        }
    )
    return {DOCUMENT: HEAD + "".join(rows)}


def collectors(metrics: object) -> Iterator[MetricWrapperBase]:
    """Each metric that is an attribute."""
    for value in vars(metrics).values():
        if isinstance(value, MetricWrapperBase):
            yield value


def _row(metric: MetricWrapperBase) -> str:
    described = next(iter(metric.describe()))
    if not described.documentation:
        message = f"{described.name} has no help text"
        raise UndocumentedMetricError(message)
    total = "_total" if described.type == "counter" else ""
    labels = ", ".join(f"`{label}`" for label in metric._labelnames)
    says = described.documentation.rstrip(".").replace("|", "\\|")
    return (
        f"| `{described.name}{total}` | {described.type} | {labels} "
        f"| {says}{_buckets(metric)} |\n"
    )


def _buckets(metric: MetricWrapperBase) -> str:
    if not isinstance(metric, Histogram):
        return ""
    bounds = [f"{bound:g}" for bound in metric._upper_bounds[:-1]]
    return f"; buckets {', '.join(bounds)}"
