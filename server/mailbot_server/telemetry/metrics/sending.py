"""What is handed in, waits, is tried, and what became of it."""

from mailbot_server.telemetry.metrics.shelf import (
    API,
    COUNT,
    E2E,
    FAST,
    SIZE,
    SMTP,
    Shelf,
)


class Sending(Shelf):
    """What is handed in, waits, is tried, and what became of it."""

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
