"""
The operations of those who call: webhooks created, read, changed, stopped, deleted.

A webhook is two rows of one id: a subscription that reads the log, and an endpoint that
is posted to. The subscription's row is the lock of both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from mailbot_server.core.account import Principal
from mailbot_server.core.audit import Change
from mailbot_server.core.errors import LimitExceeded, NotFound, check_etag
from mailbot_server.core.event import EventType
from mailbot_server.core.subscription import Kind, Subscription
from mailbot_server.core.subscription import State as Reading
from mailbot_server.core.webhook import health
from mailbot_server.core.webhook.attempt import Attempt
from mailbot_server.core.webhook.endpoint import WEBHOOKS_MAX, Endpoint
from mailbot_server.engine.webhooks.exchange import tell
from mailbot_server.store import accounts, events, requests
from mailbot_server.store.database import Transaction
from mailbot_server.store.subscriptions import parking, reading
from mailbot_server.store.subscriptions import rows as subscriptions
from mailbot_server.store.webhooks import attempts, endpoints

NOUN: Final = "webhook"
METHOD: Final = "CreateWebhook"
FORGOTTEN_AT_ONCE: Final = 1000
_VERBS: Final = {
    EventType.WEBHOOK_CREATED: "create",
    EventType.WEBHOOK_UPDATED: "update",
    EventType.WEBHOOK_DELETED: "delete",
    EventType.WEBHOOK_ENABLED: "enable",
    EventType.WEBHOOK_DISABLED: "disable",
}
_OF_ENDPOINT: Final = frozenset({"url", "sealed_headers", "timeout", "max_concurrency"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Both halves of a webhook."""

    subscription: Subscription
    endpoint: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A webhook and how far it is: what is before it, and what was given up."""

    kept: Kept
    backlog: int
    oldest_at: datetime | None
    parked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """New values by the names that `Subscription` and `Endpoint` have for them."""

    values: Mapping[str, Any] = field(default_factory=dict)
    etag: str = ""


def create(
    tx: Transaction,
    principal: Principal,
    new: Kept,
    request_id: str,
    digest: bytes,
) -> tuple[Kept, bool]:
    """
    The new webhook, or what an earlier call made, and which it is.

    Raises LimitExceeded for one too many, WrongState (REQUEST_ID_REUSED). Event
    webhook.created.
    """
    account_id, webhook_id = principal.account_id, new.endpoint.id
    if request_id:
        call = account_id, METHOD, request_id
        earlier = requests.claim(tx, *call, digest, webhook_id)
        if earlier is not None:
            return find(tx, principal, earlier.result_id), True
    subscription = replace(new.subscription, created_at=tx.now, updated_at=tx.now)
    accounts.lock(tx, account_id)
    subscriptions.add(tx, subscription)
    endpoints.add(tx, new.endpoint)
    _limit(tx, account_id)
    made = Kept(subscription=subscription, endpoint=new.endpoint)
    _note(tx, principal, EventType.WEBHOOK_CREATED, None, made)
    return made, False


def find(
    tx: Transaction, principal: Principal, webhook_id: str, *, is_locked: bool = False
) -> Kept:
    """A webhook; raises NotFound for none that the caller may see."""
    account_id = principal.account_id
    found = subscriptions.get(tx, account_id, webhook_id, is_locked=is_locked)
    endpoint = endpoints.get(tx, account_id, webhook_id)
    if (
        found is None
        or endpoint is None
        or not principal.covers(found.filter.visible_inbox_ids)
    ):
        raise NotFound(NOUN, webhook_id)
    return Kept(subscription=found, endpoint=endpoint)


def listing(
    tx: Transaction, principal: Principal, before_id: str, limit: int
) -> list[Kept]:
    """Those that the caller may see, newest first."""
    account_id = principal.account_id
    found = subscriptions.list_(
        tx, account_id, Kind.WEBHOOK, before_id, 2 * WEBHOOKS_MAX
    )
    seen = [each for each in found if principal.covers(each.filter.visible_inbox_ids)]
    seen = seen[:limit]
    posted = endpoints.some(tx, [each.id for each in seen])
    return [
        Kept(subscription=each, endpoint=posted[each.id])
        for each in seen
        if each.id in posted
    ]


def see(tx: Transaction, principal: Principal, webhook_id: str) -> Sight:
    """A webhook and how far it is; raises NotFound."""
    kept = find(tx, principal, webhook_id)
    of = kept.subscription
    lag = reading.lag(tx, of)
    return Sight(
        kept=kept,
        backlog=lag.positions,
        oldest_at=lag.oldest_at,
        parked=parking.count(tx, of.id),
    )


def update(
    tx: Transaction, principal: Principal, webhook_id: str, changes: Changes
) -> Kept:
    """
    The webhook with values changed; a change that changes nothing leaves no trace.

    Raises NotFound, Conflict (ETAG_MISMATCH). Event webhook.updated.
    """
    before = find(tx, principal, webhook_id, is_locked=True)
    check_etag(NOUN, webhook_id, before.subscription.etag, changes.etag)
    values = dict(changes.values)
    if "filter" in values:
        # Whoever changes it does not see more by that than whoever created it.
        visible = before.subscription.filter.visible_inbox_ids
        values["filter"] = replace(values["filter"], visible_inbox_ids=visible)
    posted = {name: values[name] for name in values if name in _OF_ENDPOINT}
    read = {name: values[name] for name in values if name not in _OF_ENDPOINT}
    after = Kept(
        subscription=replace(before.subscription, **read),
        endpoint=replace(before.endpoint, **posted),
    )
    if after == before:
        return before
    return _write(tx, principal, EventType.WEBHOOK_UPDATED, before, after)


def delete(tx: Transaction, principal: Principal, webhook_id: str) -> None:
    """
    Forgets a webhook and its deliveries; raises NotFound. Event webhook.deleted.

    The log of its attempts cannot be read any more; `forget` deletes it.
    """
    found = find(tx, principal, webhook_id, is_locked=True)
    subscriptions.delete(tx, webhook_id)
    endpoints.delete(tx, webhook_id)
    _note(tx, principal, EventType.WEBHOOK_DELETED, found, None)


def forget(tx: Transaction, webhook_id: str) -> bool:
    """Deletes some of the attempts of a webhook that is gone; whether any are left."""
    return attempts.forget_of(tx, webhook_id, FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE


def enable(
    tx: Transaction, principal: Principal, webhook_id: str, *, skip_backlog: bool
) -> Kept:
    """
    Lets a webhook post: from where it was, as far as that is kept, or from now on.

    Raises NotFound. Event webhook.enabled, where it was not.
    """
    before = find(tx, principal, webhook_id, is_locked=True)
    subscription, endpoint = before.subscription, before.endpoint
    is_disabled = endpoint.health.state is health.State.DISABLED
    ends = events.ends(tx, subscription.account_id)
    if skip_backlog:
        subscription = subscriptions.seek(tx, subscription, ends.head)
    elif subscription.state is Reading.EXPIRED:
        at = max(ends.trimmed, subscription.acked)
        subscription = subscriptions.seek(tx, subscription, at)
    elif not is_disabled:
        return before
    if is_disabled:
        endpoint = replace(endpoint, health=health.enabled(endpoint.health))
    after = Kept(subscription=subscription, endpoint=endpoint)
    return _write(tx, principal, EventType.WEBHOOK_ENABLED, before, after)


def disable(tx: Transaction, principal: Principal, webhook_id: str) -> Kept:
    """Stops a webhook; raises NotFound. Event webhook.disabled, where it was not."""
    before = find(tx, principal, webhook_id, is_locked=True)
    if before.endpoint.health.state is health.State.DISABLED:
        return before
    stopped = health.disabled(before.endpoint.health, health.BY_CALLER)
    after = replace(before, endpoint=replace(before.endpoint, health=stopped))
    return _write(tx, principal, EventType.WEBHOOK_DISABLED, before, after)


def rotate(
    tx: Transaction,
    principal: Principal,
    webhook_id: str,
    sealed_secret: bytes,
    overlap: timedelta,
) -> Kept:
    """The webhook with a new secret; the former one signs too for `overlap`."""
    before = find(tx, principal, webhook_id, is_locked=True)
    is_kept = overlap > timedelta()
    endpoint = replace(
        before.endpoint,
        sealed_secret=sealed_secret,
        sealed_former_secret=before.endpoint.sealed_secret if is_kept else None,
        former_secret_ends_at=tx.now + overlap if is_kept else None,
    )
    after = replace(before, endpoint=endpoint)
    return _write(tx, principal, EventType.WEBHOOK_UPDATED, before, after, "secret")


def note_test(tx: Transaction, attempt: Attempt) -> None:
    """Keeps a test in the log of attempts, as long as its webhook is there."""
    if endpoints.get(tx, attempt.account_id, attempt.webhook_id) is not None:
        attempts.add(tx, [attempt])


def _write(
    tx: Transaction,
    principal: Principal,
    kind: EventType,
    before: Kept,
    after: Kept,
    *fields: str,
) -> Kept:
    changed = replace(
        after.subscription,
        updated_at=tx.now,
        version=before.subscription.version + 1,
    )
    subscriptions.update(tx, changed)
    endpoints.update(tx, after.endpoint)
    tx.touch(subscriptions.topic(changed.id))
    written = replace(after, subscription=changed)
    _note(tx, principal, kind, before, written, fields)
    return written


def _note(
    tx: Transaction,
    principal: Principal,
    kind: EventType,
    before: Kept | None,
    after: Kept | None,
    fields: tuple[str, ...] = (),
) -> None:
    """Tells of it in the account's log, and in the chain of its changes."""
    subject = after or before
    assert subject is not None, "one of them is there"
    old, new = _told(before), _told(after)
    if kind is EventType.WEBHOOK_UPDATED:
        differing = (name for name in new if new[name] != old.get(name))
        fields = (*sorted(differing), *fields)
    reason = subject.endpoint.health.disable_reason
    tell(
        tx,
        subject.subscription,
        kind,
        reason=reason if kind is EventType.WEBHOOK_DISABLED else "",
        changed_by=principal.key_id,
        changed_fields=fields if kind is EventType.WEBHOOK_UPDATED else (),
    )
    rotated = {"secret_changed_at": tx.now} if "secret" in fields else {}
    tx.audit(
        Change(
            account_id=subject.endpoint.account_id,
            action=f"{NOUN}.{_VERBS[kind]}",
            resource_type=NOUN,
            resource_id=subject.endpoint.id,
            before=old,
            after={**new, **rotated},
        )
    )


def _told(kept: Kept | None) -> dict[str, object]:
    """What may be told of it: of the URL no query, of headers and secrets no value."""
    if kept is None:
        return {}
    subscription, endpoint = kept.subscription, kept.endpoint
    return {
        "url": endpoint.url.partition("?")[0],
        "display_name": subscription.display_name,
        "filter": subscription.filter,
        "message_view": subscription.view,
        "ordered_by_thread": subscription.is_ordered,
        "max_concurrency": endpoint.max_concurrency,
        "timeout": endpoint.timeout,
        "headers": endpoint.sealed_headers,
        "state": endpoint.health.state,
    }


def _limit(tx: Transaction, account_id: str) -> None:
    if subscriptions.count(tx, account_id, Kind.WEBHOOK) > WEBHOOKS_MAX:
        raise LimitExceeded(
            f"the account has {WEBHOOKS_MAX} webhooks, which is all it can have;"
            " delete one",
            reason="TOO_MANY_WEBHOOKS",
            subject=f"account:{account_id}",
            details={"limit": str(WEBHOOKS_MAX)},
        )
