"""Commits for all who wait: a savepoint for each operation, and one commit."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import apsw

from mailbot_server.store.database.connection import ENVIRONMENT, SqliteConnection
from mailbot_server.store.database.job import Job, away

BATCH_MAX: Final = 256
"""Operations in one commit."""


class _TransactionLost(Exception):
    """The environment failed, or SQLite rolled everything back by itself."""


class Committer:
    """
    The one who writes, in the thread that its connection belongs to.

    `outcomes` counts "commit", "rollback" and "lost"; whoever reports them empties it.
    """

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self.outcomes: Counter[str] = Counter()

    def commit(self, jobs: Sequence[Job]) -> None:
        """Runs the jobs; when it returns each has its result, durably, or its error."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except apsw.Error as error:
            self._lose(jobs, error)
            return
        try:
            for job in jobs:
                self._run_in_savepoint(job)
            for job in jobs:
                job.run_late(self._connection)
            self._connection.execute("COMMIT")
        except (apsw.Error, _TransactionLost) as error:
            self._connection.roll_back()
            self._run_alone(jobs, error)
        else:
            self.outcomes["commit"] += 1

    def _run_in_savepoint(self, job: Job) -> None:
        connection = self._connection
        connection.execute("SAVEPOINT operation")
        try:
            job.run(connection)
        except Exception as error:
            if connection.raw.getautocommit() or isinstance(error, ENVIRONMENT):
                raise _TransactionLost from error
            connection.execute("ROLLBACK TO operation")
            self.outcomes["rollback"] += 1
            job.fail(error)
        connection.execute("RELEASE operation")

    def _run_alone(self, jobs: Sequence[Job], error: Exception) -> None:
        """Nothing was committed: each operation gets a transaction to itself."""
        if len(jobs) == 1:
            self._lose(jobs, error)
            return
        self.outcomes["lost"] += 1
        for job in jobs:
            self.commit([job])

    def _lose(self, jobs: Sequence[Job], error: Exception) -> None:
        self.outcomes["lost"] += 1
        for job in jobs:
            unavailable = away()
            unavailable.__cause__ = error
            job.fail(unavailable)
