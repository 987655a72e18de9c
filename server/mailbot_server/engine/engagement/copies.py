"""The copy of each recipient, with links of their own, made as a message leaves."""

import asyncio
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.core.signed import link
from mailbot_server.core.signed.cursor import SigningKeys
from mailbot_server.core.signed.link import For
from mailbot_server.core.tracking import plan
from mailbot_server.store.database import Database
from mailbot_server.store.deliveries import engagement

INLINE_BYTES_MAX: Final = 64 * 1024
"""Messages up to this are copied at once; larger ones in a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLinks:
    """The links of one recipient."""

    keys: SigningKeys
    url: str
    delivery_id: str

    def open(self) -> str:
        """Of the picture."""
        return self._link(For.OPEN)

    def click(self, number: int) -> str:
        """In the place of a link."""
        return self._link(For.CLICK, number)

    def unsubscribe(self) -> str:
        """For List-Unsubscribe."""
        return self._link(For.UNSUBSCRIBE)

    def _link(self, purpose: For, number: int = 0) -> str:
        token = link.write(self.keys, purpose, self.delivery_id, number)
        return f"{self.url}/{purpose.value}/{token}"


class Copies:
    """Makes copies; without `url` there are none, and messages leave as they are."""

    def __init__(self, db: Database, keys: SigningKeys, url: str) -> None:
        self._db = db
        self._keys = keys
        self._url = url

    async def of(self, lease: Delivery, raw: bytes) -> bytes:
        """
        What this recipient gets, the same at each attempt; raises Unavailable.

        As it is stored unless the delivery is tracked, which costs nothing then.
        """
        if not lease.is_tracked or not self._url:
            return raw
        wanted = await self._db.read(engagement.plan_of, lease.message_id)
        if not wanted:
            return raw
        links = OwnLinks(keys=self._keys, url=self._url, delivery_id=lease.id)
        if len(raw) <= INLINE_BYTES_MAX:
            return plan.copy(wanted, raw, links)
        return await asyncio.to_thread(plan.copy, wanted, raw, links)
