"""Deliveries: list, explain, retry, cancel, hold, release, suspend, watch."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Unpack

from mailbot.calls import AsyncConnection, Connection
from mailbot.pages import AsyncPages, PageOptions, Pages
from mailbot.resources import queue
from mailbot.resources.queue import DeliveryFilter, DeliveryListOptions, ScopeOptions
from mailbot.types import (
    Delivery,
    DeliveryExplanation,
    DeliverySuspension,
    Destination,
    DialogueLine,
    MovedDeliveries,
    Reclassification,
)


class Deliveries:
    """One message to one recipient each, on its way or at its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, **options: Unpack[DeliveryListOptions]) -> Pages[Delivery]:
        """Deliveries, newest first; of all accounts, account by account."""
        return Pages(self._connection, queue.list_(options))

    def get(self, delivery_id: str, *, all_accounts: bool = False) -> Delivery:
        """One delivery."""
        return self._connection.call(queue.get(delivery_id, all_accounts=all_accounts))

    def explain(
        self, delivery_id: str, *, all_accounts: bool = False
    ) -> DeliveryExplanation:
        """Why a delivery is where it is and what happens next, in words."""
        return self._connection.call(
            queue.explain(delivery_id, all_accounts=all_accounts)
        )

    def retry(self, **wanted: Unpack[DeliveryFilter]) -> MovedDeliveries:
        """Try queued and deferred ones at once, but none before its `send_time`."""
        return self._connection.call(queue.retry(wanted))

    def cancel(self, **wanted: Unpack[DeliveryFilter]) -> MovedDeliveries:
        """Call back what has not left; an attempt under way becomes the last one."""
        return self._connection.call(queue.cancel(wanted))

    def hold(
        self, reason: str = "", **wanted: Unpack[DeliveryFilter]
    ) -> MovedDeliveries:
        """Keep queued and deferred ones back until they are released."""
        return self._connection.call(queue.hold(reason, wanted))

    def release(self, **wanted: Unpack[DeliveryFilter]) -> MovedDeliveries:
        """Let held ones go on; what a limit held is charged now."""
        return self._connection.call(queue.release(wanted))

    def suspend(
        self,
        *,
        duration: timedelta | None = None,
        reason: str = "",
        **what: Unpack[ScopeOptions],
    ) -> DeliverySuspension:
        """Stop new attempts, for 5 minutes unless told; again, it changes the end."""
        return self._connection.call(queue.suspend(duration, reason, what))

    def resume(self, **what: Unpack[ScopeOptions]) -> DeliverySuspension | None:
        """End a suspension before its time; None when nothing was suspended."""
        return self._connection.call(queue.resume(what))

    def suspensions(self, **options: Unpack[PageOptions]) -> Pages[DeliverySuspension]:
        """What is suspended now, newest first."""
        return Pages(self._connection, queue.suspensions(options))

    def destinations(self, **options: Unpack[PageOptions]) -> Pages[Destination]:
        """Where mail goes and how fast, busiest first; for operators."""
        return Pages(self._connection, queue.destinations(options))

    def trace(
        self, destination: str, *, duration: timedelta | None = None
    ) -> Iterator[DialogueLine]:
        """
        The SMTP dialogue with a destination as it happens; for operators.

        For 5 minutes unless told, an hour at most. Ends with the iterator.
        """
        return self._connection.stream(queue.trace(destination, duration))

    def reclassify(
        self, account_id: str = "", *, dry_run: bool = False
    ) -> Iterator[Reclassification]:
        """
        Classify stored refusals again by the server's table; yields the progress.

        Of all accounts, unless one is named. Ends with the iterator. For operators.
        """
        return self._connection.stream(queue.reclassify(account_id, dry_run=dry_run))


class AsyncDeliveries:
    """As `Deliveries`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(self, **options: Unpack[DeliveryListOptions]) -> AsyncPages[Delivery]:
        return AsyncPages(self._connection, queue.list_(options))

    async def get(self, delivery_id: str, *, all_accounts: bool = False) -> Delivery:
        return await self._connection.call(
            queue.get(delivery_id, all_accounts=all_accounts)
        )

    async def explain(
        self, delivery_id: str, *, all_accounts: bool = False
    ) -> DeliveryExplanation:
        return await self._connection.call(
            queue.explain(delivery_id, all_accounts=all_accounts)
        )

    async def retry(self, **wanted: Unpack[DeliveryFilter]) -> MovedDeliveries:
        return await self._connection.call(queue.retry(wanted))

    async def cancel(self, **wanted: Unpack[DeliveryFilter]) -> MovedDeliveries:
        return await self._connection.call(queue.cancel(wanted))

    async def hold(
        self, reason: str = "", **wanted: Unpack[DeliveryFilter]
    ) -> MovedDeliveries:
        return await self._connection.call(queue.hold(reason, wanted))

    async def release(self, **wanted: Unpack[DeliveryFilter]) -> MovedDeliveries:
        return await self._connection.call(queue.release(wanted))

    async def suspend(
        self,
        *,
        duration: timedelta | None = None,
        reason: str = "",
        **what: Unpack[ScopeOptions],
    ) -> DeliverySuspension:
        return await self._connection.call(queue.suspend(duration, reason, what))

    async def resume(self, **what: Unpack[ScopeOptions]) -> DeliverySuspension | None:
        return await self._connection.call(queue.resume(what))

    def suspensions(
        self, **options: Unpack[PageOptions]
    ) -> AsyncPages[DeliverySuspension]:
        return AsyncPages(self._connection, queue.suspensions(options))

    def destinations(self, **options: Unpack[PageOptions]) -> AsyncPages[Destination]:
        return AsyncPages(self._connection, queue.destinations(options))

    def trace(
        self, destination: str, *, duration: timedelta | None = None
    ) -> AsyncIterator[DialogueLine]:
        return self._connection.stream(queue.trace(destination, duration))

    def reclassify(
        self, account_id: str = "", *, dry_run: bool = False
    ) -> AsyncIterator[Reclassification]:
        return self._connection.stream(queue.reclassify(account_id, dry_run=dry_run))
