"""Webhooks: endpoints that the server posts events to, and what came of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Unpack

from google.protobuf.field_mask_pb2 import FieldMask

from mailbot.arguments import check_keywords, instant
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, result
from mailbot.filtering import EventFilter, filter_of
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.tail import Start, start_position
from mailbot.types import (
    NewWebhook,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookDifference,
)
from mailbot.v1 import events_pb2, messages_pb2, webhooks_pb2

VIEW = messages_pb2.MessageView.DESCRIPTOR
TYPE = events_pb2.EventType.DESCRIPTOR
STATE = webhooks_pb2.WebhookDelivery.State.DESCRIPTOR
_FILTER = frozenset(EventFilter.__optional_keys__)


class WebhookFields(EventFilter, total=False):
    """What a webhook gets, and how; all conditions must hold."""

    display_name: str
    """For people."""
    message_view: str
    """"metadata" or "full": the message itself comes with its events."""
    ordered_by_thread: bool
    """One after the other within a thread."""
    max_concurrency: int
    """Requests at a time; 1 to 64, 8 if left out."""
    timeout: timedelta
    """1 s to 30 s; 15 s if left out."""
    headers: Mapping[str, str]
    """Extra header fields, for example "authorization"."""


class WebhookChanges(WebhookFields, total=False):
    """What to change; one condition replaces the whole filter."""

    url: str
    """https; where to post."""


class WebhookOptions(WebhookFields, total=False):
    """A new webhook."""

    start: Start
    """"latest" (default), "earliest", a cursor, or an instant."""
    request_id: str
    """Makes the call safe to repeat for 24 h."""


class WebhookDeliveryOptions(PageOptions, total=False):
    """Which deliveries."""

    state: str
    """"waiting", "leased" or "parked"."""


class WebhookAttemptOptions(PageOptions, total=False):
    """Which attempts."""

    event_id: str
    """Of this event."""
    failed_only: bool
    """Only those that failed."""


class Webhooks:
    """The account's webhooks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, url: str, **options: Unpack[WebhookOptions]) -> NewWebhook:
        """Create a webhook. Keep the secret: it cannot be read again."""
        return self._connection.call(_create(url, options))

    def get(self, webhook_id: str) -> Webhook:
        """One webhook, with how far it is."""
        return self._connection.call(_get(webhook_id))

    def list(self, **options: Unpack[PageOptions]) -> Pages[Webhook]:
        """All of them, newest first."""
        return Pages(self._connection, _list(options))

    def update(
        self, webhook: str | Webhook, **changes: Unpack[WebhookChanges]
    ) -> Webhook:
        """
        Change what is named.

        Given a `Webhook`, it fails with ETAG_MISMATCH if somebody changed it since.
        """
        return self._connection.call(_update(webhook, changes))

    def delete(self, webhook: str | Webhook) -> None:
        """Forget a webhook, its deliveries and its log."""
        self._connection.call(_delete(webhook))

    def enable(self, webhook: str | Webhook, *, skip_backlog: bool = False) -> Webhook:
        """Go on posting: what came in meanwhile, too, unless `skip_backlog`."""
        return self._connection.call(_enable(webhook, skip_backlog=skip_backlog))

    def disable(self, webhook: str | Webhook) -> Webhook:
        """Post nothing more until `enable`."""
        return self._connection.call(_disable(webhook))

    def rotate_secret(
        self, webhook: str | Webhook, *, overlap: timedelta | None = None
    ) -> NewWebhook:
        """Get a new secret; the former one signs too for `overlap`, 24 h."""
        return self._connection.call(_rotate(webhook, overlap))

    def test(self, webhook: str | Webhook, event_type: str = "") -> WebhookAttempt:
        """Post an event that never happened, once; what came of it."""
        return self._connection.call(_test(webhook, event_type))

    def deliveries(
        self, webhook: str | Webhook, **options: Unpack[WebhookDeliveryOptions]
    ) -> Pages[WebhookDelivery]:
        """What waits or was given up, oldest first."""
        return Pages(self._connection, _deliveries(webhook, options))

    def attempts(
        self, webhook: str | Webhook, **options: Unpack[WebhookAttemptOptions]
    ) -> Pages[WebhookAttempt]:
        """Requests of the last 30 days, newest first."""
        return Pages(self._connection, _attempts(webhook, options))

    def attempt(self, attempt_id: str) -> WebhookAttempt:
        """One request with the exact bytes that were sent."""
        return self._connection.call(_attempt(attempt_id))

    def compare(self, first_id: str, second_id: str) -> tuple[WebhookDifference, ...]:
        """In what two requests differ."""
        return self._connection.call(_compare(first_id, second_id))

    def redeliver(self, webhook: str | Webhook, event_id: str) -> str:
        """Post one event again; the id of the replay that does it."""
        return self._connection.call(_redeliver(webhook, event_id))

    def recover(self, webhook: str | Webhook, since: datetime) -> str:
        """Post again all since then that was not delivered; the replay's id."""
        return self._connection.call(_recover(webhook, since))


class AsyncWebhooks:
    """As `Webhooks`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, url: str, **options: Unpack[WebhookOptions]) -> NewWebhook:
        return await self._connection.call(_create(url, options))

    async def get(self, webhook_id: str) -> Webhook:
        return await self._connection.call(_get(webhook_id))

    def list(self, **options: Unpack[PageOptions]) -> AsyncPages[Webhook]:
        return AsyncPages(self._connection, _list(options))

    async def update(
        self, webhook: str | Webhook, **changes: Unpack[WebhookChanges]
    ) -> Webhook:
        return await self._connection.call(_update(webhook, changes))

    async def delete(self, webhook: str | Webhook) -> None:
        await self._connection.call(_delete(webhook))

    async def enable(
        self, webhook: str | Webhook, *, skip_backlog: bool = False
    ) -> Webhook:
        return await self._connection.call(_enable(webhook, skip_backlog=skip_backlog))

    async def disable(self, webhook: str | Webhook) -> Webhook:
        return await self._connection.call(_disable(webhook))

    async def rotate_secret(
        self, webhook: str | Webhook, *, overlap: timedelta | None = None
    ) -> NewWebhook:
        return await self._connection.call(_rotate(webhook, overlap))

    async def test(
        self, webhook: str | Webhook, event_type: str = ""
    ) -> WebhookAttempt:
        return await self._connection.call(_test(webhook, event_type))

    def deliveries(
        self, webhook: str | Webhook, **options: Unpack[WebhookDeliveryOptions]
    ) -> AsyncPages[WebhookDelivery]:
        return AsyncPages(self._connection, _deliveries(webhook, options))

    def attempts(
        self, webhook: str | Webhook, **options: Unpack[WebhookAttemptOptions]
    ) -> AsyncPages[WebhookAttempt]:
        return AsyncPages(self._connection, _attempts(webhook, options))

    async def attempt(self, attempt_id: str) -> WebhookAttempt:
        return await self._connection.call(_attempt(attempt_id))

    async def compare(
        self, first_id: str, second_id: str
    ) -> tuple[WebhookDifference, ...]:
        return await self._connection.call(_compare(first_id, second_id))

    async def redeliver(self, webhook: str | Webhook, event_id: str) -> str:
        return await self._connection.call(_redeliver(webhook, event_id))

    async def recover(self, webhook: str | Webhook, since: datetime) -> str:
        return await self._connection.call(_recover(webhook, since))


def _id(webhook: str | Webhook) -> str:
    return webhook if isinstance(webhook, str) else webhook.id


def _wanted(options: WebhookFields) -> webhooks_pb2.Webhook:
    view = options.get("message_view", "")
    return webhooks_pb2.Webhook(
        display_name=options.get("display_name"),
        filter=filter_of(options) if _FILTER & options.keys() else None,
        message_view=enum_name(VIEW, view) if view else None,
        ordered_by_thread=options.get("ordered_by_thread"),
        max_concurrency=options.get("max_concurrency"),
        timeout=options.get("timeout"),
        headers=options.get("headers"),
    )


def _create(url: str, options: WebhookOptions) -> Call[NewWebhook]:
    check_keywords(options, WebhookOptions)
    wanted = _wanted(options)
    wanted.url = url
    request = webhooks_pb2.CreateWebhookRequest(
        webhook=wanted,
        start=start_position(options.get("start")),
        request_id=options.get("request_id"),
    )
    return unary(
        lambda stubs: stubs.webhooks.CreateWebhook,
        request,
        lambda response: NewWebhook(
            webhook=result(Webhook, response.webhook),
            secret=response.secret,
            replayed=response.replayed,
        ),
    )


def _get(webhook_id: str) -> Call[Webhook]:
    return unary(
        lambda stubs: stubs.webhooks.GetWebhook,
        webhooks_pb2.GetWebhookRequest(webhook_id=webhook_id),
        lambda response: result(Webhook, response.webhook),
    )


def _update(webhook: str | Webhook, changes: WebhookChanges) -> Call[Webhook]:
    check_keywords(changes, WebhookChanges)
    wanted = _wanted(changes)
    wanted.id = _id(webhook)
    wanted.url = changes.get("url", "")
    if isinstance(webhook, Webhook):
        wanted.etag = webhook.etag
    paths = sorted({"filter" if name in _FILTER else name for name in changes})
    request = webhooks_pb2.UpdateWebhookRequest(
        webhook=wanted, update_mask=FieldMask(paths=paths)
    )
    return unary(
        lambda stubs: stubs.webhooks.UpdateWebhook,
        request,
        lambda response: result(Webhook, response.webhook),
    )


def _delete(webhook: str | Webhook) -> Call[None]:
    request = webhooks_pb2.DeleteWebhookRequest(webhook_id=_id(webhook))
    return unary(lambda stubs: stubs.webhooks.DeleteWebhook, request, lambda _: None)


def _enable(webhook: str | Webhook, *, skip_backlog: bool) -> Call[Webhook]:
    return unary(
        lambda stubs: stubs.webhooks.EnableWebhook,
        webhooks_pb2.EnableWebhookRequest(
            webhook_id=_id(webhook), skip_backlog=skip_backlog
        ),
        lambda response: result(Webhook, response.webhook),
    )


def _disable(webhook: str | Webhook) -> Call[Webhook]:
    return unary(
        lambda stubs: stubs.webhooks.DisableWebhook,
        webhooks_pb2.DisableWebhookRequest(webhook_id=_id(webhook)),
        lambda response: result(Webhook, response.webhook),
    )


def _rotate(webhook: str | Webhook, overlap: timedelta | None) -> Call[NewWebhook]:
    return unary(
        lambda stubs: stubs.webhooks.RotateWebhookSecret,
        webhooks_pb2.RotateWebhookSecretRequest(
            webhook_id=_id(webhook), overlap=overlap
        ),
        lambda response: NewWebhook(
            webhook=result(Webhook, response.webhook), secret=response.secret
        ),
    )


def _test(webhook: str | Webhook, event_type: str) -> Call[WebhookAttempt]:
    return unary(
        lambda stubs: stubs.webhooks.TestWebhook,
        webhooks_pb2.TestWebhookRequest(
            webhook_id=_id(webhook),
            event_type=enum_name(TYPE, event_type) if event_type else None,
        ),
        lambda response: result(WebhookAttempt, response.attempt),
    )


def _attempt(attempt_id: str) -> Call[WebhookAttempt]:
    return unary(
        lambda stubs: stubs.webhooks.GetWebhookAttempt,
        webhooks_pb2.GetWebhookAttemptRequest(attempt_id=attempt_id),
        lambda response: result(WebhookAttempt, response.attempt),
    )


def _compare(first_id: str, second_id: str) -> Call[tuple[WebhookDifference, ...]]:
    return unary(
        lambda stubs: stubs.webhooks.CompareWebhookAttempts,
        webhooks_pb2.CompareWebhookAttemptsRequest(
            first_attempt_id=first_id, second_attempt_id=second_id
        ),
        lambda response: tuple(
            result(WebhookDifference, each) for each in response.differences
        ),
    )


def _redeliver(webhook: str | Webhook, event_id: str) -> Call[str]:
    return unary(
        lambda stubs: stubs.webhooks.RedeliverWebhook,
        webhooks_pb2.RedeliverWebhookRequest(
            webhook_id=_id(webhook), event_id=event_id
        ),
        lambda response: response.replay_id,
    )


def _recover(webhook: str | Webhook, since: datetime) -> Call[str]:
    return unary(
        lambda stubs: stubs.webhooks.RecoverWebhook,
        webhooks_pb2.RecoverWebhookRequest(
            webhook_id=_id(webhook), since_time=instant(since)
        ),
        lambda response: response.replay_id,
    )


def _list(options: PageOptions) -> Listing[Webhook]:
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[Webhook]]:
        request = webhooks_pb2.ListWebhooksRequest(page_token=token, page_size=size)
        return unary(
            lambda stubs: stubs.webhooks.ListWebhooks,
            request,
            lambda response: page(
                Webhook, response.webhooks, response, response.next_page_token
            ),
        )

    return listing(fetch, options)


def _deliveries(
    webhook: str | Webhook, options: WebhookDeliveryOptions
) -> Listing[WebhookDelivery]:
    check_keywords(options, WebhookDeliveryOptions)
    state = options.get("state", "")

    def fetch(token: str, size: int) -> Call[Page[WebhookDelivery]]:
        request = webhooks_pb2.ListWebhookDeliveriesRequest(
            webhook_id=_id(webhook),
            state=enum_name(STATE, state) if state else None,
            page_token=token,
            page_size=size,
        )
        return unary(
            lambda stubs: stubs.webhooks.ListWebhookDeliveries,
            request,
            lambda response: page(
                WebhookDelivery,
                response.deliveries,
                response,
                response.next_page_token,
            ),
        )

    return listing(fetch, options)


def _attempts(
    webhook: str | Webhook, options: WebhookAttemptOptions
) -> Listing[WebhookAttempt]:
    check_keywords(options, WebhookAttemptOptions)

    def fetch(token: str, size: int) -> Call[Page[WebhookAttempt]]:
        request = webhooks_pb2.ListWebhookAttemptsRequest(
            webhook_id=_id(webhook),
            event_id=options.get("event_id"),
            failed_only=options.get("failed_only"),
            page_token=token,
            page_size=size,
        )
        return unary(
            lambda stubs: stubs.webhooks.ListWebhookAttempts,
            request,
            lambda response: page(
                WebhookAttempt, response.attempts, response, response.next_page_token
            ),
        )

    return listing(fetch, options)
