"""The argument of MAIL and RCPT: a path and its parameters (RFC 5321 4.1.2)."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from mailbot_server.core.mail.address.spec import (
    ADDRESS_OCTETS_MAX,
    DOMAIN,
    DOT_STRING,
    LOCAL_OCTETS_MAX,
    QUOTED_STRING,
    normalise,
)

_LITERAL: Final = r"\[(?:\d{1,3}(?:\.\d{1,3}){3}|[A-Za-z0-9-]{1,32}:[!-Z^-~]{1,64})\]"
_ROUTE: Final = rf"(?:@{DOMAIN}(?:,@{DOMAIN})*:)?"
_ASCII_PATH: Final = re.compile(
    rf"<(?:{_ROUTE}({DOT_STRING}|{QUOTED_STRING})@({DOMAIN}|{_LITERAL}))?>(?: +|$)"
)
# Any path, to tell a bad address from bad syntax and to find one beyond ASCII.
_ANY_PATH: Final = re.compile(
    r'<(?:@[^<>:"\s]++:)?((?:[^<>"\s]++|"(?:[^"\\]++|\\.)*+")*+)>(?: +|$)'
)
_HOST_LABEL: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
# No domain of mail has "_", but hosts of senders do, and refusing them loses mail.
_UNDERSCORED: Final = re.compile(
    rf"({DOT_STRING}|{QUOTED_STRING})@({_HOST_LABEL}(?:\.{_HOST_LABEL})*)"
)
_PARAMETER: Final = re.compile(
    r"([A-Za-z0-9][A-Za-z0-9-]*+)(?:=([!-~\u00a1-\ud7ff\uf900-\U0010ffff]++))?"
)

ARGUMENT_MAX: Final = 4096
"""Characters; RFC 5321 4.5.3.1.4 asks for 512, extensions add to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """What MAIL or RCPT named."""

    address: str | None
    """
    None for `<>`. The domain in lower-case A-labels, or a literal as in
    `user@[192.0.2.1]`; without any domain for `<Postmaster>` in RCPT.
    """

    parameters: dict[str, str | None] = field(default_factory=dict)
    """Upper-case keyword → value as written; None for a keyword without one."""


class PathFault(StrEnum):
    """Why an argument of MAIL or RCPT is refused."""

    SYNTAX = "syntax"
    """No `FROM:`/`TO:`, no brackets, or something between or after them."""

    ADDRESS = "address"
    """What stands in the brackets is not an address."""

    PARAMETER = "parameter"
    """A parameter is malformed or comes twice."""

    SMTPUTF8 = "smtputf8"
    """The address is not ASCII and SMTPUTF8 was not asked for (RFC 6531 3.4)."""


def parse_path(
    argument: str, verb: Literal["FROM", "TO"], *, smtputf8: bool = False
) -> Path | PathFault:
    """
    What follows `MAIL ` or `RCPT `, for example `FROM:<a@example.com> SIZE=10`.

    Strict but for one blank after the colon and blanks at the end, which senders do
    write. A source route is dropped (RFC 5321 3.3). A reverse-path may have a local
    part over 64 octets, as list servers make them (RFC 5321 4.5.3.1 asks to take what
    one can), and "_" in its domain. `smtputf8` says that MAIL asked for it; in MAIL its
    own parameter does.
    """
    head = len(verb) + 1
    if argument[:head].upper() != f"{verb}:" or len(argument) > ARGUMENT_MAX:
        return PathFault.SYNTAX
    start = head + argument.startswith(" ", head)
    match = _ASCII_PATH.match(argument, start)
    if match is None:
        return _unusual_path(argument, start, verb, smtputf8=smtputf8)
    local, domain = match.groups()
    parameters = _parameters(argument[match.end() :])
    if parameters is None:
        return PathFault.PARAMETER
    if local is None:
        if verb == "TO":
            return PathFault.ADDRESS
        return Path(address=None, parameters=parameters)
    address = f"{local}@{domain.lower()}" if domain[0] != "[" else f"{local}@{domain}"
    if not _is_short_enough(address, local, verb):
        return PathFault.ADDRESS
    return Path(address=address, parameters=parameters)


def _unusual_path(
    argument: str, start: int, verb: str, *, smtputf8: bool
) -> Path | PathFault:
    """`<Postmaster>`, an address beyond ASCII, or a fault."""
    match = _ANY_PATH.match(argument, start)
    if match is None:
        return PathFault.SYNTAX
    parameters = _parameters(argument[match.end() :])
    if parameters is None:
        return PathFault.PARAMETER
    address = match[1]
    if verb == "TO" and address.lower() == "postmaster":
        return Path(address=address, parameters=parameters)
    if verb == "FROM" and (host := _UNDERSCORED.fullmatch(address)):
        named = f"{host[1]}@{host[2].lower()}"
        if len(named) <= ADDRESS_OCTETS_MAX:
            return Path(address=named, parameters=parameters)
    normal = None if address.isascii() else normalise(address)
    if normal is None:
        return PathFault.ADDRESS
    if not smtputf8 and "SMTPUTF8" not in parameters:
        return PathFault.SMTPUTF8
    return Path(address=normal, parameters=parameters)


def _is_short_enough(address: str, local: str, verb: str) -> bool:
    if len(address) > ADDRESS_OCTETS_MAX:
        return False
    return verb == "FROM" or len(local) <= LOCAL_OCTETS_MAX


def _parameters(text: str) -> dict[str, str | None] | None:
    parameters: dict[str, str | None] = {}
    for word in text.split():
        match = _PARAMETER.fullmatch(word)
        if match is None:
            return None
        keyword = match[1].upper()
        if keyword in parameters:
            return None
        parameters[keyword] = match[2]
    return parameters
