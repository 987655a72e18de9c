"""
Reads a domain's DMARC record as far as to see whether there is one (RFC 7489).

Which name up the tree has it is found by looking at each, as RFC 9989 does, so that no
list of public suffixes is needed.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from mailbot_server.core.domain import record
from mailbot_server.core.domain.record import Finding

PROPOSAL: Final = "v=DMARC1; p=none"
PARENTS_MAX: Final = 4
_LABEL: Final = "_dmarc."
_LABELS_MIN: Final = 2
_POLICIES: Final = ("none", "quarantine", "reject")


def host(name: str) -> str:
    """The name whose TXT record holds a domain's policy."""
    return f"{_LABEL}{name}"


def hosts_above(name: str) -> tuple[str, ...]:
    """Where else to look for the policy of a domain that has none, nearest first."""
    labels = name.split(".")
    parents = [
        ".".join(labels[start:]) for start in range(1, len(labels) - _LABELS_MIN + 1)
    ]
    return tuple(host(parent) for parent in parents[-PARENTS_MAX:])


def judge(texts: Iterable[bytes], above: Mapping[str, tuple[bytes, ...]]) -> Finding:
    """What the TXT records say; `above` are those of `hosts_above` that answered."""
    found = _policies(texts)
    if len(found) > 1:
        words = "there are several DMARC records, which counts as none: publish one"
        return record.wrong(found, words)
    if found:
        return _judge_one(found[0])
    for its, theirs in above.items():
        inherited = _policies(theirs)
        if len(inherited) == 1 and _policy(inherited[0], subdomain=True):
            return record.ok(inherited, f"inherited from {its}")
    words = (
        "there is no DMARC record: large providers want one of whoever sends much;"
        " p=none asks for nothing yet"
    )
    return record.missing(words)


def _judge_one(text: str) -> Finding:
    if _policy(text):
        return record.ok([text])
    words = (
        "the DMARC record has no p=none, p=quarantine or p=reject and counts as none"
    )
    return record.wrong([text], words)


def _policies(texts: Iterable[bytes]) -> list[str]:
    return [text for text in map(record.text_of, texts) if _is_dmarc(text)]


def _is_dmarc(text: str) -> bool:
    """The first tag says so, exactly (RFC 7489 6.3)."""
    return text[:100].partition(";")[0].replace(" ", "") == "v=DMARC1"


def _policy(text: str, *, subdomain: bool = False) -> str:
    """The policy for the name itself or for what is below it; "" for none."""
    tags: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        tags.setdefault(name.strip().lower(), value.strip().lower())
    policy = tags.get("p", "")
    if subdomain:
        policy = tags.get("sp", policy)
    return policy if policy in _POLICIES else ""
