"""One mail transaction: what MAIL and RCPT said, and refusals by their words alone."""

from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from mailbot_server.core.mail import reply
from mailbot_server.core.mail.address import Path, PathFault, normalise, parse_path
from mailbot_server.core.mail.dsn import request
from mailbot_server.core.mail.dsn.request import MailRequest, RcptRequest
from mailbot_server.core.mail.reply import Reply

R = TypeVar("R")
_NOTHING_ASKED: Final = MailRequest()

_SIZE_DIGITS_MAX: Final = 20  # RFC 1870 3
_BODIES: Final = frozenset({"7BIT", "8BITMIME"})  # RFC 6152 2
_MAIL_PARAMETERS: Final = frozenset({"SIZE", "BODY", "SMTPUTF8", "AUTH"})
_MAIL_DSN: Final = frozenset({"RET", "ENVID"})
_RCPT_DSN: Final = frozenset({"NOTIFY", "ORCPT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What MAIL said; the reverse-path is None for `<>`."""

    reverse_path: str | None
    size: int = 0
    """Octets that the client announced; 0 if it announced none."""

    smtputf8: bool = False
    asked: MailRequest = _NOTHING_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """What RCPT said where anybody may be named: a normalised address, and wishes."""

    address: str
    asked: RcptRequest


@dataclass(slots=True, kw_only=True)
class Transaction(Generic[R]):
    """What the session knows between MAIL and the end of data."""

    opening: Opening | None = None
    recipients: dict[str, R] = field(default_factory=dict)
    """By folded address: naming one twice changes nothing."""


def read_mail(
    argument: str, *, extended: bool, bytes_max: int, dsn: bool = False
) -> Opening | Reply:
    """What `MAIL <argument>` asks for; parameters need EHLO, RET and ENVID `dsn`."""
    path = parse_path(argument, "FROM")
    if isinstance(path, PathFault):
        return _refusal(path, reply.BAD_SENDER_SYNTAX)
    parameters = path.parameters
    if not parameters:
        return Opening(reverse_path=path.address)
    known = _MAIL_PARAMETERS | _MAIL_DSN if dsn else _MAIL_PARAMETERS
    if not extended or parameters.keys() - known:
        return reply.BAD_PARAMETER
    asked = request.read_mail(parameters)
    if asked is None or _has_bad_value(parameters):
        return reply.SYNTAX_ERROR
    size = int(parameters.get("SIZE") or 0)
    if size > bytes_max:
        return reply.MESSAGE_TOO_BIG
    smtputf8 = "SMTPUTF8" in parameters
    return Opening(reverse_path=path.address, size=size, smtputf8=smtputf8, asked=asked)


def read_rcpt(argument: str, *, smtputf8: bool) -> str | Reply:
    """The address that `RCPT <argument>` names; no parameter is known."""
    path = parse_path(argument, "TO", smtputf8=smtputf8)
    if isinstance(path, PathFault):
        return _refusal(path, reply.BAD_RECIPIENT_SYNTAX)
    return reply.BAD_PARAMETER if path.parameters else _address(path)


def read_addressed(
    argument: str, *, extended: bool, smtputf8: bool
) -> Addressed | Reply:
    """
    Whom `RCPT <argument>` names, anywhere; NOTIFY and ORCPT need EHLO.

    Mail is handed in for names of the DNS: an address literal is refused, as is
    `<Postmaster>` (RFC 6409 4.2).
    """
    path = parse_path(argument, "TO", smtputf8=smtputf8)
    if isinstance(path, PathFault):
        return _refusal(path, reply.BAD_RECIPIENT_SYNTAX)
    parameters = path.parameters
    if parameters and (not extended or parameters.keys() - _RCPT_DSN):
        return reply.BAD_PARAMETER
    asked = request.read_rcpt(parameters)
    if asked is None:
        return reply.SYNTAX_ERROR
    address = normalise(_address(path))
    if address is None:
        return reply.BAD_RECIPIENT_SYNTAX
    return Addressed(address=address, asked=asked)


def _address(path: Path) -> str:
    if path.address is None:
        raise AssertionError("parse_path gives no null forward-path")
    return path.address


def _has_bad_value(parameters: dict[str, str | None]) -> bool:
    """Whether a parameter lacks a value, has one too many, or one that nobody knows."""
    body = parameters.get("BODY", "7BIT") or ""
    size = parameters.get("SIZE", "0") or ""
    is_size = size.isascii() and size.isdigit() and len(size) <= _SIZE_DIGITS_MAX
    # AUTH is not offered and means nothing here, but relays send it (RFC 4954 5).
    lacks_auth = "AUTH" in parameters and not parameters["AUTH"]
    return (
        body.upper() not in _BODIES
        or not is_size
        or parameters.get("SMTPUTF8") is not None
        or lacks_auth
    )


def _refusal(fault: PathFault, bad_address: Reply) -> Reply:
    match fault:
        case PathFault.ADDRESS:
            return bad_address
        case PathFault.SMTPUTF8:
            return reply.NEEDS_SMTPUTF8
        case _:
            return reply.SYNTAX_ERROR
