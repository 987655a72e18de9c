"""
Reads SPF records as far as to see whether they let this server send (RFC 7208).

Not an evaluator: what other people's `include` say is not followed. Others write DNS:
nothing here raises.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

from mailbot_server.core.domain import record
from mailbot_server.core.domain.record import Finding

RECORD_BYTES_MAX: Final = 4096
TERMS_MAX: Final = 200
LOOKUPS_MAX: Final = 10
"""RFC 7208 4.6.4: a record that needs more is an error for everybody."""

_BLANKS: Final = re.compile(r" +")
_LOOKING: Final = ("include", "a", "mx", "ptr", "exists", "redirect")
_VERSION: Final = "v=spf1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """
    Who sends: as the operator has set it, and where it is.

    `include` is the name of a record that lists this server, `addresses` are those of
    `hostname`. Without `hostname` and `include` nothing can be asked of a record.
    """

    hostname: str = ""
    include: str = ""
    addresses: tuple[str, ...] = ()

    @property
    def mechanism(self) -> str:
        """What a record must say; "" when it is not known."""
        if self.include:
            return f"include:{self.include}"
        return f"a:{self.hostname}" if self.hostname else ""

    @property
    def record(self) -> str:
        """The record of a domain that nobody else sends for."""
        return f"{_VERSION} {self.mechanism} ~all"

    @property
    def return_path_record(self) -> str:
        """The record of `rp.<domain>`, from which nobody else sends."""
        return f"{_VERSION} {self.mechanism} -all"


def judge(
    texts: Iterable[bytes], sender: Sender, exchanges: Iterable[str] = ()
) -> Finding:
    """
    What the TXT records of a name say of this sender.

    `exchanges` are the MX hosts of the same name, which `mx` stands for.
    """
    found = [text for text in map(record.text_of, texts) if _is_spf(text)]
    if not found:
        words = "there is no SPF record: hosts cannot know that we may send"
        return record.missing(words)
    if len(found) > 1:
        words = (
            f"there are {len(found)} SPF records, which counts as none (RFC 7208 4.5):"
            " publish one that says it all"
        )
        return record.wrong(found, words, merge(" ".join(found), sender))
    return _judge_one(found[0], sender, tuple(exchanges))


def merge(text: str, sender: Sender) -> str:
    """A record that says what `text` says and lets this server send too."""
    terms = [term for term in _terms(text) if term.lower() != _VERSION]
    kept = [term for term in dict.fromkeys(terms) if not _is_end(term)]
    ends = [term for term in terms if _is_end(term)]
    mine = sender.mechanism
    kept = [term for term in kept if term.lower().lstrip("+-~?") != mine]
    return " ".join([_VERSION, mine, *kept, *(ends[-1:] or ["~all"])])


def _judge_one(text: str, sender: Sender, exchanges: tuple[str, ...]) -> Finding:
    if len(text) > RECORD_BYTES_MAX or len(_terms(text)) > TERMS_MAX:
        return record.wrong([text], "the SPF record is too long to be used")
    lookups = sum(_name(term) in _LOOKING for term in _terms(text))
    if lookups > LOOKUPS_MAX:
        words = (
            f"the SPF record needs {lookups} look-ups and hosts make at most"
            f" {LOOKUPS_MAX} (RFC 7208 4.6.4): take out what no longer sends"
        )
        return record.wrong([text], words, merge(text, sender))
    if _passes(text, sender, exchanges):
        return record.ok([text])
    words = f"the SPF record does not name us: add {sender.mechanism}, before its end"
    return record.wrong([text], words, merge(text, sender))


def _passes(text: str, sender: Sender, exchanges: tuple[str, ...]) -> bool:
    """Whether a mechanism that passes lists the sender, before one that ends it."""
    covered: set[str] = set()
    for term in _terms(text)[1:]:
        qualifier = term[0] if term[0] in "+-~?" else "+"
        bare = term.lower().lstrip("+-~?")
        if bare == "all":
            return qualifier == "+"
        if qualifier != "+":
            continue
        if _names(bare, sender, exchanges):
            return True
        covered |= {each for each in sender.addresses if _is_in(each, bare)}
        if sender.addresses and covered == set(sender.addresses):
            return True
    redirect = f"redirect={sender.include}"
    return bool(sender.include) and redirect in text.lower().split()


def _names(bare: str, sender: Sender, exchanges: tuple[str, ...]) -> bool:
    """Whether a mechanism is the one of this server, by name."""
    bare = bare.removesuffix(".")
    host = sender.hostname
    if bare == "mx":
        return bool(host) and host in exchanges
    return bare in {f"include:{sender.include}", f"a:{host}"} and not bare.endswith(":")


def _is_in(address: str, bare: str) -> bool:
    """Whether `ip4:` or `ip6:` covers an address."""
    kind, _, network = bare.partition(":")
    if kind not in {"ip4", "ip6"}:
        return False
    try:
        parsed: IPv4Network | IPv6Network = ip_network(network, strict=False)
        return ip_address(address) in parsed
    except (ValueError, TypeError):
        return False


def _is_spf(text: str) -> bool:
    """RFC 7208 4.5: `v=spf1` and then a blank or nothing."""
    return text.lower() == _VERSION or text.lower().startswith(f"{_VERSION} ")


def _terms(text: str) -> list[str]:
    return [term for term in _BLANKS.split(text[:RECORD_BYTES_MAX]) if term]


def _name(term: str) -> str:
    return re.split(r"[:=/]", term.lower().lstrip("+-~?"), maxsplit=1)[0]


def _is_end(term: str) -> bool:
    return _name(term) in {"all", "redirect"}
