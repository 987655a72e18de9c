"""
Seals anew what an older server key has sealed, so that operators may drop that key.

Server keys change with the settings, so once per start of a process is enough.
"""

from typing import Final

from mailbot_server.engine.signing.sealing import SealBroken
from mailbot_server.engine.webhooks.sealing import Safe
from mailbot_server.store.database import Database
from mailbot_server.store.webhooks import endpoints
from mailbot_server.telemetry import log

AT_ONCE: Final = 200

_logger: Final = log.get("webhooks")


async def reseal(db: Database, safe: Safe) -> int:
    """Goes through the webhooks of all accounts; how many were sealed anew."""
    last, count = "", 0
    while found := await db.read(endpoints.page, last, AT_ONCE):
        last = found[-1].id
        for before in found:
            try:
                after = safe.resealed(before)
            except SealBroken as error:
                _logger.warning(
                    "webhook_sealed", webhook_id=before.id, reason=str(error)
                )
                continue
            if after != before:
                count += await db.write(endpoints.reseal, before, after)
    return count
