"""What surrounds the running call: who makes it, and what its answers must be."""

from contextvars import ContextVar
from typing import Final

from mailbot_server.core.account import Principal

_principal: Final[ContextVar[Principal]] = ContextVar("principal")


def set_principal(principal: Principal) -> None:
    """Says who makes the running call."""
    _principal.set(principal)


def principal() -> Principal:
    """Who makes the running call; only inside an authenticated RPC."""
    return _principal.get()
