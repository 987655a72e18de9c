"""Inboxes: create, read, list, change, suspend, activate, disable."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol, TypedDict, Unpack
from uuid import uuid4

from google.protobuf.field_mask_pb2 import FieldMask

from mailbot.arguments import InboxRef, as_list, check_keywords, inbox_name, instant
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, enum_names, result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Inbox, Retention, Tracking
from mailbot.v1 import inboxes_pb2, messages_pb2

PERMISSION = inboxes_pb2.InboxPermission.DESCRIPTOR
REQUIREMENT = inboxes_pb2.AuthenticationRequirement.DESCRIPTOR
STATE = inboxes_pb2.Inbox.State.DESCRIPTOR


class InboxChanges(TypedDict, total=False):
    """What an inbox can be given at any time."""

    display_name: str
    """Shown as the sender's name."""
    labels: Iterable[str]
    """For finding it and for filtering its events."""
    permissions: Iterable[str]
    """Of "send", "receive", "search"; all three unless said otherwise."""
    daily_send_limit: int
    """Recipients a UTC day."""
    expire_time: datetime | None
    """When the server disables it for good; None: never."""
    metadata: Mapping[str, str]
    """For the caller's own use."""
    require_auth: str
    """"none", "aligned" or "dmarc_pass": what fails is quarantined."""
    catch_all: bool
    """Takes what no other inbox of its domain does."""
    tracking: Tracking
    """What is learnt of recipients where a message does not say."""
    retention: Retention | None
    """How long its mail is kept; None: as the server's settings say."""
    legal_hold: bool
    """Nothing of its messages goes, by retention or `messages.redact`."""


class InboxOptions(InboxChanges, total=False):
    """What an inbox can be created with; everything may be left out."""

    username: str
    """Local part; random if left out."""
    domain: str
    """A verified domain; a sandbox address if left out."""
    time_to_live: timedelta
    """Instead of expire_time."""
    request_id: str
    """Makes a repeat return the first inbox; random if left out."""


class SuspendOptions(TypedDict, total=False):
    """How to suspend an inbox."""

    reason: str
    """For people."""
    resume_time: datetime
    """When it becomes active again by itself."""
    refuse_inbound: bool
    """Also defer mail for the address meanwhile."""


class InboxListOptions(PageOptions, total=False):
    """Which inboxes to list; all that is given must hold."""

    labels: str | Iterable[str]
    """With one of these labels."""
    states: str | Iterable[str]
    """In one of these: "active", "suspended", "disabled"."""
    domain: str
    """Of exactly this domain."""
    address_contains: str
    """Whose address contains this."""


class Inboxes:
    """The account's inboxes. An inbox is named by its id, its address or itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, **options: Unpack[InboxOptions]) -> Inbox:
        """A new inbox, whose address sends and receives at once."""
        return self._connection.call(_create(options))

    def get(self, inbox_id: InboxRef) -> Inbox:
        """The inbox with its usage and counts."""
        return self._connection.call(_get(inbox_id))

    def list(self, **options: Unpack[InboxListOptions]) -> Pages[Inbox]:
        """Inboxes, newest first, without usage and counts."""
        return Pages(self._connection, _list(options))

    def update(
        self, inbox_id: InboxRef, *, etag: str = "", **changes: Unpack[InboxChanges]
    ) -> Inbox:
        """
        Change what is given and nothing else.

        With the `etag` of the inbox as it was read, ConflictError when somebody else
        changed it since.
        """
        return self._connection.call(_update(inbox_id, etag, changes))

    def suspend(self, inbox_id: InboxRef, **options: Unpack[SuspendOptions]) -> Inbox:
        """Stop sending; what waits is held until `activate`."""
        return self._connection.call(_suspend(inbox_id, options))

    def activate(self, inbox_id: InboxRef) -> Inbox:
        """Revive a suspended or disabled inbox."""
        return self._connection.call(_activate(inbox_id))

    def disable(self, inbox_id: InboxRef, *, etag: str = "") -> Inbox:
        """Stop sending and receiving for good; history stays readable."""
        return self._connection.call(_disable(inbox_id, etag))


class AsyncInboxes:
    """As `Inboxes`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, **options: Unpack[InboxOptions]) -> Inbox:
        return await self._connection.call(_create(options))

    async def get(self, inbox_id: InboxRef) -> Inbox:
        return await self._connection.call(_get(inbox_id))

    def list(self, **options: Unpack[InboxListOptions]) -> AsyncPages[Inbox]:
        return AsyncPages(self._connection, _list(options))

    async def update(
        self, inbox_id: InboxRef, *, etag: str = "", **changes: Unpack[InboxChanges]
    ) -> Inbox:
        return await self._connection.call(_update(inbox_id, etag, changes))

    async def suspend(
        self, inbox_id: InboxRef, **options: Unpack[SuspendOptions]
    ) -> Inbox:
        return await self._connection.call(_suspend(inbox_id, options))

    async def activate(self, inbox_id: InboxRef) -> Inbox:
        return await self._connection.call(_activate(inbox_id))

    async def disable(self, inbox_id: InboxRef, *, etag: str = "") -> Inbox:
        return await self._connection.call(_disable(inbox_id, etag))


def _create(options: InboxOptions) -> Call[Inbox]:
    check_keywords(options, InboxOptions)
    inbox = _written(options)
    inbox.username = options.get("username", "")
    inbox.domain = options.get("domain", "")
    request = inboxes_pb2.CreateInboxRequest(
        inbox=inbox,
        request_id=options.get("request_id") or str(uuid4()),
        time_to_live=options.get("time_to_live"),
    )
    return unary(lambda stubs: stubs.inboxes.CreateInbox, request, _inbox)


def _get(inbox_id: InboxRef) -> Call[Inbox]:
    request = inboxes_pb2.GetInboxRequest(inbox_id=inbox_name(inbox_id))
    return unary(lambda stubs: stubs.inboxes.GetInbox, request, _inbox)


def _list(options: InboxListOptions) -> Listing[Inbox]:
    check_keywords(options, InboxListOptions)
    wanted = inboxes_pb2.InboxFilter(
        labels=as_list(options.get("labels")),
        states=enum_names(STATE, options.get("states", ())),
        domain=options.get("domain"),
        address_contains=options.get("address_contains"),
    )

    def fetch(token: str, size: int) -> Call[Page[Inbox]]:
        request = inboxes_pb2.ListInboxesRequest(
            filter=wanted, page_token=token, page_size=size
        )
        return unary(lambda stubs: stubs.inboxes.ListInboxes, request, _page)

    return listing(fetch, options)


def _update(inbox_id: InboxRef, etag: str, changes: InboxChanges) -> Call[Inbox]:
    check_keywords(changes, InboxChanges)
    if not changes:
        raise TypeError("nothing to change was given")
    inbox = _written(changes)
    inbox.id = inbox_name(inbox_id)
    inbox.etag = etag
    request = inboxes_pb2.UpdateInboxRequest(
        inbox=inbox, update_mask=FieldMask(paths=sorted(changes))
    )
    return unary(lambda stubs: stubs.inboxes.UpdateInbox, request, _inbox)


def _suspend(inbox_id: InboxRef, options: SuspendOptions) -> Call[Inbox]:
    check_keywords(options, SuspendOptions)
    request = inboxes_pb2.SuspendInboxRequest(
        inbox_id=inbox_name(inbox_id),
        reason=options.get("reason"),
        resume_time=instant(options.get("resume_time")),
        refuse_inbound=options.get("refuse_inbound"),
    )
    return unary(lambda stubs: stubs.inboxes.SuspendInbox, request, _inbox)


def _activate(inbox_id: InboxRef) -> Call[Inbox]:
    request = inboxes_pb2.ActivateInboxRequest(inbox_id=inbox_name(inbox_id))
    return unary(lambda stubs: stubs.inboxes.ActivateInbox, request, _inbox)


def _disable(inbox_id: InboxRef, etag: str) -> Call[Inbox]:
    request = inboxes_pb2.DisableInboxRequest(inbox_id=inbox_name(inbox_id), etag=etag)
    return unary(lambda stubs: stubs.inboxes.DisableInbox, request, _inbox)


def _written(changes: InboxChanges) -> inboxes_pb2.Inbox:
    asked = changes.get("require_auth", "")
    return inboxes_pb2.Inbox(
        display_name=changes.get("display_name"),
        labels=as_list(changes.get("labels")),
        permissions=enum_names(PERMISSION, changes.get("permissions", ())),
        daily_send_limit=changes.get("daily_send_limit"),
        expire_time=instant(changes.get("expire_time")),
        metadata=changes.get("metadata"),
        require_auth=enum_name(REQUIREMENT, asked) if asked else None,
        catch_all=changes.get("catch_all"),
        tracking=_tracking(changes.get("tracking")),
        retention=_retention(changes.get("retention")),
        legal_hold=changes.get("legal_hold"),
    )


def _retention(wanted: Retention | None) -> inboxes_pb2.Retention | None:
    if wanted is None:
        return None
    return inboxes_pb2.Retention(content=wanted.content, metadata=wanted.metadata)


def _tracking(wanted: Tracking | None) -> messages_pb2.Tracking | None:
    if wanted is None:
        return None
    return messages_pb2.Tracking(
        opens=wanted.opens, clicks=wanted.clicks, text_clicks=wanted.text_clicks
    )


class _HasInbox(Protocol):
    @property
    def inbox(self) -> inboxes_pb2.Inbox: ...


def _inbox(response: _HasInbox) -> Inbox:
    return result(Inbox, response.inbox)


def _page(response: inboxes_pb2.ListInboxesResponse) -> Page[Inbox]:
    return page(Inbox, response.inboxes, response, response.next_page_token)
