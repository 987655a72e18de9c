"""A zone that somebody pastes records into, on a real name server."""

from typing import Protocol

from tests.fakes.nameserver import NameServer, negative, rcode, records

TTL = 300
_STRING = 255
_SOA = "example.com. 60 IN SOA ns.example.com. a.example.com. 1 2 3 4 60"


class Shown(Protocol):
    """A record as a domain shows it, whichever room it comes from."""

    @property
    def name(self) -> str:
        """Without a final dot."""

    @property
    def type(self) -> str:
        """TXT or MX."""

    @property
    def value(self) -> str:
        """As it is pasted."""


def publish(server: NameServer, *shown: Shown) -> None:
    """Each record as the only one of its name and type."""
    for each in shown:
        line = f"{each.name}. {TTL} IN {each.type!s} {_value(each)}"
        server.answers[each.name, str(each.type)] = records(line)


def withdraw(server: NameServer, *shown: Shown) -> None:
    """The names are there and say nothing."""
    for each in shown:
        server.answers[each.name, str(each.type)] = negative("NOERROR", _SOA)


def fail(server: NameServer, *shown: Shown) -> None:
    """Nobody can say."""
    for each in shown:
        server.answers[each.name, str(each.type)] = rcode("SERVFAIL")


def _value(record: Shown) -> str:
    if str(record.type) == "MX":
        return f"{record.value}."
    text = record.value
    cuts = range(0, len(text), _STRING)
    return " ".join(f'"{text[start : start + _STRING]}"' for start in cuts)
