"""The calls about deliveries, as both clients make them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypedDict

from mailbot.arguments import InboxRef, as_list, check_keywords, inbox_name, instant
from mailbot.calls import Call, download, unary
from mailbot.convert import enum_name, enum_names, result
from mailbot.pages import Listing, Page, PageOptions, listing, page
from mailbot.types import (
    Delivery,
    DeliveryExplanation,
    DeliverySuspension,
    Destination,
    DialogueLine,
    MovedDeliveries,
    Reclassification,
)
from mailbot.v1 import deliveries_pb2, messages_pb2

RECLASSIFY_SECONDS = 24 * 3600.0
"""It goes through all that is stored."""
MOVE_SECONDS = 60.0
"""A call that moves deliveries may take 20 seconds; the server ends it after these."""
TRACE_DEFAULT = timedelta(minutes=5)
GRACE_SECONDS = 30.0

STATE = messages_pb2.DeliveryState.DESCRIPTOR
STREAM = messages_pb2.MessageStream.DESCRIPTOR


class DeliveryFilter(TypedDict, total=False):
    """Which deliveries; all that is given must hold."""

    ids: str | Iterable[str]
    """These, at most 500."""
    message_id: str
    """Of this message."""
    inbox_id: InboxRef
    """From this inbox."""
    states: str | Iterable[str]
    """In one of these states: "queued", "deferred", "held" …"""
    recipient_domain: str
    """To this domain."""
    recipient: str
    """To this address."""
    hold_reason: str
    """Held for this reason, for example "hostname_unset"."""
    bounce_class: str
    """Last refused with this class, for example "rate_limited"."""
    stream: str
    """"transactional" or "bulk"."""
    after_time: datetime
    """Accepted at or after."""
    before_time: datetime
    """Accepted before."""
    all_accounts: bool
    """Of all accounts; needs the scope "operator"."""


class DeliveryListOptions(PageOptions, DeliveryFilter, total=False):
    """Which deliveries to list, and how many."""


class ScopeOptions(TypedDict, total=False):
    """What to suspend or resume; one of the three."""

    destination: str
    """As `destinations` names it, or a recipient domain; for operators."""
    account_id: str
    """An account; for operators."""
    inbox_id: InboxRef
    """An inbox."""


def list_(options: DeliveryListOptions) -> Listing[Delivery]:
    """Deliveries, page by page."""
    check_keywords(options, DeliveryListOptions)
    wanted = _filter(options)

    def fetch(token: str, size: int) -> Call[Page[Delivery]]:
        request = deliveries_pb2.ListDeliveriesRequest(
            filter=wanted, page_token=token, page_size=size
        )
        return unary(
            lambda stubs: stubs.deliveries.ListDeliveries,
            request,
            lambda r: page(Delivery, r.deliveries, r, r.next_page_token),
        )

    return listing(fetch, options)


def get(delivery_id: str, *, all_accounts: bool) -> Call[Delivery]:
    """One delivery."""
    request = deliveries_pb2.GetDeliveryRequest(
        delivery_id=delivery_id, all_accounts=all_accounts
    )
    return unary(
        lambda stubs: stubs.deliveries.GetDelivery,
        request,
        lambda response: result(Delivery, response.delivery),
    )


def explain(delivery_id: str, *, all_accounts: bool) -> Call[DeliveryExplanation]:
    """Why a delivery is where it is."""
    request = deliveries_pb2.ExplainDeliveryRequest(
        delivery_id=delivery_id, all_accounts=all_accounts
    )
    return unary(
        lambda stubs: stubs.deliveries.ExplainDelivery,
        request,
        lambda response: result(DeliveryExplanation, response),
    )


def retry(wanted: DeliveryFilter) -> Call[MovedDeliveries]:
    """Makes deliveries due now."""
    request = deliveries_pb2.RetryDeliveriesRequest(filter=_moved(wanted))
    return _move(lambda stubs: stubs.deliveries.RetryDeliveries, request)


def cancel(wanted: DeliveryFilter) -> Call[MovedDeliveries]:
    """Calls deliveries back."""
    request = deliveries_pb2.CancelDeliveriesRequest(filter=_moved(wanted))
    return _move(lambda stubs: stubs.deliveries.CancelDeliveries, request)


def hold(reason: str, wanted: DeliveryFilter) -> Call[MovedDeliveries]:
    """Keeps deliveries back."""
    request = deliveries_pb2.HoldDeliveriesRequest(filter=_moved(wanted), reason=reason)
    return _move(lambda stubs: stubs.deliveries.HoldDeliveries, request)


def release(wanted: DeliveryFilter) -> Call[MovedDeliveries]:
    """Lets held deliveries go on."""
    request = deliveries_pb2.ReleaseDeliveriesRequest(filter=_moved(wanted))
    return _move(lambda stubs: stubs.deliveries.ReleaseDeliveries, request)


def suspend(
    duration: timedelta | None, reason: str, what: ScopeOptions
) -> Call[DeliverySuspension]:
    """Stops attempts for a time."""
    request = deliveries_pb2.SuspendDeliveriesRequest(
        scope=_scope(what), duration=duration, reason=reason
    )
    return unary(
        lambda stubs: stubs.deliveries.SuspendDeliveries,
        request,
        lambda response: result(DeliverySuspension, response.suspension),
    )


def resume(what: ScopeOptions) -> Call[DeliverySuspension | None]:
    """Ends a suspension."""
    request = deliveries_pb2.ResumeDeliveriesRequest(scope=_scope(what))
    return unary(lambda stubs: stubs.deliveries.ResumeDeliveries, request, _suspension)


def suspensions(options: PageOptions) -> Listing[DeliverySuspension]:
    """What is suspended now, page by page."""
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[DeliverySuspension]]:
        request = deliveries_pb2.ListDeliverySuspensionsRequest(
            page_token=token, page_size=size
        )
        return unary(
            lambda stubs: stubs.deliveries.ListDeliverySuspensions,
            request,
            lambda r: page(DeliverySuspension, r.suspensions, r, r.next_page_token),
        )

    return listing(fetch, options)


def destinations(options: PageOptions) -> Listing[Destination]:
    """Where mail goes, page by page."""
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[Destination]]:
        request = deliveries_pb2.ListDestinationsRequest(
            page_token=token, page_size=size
        )
        return unary(
            lambda stubs: stubs.deliveries.ListDestinations,
            request,
            lambda r: page(Destination, r.destinations, r, r.next_page_token),
        )

    return listing(fetch, options)


def trace(destination: str, duration: timedelta | None) -> Call[DialogueLine]:
    """The dialogue with a destination, live."""
    call = download(
        lambda stubs: stubs.deliveries.TraceDestination,
        deliveries_pb2.TraceDestinationRequest(
            destination=destination, duration=duration
        ),
        lambda response: result(DialogueLine, response),
    )
    length = duration if duration is not None else TRACE_DEFAULT
    return replace(call, timeout=length.total_seconds() + GRACE_SECONDS)


def reclassify(account_id: str, *, dry_run: bool) -> Call[Reclassification]:
    """Reads stored refusals again."""
    call = download(
        lambda stubs: stubs.deliveries.ReclassifyDeliveries,
        deliveries_pb2.ReclassifyDeliveriesRequest(
            account_id=account_id, dry_run=dry_run
        ),
        lambda response: result(Reclassification, response),
    )
    return replace(call, timeout=RECLASSIFY_SECONDS)


def _move(rpc: Callable[[Any], Any], request: Any) -> Call[MovedDeliveries]:
    call = Call(rpc, request, lambda response: result(MovedDeliveries, response))
    return replace(call, timeout=MOVE_SECONDS)


def _moved(wanted: DeliveryFilter) -> deliveries_pb2.DeliveryFilter:
    check_keywords(wanted, DeliveryFilter)
    return _filter(wanted)


def _filter(
    wanted: DeliveryFilter | DeliveryListOptions,
) -> deliveries_pb2.DeliveryFilter:
    stream = wanted.get("stream", "")
    return deliveries_pb2.DeliveryFilter(
        delivery_ids=as_list(wanted.get("ids")),
        message_id=wanted.get("message_id"),
        inbox_id=inbox_name(wanted.get("inbox_id", "")),
        states=enum_names(STATE, wanted.get("states")),
        recipient_domain=wanted.get("recipient_domain"),
        recipient=wanted.get("recipient"),
        hold_reason=wanted.get("hold_reason"),
        bounce_class=wanted.get("bounce_class"),
        stream=enum_name(STREAM, stream) if stream else None,
        after_time=instant(wanted.get("after_time")),
        before_time=instant(wanted.get("before_time")),
        all_accounts=wanted.get("all_accounts", False),
    )


def _scope(what: ScopeOptions) -> deliveries_pb2.DeliveryScope:
    check_keywords(what, ScopeOptions)
    if len(what) != 1:
        raise ValueError("name one of destination, account_id and inbox_id")
    if "inbox_id" in what:
        return deliveries_pb2.DeliveryScope(inbox_id=inbox_name(what["inbox_id"]))
    return deliveries_pb2.DeliveryScope(
        destination=what.get("destination"), account_id=what.get("account_id")
    )


def _suspension(
    response: deliveries_pb2.ResumeDeliveriesResponse,
) -> DeliverySuspension | None:
    if not response.HasField("suspension"):
        return None
    return result(DeliverySuspension, response.suspension)
