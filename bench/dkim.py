"""`python -m bench.dkim`: what a DKIM signature costs, ours beside dkimpy's.

Both sign the same messages with the same keys in the same rounds, and both verify what
we signed; medians of the time per message. dkimpy is asked for relaxed/relaxed, as we
sign. The last lines are of the Signer as the queue calls it: 32 different messages at a
time, and how long the event loop was busy with each.
"""

import asyncio
import base64
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Final

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mailbot_server.clock import WallClock, entropy
from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.authentication.question import Kind, Question
from mailbot_server.core.authentication.verdicts import Result
from mailbot_server.core.domain.key import StoredKey
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.signed import server_key
from mailbot_server.engine.authentication import verification
from mailbot_server.engine.signing import keypair, sealing
from mailbot_server.engine.signing.keypair import NewKey
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.telemetry.metrics import Metrics

SIZES: Final = ((5, 200), (50, 100), (1000, 10))
"""KB, and how often a round signs a message of that size."""

AT_A_TIME: Final = 32
LINE: Final = b"The quick brown fox jumps over the lazy dog, 24 hours a day.\r\n"
HEADER: Final = (
    b"From: Ann <ann@example.com>\r\nTo: Bob <bob@example.org>\r\n"
    b"Subject: The figures of this week\r\nDate: Mon, 2 Mar 2026 12:00:00 +0000\r\n"
    b"Message-ID: <0123456789abcdef@example.com>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n"
)


def main(rounds: int = 5) -> None:
    """Prints the table."""
    vault = Vault(server_key.keys_for([b"bench"], sealing.PURPOSE), entropy)
    keys = {each: asyncio.run(_key(vault, each)) for each in Algorithm}
    signer = Signer(vault, WallClock(), Metrics())
    for kilobytes, count in SIZES:
        raw = HEADER + b"\r\n" + LINE * (kilobytes * 1024 // len(LINE))
        for algorithm, key in keys.items():
            ours, theirs = [], []
            peer = _dkimpy(vault, key)
            ourselves = partial(signer.sign_now, raw, [key], None)
            for _ in range(rounds):
                ours.append(_each(count, ourselves))
                theirs.append(_each(max(count // 20, 2), partial(peer, raw)))
            _show(f"dkim {algorithm.value}, {kilobytes} KB", ours, theirs)
            _verify(signer.sign_now(raw, [key], None) + raw, key, count, rounds)
    for algorithm, key in keys.items():
        asyncio.run(_together(signer, algorithm.value, key, rounds))
    signer.close()


async def _key(vault: Vault, algorithm: Algorithm) -> StoredKey:
    new = NewKey(
        id="dky_1",
        account_id="acc_1",
        domain_id="dom_1",
        domain="example.com",
        selector="s1",
        algorithm=algorithm,
        created_at=WallClock()(),
    )
    return await keypair.make(vault, new)


def _verify(signed: bytes, key: StoredKey, count: int, rounds: int) -> None:
    record = key.record.encode()
    found = Question(Kind.TEXT, key.host)

    def ours() -> None:
        claims = verification.read(Message(signed), 0)
        verdicts, _ = verification.judge(claims, {found: (record,)}, _never)
        assert verdicts[0].result is Result.PASS

    def theirs() -> None:
        assert dkim.DKIM(signed).verify(dnsfunc=lambda *_, **__: record)

    mine, peer = [], []
    for _ in range(rounds):
        mine.append(_each(count, ours))
        peer.append(_each(max(count // 20, 2), theirs))
    name = f"verify {key.algorithm.value}, {len(signed) // 1024} KB"
    _show(name, mine, peer)


def _never() -> bool:
    return False


def _dkimpy(vault: Vault, key: StoredKey) -> Callable[[bytes], None]:
    opened = vault.open(key.sealed_private, key.id, key.domain)
    private = serialization.load_der_private_key(opened, None)
    if isinstance(private, Ed25519PrivateKey):
        secret = base64.b64encode(private.private_bytes_raw())
    else:
        secret = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    algorithm = key.algorithm.value.encode()

    def sign(raw: bytes) -> None:
        message = dkim.DKIM(raw, signature_algorithm=algorithm)
        message.sign(b"s1", b"example.com", secret, canonicalize=(b"relaxed",) * 2)

    return sign


def _each(count: int, sign: Callable[[], object]) -> float:
    """Microseconds for one."""
    times = []
    for _ in range(count):
        started = time.perf_counter()
        sign()
        times.append(time.perf_counter() - started)
    return median(times) * 1e6


def _show(title: str, ours: Sequence[float], theirs: Sequence[float]) -> None:
    mine, peer = median(ours), median(theirs)
    print(
        f"{title:<40} {mine:7.0f} us [{min(ours):.0f}-{max(ours):.0f}]"
        f"   dkimpy {peer:7.0f} us   ours is {peer / mine:.1f} x",
        flush=True,
    )


async def _together(signer: Signer, name: str, key: StoredKey, rounds: int) -> None:
    rates, busy = [], []
    raw = HEADER + b"\r\n" + LINE * (5 * 1024 // len(LINE))
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(message_id: str) -> None:
        async with gate:
            await signer.sign(message_id, raw, [key])

    for number in range(rounds):
        started, worked = time.perf_counter(), time.thread_time()
        await asyncio.gather(*(one(f"{name} {number} {i}") for i in range(1000)))
        rates.append(1000 / (time.perf_counter() - started))
        busy.append((time.thread_time() - worked) * 1000)
    print(
        f"{f'Signer {name}, 5 KB, 32 at a time':<40} {median(rates):7.0f}/s"
        f" [{min(rates):.0f}-{max(rates):.0f}]"
        f"   {median(busy):.0f} us of the event loop each",
        flush=True,
    )


if __name__ == "__main__":
    main()
