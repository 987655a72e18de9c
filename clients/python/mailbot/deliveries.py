"""The queue, and what became of what left it; for operators."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

from mailbot.calls import AsyncConnection, Call, Connection, download
from mailbot.convert import result
from mailbot.types import Reclassification
from mailbot.v1 import deliveries_pb2

RECLASSIFY_SECONDS = 24 * 3600.0
"""It goes through all that is stored."""


class Deliveries:
    """Deliveries of all accounts; needs the scope "operator"."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reclassify(
        self, account_id: str = "", *, dry_run: bool = False
    ) -> Iterator[Reclassification]:
        """
        Classify stored refusals again by the server's table; yields the progress.

        Of all accounts, unless one is named. Ends with the iterator.
        """
        return self._connection.stream(_reclassify(account_id, dry_run=dry_run))


class AsyncDeliveries:
    """As `Deliveries`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def reclassify(
        self, account_id: str = "", *, dry_run: bool = False
    ) -> AsyncIterator[Reclassification]:
        return self._connection.stream(_reclassify(account_id, dry_run=dry_run))


def _reclassify(account_id: str, *, dry_run: bool) -> Call[Reclassification]:
    call = download(
        lambda stubs: stubs.deliveries.ReclassifyDeliveries,
        deliveries_pb2.ReclassifyDeliveriesRequest(
            account_id=account_id, dry_run=dry_run
        ),
        lambda response: result(Reclassification, response),
    )
    return replace(call, timeout=RECLASSIFY_SECONDS)
