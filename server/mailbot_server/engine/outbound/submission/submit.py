"""
Draft → policy → compose → stored and queued; after it returns the message is ours.

What is large or slow (uploads, composing) happens before the operation, what must hold
together (request id, limits, message, deliveries, event) in it.
"""

import logging
from time import perf_counter
from typing import Final

from mailbot_server.core import labels
from mailbot_server.core.account import Principal
from mailbot_server.core.delivery import State
from mailbot_server.core.errors import (
    InvalidInput,
    LimitExceeded,
    MailbotError,
    Unavailable,
    Violation,
)
from mailbot_server.core.facts.making import changed
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox, domain_of
from mailbot_server.core.mail.draft import Draft
from mailbot_server.engine.engagement import choice
from mailbot_server.engine.outbound.routing.stays import Stays, nothing
from mailbot_server.engine.outbound.submission import (
    answer,
    charge,
    composition,
    enqueue,
    release,
)
from mailbot_server.engine.outbound.submission.answer import Reply
from mailbot_server.engine.outbound.submission.composition import Composed, HandedIn
from mailbot_server.engine.outbound.submission.known import Known
from mailbot_server.engine.outbound.submission.order import Accepted, Order
from mailbot_server.engine.outbound.submission.submission import (
    InboxChanged,
    Prepared,
    Submission,
    Submitted,
    UploadRef,
    prepare,
)
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

__all__ = [
    "HandedIn",
    "Reply",
    "Submission",
    "Submitted",
    "UploadRef",
    "reply",
    "submit",
]

# What refuses a submission, in the words of mailbot_submissions_total.
_REFUSALS: Final = {
    "ACCOUNT_SUSPENDED": "account_suspended",
    "DAILY_SEND_LIMIT": "limit_daily",
    "INBOX_DISABLED": "inbox_disabled",
    "INBOX_PERMISSION_MISSING": "permission",
    "INBOX_SUSPENDED": "inbox_suspended",
    "MESSAGE_TOO_LARGE": "size",
    "NOT_FOUND": "not_found",
    "RECIPIENT_BLOCKED": "recipient_blocked",
    "REQUEST_ID_REUSED": "request_id",
    "SEND_RATE_LIMIT": "limit_burst",
}
_logger: Final = log.get("submit")


async def submit(
    db: Database,
    paths: ReversePaths,
    metrics: Metrics,
    principal: Principal,
    submission: Submission,
    known: Known | None = None,
    stays: Stays = nothing,
) -> Submitted:
    """
    Accepts a message for delivery; durable when it returns.

    Raises MailbotError with a reason of error_reasons.proto; then nothing was written
    and no limit consumed. One operation; event message.queued, touches "deliveries".
    `known` saves reading an inbox that sent lately; what `stays` names a reason for is
    held from the beginning, and no queue has to find out.
    """
    started = perf_counter()
    try:
        submitted = await _submit(db, paths, principal, submission, known, stays)
    except MailbotError as error:
        _count_refusal(metrics, submission, error)
        raise
    if not submission.validate_only:
        duration = metrics.submission_duration.labels(submission.via.value)
        duration.observe(perf_counter() - started)
        _count(metrics, submission, submitted)
    return submitted


async def reply(
    db: Database,
    paths: ReversePaths,
    metrics: Metrics,
    principal: Principal,
    wanted: Reply,
    stays: Stays = nothing,
) -> Submitted:
    """Answers a message of the account; otherwise as `submit`."""
    submission = await answer.written(db, principal, wanted)
    return await submit(db, paths, metrics, principal, submission, stays=stays)


async def _submit(
    db: Database,
    paths: ReversePaths,
    principal: Principal,
    submission: Submission,
    known: Known | None,
    stays: Stays,
) -> Submitted:
    remembered = known.prepared(principal, submission) if known else None
    if known is not None and remembered is not None:
        try:
            return await _write(db, paths, principal, submission, remembered, stays)
        except Unavailable:
            raise
        except (MailbotError, InboxChanged):
            # What is read now may say otherwise.
            known.forget(principal, submission)
    # Uploads are bodies, which are not read at a glance.
    reading = db.read if submission.uploads else db.glance
    prepared = await reading(prepare, principal, submission)
    if known is None:
        return await _write(db, paths, principal, submission, prepared, stays)
    known.remember(principal, submission, prepared.inbox)
    try:
        return await _write(db, paths, principal, submission, prepared, stays)
    except MailbotError:
        # What is refused again and again is not tried twice every time.
        known.forget(principal, submission)
        raise


async def _write(
    db: Database,
    paths: ReversePaths,
    principal: Principal,
    submission: Submission,
    prepared: Prepared,
    stays: Stays,
) -> Submitted:
    release.check(submission, prepared.now)
    composed = await _tracked(
        await _composed(submission, prepared), submission, prepared
    )
    if submission.validate_only:
        order = _order(principal, submission, prepared, composed, None, stays)
        return await db.read(enqueue.preview, order)
    order = _order(principal, submission, prepared, composed, paths, stays)
    accepted = await db.write(enqueue.submit, order)
    return enqueue.told(order, accepted) if isinstance(accepted, Accepted) else accepted


def _order(
    principal: Principal,
    submission: Submission,
    prepared: Prepared,
    composed: Composed,
    paths: ReversePaths | None,
    stays: Stays,
) -> Order:
    inbox = prepared.inbox
    why = ((to, stays(domain_of(to), inbox.domain)) for to in composed.recipients)
    return Order(
        account_id=principal.account_id,
        named=submission.inbox_id,
        inbox_id=inbox.id,
        inbox_version=inbox.version if prepared.is_remembered else None,
        method=submission.method,
        request_id=submission.request_id,
        digest=submission.digest,
        missing=prepared.missing,
        thread_of=submission.thread_of,
        labels=tuple(sorted(set(submission.labels))),
        metadata=dict(submission.metadata),
        stream=submission.stream,
        guarantee=submission.guarantee,
        send_at=submission.send_at,
        overflow=submission.overflow,
        require_tls=submission.require_tls,
        composed=composed,
        stays=tuple(each for each in why if each[1]),
        paths=paths,
    )


async def _tracked(
    composed: Composed, submission: Submission, prepared: Prepared
) -> Composed:
    wanted = choice.decided(submission.tracking, prepared.inbox, submission.public_url)
    return await composition.tracked(
        composed,
        wanted,
        one_click=submission.one_click_unsubscribe,
        public_url=submission.public_url,
    )


async def _composed(submission: Submission, prepared: Prepared) -> Composed:
    """Raises InvalidInput for what cannot be composed, or may not be sent."""
    handed_in, inbox = submission.handed_in, prepared.inbox
    if handed_in is not None:
        composition.check_handed_in(handed_in)
        return await composition.adopted(
            handed_in,
            inbox,
            message_id=prepared.message_id,
            now=prepared.now,
            via=submission.via,
        )
    draft = _complete(submission.draft, prepared)
    violations = [
        *composition.check(draft),
        *labels.check_labels(submission.labels, "content.labels"),
        *labels.check_metadata(submission.metadata, "content.metadata"),
        *_check_tracking(submission),
    ]
    if violations:
        raise InvalidInput.of(violations)
    return await composition.composed(
        draft, inbox, message_id=prepared.message_id, now=prepared.now
    )


def _check_tracking(submission: Submission) -> list[Violation]:
    url = submission.public_url
    violations = choice.check(submission.tracking, url, "options.tracking")
    if submission.one_click_unsubscribe:
        names = [name for name, _ in submission.draft.headers]
        field = "options.one_click_unsubscribe"
        violations += choice.check_one_click(url, names, field)
    return violations


def _complete(draft: Draft, prepared: Prepared) -> Draft:
    return changed(
        draft,
        sender=_sender(prepared.inbox),
        attachments=(*draft.attachments, *prepared.attachments),
    )


def _sender(inbox: Inbox) -> Mailbox:
    return Mailbox(address=inbox.address, display_name=inbox.display_name)


def _count(metrics: Metrics, submission: Submission, submitted: Submitted) -> None:
    if submission.request_id:
        result = "replayed" if submitted.replayed else "new"
        metrics.idempotency.labels(result).inc()
    if submitted.replayed:
        return
    message = submitted.message
    stream, via = submission.stream.value, submission.via.value
    kept_back = sum(d.state is State.SUPPRESSED for d in submitted.deliveries)
    reason = "suppressed" if kept_back == len(submitted.deliveries) else "ok"
    metrics.submissions.labels(via, stream, "accepted", reason).inc()
    metrics.deliveries.labels(stream, State.SUPPRESSED.value).inc(kept_back)
    metrics.message_size.labels("out").observe(message.size_bytes)
    _count_limits(metrics, submission, submitted)
    if log.tells(logging.INFO):
        _logger.info(
            "message_queued",
            account_id=message.account_id,
            inbox_id=message.inbox_id,
            message_id=message.id,
            thread_id=message.thread_id,
            recipients=len(submitted.deliveries),
            suppressed=kept_back,
            size_bytes=message.size_bytes,
        )


def _count_limits(
    metrics: Metrics, submission: Submission, submitted: Submitted
) -> None:
    leaves_at = submitted.leaves_at
    if leaves_at is None or leaves_at == submission.send_at:
        charge.count(metrics, None)
        return
    metrics.ratelimit_decisions.labels("inbox", "burst", "delay").inc()
    waits = leaves_at - submitted.message.created_at
    metrics.ratelimit_delay.labels("inbox").observe(waits.total_seconds())


def _count_refusal(
    metrics: Metrics, submission: Submission, error: MailbotError
) -> None:
    if submission.validate_only:
        return
    is_ours = isinstance(error, Unavailable)
    reason = "store" if is_ours else _REFUSALS.get(error.reason, "validation")
    result = "error" if is_ours else "rejected"
    stream, via = submission.stream.value, submission.via.value
    metrics.submissions.labels(via, stream, result, reason).inc()
    if isinstance(error, LimitExceeded):
        charge.count(metrics, error)
    if error.reason == "REQUEST_ID_REUSED":
        metrics.idempotency.labels("conflict").inc()
