"""What the process itself does: its loop, its logs, its disk, and its API."""

from mailbot_server.telemetry.metrics.shelf import API, FAST, Shelf


class Process(Shelf):
    """What the process itself does: its loop, its logs, its disk, and its API."""

    def _add_process(self) -> None:
        self.build_info = self._gauge(
            "mailbot_build_info",
            "1, labelled with what runs.",
            *("version", "python", "backend"),
        )
        self.leader = self._gauge(
            "mailbot_leader",
            "1 in the process that does what is done once for all of them.",
            "role",
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
        self.job_last_success = self._gauge(
            "mailbot_job_last_success_timestamp_seconds",
            "When a background job had last done all that was due.",
            "job",
        )
        self.job_duration = self._gauge(
            "mailbot_job_duration_seconds",
            "How long a background job's last round took, from its first step.",
            "job",
        )
        self.clock_offset = self._gauge(
            "mailbot_clock_offset_seconds",
            "How far the clock was moved when it was last set by the database's.",
        )

    def _add_surroundings(self) -> None:
        self.disk_free_bytes = self._gauge(
            "mailbot_disk_free_bytes", "Free space of the data folder.", "volume"
        )
        self.disk_free_ratio = self._gauge(
            "mailbot_disk_free_ratio", "Free share of the data folder's disk.", "volume"
        )
        self.tls_certificate_not_after = self._gauge(
            "mailbot_tls_certificate_not_after_timestamp_seconds",
            "When the certificate ends that is shown, or its chain.",
            "surface",
        )
        self.tls_certificate_errors = self._counter(
            "mailbot_tls_certificate_errors_total",
            "Looks at certificate files that could not be used; the old one stayed.",
            "surface",
        )
        self.load_shed_active = self._gauge(
            "mailbot_load_shed_active",
            "1 while new mail is put off because there is too little of it.",
            "reason",
        )

    def _add_tracking(self) -> None:
        self.tracking_requests = self._counter(
            "mailbot_tracking_requests_total",
            "Requests for links in mail that we sent.",
            *("kind", "result"),
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
