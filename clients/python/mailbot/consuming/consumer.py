"""Consumes a durable subscription from threads."""

import contextlib
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import grpc
from google.protobuf.duration_pb2 import Duration

from mailbot.calls import Connection, failure
from mailbot.consuming.hands import LEASE_SECONDS_MIN, NAMES_MAX, Hands
from mailbot.errors import MailBotError
from mailbot.tail import ended, silent
from mailbot.types import EventDelivery
from mailbot.v1 import subscriptions_pb2
from mailbot.watchdog import Watchdog

KEEP_SECONDS = 1.0
"""How often finished deliveries are acknowledged, at least."""


class Consumer:
    """
    Iterates over what a subscription hands out, for ever.

    A delivery counts as finished when the next one is asked for, and is acknowledged
    soon after; meanwhile its lease is kept, however long the body takes. `give_back`
    has the delivery that was taken last handed out again. A lost connection, a
    restarted server or a recycled stream is waited out; what cannot get better is
    raised: another consumer took over, the subscription was deleted or has expired.

    One thread iterates. Use it in a `with` block, or `close` it: what was not finished
    is given back then.
    """

    def __init__(self, connection: Connection, hands: Hands) -> None:
        self._connection = connection
        self._hands = hands
        self._call: Any = None
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._watchdog = Watchdog()
        self._keeper = threading.Thread(
            target=self._keep, name="mailbot-consumer", daemon=True
        )
        connection.streams.add(self)

    def run(self, handler: Callable[[EventDelivery], object]) -> None:
        """
        Calls `handler` with each delivery, until the consumer is closed.

        What it raises gives the delivery back and is raised.
        """
        for delivery in self:
            try:
                handler(delivery)
            except BaseException:
                self.give_back()
                raise

    def give_back(self) -> None:
        """Has the delivery that was taken last handed out again, at once."""
        with self._lock:
            ack_ids = self._hands.give_back()
        self._modify(ack_ids, 0.0)

    def acknowledge(self) -> None:
        """Acknowledges what is finished now, without waiting for more of it."""
        while True:
            with self._lock:
                ack_ids = self._hands.finished()
            if not ack_ids:
                return
            request = subscriptions_pb2.AcknowledgeRequest(
                subscription_id=self._hands.request.subscription_id, ack_ids=ack_ids
            )
            try:
                self._ask(self._connection.stubs.subscriptions.Acknowledge, request)
            except MailBotError:
                with self._lock:
                    self._hands.again(ack_ids)
                raise

    def close(self) -> None:
        """Acknowledges what is finished, gives back the rest, and ends the stream."""
        self.cancel()
        self._watchdog.join()
        if self._keeper.ident is not None:
            self._keeper.join()
        with contextlib.suppress(MailBotError):
            self.acknowledge()
            with self._lock:
                ack_ids = self._hands.drop()
            self._modify(ack_ids, 0.0)

    def cancel(self) -> None:
        """Ends the stream and the iteration, without a word to the server."""
        with self._lock:
            self._closed.set()
            if self._call is not None:
                self._call.cancel()
        self._watchdog.stop()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> EventDelivery:
        with self._lock:
            self._hands.finish()
            is_full = self._hands.is_full
        if is_full:
            self._acknowledge_if_possible()
        if self._keeper.ident is None:
            self._keeper.start()
        while True:
            if self._closed.is_set():
                raise StopIteration
            with self._lock:
                delivery = self._hands.take()
            if delivery is not None:
                return delivery
            self._acknowledge_if_possible()
            self._receive()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _receive(self) -> None:
        """Take in one response, or wait out one failure. Raises what is final."""
        try:
            response = self._read()
        except grpc.RpcError as error:
            self._interrupted(silent() if self._watchdog.fired else failure(error))
        except StopIteration:
            self._interrupted(ended())
        else:
            if response is not None:
                with self._lock:
                    self._hands.receive(response, datetime.now(UTC))

    def _read(self) -> subscriptions_pb2.ConsumeResponse | None:
        with self._lock:
            if self._closed.is_set():
                return None
            if self._call is None:
                self._call = self._connection.stubs.subscriptions.Consume(
                    self._hands.request, metadata=self._connection.settings.metadata
                )
            call = self._call
        patience = self._hands.silence_seconds or self._connection.settings.timeout
        self._watchdog.watch(call, patience)
        try:
            response: subscriptions_pb2.ConsumeResponse = next(call)
        finally:
            self._watchdog.calm()
        return response

    def _interrupted(self, error: MailBotError) -> None:
        if self._closed.is_set():
            return
        self._call = None
        try:
            wait = self._hands.interrupted(error, random.random())  # noqa: S311 - jitter
        except MailBotError:
            self.cancel()
            raise
        self._closed.wait(wait)

    def _keep(self) -> None:
        """Acknowledges what is finished, and keeps the leases of what is not."""
        extended_at = time.monotonic()
        while not self._closed.wait(min(KEEP_SECONDS, self._hands.lease_seconds / 3)):
            self._acknowledge_if_possible()
            if time.monotonic() - extended_at >= self._hands.lease_seconds / 3:
                extended_at = time.monotonic()
                with contextlib.suppress(MailBotError):
                    self._extend()

    def _extend(self) -> None:
        with self._lock:
            ack_ids = self._hands.held()
            seconds = max(self._hands.lease_seconds, LEASE_SECONDS_MIN)
        lost = self._modify(ack_ids, seconds)
        with self._lock:
            self._hands.lost(lost)

    def _acknowledge_if_possible(self) -> None:
        with contextlib.suppress(MailBotError):
            self.acknowledge()

    def _modify(self, ack_ids: list[str], seconds: float) -> list[str]:
        """Lets leases end so many seconds from now; those that were lost."""
        stale: list[str] = []
        length = Duration()
        length.FromMilliseconds(int(seconds * 1000))
        for first in range(0, len(ack_ids), NAMES_MAX):
            request = subscriptions_pb2.ModifyAckDeadlineRequest(
                subscription_id=self._hands.request.subscription_id,
                ack_ids=ack_ids[first : first + NAMES_MAX],
                ack_deadline=length,
            )
            modify = self._connection.stubs.subscriptions.ModifyAckDeadline
            stale += self._ask(modify, request).stale_ack_ids
        return stale

    def _ask(self, method: Any, request: Any) -> Any:
        settings = self._connection.settings
        try:
            return method(request, timeout=settings.timeout, metadata=settings.metadata)
        except grpc.RpcError as error:
            raise failure(error) from error
