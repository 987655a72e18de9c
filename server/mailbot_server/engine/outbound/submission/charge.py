"""Charges a message to the send limits of its inbox and account, or refuses it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from mailbot_server.core import limits as windows
from mailbot_server.core.account import Account
from mailbot_server.core.errors import LimitExceeded, timestamp
from mailbot_server.core.event import Event, EventType, LimitDetail
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.limits import Charge
from mailbot_server.store import limits
from mailbot_server.store.database import Transaction
from mailbot_server.telemetry.metrics import Metrics

# The names of limits in events, and in metrics: (scope, limit).
_EVENT_NAME: Final = {"day": "daily_send", "minute": "minute_send"}
_METRIC: Final = {
    "account_day": ("account", "daily"),
    "day": ("inbox", "daily"),
    "minute": ("inbox", "burst"),
}
_SCOPE: Final = "scope"


def charge(tx: Transaction, account: Account, inbox: Inbox, recipients: int) -> None:
    """
    Takes what the message needs of every limit; suppressed recipients need nothing.

    Raises LimitExceeded; the operation then takes nothing of any. Emits
    inbox.limit_reached for a limit of the inbox that is used up exactly now.
    """
    failed = take(tx, account, inbox, recipients, tx.now)
    if failed is not None:
        raise _exceeded(tx, failed, _owner(failed, account, inbox))


def take(
    tx: Transaction, account: Account, inbox: Inbox, recipients: int, at: datetime
) -> Charge | None:
    """
    Takes what the message needs of every limit around `at`, or nothing of any.

    The charge that did not fit, None when all did. Events as `charge`, but none of
    windows that are yet to come.
    """
    taken: list[Charge] = []
    used_up: list[Charge] = []
    for one in _charges(account, inbox, recipients, at):
        owner = _owner(one, account, inbox)
        total = limits.charge(tx, one.scope, owner, one.window.start, one.n, one.limit)
        if total is None:
            for each in taken:
                whose = _owner(each, account, inbox)
                limits.refund(tx, each.scope, whose, each.window.start, each.n)
            return one
        taken.append(one)
        if total == one.limit and one.scope in _EVENT_NAME:
            used_up.append(one)
    for one in used_up:
        if one.window.start <= tx.now:
            tx.emit(_reached(one, inbox))
    return None


def check(tx: Transaction, account: Account, inbox: Inbox, recipients: int) -> None:
    """Raises LimitExceeded when `charge` would now; writes nothing."""
    for one in _charges(account, inbox, recipients, tx.now):
        owner = _owner(one, account, inbox)
        used = limits.used(tx, one.scope, owner, one.window.start)
        if not windows.check(used, one.n, one.limit):
            raise _exceeded(tx, one, owner)


def count(metrics: Metrics, refused: LimitExceeded | None) -> None:
    """Counts what the limits said to one message."""
    for scope, labels in _METRIC.items():
        is_refusal = refused is not None and refused.details.get(_SCOPE) == scope
        decision = "reject" if is_refusal else "allow"
        metrics.ratelimit_decisions.labels(*labels, decision).inc()
        if is_refusal:
            return


def _charges(
    account: Account, inbox: Inbox, recipients: int, at: datetime
) -> Sequence[Charge]:
    charges = windows.charges(
        at,
        recipients=recipients,
        account_limit=account.daily_send_limit,
        inbox_limit=inbox.daily_send_limit,
    )
    return [one for one in charges if one.n]


def _owner(one: Charge, account: Account, inbox: Inbox) -> str:
    return account.id if one.scope == "account_day" else inbox.id


def _exceeded(tx: Transaction, one: Charge, owner: str) -> LimitExceeded:
    used = limits.used(tx, one.scope, owner, one.window.start)
    whose = "the account's" if one.scope == "account_day" else "the inbox's"
    what = "messages" if one.scope == "minute" else "recipients"
    reset = timestamp(one.window.reset_at)
    message = (
        f"{whose} limit of {one.limit} {what} a {one.window.name} leaves"
        f" {windows.remaining(used, one.limit)}, and {one.n} were asked for;"
        f" it starts again at {reset}"
    )
    fits_ever = one.n <= one.limit
    return LimitExceeded(
        message,
        reason="SEND_RATE_LIMIT" if one.scope == "minute" else "DAILY_SEND_LIMIT",
        subject=owner,
        details={
            _SCOPE: one.scope,
            "limit": str(one.limit),
            "used": str(used),
            "reset_time": reset,
        },
        retry_after_seconds=(
            windows.retry_after_seconds(one.window, tx.now) if fits_ever else None
        ),
    )


def _reached(one: Charge, inbox: Inbox) -> Event:
    detail = LimitDetail(
        limit_name=_EVENT_NAME[one.scope],
        limit=one.limit,
        reset_at=one.window.reset_at,
    )
    return Event(
        type=EventType.INBOX_LIMIT_REACHED,
        account_id=inbox.account_id,
        inbox_id=inbox.id,
        detail=detail,
    )
