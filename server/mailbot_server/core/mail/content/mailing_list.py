"""What a mailing list says of itself in List-* fields (RFC 2369, 2919, 8058)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.mail.mime.header import Header

URLS_MAX: Final = 10
_URL_MAX: Final = 4_096
_TARGET: Final = re.compile(r"<([^<>]{1,16384})>")
_COMMENT: Final = re.compile(r"\([^()]*+\)")
_SCHEME: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_ONE_CLICK: Final = "list-unsubscribe=one-click"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingList:
    """The fields; what is not given is empty."""

    id: str = ""
    """Without <>."""

    name: str = ""
    unsubscribe_urls: tuple[str, ...] = ()
    """In the sender's order of preference."""

    one_click: bool = False
    """An https target may be posted to without asking anybody (RFC 8058)."""

    post_url: str = ""
    """Empty when posting is not allowed."""

    archive_url: str = ""
    help_url: str = ""
    owner_url: str = ""
    subscribe_url: str = ""


def read(headers: Sequence[Header]) -> MailingList | None:
    """What the fields say; None when there is none that says anything."""
    fields: dict[str, str] = {}
    for header in headers:
        name = header.name.lower()
        if name.startswith("list-"):
            fields.setdefault(name, header.value)
    if not fields:
        return None
    identity, name = _identity(fields.get("list-id", ""))
    unsubscribe = targets(fields.get("list-unsubscribe", ""))
    asked = "".join(fields.get("list-unsubscribe-post", "").lower().split())
    is_secure = any(url.lower().startswith("https:") for url in unsubscribe)
    found = MailingList(
        id=identity,
        name=name,
        unsubscribe_urls=unsubscribe,
        one_click=is_secure and asked == _ONE_CLICK,
        post_url=_first(fields, "list-post"),
        archive_url=_first(fields, "list-archive"),
        help_url=_first(fields, "list-help"),
        owner_url=_first(fields, "list-owner"),
        subscribe_url=_first(fields, "list-subscribe"),
    )
    return None if found == MailingList() else found


def targets(value: str) -> tuple[str, ...]:
    """The http, https and mailto addresses of a field, in order, each once."""
    found = _TARGET.findall(value)
    if not found:
        # Without brackets, against RFC 2369 2.
        found = [part.strip() for part in _COMMENT.sub(" ", value).split(",")]
    urls = ["".join(url.split()) for url in found]
    kept = [url for url in urls if _SCHEME.match(url) and len(url) <= _URL_MAX]
    return tuple(dict.fromkeys(kept))[:URLS_MAX]


def _first(fields: dict[str, str], name: str) -> str:
    return next(iter(targets(fields.get(name, ""))), "")


def _identity(value: str) -> tuple[str, str]:
    """Id and name of a List-Id."""
    before, bracket, rest = value.rpartition("<")
    if not bracket:
        bare = _COMMENT.sub(" ", value).strip()
        return (bare, "") if bare and " " not in bare else ("", bare.strip('" '))
    name = before.strip().strip('"').replace('\\"', '"').strip()
    return "".join(rest.partition(">")[0].split()), name
