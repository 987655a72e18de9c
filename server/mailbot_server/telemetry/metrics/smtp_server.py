"""What comes in over SMTP, from whom, and how it is read."""

from mailbot_server.telemetry.metrics.shelf import API, FAST, SMTP, Shelf


class SmtpServer(Shelf):
    """What comes in over SMTP, from whom, and how it is read."""

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
