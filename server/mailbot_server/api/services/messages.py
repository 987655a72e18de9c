"""MessageService: sends, lists and reads messages."""

from collections.abc import AsyncIterator
from typing import Any, Final

from mailbot.v1 import messages_pb2, messages_pb2_grpc
from mailbot_server.api import (
    bodies,
    calls,
    lookup,
    pages,
    searching,
    submissions,
    views,
)
from mailbot_server.api.convert import messages as convert
from mailbot_server.api.convert import times
from mailbot_server.api.pages import Pages
from mailbot_server.api.waits import Waits
from mailbot_server.config import Settings
from mailbot_server.core.account import Principal
from mailbot_server.core.delivery import Delivery
from mailbot_server.core.message import Message, MessageFilter
from mailbot_server.engine import conversations as engine
from mailbot_server.engine import quarantine
from mailbot_server.engine.content import Shown
from mailbot_server.engine.outbound.routing import stays
from mailbot_server.engine.outbound.submission import submit
from mailbot_server.engine.outbound.submission.known import Known
from mailbot_server.engine.retention import redaction
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.store import deliveries, messages
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry.metrics import Metrics

PAGE: Final = 50
PAGE_MAX: Final = 500
Found = tuple[Message, list[Delivery]]


class MessageService(messages_pb2_grpc.MessageServiceServicer):
    """Sends and reads messages."""

    def __init__(
        self,
        db: Database,
        paths: ReversePaths,
        metrics: Metrics,
        page_tokens: Pages,
        waits: Waits,
        settings: Settings,
    ) -> None:
        self._db = db
        self._public_url = settings.public_url
        self._stays = stays.by(settings)
        self._waits = waits
        self._paths = paths
        self._metrics = metrics
        self._known = Known(db.clock, db.entropy)
        self._pages = page_tokens

    async def SendMessage(
        self, request: messages_pb2.SendMessageRequest, context: Any
    ) -> messages_pb2.SendMessageResponse:
        """Accepts a message for delivery."""
        submitted = await submit.submit(
            self._db,
            self._paths,
            self._metrics,
            calls.principal(),
            submissions.of_send(request, self._public_url),
            self._known,
            self._stays,
        )
        return messages_pb2.SendMessageResponse(
            message=convert.to_proto(submitted.message, submitted.deliveries),
            replayed=submitted.replayed,
            release_time=times.to_proto(submitted.leaves_at),
        )

    async def ReplyMessage(
        self, request: messages_pb2.ReplyMessageRequest, context: Any
    ) -> messages_pb2.ReplyMessageResponse:
        """Accepts an answer to a message."""
        submitted = await submit.reply(
            self._db,
            self._paths,
            self._metrics,
            calls.principal(),
            submissions.of_reply(request, self._public_url),
            self._stays,
        )
        return messages_pb2.ReplyMessageResponse(
            message=convert.to_proto(submitted.message, submitted.deliveries),
            replayed=submitted.replayed,
            release_time=times.to_proto(submitted.leaves_at),
        )

    async def GetMessage(
        self, request: messages_pb2.GetMessageRequest, context: Any
    ) -> messages_pb2.GetMessageResponse:
        """One message."""
        message, sent = await self._db.read(
            _message, calls.principal(), request.message_id
        )
        if request.view == messages_pb2.MESSAGE_VIEW_METADATA:
            shown = convert.to_proto(message, sent)
        else:
            shown = await views.full(self._db, message, sent, display=_display(request))
        return messages_pb2.GetMessageResponse(message=shown)

    async def ReleaseMessage(
        self, request: messages_pb2.ReleaseMessageRequest, context: Any
    ) -> messages_pb2.ReleaseMessageResponse:
        """Lets a message out of quarantine."""
        released = await quarantine.release(
            self._db, calls.principal(), request.message_id
        )
        return messages_pb2.ReleaseMessageResponse(message=convert.to_proto(released))

    async def RedactMessage(
        self, request: messages_pb2.RedactMessageRequest, context: Any
    ) -> messages_pb2.RedactMessageResponse:
        """Takes away what a message says."""
        left = await redaction.redact(
            self._db, calls.principal(), request.message_id, request.reason
        )
        sent = await self._db.read(deliveries.of_messages, [left.id])
        return messages_pb2.RedactMessageResponse(
            message=convert.to_proto(left, sent.get(left.id, ()))
        )

    async def UpdateMessageLegalHolds(
        self, request: messages_pb2.UpdateMessageLegalHoldsRequest, context: Any
    ) -> messages_pb2.UpdateMessageLegalHoldsResponse:
        """Holds messages, or lets them go."""
        changed = await redaction.hold(
            self._db,
            calls.principal(),
            request.message_ids,
            legal_hold=request.legal_hold,
            reason=request.reason,
        )
        return messages_pb2.UpdateMessageLegalHoldsResponse(message_count=changed)

    async def UpdateMessageLabels(
        self, request: messages_pb2.UpdateMessageLabelsRequest, context: Any
    ) -> messages_pb2.UpdateMessageLabelsResponse:
        """Adds and removes labels of a message."""
        message = await self._db.write(
            engine.relabel_message,
            calls.principal(),
            request.message_id,
            list(request.add),
            list(request.remove),
        )
        sent = await self._db.read(deliveries.of_messages, [message.id])
        return messages_pb2.UpdateMessageLabelsResponse(
            message=convert.to_proto(message, sent.get(message.id, ()))
        )

    async def ListMessages(
        self, request: messages_pb2.ListMessagesRequest, context: Any
    ) -> messages_pb2.ListMessagesResponse:
        """A page of messages, without bodies."""
        principal = calls.principal()
        limit = pages.size(request.page_size, default=PAGE, most=PAGE_MAX)
        inbox_id = await lookup.inbox_id(self._db, principal, request.filter.inbox_id)
        wanted = convert.filter_of(request.filter, inbox_id, principal)
        after = self._pages.last_id(request)
        found = await self._db.read(
            _messages, principal, wanted, after, limit + 1, request.oldest_first
        )
        shown = pages.fitting(convert.to_proto(*item) for item in found[:limit])
        token = self._pages.behind(request, shown, found)
        return messages_pb2.ListMessagesResponse(messages=shown, next_page_token=token)

    async def SearchMessages(
        self, request: messages_pb2.SearchMessagesRequest, context: Any
    ) -> messages_pb2.SearchMessagesResponse:
        """A page of what a query finds."""
        return await searching.search(self._db, calls.principal(), self._pages, request)

    async def WaitForMessage(
        self, request: messages_pb2.WaitForMessageRequest, context: Any
    ) -> messages_pb2.WaitForMessageResponse:
        """What an inbox receives, once it is there."""
        return await self._waits.wait(
            calls.principal(), request, context.time_remaining()
        )

    async def UploadAttachment(
        self,
        request_iterator: AsyncIterator[messages_pb2.UploadAttachmentRequest],
        context: Any,
    ) -> messages_pb2.UploadAttachmentResponse:
        """Keeps a body that will be attached."""
        upload = await bodies.receive(self._db, calls.principal(), request_iterator)
        return messages_pb2.UploadAttachmentResponse(
            upload_id=upload.id,
            sha256=upload.sha256,
            size_bytes=upload.size_bytes,
            expire_time=times.to_proto(upload.expires_at),
        )

    async def DownloadAttachment(
        self, request: messages_pb2.DownloadAttachmentRequest, context: Any
    ) -> AsyncIterator[messages_pb2.DownloadAttachmentResponse]:
        """A decoded attachment."""
        async for answer in bodies.send_attachment(
            self._db, calls.principal(), request
        ):
            yield answer

    async def DownloadRawMessage(
        self, request: messages_pb2.DownloadRawMessageRequest, context: Any
    ) -> AsyncIterator[messages_pb2.DownloadRawMessageResponse]:
        """The RFC 5322 bytes."""
        async for answer in bodies.send_raw(self._db, calls.principal(), request):
            yield answer


def _display(request: messages_pb2.GetMessageRequest) -> Shown | None:
    if not request.include_display_html:
        return None
    return Shown(allow_remote=request.allow_remote_content)


def _message(tx: Transaction, principal: Principal, message_id: str) -> Found:
    message = lookup.message(tx, principal, message_id)
    return message, deliveries.of_messages(tx, [message.id]).get(message.id, [])


def _messages(
    tx: Transaction,
    principal: Principal,
    wanted: MessageFilter,
    after: str,
    limit: int,
    oldest_first: bool,  # noqa: FBT001
) -> list[Found]:
    found = messages.list_(
        tx, principal.account_id, wanted, after, limit, oldest_first=oldest_first
    )
    sent = deliveries.of_messages(tx, [message.id for message in found])
    return [(message, sent.get(message.id, [])) for message in found]
