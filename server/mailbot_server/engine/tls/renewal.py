"""Looks now and then whether certificates were renewed, and when it is asked to."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Final

from mailbot_server.engine.tls.certificate import Certificate

LOOK_SECONDS: Final = 60.0


class Renewal:
    """Of all certificates of one process; those that nobody shows are left alone."""

    def __init__(self, certificates: Sequence[Certificate]) -> None:
        self._certificates = certificates
        self._asked = asyncio.Event()

    def hurry(self) -> None:
        """Has it look at once."""
        self._asked.set()

    async def run(self) -> None:
        """Looks once a minute, for ever."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._asked.wait()
            self._asked.clear()
            await self.look()

    async def look(self) -> None:
        """Takes what was renewed since the last time."""
        for certificate in self._certificates:
            await certificate.renew()
