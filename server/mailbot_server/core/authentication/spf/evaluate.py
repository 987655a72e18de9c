"""
Whether a domain lets a host send for it: check_host of RFC 7208 4.

Errors of a record end the check wherever they are met, so they travel as exceptions
inside this module and no further.
"""

from collections.abc import Generator
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from mailbot_server.core.authentication.question import (
    Answer,
    Asking,
    Kind,
    Question,
    texts,
    words,
)
from mailbot_server.core.authentication.spf import macro, record
from mailbot_server.core.authentication.spf.record import Mechanism, Record
from mailbot_server.core.authentication.verdicts import (
    TEXT_MAX,
    Result,
    Scope,
    SpfVerdict,
)

LOOKUPS_MAX: Final = 10
"""Terms that ask the DNS (RFC 7208 4.6.4)."""

VOIDS_MAX: Final = 2
"""Answers without a record (RFC 7208 4.6.4)."""

EXCHANGES_MAX: Final = 10
HOSTS_MAX: Final = 10
_LABEL_MAX: Final = 63

Address = IPv4Address | IPv6Address
Step = Generator[tuple[Question, ...], tuple[Answer, ...], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """
    Who connects and what it says; `helo` may be anything.

    `reverse_path` is None for the null one, `at` is in seconds since 1970.
    """

    address: Address
    helo: str
    reverse_path: str | None
    receiver: str = ""
    at: int = 0


class _Broken(Exception):
    """The check ends here with this result."""

    def __init__(self, result: Result) -> None:
        super().__init__(result)
        self.result = result


def check(client: Client) -> Asking[SpfVerdict]:
    """What the domain of the reverse-path says of the client, or that of its HELO."""
    unknown = unanswered(client)
    domain = unknown.domain
    if not _is_public(domain):
        return replace(unknown, result=Result.NONE)
    local = (client.reverse_path or "").rpartition("@")[0] or "postmaster"
    run = _Check(client, f"{local}@{domain}")
    explanation = ""
    try:
        result, said = yield from run.host(domain)
        if result is Result.FAIL and said is not None:
            explanation = yield from run.explain(*said)
    except _Broken as error:
        result = error.result
    return replace(unknown, result=result, explanation=explanation)


def unanswered(client: Client) -> SpfVerdict:
    """What a check comes to that is given up."""
    sender = client.reverse_path or client.helo
    domain = sender.rpartition("@")[2].lower().removesuffix(".")
    return SpfVerdict(
        result=Result.TEMPERROR,
        domain=domain[:TEXT_MAX],
        scope=Scope.MFROM if client.reverse_path else Scope.HELO,
    )


class _Check:
    """One check and what it has used up."""

    def __init__(self, client: Client, sender: str) -> None:
        self._client = client
        self._sender = sender
        self._is_v4 = client.address.version == 4
        self._kind = Kind.V4 if self._is_v4 else Kind.V6
        self._lookups = 0
        self._voids = 0
        self._hosts: tuple[str, ...] | None = None

    def host(self, domain: str) -> Asking[tuple[Result, tuple[str, str] | None]]:
        """The result for one domain, and whose words explain a failure (RFC 7208 4)."""
        found = yield from self._record(domain)
        if found is None:
            return Result.NONE, None
        for mechanism in found.mechanisms:
            if (yield from self._matches(mechanism, domain)):
                said = (found.explanation, domain) if found.explanation else None
                return mechanism.result, said
        if found.redirect:
            self._spend()
            target = yield from self._target(found.redirect, domain)
            result, said = yield from self.host(target)
            if result is Result.NONE:
                raise _Broken(Result.PERMERROR)
            return result, said
        return Result.NEUTRAL, None

    def explain(self, target: str, domain: str) -> Asking[str]:
        """What the domain says to those whom it does not let send (RFC 7208 6.2)."""
        name = yield from self._target(target, domain)
        (answer,) = yield (Question(Kind.TEXT, name),)
        found = texts(answer)
        if len(found) != 1 or not found[0].isascii():
            return ""
        text = found[0].decode("ascii")
        if not macro.is_words(text):
            return ""
        values = yield from self._values(text, domain)
        return macro.expand(text, values)[:TEXT_MAX]

    def _record(self, domain: str) -> Asking[Record | None]:
        if not _is_public(domain):
            return None
        (answer,) = yield (Question(Kind.TEXT, domain),)
        if answer is None:
            raise _Broken(Result.TEMPERROR)
        found = record.select(texts(answer))
        if not found:
            return None
        read = record.read(found[0]) if len(found) == 1 else None
        if read is None:
            raise _Broken(Result.PERMERROR)
        return read

    def _matches(self, mechanism: Mechanism, domain: str) -> Step:
        match mechanism.kind:
            case "all":
                return True
            case "ip4" | "ip6":
                is_same = (mechanism.kind == "ip4") == self._is_v4
                address = self._client.address
                return is_same and record.matches(mechanism, address, mechanism.network)
        self._spend()
        name = domain
        if mechanism.target:
            name = yield from self._target(mechanism.target, domain)
        match mechanism.kind:
            case "include":
                return (yield from self._includes(name))
            case "a":
                answers = yield (Question(self._kind, name),)
                return self._lists(mechanism, answers)
            case "mx":
                return (yield from self._exchanges(mechanism, name))
            case "exists":
                answers = yield (Question(Kind.V4, name),)
                return bool(self._told(answers[0]))
        return (yield from self._is_named(name))

    def _includes(self, domain: str) -> Step:
        result, _ = yield from self.host(domain)
        if result is Result.NONE:
            raise _Broken(Result.PERMERROR)
        return result is Result.PASS

    def _exchanges(self, mechanism: Mechanism, name: str) -> Step:
        (answer,) = yield (Question(Kind.EXCHANGE, name),)
        hosts = [host for host in self._told(answer) if host]
        if len(hosts) > EXCHANGES_MAX:
            raise _Broken(Result.PERMERROR)
        if not hosts:
            return False
        answers = yield tuple(Question(self._kind, host) for host in hosts)
        return self._lists(mechanism, answers)

    def _is_named(self, name: str) -> Step:
        """`ptr`: whether the client has a name there (RFC 7208 5.5)."""
        hosts = yield from self._names()
        return any(_is_below(host, name) for host in hosts)

    def _names(self) -> Asking[tuple[str, ...]]:
        """The names that the client's address has, and that have its address."""
        if self._hosts is None:
            (answer,) = yield (Question(Kind.HOST, str(self._client.address)),)
            hosts = words(answer)[:HOSTS_MAX]
            answers: tuple[Answer, ...] = ()
            if hosts:
                answers = yield tuple(Question(self._kind, host) for host in hosts)
            mine = str(self._client.address)
            pairs = zip(hosts, answers, strict=True)
            self._hosts = tuple(
                host.lower() for host, known in pairs if mine in words(known)
            )
        return self._hosts

    def _lists(self, mechanism: Mechanism, answers: tuple[Answer, ...]) -> bool:
        """Whether one of the answers has the client; in order, until one has."""
        for answer in answers:
            for text in self._told(answer):
                number = int(IPv4Address(text) if self._is_v4 else IPv6Address(text))
                if record.matches(mechanism, self._client.address, number):
                    return True
        return False

    def _told(self, answer: Answer) -> tuple[str, ...]:
        """What a mechanism was answered; ends the check when nobody could say."""
        if answer is None:
            raise _Broken(Result.TEMPERROR)
        if not answer:
            self._voids += 1
            if self._voids > VOIDS_MAX:
                raise _Broken(Result.PERMERROR)
        return words(answer)

    def _spend(self) -> None:
        self._lookups += 1
        if self._lookups > LOOKUPS_MAX:
            raise _Broken(Result.PERMERROR)

    def _target(self, text: str, domain: str) -> Asking[str]:
        values = yield from self._values(text, domain)
        return macro.name(text, values)

    def _values(self, text: str, domain: str) -> Asking[dict[str, str]]:
        """What macros stand for (RFC 7208 7.2), as far as `text` has some."""
        if "%" not in text:
            return {}
        client = self._client
        local, _, whole = self._sender.rpartition("@")
        host = "unknown"
        if macro.uses_host(text):
            hosts = yield from self._names()
            host = _nearest(hosts, domain)
        return {
            "s": self._sender,
            "l": local,
            "o": whole,
            "d": domain,
            "i": _dotted(client.address),
            "p": host,
            "v": "in-addr" if self._is_v4 else "ip6",
            "h": client.helo,
            "c": str(client.address),
            "r": client.receiver or "unknown",
            "t": str(client.at),
        }


def _is_public(domain: str) -> bool:
    """Whether it can be a domain with a record: several labels, none too long."""
    labels = domain.split(".")
    return (
        len(labels) > 1
        and len(domain) <= macro.NAME_MAX
        and all(0 < len(label) <= _LABEL_MAX for label in labels)
        and not domain.startswith("[")
    )


def _is_below(host: str, name: str) -> bool:
    return f".{host}".endswith(f".{name.lower()}")


def _nearest(hosts: tuple[str, ...], domain: str) -> str:
    """The name that `p` stands for (RFC 7208 7.3)."""
    ranked = sorted(
        hosts, key=lambda host: (host != domain, not _is_below(host, domain))
    )
    return ranked[0] if ranked else "unknown"


def _dotted(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return ".".join(f"{int(address):032X}")
