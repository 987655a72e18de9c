"""Durable readers: created, found, changed, moved, deleted."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from mailbot_server.core.account import Principal
from mailbot_server.core.audit import Change
from mailbot_server.core.errors import LimitExceeded, NotFound, check_etag
from mailbot_server.core.event import ConsumerDetail, Event, EventFilter, EventType
from mailbot_server.core.message import MessageView
from mailbot_server.core.subscription import (
    SUBSCRIPTIONS_MAX,
    Kind,
    Mode,
    State,
    Subscription,
)
from mailbot_server.store import accounts, events, requests
from mailbot_server.store.database import Transaction
from mailbot_server.store.subscriptions import (
    exclusive,
    handouts,
    parking,
    reading,
    rows,
)

NOUN: Final = "subscription"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscription:
    """
    A subscription as a caller gives it; `position` is where it begins.

    `digest` stands for the payload when `request_id` comes again.
    """

    mode: Mode
    filter: EventFilter
    position: int
    display_name: str = ""
    view: MessageView = MessageView.NONE
    ack_deadline: timedelta
    max_attempts: int
    idle_ttl: timedelta | None = None
    request_id: str = ""
    digest: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A subscription and how it stands: what it has before it, and in hand."""

    subscription: Subscription
    backlog: int
    oldest_at: datetime | None
    outstanding: int
    parked: int


def create(
    tx: Transaction, principal: Principal, new: NewSubscription
) -> tuple[Subscription, bool]:
    """
    The new subscription, or what an earlier call made, and which it is.

    Raises LimitExceeded for one too many, WrongState (REQUEST_ID_REUSED).
    """
    account_id, subscription_id = principal.account_id, tx.new_id("sub")
    if new.request_id:
        call = (account_id, "CreateSubscription", new.request_id)
        earlier = requests.claim(tx, *call, new.digest, subscription_id)
        if earlier is not None:
            return find(tx, principal, earlier.result_id), True
    made = Subscription(
        id=subscription_id,
        account_id=account_id,
        kind=Kind.STREAM,
        mode=new.mode,
        filter=new.filter,
        display_name=new.display_name,
        view=new.view,
        ack_deadline=new.ack_deadline,
        max_attempts=new.max_attempts,
        idle_ttl=new.idle_ttl,
        acked=new.position,
        handed=new.position,
        last=new.position,
        reached=new.position,
        created_at=tx.now,
        updated_at=tx.now,
    )
    accounts.lock(tx, account_id)
    rows.add(tx, made)
    _limit(tx, account_id)
    _tell(tx, EventType.SUBSCRIPTION_CREATED, made, principal.key_id)
    _audit(tx, "create", None, made)
    return made, False


def find(
    tx: Transaction,
    principal: Principal,
    subscription_id: str,
    *,
    is_locked: bool = False,
) -> Subscription:
    """A subscription; raises NotFound for none that the caller may see."""
    found = rows.get(tx, principal.account_id, subscription_id, is_locked=is_locked)
    if (
        found is None
        or found.kind is not Kind.STREAM
        or not principal.covers(found.filter.visible_inbox_ids)
    ):
        raise NotFound(NOUN, subscription_id)
    return found


def listing(tx: Transaction, principal: Principal) -> list[Subscription]:
    """All that the caller may see, newest first."""
    most = 2 * SUBSCRIPTIONS_MAX
    found = rows.list_(tx, principal.account_id, Kind.STREAM, "", most)
    return [each for each in found if principal.covers(each.filter.visible_inbox_ids)]


def see(tx: Transaction, principal: Principal, subscription_id: str) -> Sight:
    """A subscription and how it stands; raises NotFound."""
    found = find(tx, principal, subscription_id)
    lag = reading.lag(tx, found)
    return Sight(
        subscription=found,
        backlog=lag.positions,
        oldest_at=lag.oldest_at,
        outstanding=_outstanding(tx, found),
        parked=parking.count(tx, found.id),
    )


def update(
    tx: Transaction,
    principal: Principal,
    subscription_id: str,
    changes: dict[str, Any],
    etag: str,
) -> Subscription:
    """The subscription with fields changed; raises NotFound, Conflict for its etag."""
    before = find(tx, principal, subscription_id, is_locked=True)
    check_etag(NOUN, subscription_id, before.etag, etag)
    after = replace(before, **_kept_visible(before, changes))
    if after == before:
        return before
    after = replace(after, updated_at=tx.now, version=before.version + 1)
    rows.update(tx, after)
    tx.touch(rows.topic(after.id))
    _audit(tx, "update", before, after)
    return after


def delete(tx: Transaction, principal: Principal, subscription_id: str) -> None:
    """Forgets a subscription; raises NotFound for none that the caller may see."""
    found = find(tx, principal, subscription_id, is_locked=True)
    remove(tx, found, principal.key_id)


def remove(
    tx: Transaction, subscription: Subscription, changed_by: str, reason: str = ""
) -> None:
    """Forgets a subscription, and tells of it."""
    rows.delete(tx, subscription.id)
    _tell(tx, EventType.SUBSCRIPTION_DELETED, subscription, changed_by, reason)
    _audit(tx, "delete", subscription, None)


def seek(
    tx: Transaction, principal: Principal, subscription_id: str, position: int
) -> Subscription:
    """
    Goes on after a position, also one that is expired.

    Raises NotFound, and CursorGone where the log is not whole from there on.
    """
    found = find(tx, principal, subscription_id, is_locked=True)
    events.kept_after(tx, found.account_id, position)
    moved = rows.seek(tx, found, position)
    _audit(tx, "seek", found, moved)
    return moved


def expire(tx: Transaction, account_id: str, subscription_id: str) -> bool:
    """
    Marks a reader whose next events were trimmed, and tells of it; False for another.

    Webhooks too: their rows stand here.
    """
    found = rows.get(tx, account_id, subscription_id, is_locked=True)
    if found is None or found.state is State.EXPIRED:
        return False
    if found.acked >= events.ends(tx, account_id).trimmed:
        return False
    expired = replace(found, state=State.EXPIRED)
    rows.update(tx, expired)
    tx.touch(rows.topic(found.id))
    _tell(tx, EventType.SUBSCRIPTION_EXPIRED, found, "", "trimmed")
    _audit(tx, "expire", found, expired)
    return True


def _kept_visible(before: Subscription, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes, with the restriction under which the subscription was created."""
    if "filter" not in changes:
        return changes
    visible = before.filter.visible_inbox_ids
    kept = replace(changes["filter"], visible_inbox_ids=visible)
    return {**changes, "filter": kept}


def _outstanding(tx: Transaction, subscription: Subscription) -> int:
    leased = handouts.outstanding(tx, subscription.id)
    if subscription.mode is Mode.SHARED or subscription.state is State.EXPIRED:
        return leased
    return leased + exclusive.outstanding(tx, subscription)


def _limit(tx: Transaction, account_id: str) -> None:
    if rows.count(tx, account_id, Kind.STREAM) > SUBSCRIPTIONS_MAX:
        message = f"the account has {SUBSCRIPTIONS_MAX} subscriptions: delete some"
        raise LimitExceeded(
            message,
            reason="TOO_MANY_SUBSCRIPTIONS",
            subject=f"account:{account_id}",
            details={"limit": str(SUBSCRIPTIONS_MAX)},
        )


def _tell(
    tx: Transaction,
    kind: EventType,
    subscription: Subscription,
    changed_by: str,
    reason: str = "",
) -> None:
    detail = ConsumerDetail(
        consumer_id=subscription.id,
        display_name=subscription.display_name,
        reason=reason,
        changed_by=changed_by,
    )
    tx.emit(Event(type=kind, account_id=subscription.account_id, detail=detail))


def _audit(
    tx: Transaction,
    verb: str,
    before: Subscription | None,
    after: Subscription | None,
) -> None:
    subject = after or before
    assert subject is not None, "one of them is there"
    tx.audit(
        Change(
            account_id=subject.account_id,
            action=f"{NOUN}.{verb}",
            resource_type=NOUN,
            resource_id=subject.id,
            before=_told(before),
            after=_told(after),
        )
    )


def _told(subscription: Subscription | None) -> dict[str, object]:
    if subscription is None:
        return {}
    return {
        "display_name": subscription.display_name,
        "mode": subscription.mode,
        "filter": subscription.filter,
        "ack_deadline": subscription.ack_deadline,
        "max_attempts": subscription.max_attempts,
        "idle_ttl": subscription.idle_ttl,
        "view": subscription.view,
        "state": subscription.state,
        "acked": subscription.acked,
    }
