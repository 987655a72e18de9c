"""
Signs messages as they leave, RSA off the event loop.

A message to many recipients is signed once: its signatures are kept for a minute, and
whoever comes while they are made waits for them. A later attempt signs anew, so that no
signature leaves that is about to expire.
"""

import asyncio
import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Final

from mailbot_server.core.domain.key import SigningUnavailable, StoredKey
from mailbot_server.core.mail.dkim import signature
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.mail.dkim.signature import Sign, Signatory, Unsigned
from mailbot_server.engine.signing import keypair
from mailbot_server.engine.signing.crew import Crew
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.telemetry.metrics import Metrics

THREADS_MAX: Final = 4
"""One for each core, up to this: OpenSSL lets go of the interpreter meanwhile."""

INLINE_BYTES_MAX: Final = 64 * 1024
"""
Up to this a message is read, and signed with Ed25519, at once: a thread that needs the
interpreter for so little has the event loop wait for longer.
"""

KEPT_FOR: Final = timedelta(minutes=1)
KEPT_MAX: Final = 2_000
"""Signatures of so many messages; about 2 KB each."""

KEYS_MAX: Final = 1_000

Clock = Callable[[], datetime]


# Signature fields, and whether they are of the message as it was handed in, or of it
# with its line ends put right.
_Signed = tuple[bytes, bool]
_Unsigned = tuple[Unsigned, Signatory, Sign]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    signed: asyncio.Future[_Signed]
    since: datetime


class Signer:
    """The keys that are in use, opened, and the threads that work with them."""

    def __init__(self, vault: Vault, clock: Clock, metrics: Metrics) -> None:
        self._vault = vault
        self._clock = clock
        self._metrics = metrics
        self._cores = os.cpu_count() or 1
        self._threads: Crew[_Signed] | None = None
        self._opened: OrderedDict[tuple[str, str, bytes], Sign] = OrderedDict()
        self._kept: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()

    async def sign(
        self, message_id: str, raw: bytes, keys: Sequence[StoredKey]
    ) -> bytes:
        """
        The message with CRLF line ends and a signature by each key before it.

        `raw` is the same whenever `message_id` is; there is a key. Raises
        SigningUnavailable.
        """
        assert keys, "what no key is expected for is not brought here"
        now = self._clock()
        self._forget(now)
        name = (message_id, *(key.id for key in keys))
        if name not in self._kept or _is_void(self._kept[name].signed):
            self._kept[name] = _Kept(signed=self._begin(raw, keys, now), since=now)
        # Whoever gives up leaves the signature to the others who wait for it.
        fields, is_as_given = await asyncio.shield(self._kept[name].signed)
        return fields + (raw if is_as_given else signature.with_crlf(raw))

    def sign_now(
        self, raw: bytes, keys: Sequence[StoredKey], at: datetime | None
    ) -> bytes:
        """
        The signatures alone, made by the calling thread, of the message with CRLF.

        Valid for 7 days from `at`, or without an end. Raises SigningUnavailable.
        """
        return self._sign(raw, self._open(keys), at)[0]

    def close(self) -> None:
        """Ends the threads; nobody waits for what they were doing."""
        if self._threads is not None:
            self._threads.close()

    def _begin(
        self, raw: bytes, keys: Sequence[StoredKey], at: datetime
    ) -> asyncio.Future[_Signed]:
        opened = self._open(keys)
        if self._is_quick(raw, keys):
            done: asyncio.Future[_Signed] = asyncio.get_running_loop().create_future()
            done.set_result(self._sign(raw, opened, at))
            return done
        if self._threads is None:
            workers = min(self._cores, THREADS_MAX)
            self._threads = Crew(workers, "dkim")
        if len(raw) > INLINE_BYTES_MAX:
            return self._threads.run(partial(self._sign, raw, opened, at))
        message = signature.with_crlf(raw)
        fields = _unsigned(message, opened, at)
        return self._threads.run(
            partial(self._write, fields, is_as_given=message is raw)
        )

    def _is_quick(self, raw: bytes, keys: Sequence[StoredKey]) -> bool:
        """Whether a thread would cost more than it saves the event loop."""
        if len(raw) > INLINE_BYTES_MAX:
            return False
        has_rsa = any(key.algorithm is Algorithm.RSA_SHA256 for key in keys)
        return not has_rsa or self._cores == 1

    def _sign(
        self,
        raw: bytes,
        opened: Sequence[tuple[Signatory, Sign]],
        at: datetime | None,
    ) -> _Signed:
        message = signature.with_crlf(raw)
        fields = _unsigned(message, opened, at)
        return self._write(fields, is_as_given=message is raw)

    def _write(self, fields: Sequence[_Unsigned], *, is_as_given: bool) -> _Signed:
        written = b""
        for field, by, sign in fields:
            started = perf_counter()
            written += signature.signed(field, sign(field.digest))
            duration = self._metrics.dkim_sign_duration.labels(by.algorithm.value)
            duration.observe(perf_counter() - started)
        self._metrics.dkim_operations.labels("sign", "ok").inc()
        return written, is_as_given

    def _open(self, keys: Sequence[StoredKey]) -> list[tuple[Signatory, Sign]]:
        try:
            return [(_signatory(key), self._opened_key(key)) for key in keys]
        except SigningUnavailable:
            self._metrics.dkim_operations.labels("sign", "unavailable").inc()
            raise

    def _opened_key(self, key: StoredKey) -> Sign:
        name = (key.id, key.domain, key.sealed_private)
        sign = self._opened.get(name)
        if sign is None:
            sign = self._opened[name] = keypair.signing(self._vault, key)
            if len(self._opened) > KEYS_MAX:
                self._opened.popitem(last=False)
        return sign

    def _forget(self, now: datetime) -> None:
        """Drops signatures that are old or too many."""
        while self._kept:
            name, kept = next(iter(self._kept.items()))
            if len(self._kept) < KEPT_MAX and now - kept.since < KEPT_FOR:
                return
            del self._kept[name]


def _unsigned(
    message: bytes, opened: Sequence[tuple[Signatory, Sign]], at: datetime | None
) -> list[_Unsigned]:
    content = signature.read(message)
    return [(signature.unsigned(content, by, at=at), by, sign) for by, sign in opened]


def _is_void(signed: asyncio.Future[_Signed]) -> bool:
    """Whether nothing will come of it."""
    return signed.done() and (signed.cancelled() or signed.exception() is not None)


def _signatory(key: StoredKey) -> Signatory:
    return Signatory(domain=key.domain, selector=key.selector, algorithm=key.algorithm)
