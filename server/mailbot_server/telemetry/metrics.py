"""
Every Prometheus metric, its labels and help: the operator's contract on one page.

Names, labels and buckets follow the closed vocabularies written here. No metric is
labelled by account, inbox, message, address, recipient domain or key: per-tenant
numbers come from the API. Label sets that are known are initialised at the start, so
that a rate is 0 before the first event and not absent. Gauges named
`mailbot_cluster_*` are read from the database by every process: take their `max`,
never their sum.
"""

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

STREAMS: Final = ("transactional", "bulk")
ATTEMPT_OUTCOMES: Final = (
    "sent",
    "delivered",
    "deferred",
    "bounced",
    "failed",
    "unknown",
)
FINAL_OUTCOMES: Final = (
    *("sent", "delivered", "bounced", "failed", "expired", "cancelled", "unknown"),
)
STAGES: Final = (
    *("route", "connect", "greeting", "tls", "auth", "mail", "rcpt", "data", "eod"),
)
QUEUE_STATES: Final = ("ready", "scheduled", "leased", "held")
LISTENERS: Final = ("mx", "submission")


class Metrics:
    """All metrics of one process, in a registry of their own."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._add_process()
        self._add_api()
        self._add_submission()
        self._add_queue()
        self._add_attempts()
        self._add_reports()
        self._add_smtp_client()
        self._add_smtp_server()
        self._add_events()
        self._add_database()
        self._add_dns()
        self._add_dkim()
        self._add_authentication()
        self._initialise()

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        counter = Counter(name, words, labels, registry=self.registry)
        _remember_children(counter)
        return counter

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(name, words, labels, registry=self.registry)

    def _histogram(
        self, name: str, words: str, buckets: Iterable[float], *labels: str
    ) -> Histogram:
        histogram = Histogram(
            name, words, labels, buckets=tuple(buckets), registry=self.registry
        )
        _remember_children(histogram)
        return histogram

    def _add_process(self) -> None:
        self.build_info = self._gauge(
            "mailbot_build_info",
            "1, labelled with what runs.",
            *("version", "python", "backend"),
        )
        self.event_loop_lag = self._histogram(
            "mailbot_event_loop_lag_seconds",
            "How late a tick of 100 ms came: what blocks the event loop.",
            (*FAST, 5),
        )
        self.unhandled_exceptions = self._counter(
            "mailbot_unhandled_exceptions_total",
            "Faults of ours that reached a last line of defence.",
            "component",
        )
        self.log_messages = self._counter(
            "mailbot_log_messages_total", "Log lines.", "level"
        )
        self.collector_duration = self._gauge(
            "mailbot_collector_duration_seconds",
            "How long the last reading of gauges from the database took.",
            "collector",
        )
        self.collector_errors = self._counter(
            "mailbot_collector_errors_total",
            "Readings of gauges from the database that failed.",
            "collector",
        )
        self.collector_last_success = self._gauge(
            "mailbot_collector_last_success_timestamp_seconds",
            "When gauges were last read from the database.",
            "collector",
        )
        self.clock_offset = self._gauge(
            "mailbot_clock_offset_seconds",
            "How far the clock was moved when it was last set by the database's.",
        )
        self.disk_free_bytes = self._gauge(
            "mailbot_disk_free_bytes", "Free space of the data folder.", "volume"
        )
        self.disk_free_ratio = self._gauge(
            "mailbot_disk_free_ratio", "Free share of the data folder's disk.", "volume"
        )

        self.load_shed_active = self._gauge(
            "mailbot_load_shed_active",
            "1 while new mail is put off because there is too little of it.",
            "reason",
        )

    def _add_api(self) -> None:
        method = ("grpc_type", "grpc_service", "grpc_method")
        self.grpc_started = self._counter(
            "grpc_server_started_total", "RPCs that began.", *method
        )
        self.grpc_handled = self._counter(
            "grpc_server_handled_total", "RPCs that ended.", *method, "grpc_code"
        )
        self.grpc_handling = self._histogram(
            "grpc_server_handling_seconds", "How long RPCs took.", API, *method
        )
        self.grpc_streams = self._gauge(
            "mailbot_grpc_streams", "Open streams of calls, by method.", "method"
        )
        self.auth_attempts = self._counter(
            "mailbot_auth_attempts_total",
            "Presented credentials.",
            *("surface", "result"),
        )
        self.idempotency = self._counter(
            "mailbot_idempotency_total", "Calls that carried a request_id.", "result"
        )

    def _add_submission(self) -> None:
        self.submissions = self._counter(
            "mailbot_submissions_total",
            "Messages handed in for sending.",
            *("via", "stream", "result", "reason"),
        )
        self.submission_duration = self._histogram(
            "mailbot_submission_duration_seconds",
            "From the request to the durable commit.",
            API,
            "via",
        )
        self.message_size = self._histogram(
            "mailbot_message_size_bytes", "Raw size of messages.", SIZE, "direction"
        )
        self.ratelimit_decisions = self._counter(
            "mailbot_ratelimit_decisions_total",
            "What the send limits said.",
            *("scope", "limit", "decision"),
        )
        self.ratelimit_delay = self._histogram(
            "mailbot_ratelimit_delay_seconds",
            "How long a message waits because a send limit is used up.",
            E2E,
            "scope",
        )

    def _add_queue(self) -> None:
        self.queue_messages = self._gauge(
            "mailbot_cluster_queue_messages",
            "Deliveries that are not terminal. ready: due now; scheduled: due later.",
            *("state", "stream"),
        )
        self.queue_oldest_due = self._gauge(
            "mailbot_cluster_queue_oldest_due_timestamp_seconds",
            "When the longest waiting due delivery became due; absent if none is due.",
            "stream",
        )
        self.queue_oldest_enqueued = self._gauge(
            "mailbot_cluster_queue_oldest_enqueued_timestamp_seconds",
            "When the oldest open delivery was queued; absent if none is open.",
            "stream",
        )
        self.queue_dispatch_delay = self._histogram(
            "mailbot_queue_dispatch_delay_seconds",
            "From due to the start of the attempt.",
            E2E,
            *("stream", "attempt"),
        )
        self.queue_claim_duration = self._histogram(
            "mailbot_queue_claim_duration_seconds", "How long a claim took.", FAST
        )
        self.queue_claim_batch = self._histogram(
            "mailbot_queue_claim_batch_size", "Deliveries that a claim leased.", COUNT
        )
        self.queue_leases_expired = self._counter(
            "mailbot_queue_leases_expired_total",
            "Leases taken back from a worker that died or hung.",
        )
        self.queue_fencing_rejections = self._counter(
            "mailbot_queue_fencing_rejections_total",
            "Results that came after their lease was lost.",
        )

    def _add_attempts(self) -> None:
        self.delivery_attempts = self._counter(
            "mailbot_delivery_attempts_total",
            "Attempts, one per recipient, by outcome.",
            *("provider", "outcome"),
        )
        self.deliveries = self._counter(
            "mailbot_deliveries_total",
            "Deliveries that became terminal.",
            *("stream", "outcome"),
        )
        self.bounces = self._counter(
            "mailbot_bounces_total",
            "Refusals for good, by class.",
            *("provider", "class", "kind"),
        )
        self.deferrals = self._counter(
            "mailbot_deferrals_total",
            "Refusals for a time, by class.",
            *("provider", "class"),
        )
        self.delivery_latency = self._histogram(
            "mailbot_delivery_latency_seconds",
            "From acceptance to the next hop's 250.",
            E2E,
            "stream",
        )
        self.delivery_attempt_duration = self._histogram(
            "mailbot_delivery_attempt_duration_seconds",
            "How long attempts took.",
            SMTP,
            "outcome",
        )
        self.delivery_stage_duration = self._histogram(
            "mailbot_delivery_stage_duration_seconds",
            "How long the stages of attempts took.",
            SMTP,
            "stage",
        )
        self.delivery_watchdog_aborts = self._counter(
            "mailbot_delivery_watchdog_aborts_total",
            "Attempts that took longer than all their deadlines and were ended.",
            "stage",
        )
        self.delivery_attempts_per_recipient = self._histogram(
            "mailbot_delivery_attempts_per_recipient",
            "Attempts that a delivery needed.",
            (1, 2, 3, 4, 5, 8, 12, 20),
            "outcome",
        )

    def _add_reports(self) -> None:
        self.reports = self._counter(
            "mailbot_reports_total",
            "Reports of others about deliveries of ours, by what they changed.",
            *("result",),
        )
        self.complaints = self._counter(
            "mailbot_complaints_total",
            "Complaints of recipients about deliveries of ours.",
            *("provider",),
        )

    def _add_smtp_client(self) -> None:
        self.provider_concurrency_limit = self._gauge(
            "mailbot_provider_concurrency_limit",
            "Attempts that destinations with mail under way are given at a time.",
            "provider",
        )
        self.provider_concurrency_in_use = self._gauge(
            "mailbot_provider_concurrency_in_use",
            "Attempts that are under way.",
            "provider",
        )
        self.provider_suspended = self._gauge(
            "mailbot_provider_suspended",
            "Destinations at which nothing is tried now.",
            *("provider", "reason"),
        )
        self.provider_suspensions = self._counter(
            "mailbot_provider_suspensions_total",
            "Times that a destination was suspended by an answer or by none.",
            *("provider", "reason"),
        )
        self.smtp_client_connections = self._gauge(
            "mailbot_smtp_client_connections", "Open connections to others.", "provider"
        )
        _remember_children(self.smtp_client_connections)
        self.smtp_client_connects = self._counter(
            "mailbot_smtp_client_connects_total",
            "Connections tried.",
            *("provider", "result"),
        )
        self.smtp_client_connection_reuse = self._counter(
            "mailbot_smtp_client_connection_reuse_total",
            "Open connections lent again; found stale then; closed at a limit.",
            "result",
        )
        self.smtp_client_replies = self._counter(
            "mailbot_smtp_client_replies_total",
            "What remote hosts answered.",
            *("stage", "code"),
        )
        self.smtp_client_tls = self._counter(
            "mailbot_smtp_client_tls_total",
            "TLS with remote hosts.",
            *("level", "result"),
        )
        self.mta_sts_fetches = self._counter(
            "mailbot_mta_sts_fetches_total",
            "Files of MTA-STS policies: fetched, not to be had, or not readable.",
            "result",
        )
        self.mta_sts_violations = self._counter(
            "mailbot_mta_sts_violations_total",
            "Hosts that a policy does not name, or whose TLS is not as it says.",
            *("mode", "kind"),
        )

    def _add_smtp_server(self) -> None:
        self.smtp_server_connections = self._gauge(
            "mailbot_smtp_server_open_connections", "Open connections.", "listener"
        )
        self.smtp_server_connections_total = self._counter(
            "mailbot_smtp_server_connections_total",
            "Connections, by what became of them at once.",
            *("listener", "result"),
        )
        self.smtp_server_commands = self._counter(
            "mailbot_smtp_server_commands_total",
            "Commands, by our answer.",
            *("listener", "command", "code"),
        )
        self.smtp_server_session_duration = self._histogram(
            "mailbot_smtp_server_session_duration_seconds",
            "How long connections were open.",
            SMTP,
            "listener",
        )
        self.smtp_server_data_duration = self._histogram(
            "mailbot_smtp_server_data_duration_seconds",
            "Phases of DATA: reading it, parsing it, committing it.",
            SMTP,
            "phase",
        )
        self.smtp_server_violations = self._counter(
            "mailbot_smtp_server_protocol_violations_total",
            "Peers that broke the protocol.",
            "kind",
        )
        self.inbound_messages = self._counter(
            "mailbot_inbound_messages_total",
            "Messages offered to us, one per recipient.",
            *("result", "reason"),
        )
        self.mime_parse_duration = self._histogram(
            "mailbot_mime_parse_duration_seconds", "How long parsing took.", FAST
        )
        self.mime_parse_degraded = self._counter(
            "mailbot_mime_parse_degraded_total",
            "Messages that could not be read in full.",
            "reason",
        )
        self.inbound_processing_delay = self._histogram(
            "mailbot_inbound_processing_delay_seconds",
            "From the end of data to the committed event.",
            (*API, 60),
        )

    def _add_events(self) -> None:
        self.events_appended = self._counter(
            "mailbot_events_appended_total", "Events, by type.", "type"
        )
        self.event_append_batch = self._histogram(
            "mailbot_event_append_batch_size", "Events of one operation.", COUNT
        )
        self.event_subscribers = self._gauge(
            "mailbot_event_subscribers", "Who follows the log now.", "kind"
        )
        self.event_subscriber_lag = self._gauge(
            "mailbot_event_subscriber_max_lag_events",
            "Positions that the slowest of them is behind.",
            "kind",
        )

    def _add_database(self) -> None:
        self.db_operation_duration = self._histogram(
            "mailbot_db_operation_duration_seconds",
            "From the call of an operation to its durable commit.",
            (*FAST, 10),
            "op",
        )
        self.db_transactions = self._counter(
            "mailbot_db_transactions_total", "Transactions, by their end.", "result"
        )
        self.db_writer_queue = self._gauge(
            "mailbot_db_writer_queue_length", "Operations that wait for a writer."
        )
        self.db_commit_batch = self._histogram(
            "mailbot_db_commit_batch_size", "Operations that shared one commit.", COUNT
        )
        self.sqlite_wal_bytes = self._gauge(
            "mailbot_sqlite_wal_bytes", "Size of SQLite's write-ahead log."
        )

    def _add_dns(self) -> None:
        self.dns_queries = self._counter(
            "mailbot_dns_queries_total", "DNS questions.", *("type", "result")
        )
        self.dns_query_duration = self._histogram(
            "mailbot_dns_query_duration_seconds",
            "How long DNS questions took.",
            (*FAST, 5, 10),
            "type",
        )
        self.dns_cache = self._counter(
            "mailbot_dns_cache_total", "DNS answers, by where they came from.", "result"
        )

    def _add_dkim(self) -> None:
        self.dkim_sign_duration = self._histogram(
            "mailbot_dkim_sign_duration_seconds",
            "How long one DKIM signature took, without hashing the body.",
            FAST,
            "algorithm",
        )
        self.dkim_operations = self._counter(
            "mailbot_dkim_operations_total",
            "Messages that were signed, and new keys that another library verified.",
            *("op", "result"),
        )

    def _add_authentication(self) -> None:
        self.authentication_results = self._counter(
            "mailbot_inbound_auth_results_total",
            "What SPF, DKIM (each signature), DMARC and ARC said of mail that came in.",
            *("mechanism", "result"),
        )
        self.authentication_duration = self._histogram(
            "mailbot_inbound_auth_duration_seconds",
            "How long it took to find out who sent a message, DNS included.",
            (*FAST, 5, 10),
        )

    def _initialise(self) -> None:
        known: list[tuple[MetricWrapperBase, Iterable[tuple[str, ...]]]] = [
            (self.deliveries, ((s, o) for s in STREAMS for o in FINAL_OUTCOMES)),
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
            (self.inbound_messages, (("accepted", "ok"), ("error", "internal"))),
            (self.event_subscribers, (("grpc",),)),
            (self.event_subscriber_lag, (("grpc",),)),
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
                ((c,) for c in ("api", "authentication", "domains", "smtp", "queue")),
            ),
        ]
        for metric, labelsets in known:
            for values in labelsets:
                metric.labels(*values)


def _remember_children(metric: MetricWrapperBase) -> None:
    """
    Makes `labels` a look-up: the library takes a lock and 3 us each time.

    Their number is bounded, as every label is, and none is ever removed.
    """
    metric.labels = cache(metric.labels)  # type: ignore[method-assign]
