"""Where in its account's log a reader begins: start positions and cursors."""

import contextlib
from collections.abc import Callable, Iterator

from mailbot.v1 import events_pb2
from mailbot_server.api import calls
from mailbot_server.api.convert import times
from mailbot_server.core.errors import CursorGone, one_field
from mailbot_server.core.signed import cursor
from mailbot_server.core.signed.cursor import Log, SigningKeys
from mailbot_server.engine.events import Place, behind, earliest, latest, since
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction


class Starts:
    """Reads start positions of the running call's account."""

    def __init__(self, db: Database, keys: SigningKeys) -> None:
        self._db = db
        self._keys = keys
        self._epoch = ""

    async def log(self) -> Log:
        """The running call's; the epoch changes only while no server runs."""
        if not self._epoch:
            self._epoch = await self._db.read(events.epoch)
        return Log(epoch=self._epoch, account_id=calls.principal().account_id)

    async def find(
        self,
        start: events_pb2.StartPosition,
        *,
        default_earliest: bool,
        field: str = "start",
    ) -> tuple[Log, Place]:
        """
        The account's log and the place in it after which to read.

        Raises InvalidInput with CURSOR_INVALID or CURSOR_FOREIGN, and CursorGone.
        """
        account_id = calls.principal().account_id
        kind = start.WhichOneof("position")
        if kind == "at_time":
            moment = times.from_proto(start, f"{field}.at_time")
            assert moment is not None, "the oneof says so"
            place = await self._db.read(since, account_id, moment)
            return Log(epoch=place.epoch, account_id=account_id), place
        earliest_asked = start.anchor == events_pb2.StartPosition.ANCHOR_EARLIEST or (
            default_earliest
            and start.anchor == events_pb2.StartPosition.ANCHOR_UNSPECIFIED
        )
        anchor: Callable[[Transaction, str], Place]
        anchor = earliest if earliest_asked else latest
        place = await self._db.read(anchor, account_id)
        log = Log(epoch=place.epoch, account_id=account_id)
        if kind == "after_cursor":
            name = f"{field}.after_cursor"
            place = await self._after(log, place, start.after_cursor, name)
        return log, place

    def cursor(self, log: Log, position: int) -> str:
        """The cursor after a position of the log."""
        return cursor.write_cursor(self._keys, log, position)

    @contextlib.contextmanager
    def reading(self, log: Log) -> Iterator[None]:
        """Surrounds what reads a log: where it was trimmed, the error says how far."""
        try:
            yield
        except CursorGone as error:
            error.details["earliest_cursor"] = self.cursor(log, error.earliest)
            raise

    def position(self, log: Log, head: int, token: str, field: str) -> int:
        """
        The position that a cursor names, of a log that ends at `head`.

        Raises InvalidInput with CURSOR_INVALID or CURSOR_FOREIGN.
        """
        position = cursor.read_cursor(self._keys, log, token, field)
        if position > head:
            words = "names a position that this log does not have; begin again"
            raise one_field(field, words, "CURSOR_FOREIGN")
        return position

    async def _after(self, log: Log, place: Place, token: str, name: str) -> Place:
        position = self.position(log, place.head, token, name)
        with self.reading(log):
            return await self._db.read(behind, log.account_id, position)
