"""What a supervisor counts itself; the rest it reads from its workers."""

from prometheus_client import CollectorRegistry

from mailbot_server.telemetry.metrics.shelf import Shelf


class Supervision(Shelf):
    """The metrics of a supervisor, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.running = self._gauge(
            "mailbot_workers_running", "Workers of this machine that serve."
        )
        self.restarts = self._counter(
            "mailbot_worker_restarts_total",
            "Workers that ended though nobody wanted it, and were started again.",
        )
        self.unread = self._counter(
            "mailbot_worker_metrics_unread_total",
            "Times that a worker did not tell its metrics, so that they are missing.",
        )
        self.log_messages = self._counter(
            "mailbot_log_messages_total", "Log lines.", "level"
        )
