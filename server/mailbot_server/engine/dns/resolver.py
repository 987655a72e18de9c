"""
Answers from memory what is known, asks once for what several want at the same time.

Kept is what was found (for its TTL), that there is nothing (RFC 2308), and for half a
minute that no name server could say. While none says anything at all, questions end at
once.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address
from time import perf_counter
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.engine.dns.answer import (
    AddressAnswer,
    MxAnswer,
    NameAnswer,
    Status,
    TextAnswer,
    TlsaAnswer,
)
from mailbot_server.engine.dns.cache import Cache
from mailbot_server.engine.dns.question import Found, Questions
from mailbot_server.engine.dns.silence import Silence
from mailbot_server.telemetry.metrics import Metrics

FAILURE_KEPT: Final = timedelta(seconds=30)
"""How long a failure is believed; RFC 2308 7.1 allows up to 5 minutes."""

TTL_MIN: Final = timedelta(seconds=1)
"""TTL 0 means "for this transaction"; a batch of mail is one."""

TTL_MAX: Final = timedelta(hours=1)
"""Whoever moves a domain and forgot its TTL of a week is waited for no longer."""

NEGATIVE_TTL_MAX: Final = timedelta(minutes=5)
"""RFC 2308 5 allows hours; but who adds a record looks for it at once."""

ANSWERS_MAX: Final = 10_000
OCTETS_MAX: Final = 4096
"""Larger answers are given and not kept, so that the memory is bounded in bytes too."""

QUESTIONS_MAX: Final = 200
"""Each question over UDP opens a socket."""

_HOST: Final = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")

Clock = Callable[[], datetime]
_Key = tuple[str, str]


class Resolver:
    """
    Looks names up, in memory or at the name servers.

    One that is not `remembering` asks each time: for whoever waits for a record that
    somebody has just published.
    """

    def __init__(
        self,
        clock: Clock,
        settings: Settings,
        metrics: Metrics,
        *,
        remembering: bool = True,
    ) -> None:
        self._settings = settings
        self._remembers = remembering
        self._metrics = metrics
        self._questions = Questions(settings)
        self._silence = Silence(clock, self._look)
        self._turns = asyncio.Semaphore(QUESTIONS_MAX)
        self._known: Cache[_Key, Found] = Cache(clock, ANSWERS_MAX)
        self._under_way: dict[_Key, asyncio.Task[Found]] = {}

    async def mx(self, domain: str) -> MxAnswer:
        """The domain's MX records; unusable names are left out."""
        found = await self._look_up(domain, "MX")
        exchanges = tuple(
            exchange
            for exchange in found.records
            if exchange.host == "" or _HOST.fullmatch(exchange.host)
        )
        status = found.status
        if status is Status.OK and not exchanges:
            status = Status.FAILED
        return MxAnswer(status=status, authentic=found.authentic, exchanges=exchanges)

    async def addresses(self, host: str) -> AddressAnswer:
        """The host's addresses; one family that answers is enough."""
        questions = [self._begin(host, kind) for kind in ("A", "AAAA")]
        v4, v6 = [await _end(question) for question in questions]
        status = _together(v4.status, v6.status)
        telling = [found for found in (v4, v6) if found.status is status]
        return AddressAnswer(
            status=status,
            authentic=all(found.authentic for found in telling),
            v4=v4.records,
            v6=v6.records,
            canonical=telling[0].canonical if status is Status.OK else "",
        )

    async def names(self, address: str) -> NameAnswer:
        """The names of an address; unusable ones are left out."""
        found = await self._look_up(ip_address(address).reverse_pointer, "PTR")
        hosts = tuple(host for host in found.records if _HOST.fullmatch(host))
        return NameAnswer(status=found.status, authentic=found.authentic, hosts=hosts)

    async def txt(self, name: str) -> TextAnswer:
        """The name's TXT records."""
        return _text(await self._look_up(name, "TXT"))

    def known_txt(self, name: str) -> TextAnswer | None:
        """The name's TXT records, if they are remembered."""
        known = self._remembered((name.lower(), "TXT"))
        return None if known is None else _text(known)

    async def tlsa(self, name: str) -> TlsaAnswer:
        """The name's TLSA records."""
        found = await self._look_up(name, "TLSA")
        return TlsaAnswer(
            status=found.status, authentic=found.authentic, records=found.records
        )

    async def _look_up(self, name: str, kind: str) -> Found:
        return await _end(self._begin(name, kind))

    def _begin(self, name: str, kind: str) -> Found | asyncio.Task[Found]:
        """What is known, or the question, which may be that of somebody else."""
        key = (name.lower(), kind)
        known = self._remembered(key)
        if known is not None:
            return known
        task = self._under_way.get(key)
        self._count("miss" if task is None else "coalesced")
        if task is None:
            task = asyncio.create_task(self._ask(key), name="dns")
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return task

    def _remembered(self, key: _Key) -> Found | None:
        known = self._known.get(key)
        if known is not None:
            is_positive = known.status is Status.OK
            self._count("hit" if is_positive else "negative_hit")
        return known

    async def _ask(self, key: _Key) -> Found:
        if self._silence.reigns():
            return Found(status=Status.TIMEOUT)
        try:
            async with asyncio.timeout(self._settings.dns_seconds):
                await self._turns.acquire()
        except TimeoutError:
            # Nobody was asked, so there is nothing to remember.
            return Found(status=Status.TIMEOUT)
        try:
            found = await self._timed(*key)
        finally:
            self._turns.release()
        self._silence.learn(found.status)
        if self._remembers and found.octets <= OCTETS_MAX:
            self._known.put(key, found, _lasts(found))
        return found

    async def _timed(self, name: str, kind: str) -> Found:
        started = perf_counter()
        found = await self._questions.ask(name, kind)
        elapsed = perf_counter() - started
        self._metrics.dns_query_duration.labels(kind).observe(elapsed)
        self._metrics.dns_queries.labels(kind, found.status.value).inc()
        return found

    async def _look(self) -> Status:
        return (await self._timed("", "TXT")).status

    def _count(self, result: str) -> None:
        self._metrics.dns_cache.labels(result).inc()


async def _end(begun: Found | asyncio.Task[Found]) -> Found:
    """Whoever stops waiting does not stop the question: others may wait for it too."""
    return begun if isinstance(begun, Found) else await asyncio.shield(begun)


def _text(found: Found) -> TextAnswer:
    return TextAnswer(
        status=found.status, authentic=found.authentic, texts=found.records
    )


def _together(v4: Status, v6: Status) -> Status:
    """What two questions about one name come to."""
    for status in (Status.OK, Status.NXDOMAIN):
        if status in {v4, v6}:
            return status
    return v6 if v6.may_pass and not v4.may_pass else v4


def _lasts(found: Found) -> timedelta:
    if found.status.may_pass or found.status is Status.LOOP:
        return FAILURE_KEPT
    longest = TTL_MAX if found.status is Status.OK else NEGATIVE_TTL_MAX
    # Compared in seconds: a TTL may be longer than what a date can reach.
    seconds = min(found.ttl, longest.total_seconds())
    return max(timedelta(seconds=seconds), TTL_MIN)
