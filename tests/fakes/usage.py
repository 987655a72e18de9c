"""Events of all kinds that count, as a random source gives them."""

from random import Random
from typing import Final

from mailbot_server.core.event import (
    AttemptDetail,
    ContentDetail,
    Detail,
    EngagementDetail,
    Event,
    EventType,
)

DOMAINS: Final = ("a.com", "b.com", "c.com")
_ATTEMPTED: Final = (
    *(EventType.MESSAGE_SENT, EventType.MESSAGE_DELIVERED, EventType.MESSAGE_BOUNCED),
    *(EventType.MESSAGE_FAILED, EventType.MESSAGE_UNKNOWN, EventType.MESSAGE_DEFERRED),
)
_ENGAGED: Final = (EventType.MESSAGE_OPENED, EventType.MESSAGE_CLICKED)
_CONTENT: Final = (
    *(EventType.MESSAGE_QUEUED, EventType.MESSAGE_RECEIVED, EventType.MESSAGE_REPLIED),
    EventType.MESSAGE_PARSED,
)


def event(chance: Random, account_id: str) -> Event:
    """One event of one of three inboxes."""
    kind = chance.choice((*_ATTEMPTED, *_ENGAGED, *_CONTENT))
    return Event(
        type=kind,
        account_id=account_id,
        inbox_id=f"inb_{chance.randint(1, 3)}",
        recipient=f"x@{chance.choice(DOMAINS)}",
        detail=_detail(chance, kind),
    )


def _detail(chance: Random, kind: EventType) -> Detail:
    if kind in _ATTEMPTED:
        return AttemptDetail(
            bounce_class=chance.choice(("dns", "policy")),
            reported=chance.random() < 0.5,
        )
    if kind in _ENGAGED:
        return EngagementDetail(
            first_of_recipient=chance.random() < 0.5, machine=chance.random() < 0.5
        )
    return ContentDetail(
        recipient_domains=tuple(chance.choices(DOMAINS, k=chance.randint(1, 4))),
        is_first_reply=chance.random() < 0.5,
        reply_milliseconds=chance.randint(0, 9_999),
        replier_domain=chance.choice(("", *DOMAINS)),
    )
