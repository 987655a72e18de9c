"""Puts one question to the name servers over UDP, and TCP where that is too small."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import dns.asyncresolver
import dns.exception
import dns.flags
import dns.inet
import dns.message
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver

from mailbot_server.config import BadSettings, Settings
from mailbot_server.core.destination.tlsa import Tlsa
from mailbot_server.engine.dns.answer import Exchange, Status

PAYLOAD_BYTES: Final = 1232
"""Larger answers come over TCP: fragments are lost and forged (DNS flag day 2020)."""

SERVER_SECONDS_MAX: Final = 2.0
"""After this the next name server is asked, within `dns_seconds` for all."""

CUTS_MAX: Final = 8
"""Answers that end in an alias, one after the other; more are a circle."""

_SERVER: Final = re.compile(
    r"\[(?P<v6>[^]]+)\]:(?P<port6>\d+)|(?P<v4>[^:]+):(?P<port4>\d+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    What came back, in types of our own.

    `ttl` is the shortest of the chain in seconds, for a negative answer as in RFC 2308
    5, and 0 for one that says nothing about it. `canonical` is the name at the end of
    the aliases. `octets` is the size of the records.
    """

    status: Status
    records: tuple[Any, ...] = ()
    ttl: int = 0
    authentic: bool = False
    canonical: str = ""
    octets: int = 0
    is_cut: bool = False
    """The chain leads on to `canonical`, of which the answer says nothing."""


class Questions:
    """The configured name servers, or the system's."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._servers = [_server(text) for text in settings.dns_servers]
        self._stub: dns.asyncresolver.Resolver | None = None

    async def ask(self, name: str, kind: str) -> Found:
        """The records, aliases followed, within `dns_seconds`."""
        try:
            async with asyncio.timeout(self._settings.dns_seconds):
                return await self._follow(name, kind)
        except TimeoutError:
            return Found(status=Status.TIMEOUT)

    async def _follow(self, name: str, kind: str) -> Found:
        """Some forwarders give an alias and leave it to us to ask for its end."""
        found = await self._once(name, kind)
        for _ in range(CUTS_MAX):
            if not found.is_cut:
                return found
            before, found = found, await self._once(found.canonical, kind)
            found = replace(
                found,
                ttl=min(before.ttl, found.ttl),
                authentic=before.authentic and found.authentic,
            )
        return Found(status=Status.LOOP)

    async def _once(self, name: str, kind: str) -> Found:
        try:
            absolute = dns.name.from_text(f"{name}.")
        except dns.exception.DNSException:
            # Too long to exist, or with an empty label.
            return Found(status=Status.NXDOMAIN)
        try:
            answer = await self._open().resolve(
                absolute, kind, raise_on_no_answer=False, search=False
            )
        except dns.resolver.NXDOMAIN as error:
            response = error.kwargs["responses"][absolute]
            return self._found(response, kind, Status.NXDOMAIN)
        except dns.resolver.NoNameservers as error:
            return Found(status=_why(error))
        except dns.exception.Timeout:
            return Found(status=Status.TIMEOUT)
        except dns.exception.DNSException:
            return Found(status=Status.FAILED)
        status = Status.NODATA if answer.rrset is None else Status.OK
        return self._found(answer.response, kind, status)

    def _found(
        self, response: dns.message.QueryMessage, kind: str, status: Status
    ) -> Found:
        chain = response.resolve_chaining()
        records = list(chain.answer or ())
        says_ttl = bool(records) or any(
            rrset.rdtype == dns.rdatatype.SOA for rrset in response.authority
        )
        is_cut = status is Status.NODATA and bool(chain.cnames) and not says_ttl
        is_authentic = bool(response.flags & dns.flags.AD)
        return Found(
            status=status,
            records=tuple(_READ[kind](record) for record in records),
            ttl=chain.minimum_ttl if says_ttl or is_cut else 0,
            authentic=is_authentic and self._settings.dns_validates,
            canonical=_host(chain.canonical_name),
            octets=sum(len(record.to_wire() or b"") for record in records),
            is_cut=is_cut,
        )

    def _open(self) -> dns.asyncresolver.Resolver:
        """The resolver; raises DNSException while the system names no name server."""
        if self._stub is None:
            stub = dns.asyncresolver.Resolver(configure=not self._servers)
            if self._servers:
                stub.nameservers = self._servers
            stub.lifetime = self._settings.dns_seconds
            stub.timeout = min(SERVER_SECONDS_MAX, self._settings.dns_seconds)
            wants_proof = self._settings.dns_validates
            stub.use_edns(0, dns.flags.DO if wants_proof else 0, PAYLOAD_BYTES)
            if wants_proof:
                # RFC 6840 5.7: so says a question that AD in the answer is wanted.
                stub.flags = dns.flags.RD | dns.flags.AD
            self._stub = stub
        return self._stub


def _exchange(record: Any) -> Exchange:
    return Exchange(preference=record.preference, host=_host(record.exchange))


def _target(record: Any) -> str:
    return _host(record.target)


def _address(record: Any) -> str:
    return str(record.address)


def _text(record: Any) -> bytes:
    return b"".join(record.strings)


def _tlsa(record: Any) -> Tlsa:
    return Tlsa(
        usage=record.usage,
        selector=record.selector,
        matching_type=record.mtype,
        data=record.cert,
    )


_READ: Final[dict[str, Callable[[Any], Any]]] = {
    "MX": _exchange,
    "A": _address,
    "AAAA": _address,
    "TXT": _text,
    "PTR": _target,
    "TLSA": _tlsa,
}


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
