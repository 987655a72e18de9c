"""
Every Prometheus metric, its labels and help: the operator's contract, a part a page.

Names, labels and buckets follow the closed vocabularies written here. No metric is
labelled by account, inbox, message, address, recipient domain or key: per-tenant
numbers come from the API. Label sets that are known are initialised at the start, so
that a rate is 0 before the first event and not absent. Gauges named
`mailbot_cluster_*` are read from the database by every process: take their `max`,
never their sum.
"""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry
from prometheus_client.metrics import MetricWrapperBase

from mailbot_server.telemetry.metrics.posting import Posting
from mailbot_server.telemetry.metrics.process import Process
from mailbot_server.telemetry.metrics.sending import Sending
from mailbot_server.telemetry.metrics.smtp_client import SmtpClient
from mailbot_server.telemetry.metrics.smtp_server import SmtpServer
from mailbot_server.telemetry.metrics.storing import Storing
from mailbot_server.telemetry.metrics.words import (
    ATTEMPT_OUTCOMES,
    COMPONENTS,
    FINAL_OUTCOMES,
    LINK_RESULTS,
    LINKS,
    LISTENERS,
    QUEUE_STATES,
    STAGES,
    STREAMS,
    WEBHOOK_RESULTS,
)

__all__ = ["QUEUE_STATES", "STREAMS", "Metrics"]


class Metrics(Process, Sending, SmtpClient, SmtpServer, Storing, Posting):
    """All metrics of one process, in a registry of their own."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._add_process()
        self._add_surroundings()
        self._add_api()
        self._add_tracking()
        self._add_submission()
        self._add_queue()
        self._add_attempts()
        self._add_reports()
        self._add_smtp_client()
        self._add_smtp_server()
        self._add_events()
        self._add_database()
        self._add_webhooks()
        self._add_audit()
        self._add_dns()
        self._add_dkim()
        self._add_authentication()
        self._initialise()

    def _initialise(self) -> None:
        known: list[tuple[MetricWrapperBase, Iterable[tuple[str, ...]]]] = [
            (self.deliveries, ((s, o) for s in STREAMS for o in FINAL_OUTCOMES)),
            (self.tracking_requests, ((k, r) for k in LINKS for r in LINK_RESULTS)),
            (self.delivery_attempts, (("other", o) for o in ATTEMPT_OUTCOMES)),
            (self.delivery_stage_duration, ((s,) for s in STAGES)),
            (self.delivery_watchdog_aborts, ((s,) for s in STAGES)),
            (
                self.smtp_client_connection_reuse,
                ((r,) for r in ("reused", "stale", "limit")),
            ),
            (self.delivery_latency, ((s,) for s in STREAMS)),
            (self.smtp_server_connections, ((name,) for name in LISTENERS)),
            (self.load_shed_active, (("disk",), ("memory",))),
            (
                self.smtp_server_data_duration,
                ((p,) for p in ("read", "parse", "commit")),
            ),
            (self.message_size, (("in",), ("out",))),
            (self.inbound_messages, (("accepted", "ok"), ("error", "unavailable"))),
            (self.webhook_attempts, ((r,) for r in WEBHOOK_RESULTS)),
            (self.webhook_dispatch_delay, (("first",), ("retry",))),
            (self.event_subscribers, (("grpc",), ("subscription",))),
            (
                self.event_subscriber_lag,
                (("grpc",), ("subscription",), ("webhook",)),
            ),
            (
                self.db_transactions,
                ((r,) for r in ("commit", "rollback", "retry", "lost")),
            ),
            (
                self.dns_cache,
                ((r,) for r in ("hit", "negative_hit", "miss", "coalesced")),
            ),
            (self.dkim_sign_duration, (("rsa-sha256",), ("ed25519-sha256",))),
            (
                self.dkim_operations,
                (
                    *(("sign", "ok"), ("sign", "unavailable")),
                    *(("verify", "pass"), ("verify", "fail")),
                ),
            ),
            (
                self.unhandled_exceptions,
                ((component,) for component in COMPONENTS),
            ),
        ]
        for metric, labelsets in known:
            for values in labelsets:
                metric.labels(*values)
