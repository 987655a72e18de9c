"""
Fetches the file of an MTA-STS policy over HTTPS (RFC 8461 3.3).

A stranger names the host, so it is connected to only at addresses that were checked,
redirects are not followed, and what comes is bounded in size and time.
"""

import asyncio
import socket
import ssl
from functools import cached_property
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from mailbot_server.config import Settings
from mailbot_server.core.destination.mta_sts import POLICY_BYTES_MAX
from mailbot_server.core.destination.networks import is_private
from mailbot_server.engine.dns import Lookups
from mailbot_server.engine.outbound.routing.trust import verifying

HTTPS_PORT: Final = 443
FETCH_SECONDS: Final = 10.0
ADDRESSES_MAX: Final = 4
_TYPE: Final = "text/plain"
_HEADERS: Final = {"Accept-Encoding": "identity", "User-Agent": "mailbot"}


class NotFetched(Exception):
    """There is no file to be had; the text says why."""


class PolicyFiles:
    """Fetches one file after the other, any number at the same time."""

    def __init__(self, settings: Settings, resolver: Lookups) -> None:
        self._settings = settings
        self._resolver = resolver

    async def fetch(self, domain: str) -> bytes:
        """The bytes of a domain's file, at most one more than allowed; NotFetched."""
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                return await self._get(domain)
        except TimeoutError as error:
            message = "it did not come in time"
            raise NotFetched(message) from error
        except aiohttp.ClientConnectorCertificateError as error:
            message = "its host has no valid certificate"
            raise NotFetched(message) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            message = f"its host could not be asked: {type(error).__name__}"
            raise NotFetched(message) from error

    async def _get(self, domain: str) -> bytes:
        connector = aiohttp.TCPConnector(
            resolver=_Checked(self._settings, self._resolver),
            ssl=self._context,
            use_dns_cache=False,
            force_close=True,
        )
        url = f"https://mta-sts.{domain}:{HTTPS_PORT}/.well-known/mta-sts.txt"
        async with (
            aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers=_HEADERS,
            ) as session,
            session.get(url, allow_redirects=False) as response,
        ):
            # RFC 8461 3.3: redirects "MUST NOT be followed".
            if response.status != 200:
                message = f"its host answered {response.status}"
                raise NotFetched(message)
            if response.content_type != _TYPE:
                message = f"it is {response.content_type} and not {_TYPE}"
                raise NotFetched(message)
            return await _bounded(response.content)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return verifying(self._settings.tls_ca_file)


class _Checked(AbstractResolver):
    """Our resolver, as aiohttp asks one; no address of our own network comes of it."""

    def __init__(self, settings: Settings, resolver: Lookups) -> None:
        self._settings = settings
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses to connect to; OSError where there are none."""
        del family
        answer = await self._resolver.addresses(host)
        allowed = [
            address
            for address in (*answer.v4, *answer.v6)
            if self._settings.allow_private_destinations or not is_private(address)
        ]
        if not allowed:
            message = f"no address of {host} may be connected to"
            raise OSError(message)
        return [_result(host, address, port) for address in allowed[:ADDRESSES_MAX]]

    async def close(self) -> None:
        """Nothing is held."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=socket.AF_INET6 if ":" in address else socket.AF_INET,
        proto=socket.IPPROTO_TCP,
        flags=socket.AI_NUMERICHOST,
    )


async def _bounded(content: aiohttp.StreamReader) -> bytes:
    body = bytearray()
    async for piece in content.iter_any():
        body += piece
        if len(body) > POLICY_BYTES_MAX:
            break
    return bytes(body[: POLICY_BYTES_MAX + 1])
