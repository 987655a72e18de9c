"""A certificate and its key in files, as they were when they could last be used."""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509

from mailbot_server.config import BadSettings
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

_logger: Final = log.get("tls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What the files said, PEM, and a context that all connections may share."""

    chain: bytes
    key: bytes
    context: ssl.SSLContext


class Certificate:
    """
    What a surface, `grpc` or `smtp`, proves its name with.

    Whoever renews it writes into the same files. Each new connection gets what was read
    last; those that are open keep what they have.
    """

    def __init__(
        self, surface: str, metrics: Metrics, chain: Path, key: Path | None
    ) -> None:
        self._surface = surface
        self._metrics = metrics
        self._chain = chain
        # Without a key it stands in the same file.
        self._key = key or chain
        self._pair: Pair | None = None
        self._fault = ""

    @property
    def pair(self) -> Pair:
        """What is used now: the same object until there is another one."""
        if self._pair is None:
            raise AssertionError("the certificate is not loaded")
        return self._pair

    def load(self) -> None:
        """Reads the files at the start; raises BadSettings when they are no pair."""
        if self._pair is not None:
            return
        try:
            self._take(self._read())
        except (OSError, ValueError) as error:
            message = (
                f"{self._surface}_tls_cert, {self._surface}_tls_key: "
                f"{self._chain} cannot be used: {error}"
            )
            raise BadSettings(message) from error

    async def renew(self) -> None:
        """
        Takes what is in the files now, if it is new and can be used.

        If it cannot, the old one stays: files that are half written, or a key that
        belongs to another certificate, may be whole the next time.
        """
        if self._pair is None:
            return
        try:
            found = await asyncio.to_thread(self._read_new, self._pair)
        except (OSError, ValueError) as error:
            self._refuse(str(error))
            return
        self._fault = ""
        if found is not None:
            self._take(found)
            _logger.info("certificate_renewed", surface=self._surface)

    def _refuse(self, fault: str) -> None:
        self._metrics.tls_certificate_errors.labels(self._surface).inc()
        if fault != self._fault:
            self._fault = fault
            _logger.error(
                "certificate_not_renewed", surface=self._surface, reason=fault
            )

    def _take(self, pair: Pair) -> None:
        self._pair = pair
        # From zero on, so that a first fault is seen to be one more.
        self._metrics.tls_certificate_errors.labels(self._surface)
        # What the library that speaks TLS can use need not be readable for this one.
        with contextlib.suppress(ValueError, x509.InvalidVersion):
            found = x509.load_pem_x509_certificates(pair.chain)
            ends_at = min(each.not_valid_after_utc for each in found)
            gauge = self._metrics.tls_certificate_not_after.labels(self._surface)
            gauge.set(ends_at.timestamp())

    def _read_new(self, old: Pair) -> Pair | None:
        """None: nothing new is there, or it is being written at this moment."""
        if self._bytes() == (old.chain, old.key):
            return None
        found = self._read()
        return found if self._bytes() == (found.chain, found.key) else None

    def _read(self) -> Pair:
        """Raises OSError or ValueError for what is no certificate with its key."""
        chain, key = self._bytes()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        # Nobody can be asked for a password while the server runs.
        password = None if self._pair is None else _nobody
        context.load_cert_chain(self._chain, self._key, password)
        return Pair(chain=chain, key=key, context=context)

    def _bytes(self) -> tuple[bytes, bytes]:
        return self._chain.read_bytes(), self._key.read_bytes()


def _nobody() -> str:
    return ""
