"""What goes on between this server and the hosts that it writes to."""

from mailbot_server.telemetry.metrics.shelf import FAST, Shelf, remember_children


class SmtpClient(Shelf):
    """What goes on between this server and the hosts that it writes to."""

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
        remember_children(self.smtp_client_connections)
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
