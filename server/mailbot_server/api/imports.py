"""One import of suppressions: chunk by chunk, and what was wrong with entries."""

from collections.abc import Iterator
from typing import Final

from mailbot.v1 import suppressions_pb2
from mailbot_server.api.convert import suppressions as convert
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.suppression import Wanted
from mailbot_server.engine import suppressions as engine
from mailbot_server.store.database import Database

FAULTS_MAX: Final = 100
ADDRESS_SHOWN: Final = 254


class Import:
    """Counts what became of the entries; `answer` is right after every chunk."""

    def __init__(self, db: Database, principal: Principal) -> None:
        self._db = db
        self._principal = principal
        self._seen = 0
        self.answer = suppressions_pb2.ImportSuppressionsResponse()

    async def take(self, chunk: suppressions_pb2.ImportSuppressionsRequest) -> None:
        """Adds what can be read; durable when it returns. Raises MailbotError."""
        entries = list(self._readable(chunk))
        done = await self._db.write(
            engine.import_, self._principal, entries, chunk.inbox_id
        )
        self.answer.added += done.added
        self.answer.changed += done.changed
        self.answer.unchanged += done.unchanged

    def _readable(
        self, chunk: suppressions_pb2.ImportSuppressionsRequest
    ) -> Iterator[Wanted]:
        now = self._db.clock()
        for index, entry in enumerate(chunk.entries, self._seen):
            try:
                yield convert.wanted(entry, now)
            except InvalidInput as error:
                self._refuse(index, entry.address, error.message)
        self._seen += len(chunk.entries)

    def _refuse(self, index: int, address: str, description: str) -> None:
        self.answer.refused += 1
        if len(self.answer.faults) < FAULTS_MAX:
            self.answer.faults.add(
                index=index, address=address[:ADDRESS_SHOWN], description=description
            )
