"""
What DNS said about a name; no answer is an exception.

What a name server that is broken, slow or lying does to us is a `Status`, because what
follows from it (try later, give up, go on without) is decided by whoever asked.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mailbot_server.core.destination.tlsa import Tlsa


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
class Answer:
    """
    How a question ended; records are there only when `status` is OK.

    `authentic`: DNSSEC proves it, records or their absence. Never true unless the
    setting `dns_validates` says that the resolvers can be believed.
    """

    status: Status
    authentic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One MX record; `host` is lower case without a final dot, "" for the root."""

    preference: int
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MxAnswer(Answer):
    """The MX records of a domain, in no order."""

    exchanges: tuple[Exchange, ...] = ()

    @property
    def is_null(self) -> bool:
        """Whether the domain says that it takes no mail (RFC 7505 3)."""
        return [exchange.host for exchange in self.exchanges] == [""]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressAnswer(Answer):
    """
    The addresses of a host, as text.

    `canonical` is the name that has them, at the end of the aliases, when `status` is
    OK: where DANE looks first (RFC 7672 2.2.2).
    """

    v4: tuple[str, ...] = ()
    v6: tuple[str, ...] = ()
    canonical: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameAnswer(Answer):
    """The names that an address says it has: nobody else has said so."""

    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswer(Answer):
    """TXT records, the strings of each joined without a space (RFC 7208 3.3)."""

    texts: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsaAnswer(Answer):
    """TLSA records; worth nothing unless `authentic`."""

    records: tuple[Tlsa, ...] = ()


class Lookups(Protocol):
    """What is asked of the DNS; names are A-labels without a final dot."""

    async def mx(self, domain: str) -> MxAnswer:
        """The domain's MX records."""

    async def addresses(self, host: str) -> AddressAnswer:
        """The host's A and AAAA records, aliases followed."""

    async def names(self, address: str) -> NameAnswer:
        """The PTR records of an address, which is not asked about as a name."""

    async def txt(self, name: str) -> TextAnswer:
        """The name's TXT records."""

    def known_txt(self, name: str) -> TextAnswer | None:
        """The same where they are remembered; None where they have to be asked for."""

    async def tlsa(self, name: str) -> TlsaAnswer:
        """The name's TLSA records; it begins with port and transport, `_25._tcp.`."""
