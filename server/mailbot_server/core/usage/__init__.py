"""How much was sent and received, by hour: what events count, and what it comes to."""

from mailbot_server.core.usage.counts import (
    NAMES,
    REST,
    ROWS_MAX,
    TYPES,
    Counted,
    Counts,
    Row,
    Wanted,
    begins_at,
    counted,
    hour_of,
    rest,
    total,
)

__all__ = [
    "NAMES",
    "REST",
    "ROWS_MAX",
    "TYPES",
    "Counted",
    "Counts",
    "Row",
    "Wanted",
    "begins_at",
    "counted",
    "hour_of",
    "rest",
    "total",
]
