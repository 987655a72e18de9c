"""One call of an operation on its way through a database thread, and how it ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.database.transaction import Connection, Transaction

Operation = Callable[..., Any]


@dataclass(slots=True, eq=False)
class Job:
    """An operation, its arguments, and where its result goes."""

    operation: Operation
    arguments: tuple[Any, ...]
    stamp: Stamp
    future: Any = None
    """An asyncio.Future, in the process where somebody waits for the answer."""

    result: Any = None
    error: BaseException | None = None
    topics: set[str] = field(default_factory=set)
    events: list[str] = field(default_factory=list)
    """The types of those that were appended."""

    late: list[tuple[str, Sequence[Any]]] = field(default_factory=list)
    waited_seconds: float = 0.0
    """For the head of the log; a writer that is alone waits for nobody."""

    def run(self, connection: Connection) -> None:
        """Runs the operation once, its events included; raises what it raises."""
        transaction = Transaction(connection, self.stamp)
        result = self.operation(transaction, *self.arguments)
        self.events = [event.type.value for event in transaction.finish()]
        self.topics = transaction.topics
        self.late = transaction.late
        self.waited_seconds = transaction.waited_seconds
        self.result = result
        self.error = None

    def run_late(self, connection: Connection) -> None:
        """Runs what the operation left for the end of the transaction."""
        for sql, parameters in self.late:
            connection.execute(sql, parameters)

    def fail(self, error: BaseException) -> None:
        """Nothing of it was written, or nobody knows."""
        self.error = error
        self.result = None
        self.topics = set()
        self.events = []
        self.late = []

    def settle(self) -> None:
        """Tells the caller; in the event loop's thread."""
        if self.future is None or self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


Finished = Callable[[Sequence[Job]], None]
"""Takes jobs whose transaction has ended, in the thread of whoever wrote."""


def away(words: str = "the database is not available; try again") -> Unavailable:
    """The error for a database that is gone, full or busy."""
    return Unavailable(words)
