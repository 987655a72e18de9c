"""Events that never happened, to show a receiver what they look like."""

from datetime import datetime
from typing import Final

from mailbot_server.core import event as events
from mailbot_server.core import ids
from mailbot_server.core.event import (
    AttemptDetail,
    ConsumerDetail,
    ContentDetail,
    Detail,
    DomainDetail,
    EngagementDetail,
    Event,
    EventType,
    InboxDetail,
    SuppressionDetail,
)
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.reply import Reply

METADATA: Final = {"test": "true"}
"""How a receiver tells a test from what has happened."""

_ALICE: Final = Mailbox(address="alice@example.com", display_name="Alice Example")
_SUPPORT: Final = Mailbox(address="support@example.org")
_SHOWN: Final[dict[type[Detail], Detail]] = {
    ContentDetail: ContentDetail(
        sender=_ALICE,
        recipients=(_SUPPORT,),
        subject="This is a test of a webhook",
        snippet="Nobody wrote this message.",
        size_bytes=1234,
        rfc822_message_id="test@example.com",
    ),
    AttemptDetail: AttemptDetail(
        attempt=1,
        route="mx",
        remote_host="mx.example.com",
        remote_address="192.0.2.1:25",
        stage="eod",
        reply=Reply(code=250, enhanced="2.0.0", text="OK"),
        tls_level="verified",
    ),
    InboxDetail: InboxDetail(address=_SUPPORT.address, state="active"),
    SuppressionDetail: SuppressionDetail(address=_ALICE.address, reason="manual"),
    DomainDetail: DomainDetail(name="example.org", description="a test"),
    EngagementDetail: EngagementDetail(url="https://example.com/", link_index=1),
    ConsumerDetail: ConsumerDetail(description="a test"),
}


def sample(kind: EventType, account_id: str, now: datetime, entropy: bytes) -> Event:
    """An event of this type with an id of its own; it stands in no log."""
    detail = events.DETAIL_OF[kind.value]
    return Event(
        type=kind,
        account_id=account_id,
        detail=_SHOWN.get(detail) or detail(),
        id=ids.make("evt", now, entropy),
        metadata=METADATA,
        created_at=now,
    )
