"""
How a connection to another host is protected: contexts, STARTTLS, the level reached.

RFC 3207. What is wanted comes from `routing/guard.py`; this does it and says what came
of it.
"""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

import aiosmtplib

from mailbot_server.engine.outbound.routing.protection import Protection
from mailbot_server.engine.outbound.routing.trust import verifying
from mailbot_server.engine.outbound.smtp import dane
from mailbot_server.engine.outbound.smtp.ending import cause

# All that OpenSSL has but ciphers without key or without authentication (RFC 7435 3:
# "some protection most of the time").
_ANY_CIPHER: Final = "DEFAULT:@SECLEVEL=0"
_PERMANENT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """What protects an open connection; `level` as in Protection."""

    level: str = "none"
    protocol: str = ""
    cipher: str = ""


PLAINTEXT: Final = Protected()


class Unprotected(Exception):
    """
    TLS was tried or demanded and is not there; the text says why.

    `is_lasting` where the host cannot do better, and false where it was busy, slow or
    gone.
    """

    def __init__(self, why: str, *, is_lasting: bool = False) -> None:
        super().__init__(why)
        self.is_lasting = is_lasting


class Contexts:
    """One context for each way of checking, for all connections of a process."""

    def __init__(self, ca_file: Path | None = None) -> None:
        self._ca_file = ca_file

    def of(self, protection: Protection) -> ssl.SSLContext:
        """The context for a connection that is protected like this."""
        if protection.needs_authority:
            return self._verifying
        return self._unproven if protection.is_demanded else self._lenient

    @cached_property
    def _verifying(self) -> ssl.SSLContext:
        return verifying(self._ca_file)

    @cached_property
    def _unproven(self) -> ssl.SSLContext:
        """TLS as good as a policy asks; who the host is, is proven elsewhere or not."""
        context = _unverified()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    @cached_property
    def _lenient(self) -> ssl.SSLContext:
        """Whatever the host can do is better than the plaintext that would follow."""
        context = _unverified()
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers(_ANY_CIPHER)
        return context


async def upgrade(
    smtp: aiosmtplib.SMTP,
    host: str,
    protection: Protection,
    context: ssl.SSLContext,
    now: datetime,
) -> bool:
    """
    STARTTLS on a greeted connection, if it is wanted and offered; whether TLS stands.

    Raises Unprotected. After True the host must be greeted with EHLO again.
    """
    if protection.mode == "none":
        return False
    if not smtp.supports_extension("starttls"):
        if protection.is_demanded:
            raise Unprotected("the host does not offer STARTTLS")
        return False
    name = protection.server_name or host
    try:
        await smtp.starttls(server_hostname=name, tls_context=context)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        words, lasting = f"TLS failed: {cause(error)}", _is_lasting(error)
        raise Unprotected(words, is_lasting=lasting) from error
    if protection.tlsa:
        _prove(smtp.transport, protection, now)
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


def _is_lasting(error: Exception) -> bool:
    """Whether the handshake itself failed, or the host said that it has none."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return error.code >= _PERMANENT
    return isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError)


def _prove(
    transport: asyncio.BaseTransport | None, protection: Protection, now: datetime
) -> None:
    tls = transport.get_extra_info("ssl_object") if transport else None
    chain = dane.chain_of(tls) if tls else ()
    if why := dane.refusal(chain, protection.tlsa, protection.names, now):
        raise Unprotected(f"DANE failed: {why}")


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
