"""What was posted and what waits, for those who may see the webhook."""

from dataclasses import dataclass

from mailbot_server.core.account import Principal
from mailbot_server.core.errors import NotFound
from mailbot_server.core.webhook.attempt import Attempt
from mailbot_server.engine.webhooks import keeping
from mailbot_server.store.database import Transaction
from mailbot_server.store.webhooks import attempts, waiting
from mailbot_server.store.webhooks.waiting import State, Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which attempts; "" is all."""

    event_id: str = ""
    failed_only: bool = False
    before_id: str = ""


def deliveries(
    tx: Transaction,
    principal: Principal,
    webhook_id: str,
    state: State | None,
    after: tuple[str, int],
    limit: int,
) -> list[Waiting]:
    """Deliveries that are not done, oldest first; raises NotFound."""
    keeping.find(tx, principal, webhook_id)
    of = principal.account_id, webhook_id
    return waiting.list_(tx, *of, state, after, limit)


def listing(
    tx: Transaction,
    principal: Principal,
    webhook_id: str,
    wanted: Wanted,
    limit: int,
) -> list[Attempt]:
    """Attempts, newest first; raises NotFound."""
    keeping.find(tx, principal, webhook_id)
    return attempts.list_(
        tx,
        webhook_id,
        limit,
        before_id=wanted.before_id,
        event_id=wanted.event_id,
        failed_only=wanted.failed_only,
    )


def find(tx: Transaction, principal: Principal, attempt_id: str) -> Attempt:
    """One attempt; raises NotFound, also where its webhook is gone."""
    found = attempts.get(tx, principal.account_id, attempt_id)
    if found is None:
        raise NotFound("webhook_attempt", attempt_id)
    try:
        keeping.find(tx, principal, found.webhook_id)
    except NotFound as error:
        raise NotFound("webhook_attempt", attempt_id) from error
    return found
