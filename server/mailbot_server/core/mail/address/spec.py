"""An addr-spec: local part and domain, checked and compared (RFC 5321 4.1.2, 6531)."""

import re
import unicodedata
from typing import Final

LOCAL_OCTETS_MAX: Final = 64
"""RFC 5321 4.5.3.1.1."""

ADDRESS_OCTETS_MAX: Final = 254
"""A path is at most 256 with its brackets (RFC 5321 4.5.3.1.3)."""

_LABEL_OCTETS_MAX: Final = 63

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
DOT_STRING: Final = rf"{_ATOM}(?:\.{_ATOM})*+"
QUOTED_STRING: Final = r'"(?:[ !#-\[\]-~]|\\[ -~])*+"'
DOMAIN: Final = rf"{_LABEL}(?:\.{_LABEL})*"

_ASCII_ADDRESS: Final = re.compile(rf"({DOT_STRING}|{QUOTED_STRING})@({DOMAIN})")
_DOT_STRING_ONLY: Final = re.compile(DOT_STRING)
_LABEL_ONLY: Final = re.compile(_LABEL)
_PLAIN_QUOTED: Final = re.compile(rf'"({DOT_STRING})"')
_DOTS: Final = re.compile(r"[.\u3002\uff0e\uff61]")


def normalise(address: str) -> str | None:
    """
    A strict addr-spec: local part as written, "@", domain as A-labels in lower case.

    None for everything else: address literals, comments, controls, a local part over 64
    octets, more than 254 in all, a label over 63.
    """
    match = _ASCII_ADDRESS.fullmatch(address)
    if match:
        local, domain = match[1], match[2].lower()
    else:
        local, at, unicode_domain = address.rpartition("@")
        if not at or not _is_unicode_local(local):
            return None
        domain = ascii_domain(unicode_domain) or ""
    if not domain or _octets(local) > LOCAL_OCTETS_MAX:
        return None
    normal = f"{local}@{domain}"
    return normal if _octets(normal) <= ADDRESS_OCTETS_MAX else None


def ascii_domain(domain: str) -> str | None:
    """
    A domain name as A-labels in lower case, without a final dot; None if it is none.

    Unlike the library's codec, which is of 2003, this never turns a letter into another
    name's letters: "ß" and "ς" stay themselves (RFC 5891, UTS 46 non-transitional).
    """
    labels = []
    for label in _DOTS.split(domain):
        name = _ascii_label(label)
        if name is None:
            return None
        labels.append(name)
    joined = ".".join(labels)
    return joined if len(joined) <= ADDRESS_OCTETS_MAX else None


def fold(address: str) -> str:
    """
    The key under which addresses are the same: lower case, needless quotes gone.

    Works on anything; what is no address is only lowered.
    """
    if address.isascii() and '"' not in address:
        return address.lower()
    local, at, domain = address.rpartition("@")
    if not at:
        return _lower(address)
    quoted = _PLAIN_QUOTED.fullmatch(local)
    local = quoted[1] if quoted else local
    return f"{_lower(local)}@{ascii_domain(domain) or _lower(domain)}"


def domain_of(address: str) -> str:
    """What stands behind the last "@", as written; "" without one."""
    return address.rpartition("@")[2] if "@" in address else ""


def local_of(address: str) -> str:
    """What stands before the last "@", as written; all of it without one."""
    return address.rpartition("@")[0] if "@" in address else address


def split_tag(local: str) -> tuple[str, str]:
    """`user+tag` as user and tag; the tag is "" when there is none (RFC 5233)."""
    user, plus, tag = local.partition("+")
    if not plus or not user or local.startswith('"'):
        return local, ""
    return user, tag


def _octets(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text.lower())


def _is_unicode_local(local: str) -> bool:
    """A dot-string with characters beyond ASCII for atoms (RFC 6531 3.3)."""
    ascii_local = "".join(
        character if character.isascii() else "x" if _is_text(character) else " "
        for character in local
    )
    return bool(_DOT_STRING_ONLY.fullmatch(ascii_local))


def _is_text(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"


def _ascii_label(label: str) -> str | None:
    if label.isascii():
        return label.lower() if _LABEL_ONLY.fullmatch(label) else None
    # One by one: a whole word's lower() would make a last "Σ" the other sigma.
    lowered = map(str.lower, unicodedata.normalize("NFKC", label))
    folded = unicodedata.normalize("NFKC", "".join(lowered))
    if folded.isascii():
        # Full-width letters and the like are spellings of an ordinary name.
        return folded if _LABEL_ONLY.fullmatch(folded) else None
    if len(folded) > _LABEL_OCTETS_MAX or not _is_label(folded):
        return None
    encoded = "xn--" + folded.encode("punycode").decode("ascii")
    return encoded if len(encoded) <= _LABEL_OCTETS_MAX else None


def _is_label(label: str) -> bool:
    """Letters, marks, digits, inner hyphens; no mark comes first (RFC 5891 4.2)."""
    categories = [unicodedata.category(character) for character in label]
    return (
        categories[0][0] != "M"
        and not label.startswith("-")
        and not label.endswith("-")
        and all(
            category[0] in "LM" or category == "Nd" or character in "-·・"
            for character, category in zip(label, categories, strict=True)
        )
    )
