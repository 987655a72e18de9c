"""
DNS questions with timeouts, memory of failures, metrics; no answer is an exception.

What a name server that is broken, slow or lying does to us is a `Status`, because what
follows from it (try later, give up, go on without) is decided by whoever asked.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from time import perf_counter
from typing import Any, Final, Protocol

import dns.asyncresolver
import dns.exception
import dns.inet
import dns.message
import dns.name
import dns.nameserver
import dns.resolver

from mailbot_server.config import BadSettings, Settings
from mailbot_server.telemetry.metrics import Metrics

FAILURE_KEPT: Final = timedelta(seconds=30)
"""How long a failure is believed; RFC 2308 7.1 allows up to 5 minutes."""

FAILURES_MAX: Final = 10_000
QUESTIONS_MAX: Final = 200
"""Each question over UDP opens a socket."""

PAYLOAD_BYTES: Final = 1232
"""Larger answers come over TCP: fragments are lost and forged (DNS flag day 2020)."""

SERVER_SECONDS_MAX: Final = 2.0
"""After this the next name server is asked, within `dns_seconds` for all."""

_HOST: Final = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_SERVER: Final = re.compile(
    r"\[(?P<v6>[^]]+)\]:(?P<port6>\d+)|(?P<v4>[^:]+):(?P<port4>\d+)"
)

Clock = Callable[[], datetime]


class Status(StrEnum):
    """How a question ended."""

    OK = "ok"
    NODATA = "nodata"
    NXDOMAIN = "nxdomain"
    FAILED = "servfail"
    TIMEOUT = "timeout"
    LOOP = "loop"
    """A chain of aliases without an end."""

    @property
    def may_pass(self) -> bool:
        """Whether nothing is known about the name: ask again later."""
        return self in {Status.FAILED, Status.TIMEOUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One MX record; `host` is lower case without a final dot, "" for the root."""

    preference: int
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MxAnswer:
    """The MX records of a domain in no order; some when `status` is OK."""

    status: Status
    exchanges: tuple[Exchange, ...] = ()

    @property
    def is_null(self) -> bool:
        """Whether the domain says that it takes no mail (RFC 7505 3)."""
        return [exchange.host for exchange in self.exchanges] == [""]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressAnswer:
    """The addresses of a host, as text; some when `status` is OK."""

    status: Status
    v4: tuple[str, ...] = ()
    v6: tuple[str, ...] = ()


class Lookups(Protocol):
    """What routing asks of the DNS; names are A-labels without a final dot."""

    async def mx(self, domain: str) -> MxAnswer:
        """The domain's MX records."""

    async def addresses(self, host: str) -> AddressAnswer:
        """The host's A and AAAA records, aliases followed."""


class Resolver:
    """Asks the configured name servers, or the system's."""

    def __init__(self, clock: Clock, settings: Settings, metrics: Metrics) -> None:
        self._clock = clock
        self._settings = settings
        self._metrics = metrics
        self._servers = [_server(text) for text in settings.dns_servers]
        self._stub: dns.asyncresolver.Resolver | None = None
        self._asking = asyncio.Semaphore(QUESTIONS_MAX)
        self._failures: dict[tuple[str, str], tuple[datetime, Status]] = {}

    async def mx(self, domain: str) -> MxAnswer:
        """The domain's MX records; unusable names are left out."""
        status, records = await self._ask(domain, "MX")
        hosts = [(record.preference, _host(record.exchange)) for record in records]
        exchanges = tuple(
            Exchange(preference=preference, host=host)
            for preference, host in hosts
            if host == "" or _HOST.fullmatch(host)
        )
        if status is Status.OK and not exchanges:
            return MxAnswer(status=Status.FAILED)
        return MxAnswer(status=status, exchanges=exchanges)

    async def addresses(self, host: str) -> AddressAnswer:
        """The host's addresses; one family that answers is enough."""
        v4_status, v4 = await self._ask(host, "A")
        if v4_status is Status.NXDOMAIN:
            return AddressAnswer(status=v4_status)
        v6_status, v6 = await self._ask(host, "AAAA")
        statuses = (v4_status, v6_status)
        worst = next((s for s in statuses if s.may_pass), v4_status)
        status = Status.OK if Status.OK in statuses else worst
        return AddressAnswer(
            status=status,
            v4=tuple(record.address for record in v4),
            v6=tuple(record.address for record in v6),
        )

    async def _ask(self, name: str, kind: str) -> tuple[Status, list[Any]]:
        known = self._known_failure(name, kind)
        if known is not None:
            self._metrics.dns_cache.labels("negative_hit").inc()
            return known, []
        self._metrics.dns_cache.labels("miss").inc()
        async with self._asking:
            started = perf_counter()
            status, records = await self._question(name, kind)
        elapsed = perf_counter() - started
        self._metrics.dns_query_duration.labels(kind).observe(elapsed)
        self._metrics.dns_queries.labels(kind, status.value).inc()
        if status.may_pass:
            self._remember_failure(name, kind, status)
        return status, records

    async def _question(self, name: str, kind: str) -> tuple[Status, list[Any]]:
        try:
            absolute = dns.name.from_text(f"{name}.")
        except dns.exception.DNSException:
            # Too long to exist, or with an empty label.
            return Status.NXDOMAIN, []
        try:
            answer = await self._open().resolve(
                absolute, kind, raise_on_no_answer=False, search=False
            )
        except dns.resolver.NXDOMAIN:
            return Status.NXDOMAIN, []
        except dns.resolver.NoNameservers as error:
            return _why(error), []
        except dns.exception.Timeout:
            return Status.TIMEOUT, []
        except dns.exception.DNSException:
            return Status.FAILED, []
        if answer.rrset is None:
            return Status.NODATA, []
        return Status.OK, list(answer.rrset)

    def _open(self) -> dns.asyncresolver.Resolver:
        """The resolver; raises DNSException while the system names no name server."""
        if self._stub is None:
            stub = dns.asyncresolver.Resolver(configure=not self._servers)
            if self._servers:
                stub.nameservers = self._servers
            stub.use_edns(0, 0, PAYLOAD_BYTES)
            stub.lifetime = self._settings.dns_seconds
            stub.timeout = min(SERVER_SECONDS_MAX, self._settings.dns_seconds)
            self._stub = stub
        return self._stub

    def _known_failure(self, name: str, kind: str) -> Status | None:
        until, status = self._failures.get((name, kind), (None, Status.FAILED))
        if until is None or until <= self._clock():
            return None
        return status

    def _remember_failure(self, name: str, kind: str, status: Status) -> None:
        if len(self._failures) >= FAILURES_MAX:
            self._failures.clear()
        self._failures[name, kind] = (self._clock() + FAILURE_KEPT, status)


def _host(name: dns.name.Name) -> str:
    return "" if name == dns.name.root else name.to_text(omit_final_dot=True).lower()


def _why(error: dns.resolver.NoNameservers) -> Status:
    faults = [fault for *_, fault, _response in error.kwargs.get("errors") or ()]
    if any(isinstance(fault, dns.message.ChainTooLong) for fault in faults):
        return Status.LOOP
    if faults and all(isinstance(fault, dns.exception.Timeout) for fault in faults):
        return Status.TIMEOUT
    return Status.FAILED


def _server(text: str) -> dns.nameserver.Nameserver:
    match = _SERVER.fullmatch(text)
    address, port = text, 53
    if match:
        address = match["v6"] or match["v4"]
        port = int(match["port6"] or match["port4"])
    try:
        return dns.nameserver.Do53Nameserver(dns.inet.canonicalize(address), port)
    except ValueError as error:
        message = f"dns_servers: {text!r} is not an address or address:port"
        raise BadSettings(message) from error
