"""How a request to an endpoint ended, and what that means for its delivery."""

from enum import StrEnum
from typing import Final


class Result(StrEnum):
    """See WebhookResult in webhooks.proto."""

    SUCCESS = "success"
    REDIRECT = "redirect"
    CLIENT_ERROR = "client_error"
    GONE = "gone"
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    BLOCKED_ADDRESS = "blocked_address"
    PROTOCOL = "protocol"


class Consequence(StrEnum):
    """What becomes of the delivery."""

    DONE = "done"
    AGAIN = "again"
    PARK = "park"
    STOP = "stop"
    """The endpoint wants nothing any more."""


_NAMED: Final = {410: Result.GONE, 429: Result.TOO_MANY_REQUESTS}
_FOR_GOOD: Final = frozenset({403, 406})
_WAITING: Final = frozenset({429, 502, 503, 504})


def of_status(status: int) -> Result:
    """What a status code says; redirects are not followed, so they are failures."""
    if status in _NAMED:
        return _NAMED[status]
    match status // 100:
        case 2:
            return Result.SUCCESS
        case 3:
            return Result.REDIRECT
        case 4:
            return Result.CLIENT_ERROR
        case 5:
            return Result.SERVER_ERROR
        case _:
            return Result.PROTOCOL


def consequence(result: Result, status: int) -> Consequence:
    """What becomes of a delivery; `status` is 0 where nobody answered."""
    if result is Result.SUCCESS:
        return Consequence.DONE
    if result is Result.GONE:
        return Consequence.STOP
    return Consequence.PARK if status in _FOR_GOOD else Consequence.AGAIN


def may_ask_for_patience(status: int) -> bool:
    """Whether a Retry-After beside this status is obeyed."""
    return status in _WAITING
