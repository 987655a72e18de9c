"""
The operation that makes a composed message ours: stored, threaded, charged and queued.

Who is suppressed is among its recipients and gets a delivery that is never tried; no
limit counts recipients of that kind.

Lock order: request id, account limit, inbox limits, inbox, thread, message, deliveries,
and at the end counters and the account's log.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot_server.core import policy, retry, suppression, thread
from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.errors import NotAllowed, NotFound
from mailbot_server.core.event import Detail, Event, EventType, ThreadDetail
from mailbot_server.core.facts.making import changed
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import domain_of
from mailbot_server.core.message import Message
from mailbot_server.core.screening.address_list import Direction
from mailbot_server.core.suppression import Suppression
from mailbot_server.engine import accounts, reading, suppressions
from mailbot_server.engine.inboxes import domain_use
from mailbot_server.engine.outbound import notices
from mailbot_server.engine.outbound.submission import release as releases
from mailbot_server.engine.outbound.submission import staying
from mailbot_server.engine.outbound.submission.composition import Composed
from mailbot_server.engine.outbound.submission.order import Accepted, Order
from mailbot_server.engine.outbound.submission.release import Release
from mailbot_server.engine.outbound.submission.submission import (
    InboxChanged,
    Submitted,
)
from mailbot_server.engine.screening import lists
from mailbot_server.store import (
    deliveries,
    inboxes,
    messages,
    requests,
    threads,
)
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries import engagement
from mailbot_server.store.threads import Attached


def submit(tx: Transaction, order: Order) -> Accepted | Submitted:
    """
    Writes everything, or finds that an earlier call with this request id has.

    Raises MailbotError for what refuses it, and InboxChanged where the inbox is no
    longer as it was remembered; then nothing is written or consumed.
    """
    earlier = _earlier(tx, order)
    if earlier is not None:
        return earlier
    _check_complete(order)
    account = accounts.acting(tx, order.account_id)
    recipients = order.composed.recipients
    kept_back = _kept_back(tx, order, recipients)
    tried = _tried(recipients, kept_back)
    # What its limits are; nobody is kept from changing it before they are charged.
    inbox = _inbox(inboxes.get(tx, account.id, order.inbox_id), order)
    release = releases.decide(tx, account, inbox, tried, order)
    if tx.is_postgres:
        inbox = _inbox(inboxes.lock(tx, account.id, order.inbox_id), order)
    if order.inbox_version not in (None, inbox.version):
        raise InboxChanged
    _check_sender(tx, inbox, order.composed)
    message, attached = _store(tx, order, inbox.address)
    made = releases.waits(_deliveries(tx, order, inbox, message), release)
    queued = staying.held(tx, order, [_unless(kept_back, each) for each in made])
    deliveries.add_many(tx, queued)
    if order.composed.plan:
        engagement.keep(tx, message.id, order.composed.plan)
    _tell(tx, message, attached, queued)
    _tell_release(tx, message, queued, release)
    staying.tell(tx, order, message, queued)
    _tell_suppressed(tx, message, queued, kept_back)
    return Accepted(thread_id=message.thread_id, at=tx.now, deliveries=tuple(queued))


def told(order: Order, accepted: Accepted) -> Submitted:
    """What was written, put together again where it came from: half as much travels."""
    message = _message(accepted.at, order, accepted.thread_id)
    return Submitted(message=message, deliveries=list(accepted.deliveries))


def preview(tx: Transaction, order: Order) -> Submitted:
    """What `submit` would write, without ids; raises as it does and writes nothing."""
    _check_complete(order)
    account = accounts.acting(tx, order.account_id)
    composed = order.composed
    inbox = _inbox(inboxes.get(tx, account.id, order.inbox_id), order)
    _check_sender(tx, inbox, composed)
    kept_back = _kept_back(tx, order, composed.recipients)
    tried = _tried(composed.recipients, kept_back)
    release = releases.preview(tx, account, inbox, tried, order)
    message = replace(
        _message(tx.now, order, ""),
        id="",
        rfc822_message_id="",
        attachments=tuple(replace(a, id="") for a in composed.message.attachments),
    )
    made = releases.waits(_deliveries(tx, order, inbox, message), release)
    queued = staying.held(tx, order, [_unless(kept_back, each) for each in made])
    shown = [replace(each, id="") for each in queued]
    return Submitted(message=message, deliveries=shown)


def _check_complete(order: Order) -> None:
    if order.missing:
        raise NotFound("upload", order.missing)


def _inbox(found: Inbox | None, order: Order) -> Inbox:
    if found is None:
        raise NotFound("inbox", order.named)
    return found


def _check_sender(tx: Transaction, inbox: Inbox, composed: Composed) -> None:
    """Raises WrongState or NotAllowed unless the inbox may write to all of them."""
    policy.check_may_send(inbox)
    domain_use.check_sender(tx, inbox)
    where = (inbox.account_id, inbox.id, Direction.RECIPIENT)
    blocked = lists.blocked(tx, *where, composed.recipients)
    if blocked is not None:
        message = f"an address list keeps {blocked} out: see ListAddressEntries"
        details = {"address": blocked}
        raise NotAllowed(message, reason="RECIPIENT_BLOCKED", details=details)


def _earlier(tx: Transaction, order: Order) -> Submitted | None:
    if not order.request_id:
        return None
    account_id = order.account_id
    seen = requests.claim(
        tx,
        account_id,
        order.method,
        order.request_id,
        order.digest,
        order.composed.message.id,
    )
    if seen is None:
        return None
    message = messages.get(tx, account_id, seen.result_id)
    if message is None:
        raise NotFound("message", seen.result_id)
    sent = deliveries.of_messages(tx, [message.id])[message.id]
    return Submitted(message=message, deliveries=sent, replayed=True)


def _store(tx: Transaction, order: Order, own_address: str) -> tuple[Message, Attached]:
    composed = order.composed
    written = composed.message
    _tie_to_answered(tx, order, written)
    named = (written.rfc822_message_id, (written.in_reply_to,), written.references)
    attached = threads.attach(tx, written.inbox_id, thread.ties(*named, ""))
    message = _message(tx.now, order, attached.thread_id)
    fields = message.addressees
    messages.add(tx, message, composed.raw, composed.parts, composed.index_text)
    everybody = (*fields.to, *fields.cc, *fields.bcc)
    threads.add_message(tx, attached, message, everybody, own_address)
    return message, attached


def _tie_to_answered(tx: Transaction, order: Order, written: Message) -> None:
    """An answer to a message without a Message-ID names nothing, and belongs to it."""
    if not order.thread_of or written.in_reply_to:
        return
    answered = messages.get(tx, written.account_id, order.thread_of)
    if answered is not None and answered.inbox_id == written.inbox_id:
        own_id = written.rfc822_message_id
        threads.tie(tx, written.inbox_id, own_id, answered.thread_id)


def _message(now: datetime, order: Order, thread_id: str) -> Message:
    return changed(
        order.composed.message,
        thread_id=thread_id,
        created_at=now,
        labels=order.labels,
        metadata=order.metadata,
        stream=order.stream,
        guarantee=order.guarantee,
    )


def _deliveries(
    tx: Transaction, order: Order, inbox: Inbox, message: Message
) -> list[Delivery]:
    """New deliveries; those that will not be written have no reverse-path."""
    recipients, asked = order.composed.recipients, order.composed.asked
    paths = order.paths
    # Deliveries are listed by id: sorted, they keep the order of the recipients.
    new_ids = sorted(tx.new_id("dlv") for _ in recipients)
    return [
        Delivery(
            id=new_id,
            account_id=message.account_id,
            inbox_id=message.inbox_id,
            thread_id=message.thread_id,
            message_id=message.id,
            recipient=recipient,
            domain=domain_of(recipient),
            state=State.QUEUED,
            stream=order.stream,
            guarantee=order.guarantee,
            due_at=tx.now,
            queued_at=tx.now,
            gives_up_at=retry.gives_up_at(tx.now, order.stream),
            updated_at=tx.now,
            reverse_path=paths.of(tx, new_id, inbox.domain) if paths else "",
            sender_domain=inbox.domain,
            require_tls=order.require_tls,
            dsn_notify=asked[recipient].notify if recipient in asked else "",
            dsn_original=asked[recipient].original if recipient in asked else "",
            is_tracked=bool(order.composed.plan),
        )
        for new_id, recipient in zip(new_ids, recipients, strict=True)
    ]


def _kept_back(
    tx: Transaction, order: Order, recipients: Iterable[str]
) -> dict[str, Suppression]:
    """Who is suppressed, by recipient."""
    return suppressions.found_for(tx, order.account_id, order.inbox_id, recipients)


def _tried(recipients: Sequence[str], kept_back: Mapping[str, Suppression]) -> int:
    """How many recipients the limits count."""
    return len(recipients) - len(kept_back)


def _unless(kept_back: Mapping[str, Suppression], delivery: Delivery) -> Delivery:
    """The delivery, over before it began if its recipient is suppressed."""
    found = kept_back.get(delivery.recipient)
    if found is None:
        return delivery
    why = suppression.words(found)
    over = State.SUPPRESSED
    return replace(delivery, state=over, hold_reason="", diagnostic=why)


def _tell_suppressed(
    tx: Transaction,
    message: Message,
    queued: Iterable[Delivery],
    kept_back: Mapping[str, Suppression],
) -> None:
    over = [each for each in queued if each.recipient in kept_back]
    for delivery in over:
        cause = suppressions.cause(kept_back[delivery.recipient])
        event = _event(EventType.MESSAGE_SUPPRESSED, message, cause)
        whom = delivery.recipient
        tx.emit(replace(event, delivery_id=delivery.id, recipient=whom))
    notices.tell_suppressed(tx, message, over)


def _tell_release(
    tx: Transaction, message: Message, queued: Iterable[Delivery], release: Release
) -> None:
    if release.detail is None:
        return
    if not release.is_held:
        tx.emit(_event(EventType.MESSAGE_SCHEDULED, message, release.detail))
        return
    held = _event(EventType.MESSAGE_HELD, message, release.detail)
    for delivery in queued:
        if delivery.state is State.HELD:
            whom = delivery.recipient
            tx.emit(replace(held, delivery_id=delivery.id, recipient=whom))


def _tell(
    tx: Transaction, message: Message, attached: Attached, queued: Iterable[Delivery]
) -> None:
    domains = tuple(delivery.domain for delivery in queued)
    content = reading.detail(message, recipient_domains=domains)
    tx.emit(_event(EventType.MESSAGE_QUEUED, message, content))
    if attached.merged:
        merged = ThreadDetail(
            surviving_thread_id=attached.root_id,
            merged_thread_ids=attached.merged,
            rfc822_message_id=message.rfc822_message_id,
            changed_by=threads.BY_MESSAGE,
        )
        tx.emit(_event(EventType.THREAD_MERGED, message, merged))


def _event(kind: EventType, message: Message, detail: Detail) -> Event:
    return Event(
        type=kind,
        account_id=message.account_id,
        inbox_id=message.inbox_id,
        thread_id=message.thread_id,
        message_id=message.id,
        metadata=message.metadata,
        detail=detail,
    )
