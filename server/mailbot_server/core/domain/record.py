"""A DNS record that a domain publishes, and how it was found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

FOUND_MAX: Final = 10
FOUND_LENGTH_MAX: Final = 500


class Purpose(StrEnum):
    """What a record is for."""

    OWNERSHIP = "ownership"
    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"
    MX = "mx"
    RETURN_PATH_MX = "return_path_mx"
    RETURN_PATH_SPF = "return_path_spf"


class RecordState(StrEnum):
    """How a record was found."""

    PENDING = "pending"
    OK = "ok"
    MISSING = "missing"
    WRONG = "wrong"
    UNREACHABLE = "unreachable"


class RecordType(StrEnum):
    """The types that are asked for."""

    TXT = "TXT"
    MX = "MX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What to publish; `name` without a final dot, `value` as zone files spell it."""

    purpose: Purpose
    type: RecordType = RecordType.TXT
    name: str
    value: str
    required: bool = False

    @property
    def key(self) -> str:
        """Which record of its domain it is."""
        return f"{self.purpose.value}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    How a record was found last.

    `known` is the state when somebody answered last: an outage changes nothing that
    was known. `proposal` is what to publish instead of the record's plain value,
    because of what is there already.
    """

    state: RecordState = RecordState.PENDING
    problem: str = ""
    found: tuple[str, ...] = ()
    proposal: str = ""
    known: RecordState = RecordState.PENDING

    @property
    def is_known_ok(self) -> bool:
        """Whether it was right when somebody answered last."""
        return self.known is RecordState.OK

    def after(self, before: "Finding | None") -> Self:
        """The same with what was known before it, where nobody answered."""
        if self.state is not RecordState.UNREACHABLE:
            return replace(self, known=self.state)
        known = before.known if before else RecordState.PENDING
        return replace(self, known=known)


PENDING: Final = Finding()
UNREACHABLE: Final = Finding(
    state=RecordState.UNREACHABLE,
    problem="the DNS did not answer; what was known before still counts",
)


def ok(found: Iterable[str], problem: str = "") -> Finding:
    """As it should be; `problem` is what could be better."""
    return Finding(state=RecordState.OK, problem=problem, found=shown(found))


def missing(problem: str) -> Finding:
    """There is none."""
    return Finding(state=RecordState.MISSING, problem=problem)


def wrong(found: Iterable[str], problem: str, proposal: str = "") -> Finding:
    """There is one, and something is wrong with it."""
    state = RecordState.WRONG
    return Finding(state=state, problem=problem, found=shown(found), proposal=proposal)


def text_of(raw: bytes) -> str:
    """A TXT record as text: others wrote it."""
    return raw.decode("utf-8", "replace")


def shown(texts: Iterable[str]) -> tuple[str, ...]:
    """The first few, cut, and without what acts on a terminal."""
    few = list(texts)[:FOUND_MAX]
    return tuple(_printable(text[:FOUND_LENGTH_MAX]) for text in few)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
