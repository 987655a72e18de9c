"""
How a connection to another host is protected: contexts, STARTTLS, the level reached.

RFC 3207. What is wanted comes from the caller; this does it and says what came of it.
"""

import asyncio
import ssl
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import aiosmtplib

from mailbot_server.engine.outbound.smtp.ending import cause

TlsMode = Literal["none", "opportunistic", "starttls", "implicit"]
"""See SmartHost.tls."""

VERIFIED: Final = frozenset({"starttls", "implicit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """What protects an open connection; `level` is none, unverified or verified."""

    level: str = "none"
    protocol: str = ""
    cipher: str = ""


PLAINTEXT: Final = Protected()


class Unprotected(Exception):
    """TLS was tried or demanded and is not there; the text says why."""


class Contexts:
    """One context for each way of checking: making one costs 20 ms."""

    def of(self, mode: TlsMode) -> ssl.SSLContext:
        """The context for a connection that is protected like this."""
        return self._verified if mode in VERIFIED else self._unverified

    @cached_property
    def _verified(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    @cached_property
    def _unverified(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context


def level_of(mode: TlsMode) -> str:
    """What TLS is worth when it stands."""
    return "verified" if mode in VERIFIED else "unverified"


async def upgrade(
    smtp: aiosmtplib.SMTP, host: str, mode: TlsMode, context: ssl.SSLContext
) -> bool:
    """
    STARTTLS on a greeted connection, if it is wanted and offered; whether TLS stands.

    Raises Unprotected. After True the host must be greeted with EHLO again.
    """
    if mode == "none":
        return False
    if not smtp.supports_extension("starttls"):
        if mode in VERIFIED:
            raise Unprotected("the host does not offer STARTTLS")
        return False
    try:
        await smtp.starttls(server_hostname=host, tls_context=context)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise Unprotected(f"TLS failed: {cause(error)}") from error
    return True


def reached(transport: asyncio.BaseTransport | None, level: str) -> Protected:
    """The protocol and cipher of a connection on which TLS stands."""
    tls = transport.get_extra_info("ssl_object") if transport else None
    cipher = tls.cipher() if tls else None
    return Protected(
        level=level,
        protocol=(tls.version() if tls else None) or "",
        cipher=cipher[0] if cipher else "",
    )
