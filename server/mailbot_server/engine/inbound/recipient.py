"""Whose inbox an address names, or why nobody's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mailbot_server.core import policy
from mailbot_server.core.inbox import Inbox, InboxState
from mailbot_server.core.mail import reply
from mailbot_server.core.mail.address import domain_of, fold, local_of, split_tag
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.accept import Recipient
from mailbot_server.store import inboxes
from mailbot_server.store.database import Database

REMEMBERED_SECONDS: Final = 2.0
"""Looking an address up is a fifth of what a short message costs. It is safe to
remember who receives, because `accept` looks again."""

REMEMBERED_MAX: Final = 10_000

_UNKNOWN: Final = "unknown_recipient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The answer to RCPT, and the reason that only metrics and logs are told."""

    reply: Reply
    reason: str


class Directory:
    """
    The inboxes behind the addresses of `own_domain`.

    Who receives is remembered for a moment; refusals never are, so that each of them
    takes the same time and a new inbox is there at once. `seconds` tells the time.
    """

    def __init__(
        self, db: Database, own_domain: str, seconds: Callable[[], float]
    ) -> None:
        self._db = db
        self._own_domain = own_domain
        self._seconds = seconds
        self._remembered: dict[str, tuple[Inbox, float]] = {}

    async def find(self, address: str) -> Recipient | Refusal:
        """Who receives for an address, as RCPT gave it; raises Unavailable."""
        local, tag = split_tag(local_of(address))
        domain = domain_of(address) or self._own_domain
        found = await self._find(fold(f"{local}@{domain}"))
        if isinstance(found, Inbox):
            named = f"{local_of(address)}@{domain}"
            return Recipient(inbox=found, address=named, tag=tag)
        if found.reason == _UNKNOWN and domain != self._own_domain:
            return Refusal(reply=reply.RELAY_DENIED, reason="relay")
        return found

    async def _find(self, address: str) -> Inbox | Refusal:
        now = self._seconds()
        remembered = self._remembered.get(address)
        if remembered and now < remembered[1]:
            return remembered[0]
        inbox = await self._db.read(inboxes.find_by_address, address)
        refusal = policy.may_receive(inbox)
        if inbox is None or refusal:
            self._remembered.pop(address, None)
            answer = refusal or reply.UNKNOWN_RECIPIENT
            return Refusal(reply=answer, reason=_reason(inbox))
        if len(self._remembered) >= REMEMBERED_MAX:
            self._remembered.clear()
        self._remembered[address] = (inbox, now + REMEMBERED_SECONDS)
        return inbox


def _reason(inbox: Inbox | None) -> str:
    if inbox is None:
        return _UNKNOWN
    if inbox.state is InboxState.DISABLED:
        return "disabled"
    return "suspended" if "receive" in inbox.permissions else "no_receive"
