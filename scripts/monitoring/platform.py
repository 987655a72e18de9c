"""The dashboard of what mailbot stands on: processes, database, disk, DNS, calls."""

from typing import Final

from scripts.monitoring.board import BY, OF, Board
from scripts.monitoring.panel import lines, stack

_WINDOW: Final = "[$__rate_interval]"


def _by(labels: str, counter: str, chosen: str = BY) -> str:
    return f"sum by ({labels}) (rate({counter}{{{chosen}}}{_WINDOW}))"


def _quantile(q: float, histogram: str, labels: str = "le", chosen: str = BY) -> str:
    return f"histogram_quantile({q}, {_by(labels, histogram + '_bucket', chosen)})"


def _each(gauge: str, labels: str = "instance") -> str:
    return f"max by ({labels}) ({gauge}{{{BY}}})"


_PROCESSES: Final = (
    lines(
        "Event loop's lag",
        "p99: how late everything is. Too little CPU, or one piece of work too large.",
        (
            _quantile(0.99, "mailbot_event_loop_lag_seconds", "instance, le"),
            "{{instance}}",
        ),
        unit="s",
        warns_at=0.1,
        alarms_at=0.25,
    ),
    lines(
        "Workers",
        "That serve, of each machine; nothing where there is no supervisor.",
        (_each("mailbot_workers_running"), "{{instance}}"),
    ),
    lines(
        "Workers that ended, and that told no numbers",
        "In a quarter of an hour. The log says how each ended.",
        (
            f"increase(mailbot_worker_restarts_total{{{BY}}}[15m])",
            "ended: {{instance}}",
        ),
        (
            f"increase(mailbot_worker_metrics_unread_total{{{BY}}}[15m])",
            "silent: {{instance}}",
        ),
        warns_at=3,
    ),
    lines(
        "Faults of ours",
        "In an hour, by the line of defence that they reached. The log has the place.",
        (
            f"sum by (component) (increase(mailbot_unhandled_exceptions_total{{{BY}}}[1h]))",
            "{{component}}",
        ),
        warns_at=1,
    ),
    stack(
        "Log lines",
        "By level.",
        (_by("level", "mailbot_log_messages_total"), "{{level}}"),
        unit="cps",
    ),
    lines(
        "Clock",
        "How far it was moved when it was last set by the database's.",
        (_each("mailbot_clock_offset_seconds"), "{{instance}}"),
        unit="s",
    ),
)

_DATABASE: Final = (
    lines(
        "Operations, p99",
        "From the call to its durable commit; the ten slowest.",
        (
            f"topk(10, {_quantile(0.99, 'mailbot_db_operation_duration_seconds', 'op, le')})",
            "{{op}}",
        ),
        unit="s",
        warns_at=0.5,
    ),
    stack(
        "Operations",
        "The ten most frequent.",
        (
            f"topk(10, {_by('op', 'mailbot_db_operation_duration_seconds_count')})",
            "{{op}}",
        ),
        unit="cps",
    ),
    stack(
        "Transactions",
        "retry: collided with another; lost: the connection was. A rollback is a caller's"
        " mistake.",
        (_by("result", "mailbot_db_transactions_total"), "{{result}}"),
        unit="cps",
    ),
    lines(
        "Failovers",
        "How often another PostgreSQL took over. Was its replication synchronous? See docs/runbooks.md.",
        (f"sum(increase(mailbot_db_failovers_total{{{BY}}}[1h]))", "failovers"),
        warns_at=1,
    ),
    lines(
        "Operations that wait for a writer",
        "It should be near zero; SQLite has one writer, PostgreSQL several.",
        (f"sum by (instance) (mailbot_db_writer_queue_length{{{BY}}})", "{{instance}}"),
        warns_at=100,
    ),
    lines(
        "Operations of a commit",
        "Mean: the busier, the more share one.",
        (
            (
                f"sum(rate(mailbot_db_commit_batch_size_sum{{{BY}}}{_WINDOW}))"
                f" / sum(rate(mailbot_db_commit_batch_size_count{{{BY}}}{_WINDOW}))"
            ),
            "mean",
        ),
    ),
    lines(
        "SQLite's write-ahead log",
        "It is given back after a checkpoint; a long reader keeps it.",
        (_each("mailbot_sqlite_wal_bytes"), "{{instance}}"),
        unit="bytes",
        warns_at=1e9,
    ),
)

_UPKEEP: Final = (
    lines(
        "Disk that is free",
        "Below a tenth somebody is woken up; then new mail is put off.",
        (
            f"min by (instance, volume) (mailbot_disk_free_ratio{{{BY}}})",
            "{{instance}} {{volume}}",
        ),
        unit="percentunit",
        warns_at=0.2,
        alarms_at=0.1,
    ),
    lines(
        "Free bytes",
        "How fast they go.",
        (
            f"min by (instance, volume) (mailbot_disk_free_bytes{{{BY}}})",
            "{{instance}} {{volume}}",
        ),
        unit="bytes",
    ),
    lines(
        "Background jobs",
        "Since one had last done all that was due.",
        (
            (
                "time() - max by (exported_job)"
                f" (mailbot_job_last_success_timestamp_seconds{{{OF}}})"
            ),
            "{{exported_job}}",
        ),
        unit="s",
        warns_at=7200,
    ),
    lines(
        "How long jobs take",
        "Their last round.",
        (
            f"max by (exported_job) (mailbot_job_duration_seconds{{{OF}}})",
            "{{exported_job}}",
        ),
        unit="s",
    ),
    lines(
        "Age of gauges",
        "Since they were last read from the database or the disk: alerts are as old.",
        (
            (
                "time() - max by (collector)"
                f" (mailbot_collector_last_success_timestamp_seconds{{{OF}}})"
            ),
            "{{collector}}",
        ),
        unit="s",
        warns_at=60,
        alarms_at=120,
    ),
    lines(
        "Reading gauges",
        "How long it takes, and what failed in an hour.",
        (_each("mailbot_collector_duration_seconds", "collector"), "{{collector}}"),
        (
            f"sum by (collector) (increase(mailbot_collector_errors_total{{{BY}}}[1h]))",
            "failed: {{collector}}",
        ),
    ),
    lines(
        "Certificates",
        "How long they last that are shown.",
        (
            (
                "min by (instance, surface)"
                f" (mailbot_tls_certificate_not_after_timestamp_seconds{{{BY}}}) - time()"
            ),
            "{{instance}} {{surface}}",
        ),
        unit="s",
        warns_at=14 * 86400,
        alarms_at=3 * 86400,
    ),
    lines(
        "Certificates that cannot be used",
        "Looks in an hour, one a minute, at files that are no pair: the old one stays.",
        (
            (
                "sum by (instance, surface)"
                f" (increase(mailbot_tls_certificate_errors_total{{{BY}}}[1h]))"
            ),
            "{{instance}} {{surface}}",
        ),
        warns_at=5,
    ),
    lines(
        "Chains of changes that were touched",
        "Any is an alarm: see docs/audit.md.",
        (f"sum(increase(mailbot_audit_chain_errors_total{{{BY}}}[1d]))", "touched"),
        warns_at=1,
        alarms_at=1,
    ),
)

_OUTSIDE: Final = (
    stack(
        "DNS questions",
        "By how they ended. servfail and timeout put mail off.",
        (_by("result", "mailbot_dns_queries_total"), "{{result}}"),
        unit="cps",
    ),
    lines(
        "How long the DNS takes",
        "p95 by type.",
        (_quantile(0.95, "mailbot_dns_query_duration_seconds", "type, le"), "{{type}}"),
        unit="s",
        warns_at=2,
    ),
    stack(
        "DNS cache",
        "Where answers came from.",
        (_by("result", "mailbot_dns_cache_total"), "{{result}}"),
        unit="cps",
    ),
    lines(
        "DKIM",
        "p99 of one signature.",
        (
            _quantile(0.99, "mailbot_dkim_sign_duration_seconds", "algorithm, le"),
            "{{algorithm}}",
        ),
        unit="s",
    ),
    stack(
        "DKIM operations",
        "unavailable and fail are faults of ours.",
        (_by("op, result", "mailbot_dkim_operations_total"), "{{op}} {{result}}"),
        unit="cps",
    ),
)

_CALLS: Final = (
    stack(
        "Calls",
        "The ten most frequent methods.",
        (
            f"topk(10, {_by('grpc_method', 'grpc_server_started_total')})",
            "{{grpc_method}}",
        ),
        unit="cps",
    ),
    stack(
        "Calls that failed",
        "By code, but for those that clients end. INTERNAL and UNAVAILABLE are ours.",
        (
            _by(
                "grpc_code",
                "grpc_server_handled_total",
                f'{BY}, grpc_code!~"OK|CANCELLED"',
            ),
            "{{grpc_code}}",
        ),
        unit="cps",
    ),
    lines(
        "How long calls take",
        "p99 of methods that answer once; the ten slowest.",
        (
            "topk(10, "
            + _quantile(
                0.99,
                "grpc_server_handling_seconds",
                "grpc_method, le",
                f'{BY}, grpc_type="unary"',
            )
            + ")",
            "{{grpc_method}}",
        ),
        unit="s",
    ),
    stack(
        "Messages handed in",
        "By what came of them.",
        (
            _by("via, result, reason", "mailbot_submissions_total"),
            "{{via}} {{result}}: {{reason}}",
        ),
        unit="cps",
    ),
    lines(
        "How long handing in takes",
        "p99, to the durable commit. What the promise `submit-latency` is about.",
        (_quantile(0.99, "mailbot_submission_duration_seconds", "via, le"), "{{via}}"),
        unit="s",
        warns_at=0.25,
    ),
    stack(
        "Calls that were repeated",
        "By request_id: replayed ones did nothing again.",
        (_by("result", "mailbot_idempotency_total"), "{{result}}"),
        unit="cps",
    ),
)

BOARD: Final = Board(
    name="platform",
    title="Platform",
    says="What mailbot stands on, and how much of it is left.",
    rows=(
        ("Processes", _PROCESSES),
        ("Database", _DATABASE),
        ("Disk and upkeep", _UPKEEP),
        ("DNS and DKIM", _OUTSIDE),
        ("Calls", _CALLS),
    ),
)
