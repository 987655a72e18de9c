"""What a message is tracked by: what its sender asks for, else what its inbox does."""

from collections.abc import Sequence
from typing import Final

from mailbot_server.core.errors import Violation
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail import adopt
from mailbot_server.core.mail.mime.part import Part
from mailbot_server.core.tracking import asked, plan
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.core.tracking.plan import Plan

LIST_UNSUBSCRIBE: Final = "list-unsubscribe"
NO_URL: Final = (
    "needs links that recipients can reach: the setting public_url of this server is"
    " empty"
)


def check(tracking: Tracking | None, public_url: str, field: str) -> list[Violation]:
    """What is wrong with what is asked for."""
    if public_url or tracking in (None, asked.NOTHING):
        return []
    return [Violation(field=field, description=NO_URL)]


def check_one_click(
    public_url: str, names: Sequence[str], field: str
) -> list[Violation]:
    """What is wrong with asking for List-Unsubscribe beside these header fields."""
    if not public_url:
        return [Violation(field=field, description=NO_URL)]
    if any(name.lower().startswith(LIST_UNSUBSCRIBE) for name in names):
        words = (
            "content.headers has a List-Unsubscribe of its own; leave one of them out"
        )
        return [Violation(field=field, description=words)]
    return []


def decided(asked_for: Tracking | None, inbox: Inbox, public_url: str) -> Tracking:
    """What holds for a message; nothing where nobody could reach a link."""
    if not public_url:
        return asked.NOTHING
    return inbox.tracking if asked_for is None else asked_for


def planned(
    raw: bytes,
    parts: Sequence[Part],
    tracking: Tracking,
    *,
    one_click: bool,
    public_url: str,
) -> Plan:
    """The plan of a composed message; pure, and linear in it."""
    if tracking == asked.NOTHING and not one_click:
        return Plan()
    own = adopt.unsubscribe_urls(raw)
    return plan.make(
        raw,
        parts,
        tracking,
        one_click=one_click and not own,
        unsubscribe_urls=own,
        own_url=public_url,
    )
