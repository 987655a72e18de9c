"""
Reads DMARC policy records (RFC 9989 4.7, 4.8).

Others write DNS: nothing here raises, and what is not understood is left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.authentication.verdicts import Policy

RECORD_BYTES_MAX: Final = 4096
_BLANKS: Final = " \t\r\n"
_VERSION: Final = re.compile(r"\s*v\s*=\s*DMARC1\s*(?:;|\Z)")
_REPORTS: Final = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:[^\s,;]+")
_WEAKER: Final = {
    Policy.REJECT: Policy.QUARANTINE,
    Policy.QUARANTINE: Policy.NONE,
    Policy.NONE: Policy.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRecord:
    """
    One record. `is_suffix` is `psd=`: True for y, False for n, None for neither.

    `is_void`: nothing is asked for, not even reports, so that none applies.
    """

    policy: Policy = Policy.NONE
    subdomains: Policy = Policy.NONE
    nonexistent: Policy = Policy.NONE
    is_dkim_strict: bool = False
    is_spf_strict: bool = False
    is_suffix: bool | None = None
    is_testing: bool = False
    is_void: bool = False

    def applied(self, policy: Policy) -> Policy:
        """What a policy of this record means today: `t=y` asks for the next weaker."""
        return _WEAKER[policy] if self.is_testing else policy


def host(name: str) -> str:
    """The name whose TXT record holds a domain's policy."""
    return f"_dmarc.{name}"


def select(texts: Iterable[bytes]) -> PolicyRecord | None:
    """The policy among the TXT records of a name; several are none (RFC 9989 4.10)."""
    found = [text for text in map(_text, texts) if _VERSION.match(text)]
    return read(found[0]) if len(found) == 1 else None


def read(text: str) -> PolicyRecord:
    """What a record that begins with its version says."""
    tags = _tags(text)
    own, below, missing = (_policy(tags, name) for name in ("p", "sp", "np"))
    is_void = False
    if not own or "" in {below, missing}:
        # RFC 9989 4.7: without a good policy, as p=none where reports are asked for.
        is_void = not _REPORTS.match(tags.get("rua", ""))
        own = below = missing = Policy.NONE
    subdomains = Policy(below) if below else Policy(own)
    return PolicyRecord(
        policy=Policy(own),
        subdomains=subdomains,
        nonexistent=Policy(missing) if missing else subdomains,
        is_dkim_strict=tags.get("adkim", "").lower() == "s",
        is_spf_strict=tags.get("aspf", "").lower() == "s",
        is_suffix={"y": True, "n": False}.get(tags.get("psd", "").lower()),
        is_testing=tags.get("t", "").lower() == "y",
        is_void=is_void,
    )


def _text(raw: bytes) -> str:
    return raw[:RECORD_BYTES_MAX].decode("utf-8", "replace")


def _tags(text: str) -> dict[str, str]:
    tags: dict[str, str] = {}
    for piece in text.split(";"):
        name, equals, value = piece.partition("=")
        if equals:
            tags.setdefault(name.strip(_BLANKS).lower(), value.strip(_BLANKS))
    return tags


def _policy(tags: Mapping[str, str], name: str) -> str | None:
    """The policy; None where there is none, "" where it is none of the three."""
    if name not in tags:
        return None
    value = tags[name].lower()
    return value if value in set(Policy) else ""
