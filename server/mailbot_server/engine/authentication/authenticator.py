"""
Checks who sent a message: SPF, DKIM, DMARC and ARC, within a deadline.

What cannot be said in time, because a name server is slow or a message is made to be,
is a temporary error, and nobody is turned away for it. Small messages are worked on by
the event loop, which costs less than handing them over; all others by threads.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from ipaddress import ip_address
from time import perf_counter
from typing import Any, Final, TypeVar

from publicsuffixlist import PublicSuffixList

from mailbot_server.config import Settings
from mailbot_server.core.authentication import author
from mailbot_server.core.authentication.author import Authors
from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.authentication.dmarc import evaluate
from mailbot_server.core.authentication.dmarc.evaluate import Proof, Walks
from mailbot_server.core.authentication.dmarc.walk import Suffixes
from mailbot_server.core.authentication.question import Asking, Question
from mailbot_server.core.authentication.spf import evaluate as spf
from mailbot_server.core.authentication.spf.evaluate import Client
from mailbot_server.core.authentication.verdicts import (
    ArcVerdict,
    DkimVerdict,
    DmarcVerdict,
    Result,
    SpfVerdict,
    Verdicts,
)
from mailbot_server.core.destination.networks import unmapped
from mailbot_server.core.mail.envelope import Envelope
from mailbot_server.engine.authentication import verification
from mailbot_server.engine.authentication.asking import Check
from mailbot_server.engine.authentication.verification import Claims, Keys
from mailbot_server.engine.dns import Lookups
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

INLINE_BYTES_MAX: Final = 32 * 1024
INLINE_KEYS_MAX: Final = 4
"""What the event loop does itself: under a millisecond, mostly 0.2."""

THREADS: Final = 2
COMPUTING_SECONDS: Final = 1.0
"""For one message at the most: 25 MB take a tenth of that."""

FIRST_SHARE: Final = 0.7
"""Of the time: until then keys, SPF and policies are asked for; the rest is left for
the domains that are found to have proven something."""

_UNCLEAR: Final = Authors(is_clear=False)
_UNKNOWN: Final = Verdicts(
    spf=SpfVerdict(result=Result.TEMPERROR),
    dmarc=DmarcVerdict(result=Result.TEMPERROR),
    arc=ArcVerdict(result=Result.TEMPERROR),
)
_logger: Final = log.get("authentication")
Clock = Callable[[], datetime]
T = TypeVar("T")


class Authenticator:
    """
    The checks of one process, and the threads for what is large.

    The resolver is best one of its own: strangers choose what it is asked, and must not
    be able to fill the memory and the queue of the one that sends mail.
    """

    def __init__(
        self, resolver: Lookups, clock: Clock, settings: Settings, metrics: Metrics
    ) -> None:
        self._resolver = resolver
        self._clock = clock
        self._receiver = settings.hostname
        self._seconds = settings.authentication_seconds
        self._metrics = metrics
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="verify")
        self._suffixes = _suffixes() if settings.authentication else None

    async def check(
        self, raw: bytes, envelope: Envelope, shown: str = ""
    ) -> Verdicts | None:
        """
        The verdicts on a message as it came in; None when the setting says not to.

        `raw` has CRLF line ends, and none other, and nothing of ours before it.
        `shown` is the address that people will see as its author: DMARC is asked about
        that and all that its From fields say. Never raises; ends a second after
        `authentication_seconds` at the latest.
        """
        if self._suffixes is None:
            return None
        started = perf_counter()
        try:
            found = await self._check(raw, envelope, shown, Walks(self._suffixes))
        except Exception as error:  # noqa: BLE001 - mail is taken all the same
            self._metrics.unhandled_exceptions.labels("authentication").inc()
            _logger.error("message_not_checked", error=type(error).__name__)  # noqa: TRY400
            found = _UNKNOWN
        self._count(found)
        self._metrics.authentication_duration.observe(perf_counter() - started)
        return found

    def stop(self) -> None:
        """Ends the threads; nobody waits for what they were doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _check(
        self, raw: bytes, envelope: Envelope, shown: str, walks: Walks
    ) -> Verdicts:
        begun = asyncio.get_running_loop().time()
        first, last = begun + self._seconds * FIRST_SHARE, begun + self._seconds
        now = int(self._clock().timestamp())
        is_small = len(raw) <= INLINE_BYTES_MAX
        read = partial(_read, raw, shown, now)
        claims, authors = await self._work(read, _unread, is_small=is_small)
        client = self._client(envelope, now)
        sent = Check(self._resolver, spf.check(client))
        keys = Check(self._resolver, _keys(claims.questions))
        await _wait(first, sent, keys, Check(self._resolver, _walked(authors, walks)))
        is_small &= len(claims.questions) <= INLINE_KEYS_MAX
        dkim, arc = await self._compute(claims, keys.result({}), is_small=is_small)
        proof = Proof(spf=sent.result(spf.unanswered(client)), dkim=dkim)
        judged = Check(self._resolver, evaluate.evaluate(authors, proof, walks))
        await _wait(last, judged)
        first_domain = "".join(authors.domains[:1])
        late = DmarcVerdict(result=Result.TEMPERROR, domain=first_domain)
        return Verdicts(spf=proof.spf, dkim=dkim, dmarc=judged.result(late), arc=arc)

    async def _compute(
        self, claims: Claims, keys: Keys, *, is_small: bool
    ) -> tuple[tuple[DkimVerdict, ...], ArcVerdict]:
        ends = perf_counter() + COMPUTING_SECONDS
        judge = partial(verification.judge, claims, keys, lambda: perf_counter() > ends)
        late = partial(verification.out_of_time, claims)
        return await self._work(judge, late, is_small=is_small)

    async def _work(
        self, work: Callable[[], T], late: Callable[[], T], *, is_small: bool
    ) -> T:
        """Does it here, or in a thread and within COMPUTING_SECONDS."""
        if is_small:
            return work()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(COMPUTING_SECONDS):
                return await loop.run_in_executor(self._threads, work)
        except TimeoutError:
            return late()

    def _client(self, envelope: Envelope, now: int) -> Client:
        return Client(
            address=ip_address(unmapped(envelope.peer_ip)),
            helo=envelope.helo,
            reverse_path=envelope.reverse_path,
            receiver=self._receiver,
            at=now,
        )

    def _count(self, found: Verdicts) -> None:
        counter = self._metrics.authentication_results
        counter.labels("spf", found.spf.result.value).inc()
        for each in found.dkim:
            counter.labels("dkim", each.result.value).inc()
        counter.labels("dmarc", found.dmarc.result.value).inc()
        counter.labels("arc", found.arc.result.value).inc()


async def _wait(until: float, *checks: Check[Any]) -> None:
    """Finishes the checks, or leaves them when nobody answers until then."""
    left = [check.finish() for check in checks if not check.is_done]
    if not left:
        return
    try:
        async with asyncio.timeout_at(until):
            await asyncio.gather(*left)
    except TimeoutError:
        return


def _read(raw: bytes, shown: str, now: int) -> tuple[Claims, Authors]:
    message = Message(raw)
    claims = verification.read(message, now)
    is_readable = message.is_readable
    return claims, author.read(message, shown) if is_readable else _UNCLEAR


def _unread() -> tuple[Claims, Authors]:
    """Of a message that nobody had the time to read."""
    return verification.UNREAD, _UNCLEAR


def _keys(questions: tuple[Question, ...]) -> Asking[Keys]:
    if not questions:
        return {}
    answers = yield questions
    return dict(zip(questions, answers, strict=True))


def _walked(authors: Authors, walks: Walks) -> Asking[None]:
    """Asks for policies while others ask for keys."""
    for domain in authors.domains:
        yield from walks.of(domain)


def _suffixes() -> Suffixes:
    """The list that comes with the library: nothing is fetched."""
    everybody, registries = PublicSuffixList(), PublicSuffixList(only_icann=True)

    def owner(name: str) -> str:
        return everybody.privatesuffix(name) or ""

    def is_registry(name: str) -> bool:
        return bool(registries.is_public(name))

    return Suffixes(owner=owner, is_registry=is_registry)
