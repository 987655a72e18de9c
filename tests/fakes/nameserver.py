"""A scriptable name server on loopback, over UDP and TCP."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Answer = Callable[[dns.message.Message], None]
"""Fills in a response."""


def records(*texts: str) -> Answer:
    """Answers with records in zone file form: "example.com. 300 IN MX 10 mx.example.com."."""

    def fill(response: dns.message.Message) -> None:
        for text in texts:
            name, ttl, klass, kind, *rest = text.split()
            rrset = dns.rrset.from_text(name, int(ttl), klass, kind, " ".join(rest))
            response.answer.append(rrset)

    return fill


def rcode(name: str) -> Answer:
    """Answers with an error such as "SERVFAIL"."""

    def fill(response: dns.message.Message) -> None:
        response.set_rcode(dns.rcode.from_text(name))

    return fill


def negative(name: str, soa: str) -> Answer:
    """Answers "NOERROR" or "NXDOMAIN" without records, with the zone's SOA record."""

    def fill(response: dns.message.Message) -> None:
        response.set_rcode(dns.rcode.from_text(name))
        zone, ttl, klass, kind, *rest = soa.split()
        rrset = dns.rrset.from_text(zone, int(ttl), klass, kind, " ".join(rest))
        response.authority.append(rrset)

    return fill


def proven(answer: Answer) -> Answer:
    """The same answer from a server that has validated it."""

    def fill(response: dns.message.Message) -> None:
        answer(response)
        response.flags |= dns.flags.AD

    return fill


def silence(response: dns.message.Message) -> None:
    """Answers nothing."""
    raise TimeoutError


class NameServer(asyncio.DatagramProtocol):
    """Answers what `answers` says for (name, type); everything else is NXDOMAIN."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Answer] = {}
        self.truncates_udp = False
        self.resets_tcp = False
        self.queries: list[dns.message.Message] = []
        self.questions: list[tuple[str, str, str]] = []
        """(transport, name, type) of every question, in order."""
        self.port = 0

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._tcp = await asyncio.start_server(self._serve_tcp, "127.0.0.1", 0)
        self.port = self._tcp.sockets[0].getsockname()[1]
        address = ("127.0.0.1", self.port)
        self._udp, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=address
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._udp.close()
        self._tcp.close()
        await self._tcp.wait_closed()

    @property
    def address(self) -> str:
        """As `dns_servers` names it."""
        return f"127.0.0.1:{self.port}"

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        answer = self._answer(data, "udp")
        if answer:
            self._udp.sendto(answer, addr)

    async def _serve_tcp(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if self.resets_tcp:
            writer.transport.abort()
            return
        length = int.from_bytes(await reader.readexactly(2), "big")
        answer = self._answer(await reader.readexactly(length), "tcp")
        writer.write(len(answer).to_bytes(2, "big") + answer)
        await writer.drain()
        writer.close()

    def _answer(self, data: bytes, transport: str) -> bytes:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True)
        kind = question.rdtype.name
        self.queries.append(query)
        self.questions.append((transport, name, kind))
        response = dns.message.make_response(query, recursion_available=True)
        try:
            self.answers.get((name, kind), rcode("NXDOMAIN"))(response)
        except TimeoutError:
            return b""
        if transport == "tcp":
            return response.to_wire(max_size=65_535)
        if self.truncates_udp:
            return _truncated(response)
        try:
            return response.to_wire(max_size=query.payload or 512)
        except dns.exception.TooBig:
            return _truncated(response)


def _truncated(response: dns.message.Message) -> bytes:
    response.answer.clear()
    response.authority.clear()
    response.flags |= dns.flags.TC
    return response.to_wire()
