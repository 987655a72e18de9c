"""
Lets go of what has been kept for long enough: content, messages, events.

Rows say what is due, so that it can be cut off anywhere and goes on after a restart.
It goes round all inboxes and then all accounts, a little of each, and rests after a
round that left nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core import retention
from mailbot_server.core.audit import ENGINE, Change
from mailbot_server.core.retention import Retention
from mailbot_server.engine import subscriptions
from mailbot_server.engine.retention import redaction
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.retention import deleting, due, redacting, trimming
from mailbot_server.store.retention.due import Kept

JOB: Final = "retention"
"""The label of its metrics."""

MESSAGES: Final = 25
"""Messages of an inbox in one operation: each is some twenty statements."""

LOOKED_AT: Final = 200
OPERATIONS: Final = 20
REST: Final = timedelta(minutes=10)


class Keeping:
    """The rounds of one process; who leads makes them."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db = db
        self._default = Retention(
            content_days=settings.retention_content,
            metadata_days=settings.retention_metadata,
        )
        self._event_days = settings.retention_events
        self._inbox_after = ""
        self._account_after = ""
        self._in_accounts = False
        self._left_some = False
        self._rests_until: datetime | None = None
        self._began_at: datetime | None = None

    async def step(self) -> int:
        """A part of a round; how many messages and events went."""
        now = self._db.clock()
        if self._rests_until is not None and now < self._rests_until:
            return 0
        self._rests_until = None
        self._began_at = self._began_at or now
        if self._in_accounts:
            return await self._some_accounts(now)
        return await self._some_inboxes(now)

    async def _some_inboxes(self, now: datetime) -> int:
        found = await self._db.read(
            due.inboxes, self._inbox_after, LOOKED_AT, self._default
        )
        gone, operations = 0, 0
        for kept in found:
            here, ran = await self._inbox(kept, now)
            gone, operations = gone + here, operations + ran
            self._inbox_after = kept.inbox_id
            if operations >= OPERATIONS:
                return gone
        if len(found) < LOOKED_AT:
            self._inbox_after, self._in_accounts = "", True
        return gone

    async def _inbox(self, kept: Kept, now: datetime) -> tuple[int, int]:
        gone, operations = 0, 0
        where = (kept.account_id, kept.inbox_id)
        if days := kept.retention.metadata_days:
            before = retention.due_before(days, now)
            ids = await self._db.read(due.metadata, kept.inbox_id, before, MESSAGES)
            if ids:
                gone += await self._db.write(delete, where, ids)
                operations += 1
                self._left_some |= len(ids) == MESSAGES
        if days := kept.retention.content_days:
            before = retention.due_before(days, now)
            ids = await self._db.read(due.content, kept.inbox_id, before, MESSAGES)
            if ids:
                gone += await self._db.write(empty, where, ids)
                operations += 1
                self._left_some |= len(ids) == MESSAGES
        return gone, operations

    async def _some_accounts(self, now: datetime) -> int:
        gone = 0
        if self._event_days:
            before = retention.due_before(self._event_days, now)
            accounts, self._account_after = await self._db.read(
                due.logs, self._account_after, LOOKED_AT, before
            )
            for account_id in accounts:
                until = await self._db.read(trimming.reach, account_id, before)
                await subscriptions.make_way(self._db, account_id, until)
                trimmed = await self._db.write(trimming.trim, account_id, before)
                gone += trimmed
                self._left_some |= trimmed == trimming.ROWS
        if not self._account_after:
            self._end_round(now)
        return gone

    def _end_round(self, now: datetime) -> None:
        self._in_accounts = False
        if not self._left_some:
            self._rests_until = now + REST
            metrics, began_at = self._db.metrics, self._began_at or now
            metrics.job_last_success.labels(JOB).set(now.timestamp())
            took = (now - began_at).total_seconds()
            metrics.job_duration.labels(JOB).set(max(took, 0.0))
            self._began_at = None
        self._left_some = False


def empty(tx: Transaction, where: tuple[str, str], message_ids: Sequence[str]) -> int:
    """Takes away what messages of an inbox say, as far as nothing keeps them."""
    account_id, inbox_id = where
    gone = 0
    for each in redacting.standing(tx, account_id, message_ids):
        if each.may_go and not each.is_redacted:
            redacting.empty(tx, each)
            redaction.announce(tx, each, redaction.BY_RETENTION, "kept long enough")
            gone += 1
    if gone:
        _audit(tx, account_id, inbox_id, {"redacted_messages": gone})
    return gone


def delete(tx: Transaction, where: tuple[str, str], message_ids: Sequence[str]) -> int:
    """Deletes messages of an inbox, as far as nothing keeps them."""
    account_id, inbox_id = where
    standing = redacting.standing(tx, account_id, message_ids)
    gone = [each for each in standing if each.may_go]
    deleting.delete(tx, gone)
    if gone:
        first, last = gone[0].id, gone[-1].id
        told = {"deleted_messages": len(gone), "first": first, "last": last}
        _audit(tx, account_id, inbox_id, told)
    return len(gone)


def _audit(
    tx: Transaction, account_id: str, inbox_id: str, told: dict[str, object]
) -> None:
    change = Change(
        account_id=account_id,
        action="inbox.retention",
        resource_type="inbox",
        resource_id=inbox_id,
        inbox_id=inbox_id,
        after=told,
        actor_id=ENGINE,
    )
    tx.audit(change)
