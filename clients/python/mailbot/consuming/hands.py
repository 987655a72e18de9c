"""
What a consumer has in its hands, without any I/O.

`Hands` takes in responses, hands out each delivery once, gathers what is finished until
it is acknowledged, and says after a failure whether and when to consume again. What was
handed out and not finished stays when a stream breaks: the same consumer goes on.
"""

from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from mailbot.convert import result
from mailbot.errors import MailBotError
from mailbot.retry import ATTEMPTS_MAX, Backoff
from mailbot.tail import FAULTS, HEARTBEAT_SECONDS, HEARTBEATS_MISSED
from mailbot.types import EventDelivery
from mailbot.v1 import subscriptions_pb2

ACKS_MAX = 100
"""So many finished deliveries are acknowledged together at the latest."""

NAMES_MAX = 1000
"""Of one request."""

KNOWN_MAX = 4096
"""Ack ids that are remembered: more than a consumer may have in its hands."""

LEASE_SECONDS_MIN = 10.0
# After these the stream is opened again, however often it takes.
LOST = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED"}


class Hands:
    """What one consumer was handed and has not finished."""

    def __init__(
        self, request: subscriptions_pb2.ConsumeRequest, backoff: Backoff
    ) -> None:
        self.request = request
        self._backoff = backoff
        self._waiting: deque[EventDelivery] = deque()
        self._taken: EventDelivery | None = None
        self._finished: list[str] = []
        self._failures = 0
        self.silence_seconds: float | None = None
        self.lease_seconds = LEASE_SECONDS_MIN
        self._ahead = timedelta()
        self._known: dict[str, None] = {}

    def receive(
        self, response: subscriptions_pb2.ConsumeResponse, now: datetime
    ) -> None:
        """
        Takes in one response; `now` is this machine's time.

        Leases end by the server's clock, which it tells as the stream begins.
        """
        self._failures = 0
        if response.HasField("started"):
            heartbeat = response.started.heartbeat_interval.ToTimedelta()
            seconds = heartbeat.total_seconds() or HEARTBEAT_SECONDS
            self.silence_seconds = seconds * HEARTBEATS_MISSED
            if response.started.HasField("server_time"):
                said_at = response.started.server_time.ToDatetime(UTC)
                self._ahead = now - said_at
        for each in response.batch.deliveries:
            if self._is_known(each.ack_id):
                continue
            delivery = result(EventDelivery, each)
            self._waiting.append(delivery)
            if delivery.ack_deadline_time is not None:
                server_now = now - self._ahead
                left = (delivery.ack_deadline_time - server_now).total_seconds()
                self.lease_seconds = min(max(left, 1.0), 3600.0)

    def _is_known(self, ack_id: str) -> bool:
        """Whether it came before: what a lost stream did deliver comes again, too."""
        if ack_id in self._known:
            return True
        self._known[ack_id] = None
        if len(self._known) > KNOWN_MAX:
            del self._known[next(iter(self._known))]
        return False

    def take(self) -> EventDelivery | None:
        """The next delivery; None when a response has to come first."""
        if not self._waiting:
            return None
        self._taken = self._waiting.popleft()
        return self._taken

    def finish(self) -> None:
        """The consumer is done with the delivery that it took last."""
        if self._taken is not None:
            self._finished.append(self._taken.ack_id)
            self._taken = None

    def give_back(self) -> list[str]:
        """Ack ids of what the consumer does not finish: the one that it took last."""
        taken, self._taken = self._taken, None
        return [taken.ack_id] if taken else []

    def drop(self) -> list[str]:
        """Ack ids of all that was not finished; it is forgotten."""
        ids = self.held()
        self._waiting.clear()
        self._taken = None
        return ids

    @property
    def is_full(self) -> bool:
        """Whether there is enough to acknowledge."""
        return len(self._finished) >= ACKS_MAX

    def finished(self) -> list[str]:
        """What is to be acknowledged now; `again` when that fails."""
        ids, self._finished = self._finished[:NAMES_MAX], self._finished[NAMES_MAX:]
        return ids

    def again(self, ack_ids: list[str]) -> None:
        """These could not be acknowledged yet."""
        self._finished = [*ack_ids, *self._finished]

    def held(self) -> list[str]:
        """Ack ids whose leases have to be kept."""
        taken = [self._taken] if self._taken else []
        return [each.ack_id for each in (*taken, *self._waiting)]

    def lost(self, ack_ids: Iterable[str]) -> None:
        """Forgets deliveries whose lease was lost: they come again, to somebody."""
        gone = set(ack_ids)
        self._waiting = deque(e for e in self._waiting if e.ack_id not in gone)

    def interrupted(self, error: MailBotError, chance: float) -> float:
        """
        Seconds to wait before the stream is opened again.

        Raises `error` when that would not help, as when another consumer took over.
        """
        self._failures += 1
        if not self._may_resume(error):
            raise error
        wait = self._backoff.seconds(self._failures, chance)
        if error.retry_after is None:
            return wait
        is_first = self._failures == 1
        return error.retry_after if is_first else max(error.retry_after, wait)

    def _may_resume(self, error: MailBotError) -> bool:
        if error.code in FAULTS:
            return self._failures < ATTEMPTS_MAX
        if error.code == "RESOURCE_EXHAUSTED":
            return self.silence_seconds is not None or error.retry_after is not None
        return error.code in LOST
