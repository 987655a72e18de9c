"""Asks the DNS for all that a domain publishes, at once and within a deadline."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, Final, TypeVar

from mailbot_server.core.domain import dmarc, publish
from mailbot_server.core.domain.publish import Exchanges, Seen
from mailbot_server.core.domain.record import Purpose, Record
from mailbot_server.core.domain.spf import Sender
from mailbot_server.engine.dns import Lookups, Status

SECONDS: Final = 15.0
"""For all questions of a domain; an answer that is later counts as none."""

_NONE: Final = {Status.NODATA, Status.NXDOMAIN}
_T = TypeVar("_T")


async def ask(lookups: Lookups, records: Iterable[Record]) -> Seen:
    """What the DNS says of the names of these records, and of the policies above."""
    asked = list(records)
    texts, exchanges = publish.names(asked)
    above = {
        host
        for each in asked
        if each.purpose is Purpose.DMARC
        for host in dmarc.hosts_above(each.name.partition(".")[2])
    }
    async with asyncio.TaskGroup() as group:
        about_texts = group.create_task(
            _all({name: _texts(lookups, name) for name in texts | above})
        )
        about_exchanges = group.create_task(
            _all({name: _exchanges(lookups, name) for name in exchanges})
        )
    return Seen(texts=about_texts.result(), exchanges=about_exchanges.result())


async def sender(lookups: Lookups, hostname: str, include: str) -> Sender:
    """Who sends: this server, with the addresses that its name has now."""
    addresses: tuple[str, ...] = ()
    if hostname:
        answer = lookups.addresses(hostname)
        found = (await _all({hostname: answer}))[hostname]
        addresses = (*found.v4, *found.v6) if found else ()
    return Sender(hostname=hostname, include=include, addresses=addresses)


async def _all(
    questions: dict[str, Coroutine[Any, Any, _T | None]],
) -> dict[str, _T | None]:
    """The answers by name; None for those that did not come in time."""
    tasks = {name: asyncio.create_task(each) for name, each in questions.items()}
    if tasks:
        _, late = await asyncio.wait(tasks.values(), timeout=SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return {
        name: None if task.cancelled() else task.result()
        for name, task in tasks.items()
    }


async def _texts(lookups: Lookups, name: str) -> tuple[bytes, ...] | None:
    answer = await lookups.txt(name)
    if answer.status is Status.OK:
        return answer.texts
    return () if answer.status in _NONE else None


async def _exchanges(lookups: Lookups, name: str) -> Exchanges | None:
    answer = await lookups.mx(name)
    if answer.status is Status.OK:
        return tuple((each.preference, each.host) for each in answer.exchanges)
    return () if answer.status in _NONE else None
