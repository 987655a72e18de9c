"""The log, the database, and what the DNS says."""

from mailbot_server.telemetry.metrics.shelf import COUNT, FAST, Shelf


class Storing(Shelf):
    """The log, the database, and what the DNS says."""

    def _add_events(self) -> None:
        self.events_appended = self._counter(
            "mailbot_events_appended_total", "Events, by type.", "type"
        )
        self.event_append_batch = self._histogram(
            "mailbot_event_append_batch_size", "Events of one operation.", COUNT
        )
        self.event_append_wait = self._histogram(
            "mailbot_event_append_lock_wait_seconds",
            "How long an operation waited for the end of its account's log.",
            FAST,
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
        self.db_failovers = self._counter(
            "mailbot_db_failovers_total",
            "Times that another PostgreSQL had taken over; the leader counts them.",
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

    def _add_audit(self) -> None:
        self.audit_chain_errors = self._counter(
            "mailbot_audit_chain_errors_total",
            "Times that a chain of changes was found not to be as it was written.",
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
