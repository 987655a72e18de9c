import asyncio
import re
from datetime import UTC, datetime

import dkim
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot_server.core.domain.key import SigningUnavailable
from mailbot_server.core.mail.dkim import signature
from mailbot_server.engine.signing import signer as signers
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.domain_keys import ED25519, RSA, answering, stored_key, vault

BOTH = (stored_key(RSA), stored_key(ED25519, 2))
RAW = b"From: a@example.com\r\nSubject: hello\r\n\r\nGood  morning \r\n\r\n"

# Names with and without a part in the signature; values that compose could write, and
# every way to fold them. (Controls are refused on the way in, and dkimpy strips them.)
NAMES = st.sampled_from(
    [b"To", b"SUBJECT", b"subject", b"Received", b"X-A", b"List-Id", b"Sender", b"a"]
)
VALUES = st.lists(
    st.sampled_from(
        [b" ", b"\t", b"\r\n ", b"\r\n\t", b"a", b"b:c", b"\xc3\xa4", b"<>"]
    )
).map(b"".join)
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=8)
BODIES = st.one_of(
    st.binary(max_size=400),
    st.lists(
        st.sampled_from(
            [b" ", b"\t", b"\n", b"\r\n", b".", b"..\r\n", b"a", b"x" * 1200]
        )
    ).map(b"".join),
)
MESSAGES = st.builds(
    lambda fields, body: (
        b"From: a@example.com\r\n"
        + b"".join(name + b":" + value + b"\r\n" for name, value in fields)
        + b"\r\n"
        + body
    ),
    HEADERS,
    BODIES,
)


class Clock:
    """dkimpy holds t= and x= against the machine's clock."""

    def __call__(self):
        return datetime.now(tz=UTC)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
def signer(clock, metrics):
    made = Signer(vault(), clock, metrics)
    yield made
    made.close()


def count(metrics: Metrics, op: str, result: str) -> float:
    return metrics.dkim_operations.labels(op, result)._value.get()


def verifies(signed: bytes, *keys) -> bool:
    return all(
        dkim.DKIM(signed).verify(idx=number, dnsfunc=answering(*keys))
        for number in range(len(keys))
    )


@pytest.mark.parametrize("keys", [BOTH, BOTH[:1], BOTH[1:]], ids=["both", "rsa", "ed"])
async def test_dkimpy_verifies_what_we_sign(metrics, keys):
    signer = Signer(vault(), Clock(), metrics)
    signed = await signer.sign("msg_1", RAW, keys)
    signer.close()
    assert signed.endswith(RAW)
    assert signed.count(b"DKIM-Signature:") == len(keys)
    assert verifies(signed, *keys)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(MESSAGES)
def test_dkimpy_verifies_any_message_with_both_keys(raw):
    signer = Signer(vault(), FakeClock(), Metrics())
    raw = signature.with_crlf(raw)
    assert verifies(signer.sign_now(raw, BOTH, None) + raw, *BOTH)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"x" * 5000 + b"\r\n", id="long-line"),
        pytest.param(b".\r\n..\r\n.a\r\n", id="dots"),
        pytest.param(b"a\nb\n\nc", id="bare-lf-and-no-end"),
        pytest.param(b"a\rb\r\rc\r", id="bare-cr"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\r\n\r\n", id="empty-lines"),
        pytest.param(b"\x00\xff\r\n", id="octets"),
    ],
)
async def test_C8_what_is_signed_is_what_the_wire_carries(metrics, body):
    signer = Signer(vault(), Clock(), metrics)
    signed = await signer.sign("msg_1", b"From: a@example.com\nTo: b\n\n" + body, BOTH)
    signer.close()
    assert signed.endswith(b"\r\n")
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", signed)
    assert verifies(signed, *BOTH)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"Good", b"Bad", id="body"),
        pytest.param(b"hello", b"goodbye", id="subject"),
        pytest.param(b"\r\n\r\nGood", b"\r\nSubject: more\r\n\r\nGood", id="second"),
        pytest.param(b"From:", b"Reply-To: evil@example.org\r\nFrom:", id="added"),
        pytest.param(b"morning \r\n", b"morning\r\nand more\r\n", id="longer"),
    ],
)
def test_a_message_that_was_changed_verifies_no_more(signer, old, new):
    signed = signer.sign_now(RAW, BOTH[1:], None) + RAW
    assert verifies(signed, BOTH[1])
    changed = signed.replace(old, new, 1)
    assert changed != signed
    try:
        passes = verifies(changed, BOTH[1])
    except dkim.ValidationError:  # the body's digest is another
        passes = False
    assert not passes


async def test_a_message_to_many_is_signed_once(signer, metrics):
    copies = await asyncio.gather(*(signer.sign("msg_1", RAW, BOTH) for _ in range(50)))
    assert len(set(copies)) == 1
    assert count(metrics, "sign", "ok") == 1


async def test_another_message_another_key_and_a_later_attempt_sign_anew(
    signer, metrics, clock
):
    first = await signer.sign("msg_1", RAW, BOTH)
    await signer.sign("msg_2", RAW, BOTH)
    await signer.sign("msg_1", RAW, BOTH[1:])
    clock.advance(minutes=2)
    later = await signer.sign("msg_1", RAW, BOTH)
    assert count(metrics, "sign", "ok") == 4
    assert expiry(later) - expiry(first) == 120


def expiry(signed: bytes) -> int:
    found = re.search(rb" x=(\d+);", signed)
    assert found is not None
    return int(found[1])


async def test_a_recipient_who_is_called_off_leaves_the_signature_to_the_others(
    signer, metrics
):
    tasks = [asyncio.create_task(signer.sign("msg_1", RAW, BOTH)) for _ in range(2)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    assert (await tasks[1]).endswith(RAW)
    assert count(metrics, "sign", "ok") == 1


async def test_what_was_signed_is_forgotten_before_it_fills_the_memory(
    signer, monkeypatch
):
    monkeypatch.setattr(signers, "KEPT_MAX", 5)
    for number in range(20):
        await signer.sign(f"msg_{number}", RAW, BOTH[1:])
    assert len(signer._kept) == 5


async def test_opened_keys_are_kept_and_bounded(signer, monkeypatch):
    monkeypatch.setattr(signers, "KEYS_MAX", 3)
    keys = [stored_key(ED25519, number) for number in range(1, 6)]
    for key in keys:
        await signer.sign("msg_1", RAW, [key])
    assert [name[0] for name in signer._opened] == [key.id for key in keys[2:]]


async def test_a_key_that_cannot_be_opened_signs_nothing_D21(clock, metrics):
    signer = Signer(vault(b"another server key"), clock, metrics)
    for _ in range(2):
        with pytest.raises(SigningUnavailable, match="server_key"):
            await signer.sign("msg_1", RAW, BOTH)
    assert count(metrics, "sign", "unavailable") == 2
    assert count(metrics, "sign", "ok") == 0


async def test_one_of_two_keys_that_cannot_be_opened_signs_nothing_either(signer):
    broken = stored_key(ED25519, 2, sealed_private=b"")
    with pytest.raises(SigningUnavailable):
        await signer.sign("msg_1", RAW, [BOTH[0], broken])


async def test_large_messages_and_rsa_are_signed_off_the_event_loop(signer):
    large = RAW + b"x" * signers.INLINE_BYTES_MAX
    await signer.sign("msg_1", RAW, BOTH[1:])
    assert signer._threads is None
    await signer.sign("msg_2", large, BOTH[1:])
    assert signer._threads is not None


async def test_a_signature_whose_making_failed_is_made_again(signer, monkeypatch):
    def fail(raw):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(signature, "read", fail)
        with pytest.raises(MemoryError):
            await signer.sign("msg_1", RAW, BOTH)
    assert (await signer.sign("msg_1", RAW, BOTH)).endswith(RAW)
