"""Counts what the sessions of one listener do; looks each label up once."""

from typing import Final

from prometheus_client import Counter

from mailbot_server.engine.outbound import complained, reported
from mailbot_server.engine.outbound.complained import Noted
from mailbot_server.engine.outbound.reported import Settled
from mailbot_server.telemetry.metrics import Metrics

OTHER: Final = "other"


class Tally:
    """The numbers of one listener; its methods are cheap enough for every command."""

    def __init__(self, metrics: Metrics, listener: str) -> None:
        self._metrics = metrics
        self._listener = listener
        self._commands: dict[tuple[str, int], Counter] = {}
        self._messages: dict[tuple[str, str], Counter] = {}
        self._open = metrics.smtp_server_connections.labels(listener)
        self._session = metrics.smtp_server_session_duration.labels(listener)
        phases = metrics.smtp_server_data_duration
        self.reading = phases.labels("read")
        self.parsing = phases.labels("parse")
        self.committing = phases.labels("commit")
        self.size = metrics.message_size.labels("in")
        self.delay = metrics.inbound_processing_delay

    def connected(self, result: str) -> None:
        """A connection was accepted, or refused by what `result` names."""
        self._metrics.smtp_server_connections_total.labels(self._listener, result).inc()

    def opened(self) -> None:
        """A session begins."""
        self._open.inc()

    def closed(self, seconds: float) -> None:
        """A session has ended that was open for so long."""
        self._open.dec()
        self._session.observe(seconds)

    def answered(self, command: str, code: int) -> None:
        """A command got this answer; `command` comes from a closed set."""
        counter = self._commands.get((command, code))
        if counter is None:
            every = self._metrics.smtp_server_commands
            counter = every.labels(self._listener, command, str(code))
            self._commands[command, code] = counter
        counter.inc()

    def reported(self, settled: Settled) -> None:
        """A report about a delivery of ours was written down."""
        reported.count(self._metrics, settled)

    def complained(self, noted: Noted) -> None:
        """A complaint about a delivery of ours was written down."""
        complained.count(self._metrics, noted)

    def message(self, result: str, reason: str) -> None:
        """A message came to this end for one recipient."""
        counter = self._messages.get((result, reason))
        if counter is None:
            counter = self._metrics.inbound_messages.labels(result, reason)
            self._messages[result, reason] = counter
        counter.inc()

    def violation(self, kind: str) -> None:
        """The peer broke the protocol."""
        self._metrics.smtp_server_violations.labels(kind).inc()

    def fault(self) -> None:
        """A fault of ours reached the session's last line of defence."""
        self._metrics.unhandled_exceptions.labels("smtp").inc()
