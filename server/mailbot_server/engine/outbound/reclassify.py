"""
Reads stored refusals again by this version's table and repairs what follows from them.

The state of a delivery stays: it was given up. What changes is what is said of it, and
whom it keeps from getting mail.
"""

from dataclasses import dataclass, replace
from typing import Final

from mailbot_server.core import bounce
from mailbot_server.core.audit import Change
from mailbot_server.core.bounce import Verdict
from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.event import EventType, ReclassificationDetail
from mailbot_server.core.suppression import suppresses
from mailbot_server.engine import suppressions
from mailbot_server.engine.outbound.announce import announce
from mailbot_server.store import deliveries
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries import verdicts

PAGE: Final = 500
"""Deliveries that one operation looks at."""

# What no table said: a broken connection, our own fault, a stage on the way.
_NOT_BY_TABLE: Final = frozenset({"", "no-reply", "own-fault"})
_BY_STAGE: Final = "stage-"
_ON_THE_WAY: Final = frozenset({"route", "connect", "tls"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassified:
    """What one operation did; `last_id` is where the next one goes on."""

    last_id: str
    examined: int = 0
    changed: int = 0
    lifted: int = 0
    is_last: bool


def reclassify(
    tx: Transaction, account_id: str, after_id: str, *, dry_run: bool
) -> Reclassified:
    """
    Classifies the next deliveries of an account again, after this id ("" to begin).

    What changed has an event message.reclassified; a suppression that the bounce was
    the cause of, and would not be now, is lifted. With `dry_run` it is only counted,
    and the transaction may be one that reads.
    """
    until_id, seen = verdicts.stretch(tx, account_id, after_id, PAGE)
    found = verdicts.refused(tx, account_id, after_id, until_id, is_locked=not dry_run)
    examined = changed = lifted = 0
    for delivery in found:
        examined += 1
        verdict = _verdict(delivery)
        if verdict is None or not _differs(delivery, verdict):
            continue
        changed += 1
        wrong = _suppressed(delivery) and not suppresses(verdict)
        if dry_run:
            lifted += wrong and suppressions.was_caused(tx, delivery)
        else:
            lifted += _repair(tx, delivery, verdict, lift=wrong)
    if changed and not dry_run:
        _note(tx, account_id, changed=changed, lifted=lifted)
    return Reclassified(
        last_id=until_id,
        examined=examined,
        changed=changed,
        lifted=lifted,
        is_last=seen < PAGE,
    )


def _note(tx: Transaction, account_id: str, **counts: int) -> None:
    """One entry for all of an operation; suppressions that it lifted have their own."""
    tx.audit(
        Change(
            account_id=account_id,
            action="delivery.reclassify",
            resource_type="delivery",
            resource_id="",
            after=counts,
        )
    )


def _verdict(delivery: Delivery) -> Verdict | None:
    """
    What the table says now; None where it had no say, or the words are gone.

    A bounce behind which stands a 4xx was our own finding, in a later attempt that
    heard nothing.
    """
    reply = delivery.last_reply
    is_ours = (
        delivery.rule_id in _NOT_BY_TABLE
        or delivery.rule_id.startswith(_BY_STAGE)
        or delivery.last_stage in _ON_THE_WAY
    )
    if reply is None or is_ours:
        return None
    is_bounce = delivery.state is State.BOUNCED
    if is_bounce and not reply.is_permanent:
        return None
    verdict = bounce.classify(reply, delivery.last_stage)
    return verdict if is_bounce else replace(verdict, permanent=False)


def _differs(delivery: Delivery, verdict: Verdict) -> bool:
    return (verdict.bounce_class, verdict.scope, verdict.permanent) != (
        *(delivery.bounce_class, delivery.bounce_scope, delivery.permanent),
    )


def _suppressed(delivery: Delivery) -> bool:
    """Whether what was said of it till now may have suppressed the recipient."""
    return suppresses(
        Verdict(
            bounce_class=delivery.bounce_class,
            scope=delivery.bounce_scope,
            permanent=delivery.permanent,
            rule_id=delivery.rule_id,
        )
    )


def _repair(
    tx: Transaction, delivery: Delivery, verdict: Verdict, *, lift: bool
) -> bool:
    """Writes the new verdict down; whether a suppression was lifted."""
    changed = replace(
        delivery,
        bounce_class=verdict.bounce_class,
        bounce_scope=verdict.scope,
        permanent=verdict.permanent,
        rule_id=verdict.rule_id,
    )
    if not deliveries.correct(tx, delivery, changed):
        return False
    lifted = suppressions.lift(tx, delivery) if lift else None
    detail = ReclassificationDetail(
        previous_class=delivery.bounce_class,
        bounce_class=verdict.bounce_class,
        bounce_scope=verdict.scope,
        permanent=verdict.permanent,
        rule_id=verdict.rule_id,
        lifted_suppression_id=lifted.id if lifted else "",
    )
    announce(tx, delivery, [(EventType.MESSAGE_RECLASSIFIED, detail)])
    return lifted is not None
