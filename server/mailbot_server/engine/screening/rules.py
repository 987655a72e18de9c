"""Rules for mail that comes in: created, changed and deleted."""

from dataclasses import dataclass, replace
from typing import Any

from mailbot_server.core import audit
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import LimitExceeded, NotFound, check_etag
from mailbot_server.core.screening.rule import RULES_MAX, Actions, Conditions, Rule
from mailbot_server.engine import suppressions
from mailbot_server.store import accounts, requests
from mailbot_server.store.database import Transaction
from mailbot_server.store.screening import rules


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """
    A rule as a caller gives it; `inbox` is an id, an address, or "" for all.

    `digest` stands for the payload when `request_id` comes again.
    """

    inbox: str = ""
    display_name: str = ""
    priority: int = 0
    is_disabled: bool = False
    conditions: Conditions
    actions: Actions
    request_id: str = ""
    digest: bytes = b""


def create(tx: Transaction, principal: Principal, new: NewRule) -> tuple[Rule, bool]:
    """
    The new rule, or what an earlier call with the request id made, and which it is.

    Raises NotFound and NotAllowed for its inbox, LimitExceeded for one too many,
    WrongState (REQUEST_ID_REUSED).
    """
    account_id, rule_id = principal.account_id, tx.new_id("rul")
    if new.request_id:
        call = (account_id, "CreateRule", new.request_id, new.digest, rule_id)
        earlier = requests.claim(tx, *call)
        if earlier is not None:
            return find(tx, principal, earlier.result_id), True
    made = Rule(
        id=rule_id,
        account_id=account_id,
        inbox_id=suppressions.scope_of(tx, principal, new.inbox),
        display_name=new.display_name,
        priority=new.priority,
        is_disabled=new.is_disabled,
        conditions=new.conditions,
        actions=new.actions,
        created_at=tx.now,
        updated_at=tx.now,
    )
    accounts.lock(tx, account_id)
    rules.add(tx, made)
    if rules.count(tx, account_id) > RULES_MAX:
        message = f"the account has {RULES_MAX} rules: delete some"
        raise LimitExceeded(
            message,
            reason="TOO_MANY_RULES",
            subject=f"account:{account_id}",
            details={"limit": str(RULES_MAX)},
        )
    tx.audit(audit.changed("rule.create", None, made))
    return made, False


def find(
    tx: Transaction, principal: Principal, rule_id: str, *, is_locked: bool = False
) -> Rule:
    """A rule; raises NotFound for none that the caller may see."""
    found = rules.get(tx, principal.account_id, rule_id, is_locked=is_locked)
    if found is None:
        raise NotFound("rule", rule_id)
    principal.require_inbox(found.inbox_id, "rule", rule_id)
    return found


def update(
    tx: Transaction,
    principal: Principal,
    rule_id: str,
    changes: dict[str, Any],
    etag: str,
) -> Rule:
    """The rule with fields changed; raises NotFound, Conflict for a stale etag."""
    before = find(tx, principal, rule_id, is_locked=True)
    check_etag("rule", rule_id, before.etag, etag)
    after = replace(before, **changes)
    if after == before:
        return before
    after = replace(after, updated_at=tx.now, version=before.version + 1)
    rules.update(tx, after)
    tx.audit(audit.changed("rule.update", before, after))
    return after


def delete(tx: Transaction, principal: Principal, rule_id: str) -> None:
    """Forgets a rule; raises NotFound for none that the caller may see."""
    found = find(tx, principal, rule_id, is_locked=True)
    rules.delete(tx, found.id)
    tx.audit(audit.changed("rule.delete", found, None))
