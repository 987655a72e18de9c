"""
Counts how an inbox's deliveries ended; warns it, and suspends it alone when it is bad.

Only hard bounces and complaints can make a reputation worse, so only they ask for the
sum of it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from mailbot_server.core import reputation as reputations
from mailbot_server.core.delivery import State
from mailbot_server.core.event import Event, EventType, ReputationDetail
from mailbot_server.core.inbox import Inbox, InboxState, Suspension
from mailbot_server.core.reputation import Outcome, Reputation, Standing
from mailbot_server.engine.inboxes import record
from mailbot_server.store import inboxes
from mailbot_server.store import reputations as rows
from mailbot_server.store.database import Transaction

RECIPIENT: Final = "recipient"
# What became of the others says nothing about the sender, or is not final.
_COUNTED: Final = frozenset(
    {State.SENT, State.DELIVERED, State.BOUNCED, State.EXPIRED, State.UNKNOWN}
)
_WORDS: Final = {
    "hard_bounces": "{count} of its last {outcomes} deliveries hit no mailbox",
    "complaints": "{count} complaints came about its last {outcomes} deliveries",
}


def settled(
    tx: Transaction, account_id: str, inbox_id: str, how: Outcome, times: int = 1
) -> None:
    """
    Counts a final outcome or a complaint, or several of them.

    At a threshold: event inbox.warned, once until it was below again, or the inbox is
    suspended until somebody activates it, event inbox.suspended.
    """
    rows.count(tx, inbox_id, how, times)
    if how is not Outcome.OTHER:
        _act(tx, account_id, inbox_id)


def outcome_of(state: State, scope: str) -> Outcome | None:
    """How a delivery that ended in this state counts; None for not at all."""
    if state not in _COUNTED:
        return None
    is_hard = state is State.BOUNCED and scope == RECIPIENT
    return Outcome.HARD_BOUNCE if is_hard else Outcome.OTHER


def read(tx: Transaction, inbox_id: str, now: datetime) -> Reputation:
    """How the inbox's mail fares now."""
    return reputations.judge(rows.tally(tx, inbox_id, now))


def _act(tx: Transaction, account_id: str, inbox_id: str) -> None:
    found = read(tx, inbox_id, tx.now)
    if found.standing is Standing.GOOD:
        rows.unwarn(tx, inbox_id)
        return
    inbox = inboxes.lock(tx, account_id, inbox_id)
    if inbox is None or inbox.state is not InboxState.ACTIVE:
        return
    if found.standing is Standing.BAD:
        _suspend(tx, inbox, found)
    elif rows.warn(tx, inbox_id):
        _warn(tx, inbox, found)


def _suspend(tx: Transaction, inbox: Inbox, found: Reputation) -> None:
    reason = f"reputation: {_in_words(found)}; activate it when that is mended"
    suspension = Suspension(reason=reason, by=record.ENGINE, since=tx.now)
    after = replace(inbox, state=InboxState.SUSPENDED, suspension=suspension)
    kind = EventType.INBOX_SUSPENDED
    record.change(tx, inbox, after, kind, by=record.ENGINE, reason=reason)


def _warn(tx: Transaction, inbox: Inbox, found: Reputation) -> None:
    tally = found.tally
    detail = ReputationDetail(
        outcomes=tally.outcomes,
        hard_bounces=tally.hard_bounces,
        complaints=tally.complaints,
        cause=found.cause,
        threshold=found.threshold,
    )
    tx.emit(
        Event(
            type=EventType.INBOX_WARNED,
            account_id=inbox.account_id,
            inbox_id=inbox.id,
            detail=detail,
        )
    )


def _in_words(found: Reputation) -> str:
    count = getattr(found.tally, found.cause)
    return _WORDS[found.cause].format(count=count, outcomes=found.tally.outcomes)
