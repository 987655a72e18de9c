"""The content of a message, however the network cuts it."""

import hashlib
import itertools
import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.config import load
from mailbot_server.engine.inbound.receiver import Content, Fault, Receiver
from mailbot_server.engine.inbound.room.budget import Budget
from mailbot_server.engine.inbound.room.holding import Holding
from mailbot_server.engine.shortage import Shortage
from mailbot_server.telemetry.metrics import Metrics

MEGABYTE = 1024 * 1024
BUDGET = Budget(load(), Shortage(load(), Metrics()))
PIECE = 64 * 1024

# Bytes among which everything that matters is frequent.
noise = st.lists(
    st.sampled_from([b"\r\n", b".", b"\r", b"\n", b"a", b"\x00", b"\xff", b"long" * 9])
).map(b"".join)
lines = st.lists(st.sampled_from([b"", b".", b"..", b"a", b".a", b"\x00", b"\xc3\xb6"]))


def reference(lines: list[bytes]) -> bytes:
    """RFC 5321 4.5.2 as it is written: line by line, a first dot is added."""
    dotted = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"".join(line + b"\r\n" for line in dotted)


def receive(wire: bytes, cuts: list[int], bytes_max: int = MEGABYTE):
    """What a receiver makes of these octets, cut at these places, and what is left."""
    holding = Holding(BUDGET)
    receiver = Receiver(holding, bytes_max)
    edges = sorted({0, len(wire), *(cut % (len(wire) + 1) for cut in cuts)})
    for start, end in itertools.pairwise(edges):
        rest = receiver.feed(wire[start:end])
        if rest is not None:
            return finish(receiver, holding), rest + wire[end:]
    return None


def finish(receiver: Receiver, holding: Holding) -> Content | Fault:
    """What a session makes of it; no message here is so large that it needs a file."""
    if receiver.fault:
        assert holding._memory is None
        return receiver.fault
    assert holding._memory is not None
    content = Content(raw=holding._memory.getvalue(), sha256=receiver.sha256)
    holding.close()
    return content


@given(lines, st.lists(st.integers(min_value=0)), st.binary(max_size=20))
def test_every_cut_gives_the_lines_that_were_sent(lines, cuts, after):
    content, rest = receive(reference(lines) + b".\r\n" + after, cuts)
    assert content.raw == b"".join(line + b"\r\n" for line in lines)
    assert rest == after


@given(noise, st.lists(st.integers(min_value=0)))
def test_a_cut_never_changes_the_outcome(wire, cuts):
    whole = receive(wire + b"\r\n.\r\n", [])
    assert receive(wire + b"\r\n.\r\n", cuts) == whole


@given(noise)
def test_what_is_kept_has_no_cr_or_lf_outside_of_crlf(wire):
    content, _ = receive(wire + b"\r\n.\r\n", [])
    first_end = wire + b"\r\n.\r\n"
    sent = first_end[: (b"\r\n" + first_end).find(b"\r\n.\r\n")]
    bare = re.search(rb"\r(?!\n)|(?<!\r)\n", sent)
    assert (content is Fault.BARE_NEWLINE) == bool(bare)


@pytest.mark.parametrize("cut", range(6))
def test_the_end_is_seen_wherever_it_is_cut(cut):
    wire = b"a\r\n.\r\nQUIT\r\n"
    content, rest = receive(wire, [cut])
    assert (content.raw, rest) == (b"a\r\n", b"QUIT\r\n")


def test_a_dot_on_the_first_line_is_an_empty_message():
    content, rest = receive(b".\r\n", [])
    assert isinstance(content, Content)
    assert (content.raw, rest) == (b"", b"")


def test_the_digest_is_of_what_was_meant_and_not_of_the_dots():
    content, _ = receive(b"..a\r\n.\r\n", [2])
    assert content.raw == b".a\r\n"
    assert content.sha256 == hashlib.sha256(b".a\r\n").hexdigest()


@pytest.mark.parametrize(
    ("size", "fault"), [(98, None), (99, Fault.TOO_BIG), (5000, Fault.TOO_BIG)]
)
def test_the_limit_is_on_the_message_and_not_on_its_dots(size, fault):
    wire = b"." + b"." * size + b"\r\n.\r\n"
    outcome, rest = receive(wire, [7, 50], bytes_max=100)
    assert (outcome if fault else None) == fault
    assert rest == b""


def test_a_bare_newline_counts_for_more_than_the_size():
    outcome, _ = receive(b"x" * 200 + b"\n" + b"\r\n.\r\n", [], bytes_max=100)
    assert outcome is Fault.BARE_NEWLINE
    outcome, _ = receive(b"\n" + b"x" * 200 + b"\r\n.\r\n", [], bytes_max=100)
    assert outcome is Fault.BARE_NEWLINE


async def peak_of(piece: bytes, pieces: int, bytes_max: int, budget: Budget) -> int:
    """Most bytes that a receiver held at once while it took in so many pieces."""
    holding = Holding(budget)
    receiver = Receiver(holding, bytes_max)
    tracemalloc.start()
    try:
        for _ in range(pieces):
            assert receiver.feed(piece) is None
        receiver.feed(b"\r\n.\r\n")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        holding.close()


async def test_B8_one_endless_line_is_not_kept(budget):
    assert await peak_of(b"x" * PIECE, 512, MEGABYTE, budget) < MEGABYTE


async def test_B9_short_lines_take_no_memory_beyond_what_is_at_hand(budget):
    pieces = 8 * MEGABYTE // PIECE
    lines = b"\r\n" * (PIECE // 2)
    assert await peak_of(lines, pieces, 32 * MEGABYTE, budget) < MEGABYTE


def test_where_odd_line_ends_are_taken_only_crlf_ends_a_message_all_the_same():
    holding = Holding(BUDGET)
    receiver = Receiver(holding, MEGABYTE, takes_bare=True)
    assert receiver.feed(b"a\n.\nb\r.\rc\n.\r\n") is None
    assert receiver.feed(b"..d\r\n.\r\nrest") == b"rest"
    content = finish(receiver, holding)
    assert isinstance(content, Content)
    assert content.raw == b"a\n.\nb\r.\rc\n.\r\n.d\r\n"
