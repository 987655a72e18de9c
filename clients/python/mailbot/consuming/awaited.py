"""Consumes a durable subscription from an event loop."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import grpc
from google.protobuf.duration_pb2 import Duration

from mailbot.calls import AsyncConnection, failure
from mailbot.consuming.consumer import KEEP_SECONDS
from mailbot.consuming.hands import LEASE_SECONDS_MIN, NAMES_MAX, Hands
from mailbot.errors import MailBotError
from mailbot.tail import ended, silent
from mailbot.types import EventDelivery
from mailbot.v1 import subscriptions_pb2

Response = subscriptions_pb2.ConsumeResponse


class AsyncConsumer:
    """As `Consumer`, for `async for`: one task iterates, `close` is awaited."""

    def __init__(self, connection: AsyncConnection, hands: Hands) -> None:
        self._connection = connection
        self._hands = hands
        self._call: Any = None
        self._closed = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        connection.streams.add(self)

    async def run(self, handler: Callable[[EventDelivery], Awaitable[object]]) -> None:
        """As `Consumer.run`."""
        async for delivery in self:
            try:
                await handler(delivery)
            except BaseException:
                await self.give_back()
                raise

    async def give_back(self) -> None:
        """As `Consumer.give_back`."""
        await self._modify(self._hands.give_back(), 0.0)

    async def acknowledge(self) -> None:
        """As `Consumer.acknowledge`."""
        while ack_ids := self._hands.finished():
            request = subscriptions_pb2.AcknowledgeRequest(
                subscription_id=self._hands.request.subscription_id, ack_ids=ack_ids
            )
            acknowledge = self._connection.stubs.subscriptions.Acknowledge
            try:
                await self._ask(acknowledge, request)
            except BaseException:
                self._hands.again(ack_ids)
                raise

    async def close(self) -> None:
        """As `Consumer.close`."""
        self.cancel()
        if self._keeper is not None:
            await asyncio.wait([self._keeper])
        with contextlib.suppress(MailBotError):
            await self.acknowledge()
            await self._modify(self._hands.drop(), 0.0)

    def cancel(self) -> None:
        """As `Consumer.cancel`; from the event loop's thread."""
        self._closed.set()
        if self._call is not None:
            self._call.cancel()
        if self._keeper is not None:
            self._keeper.cancel()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> EventDelivery:
        self._hands.finish()
        if self._hands.is_full:
            await self._acknowledge_if_possible()
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep())
        while not self._closed.is_set():
            delivery = self._hands.take()
            if delivery is not None:
                return delivery
            await self._acknowledge_if_possible()
            await self._receive()
        raise StopAsyncIteration

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _receive(self) -> None:
        """Take in one response, or wait out one failure. Raises what is final."""
        try:
            response = await self._read()
        except grpc.RpcError as error:
            await self._interrupted(failure(error))
        except _CancelledHereError:
            await self._interrupted(silent())
        else:
            if isinstance(response, Response):
                self._hands.receive(response, datetime.now(UTC))
            else:
                await self._interrupted(ended())

    async def _read(self) -> Any:
        """The next response, or grpc.aio.EOF; see AsyncSubscription about the timer."""
        if self._call is None:
            self._call = self._connection.stubs.subscriptions.Consume(
                self._hands.request, metadata=self._connection.settings.metadata
            )
        call = self._call
        patience = self._hands.silence_seconds or self._connection.settings.timeout
        timer = asyncio.get_running_loop().call_later(patience, call.cancel)
        try:
            return await call.read()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            raise _CancelledHereError from None
        finally:
            timer.cancel()

    async def _interrupted(self, error: MailBotError) -> None:
        if self._closed.is_set():
            return
        self._call = None
        try:
            wait = self._hands.interrupted(error, random.random())  # noqa: S311 - jitter
        except MailBotError:
            self.cancel()
            raise
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._closed.wait()

    async def _keep(self) -> None:
        """Acknowledges what is finished, and keeps the leases of what is not."""
        loop = asyncio.get_running_loop()
        extended_at = loop.time()
        while True:
            await asyncio.sleep(min(KEEP_SECONDS, self._hands.lease_seconds / 3))
            await self._acknowledge_if_possible()
            if loop.time() - extended_at >= self._hands.lease_seconds / 3:
                extended_at = loop.time()
                with contextlib.suppress(MailBotError):
                    seconds = max(self._hands.lease_seconds, LEASE_SECONDS_MIN)
                    lost = await self._modify(self._hands.held(), seconds)
                    self._hands.lost(lost)

    async def _acknowledge_if_possible(self) -> None:
        with contextlib.suppress(MailBotError):
            await self.acknowledge()

    async def _modify(self, ack_ids: list[str], seconds: float) -> list[str]:
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
            stale += (await self._ask(modify, request)).stale_ack_ids
        return stale

    async def _ask(self, method: Any, request: Any) -> Any:
        settings = self._connection.settings
        try:
            return await method(
                request, timeout=settings.timeout, metadata=settings.metadata
            )
        except grpc.RpcError as error:
            raise failure(error) from error


class _CancelledHereError(Exception):
    """The call was cancelled by the timer or by `close`, not the task by its owner."""
