"""Reading within a deadline, and after it."""

import asyncio
import hashlib
import threading

import pytest

from mailbot_server.config import load
from mailbot_server.core.mail.envelope import Envelope
from mailbot_server.core.message import ParseState
from mailbot_server.engine import accept, reading
from mailbot_server.engine.inbound.ingest import INLINE_BYTES_MAX, Ingest
from mailbot_server.engine.received import Incoming, Recipient

SMALL = b"Subject: Small\r\nMessage-ID: <1@example.org>\r\n\r\nHello\r\n"
LARGE = SMALL + b"x" * 78 * 1000
LARGE += b"\r\n" * INLINE_BYTES_MAX


@pytest.fixture
def make(db, metrics):
    made = []

    def _make(late_seconds: float = 60, **settings) -> Ingest:
        made.append(Ingest(db, load(**settings), late_seconds))
        return made[-1]

    yield _make
    for each in made:
        each.stop()


class Stuck:
    """Reading that goes on until it is let go."""

    def __init__(self, monkeypatch) -> None:
        self.go_on = threading.Event()
        self._read = reading.read
        monkeypatch.setattr(reading, "read", self.read)

    def read(self, raw, **keywords):
        assert self.go_on.wait(20)
        return self._read(raw, **keywords)


@pytest.fixture
def stuck(monkeypatch):
    one = Stuck(monkeypatch)
    yield one
    one.go_on.set()


@pytest.mark.parametrize("rest", [SMALL, LARGE], ids=["small", "large"])
async def test_what_only_we_may_claim_is_taken_out(make, rest):
    forged = b"Authentication-Results: mx.example.org; spf=pass\r\n" + rest
    ingest = make()
    assert await ingest.without_claims(forged, "mx.example.org") == rest
    assert await ingest.without_claims(forged, "another.example.org") == forged


def broken(raw, **keywords):
    raise RuntimeError("no such message was foreseen")


async def accept_unread(db, clock, inbox, raw: bytes) -> str:
    incoming = Incoming(
        envelope=Envelope(
            reverse_path="ann@example.org",
            forward_paths=(inbox.address,),
            helo="mail.example.org",
            peer_ip="192.0.2.7",
        ),
        raw=raw,
        content_sha256=hashlib.sha256(raw).hexdigest(),
        reading=reading.read_header(raw),
        received_at=clock(),
    )
    recipient = Recipient(inbox=inbox, address=inbox.address)
    (accepted,) = await accept.accept(db, incoming, [recipient])
    return accepted.message_id


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(f"mailbot_{name}", labels) or 0


@pytest.mark.parametrize("raw", [SMALL, LARGE], ids=["small", "large"])
async def test_a_message_is_read_whole_here_or_in_a_thread(make, metrics, raw):
    found = await make().read(raw)
    assert found.is_complete
    assert found.parsed.subject == "Small"
    assert found.snippet.startswith("Hello")
    assert sample(metrics, "mime_parse_duration_seconds_count") == 1


async def test_what_takes_too_long_gives_its_header(make, metrics, stuck):
    found = await make(smtp_parse_seconds=0.05).read(LARGE)
    assert not found.is_complete
    assert found.parsed.message_id == "1@example.org"
    assert sample(metrics, "mime_parse_degraded_total", reason="deadline") == 1


async def test_the_event_loop_goes_on_while_a_large_message_is_read(make, stuck):
    reading_it = asyncio.create_task(make().read(LARGE))
    await asyncio.sleep(0)
    assert not reading_it.done()
    stuck.go_on.set()
    assert (await reading_it).is_complete


async def test_A14_what_no_code_of_ours_can_read_is_not_lost(
    make, metrics, monkeypatch
):
    monkeypatch.setattr(reading, "read", broken)
    ingest = make()
    for raw in (SMALL, LARGE):
        found = await ingest.read(raw)
        assert not found.is_complete
        assert found.parsed.subject == "Small"
    monkeypatch.setattr(reading, "read_header", broken)
    assert (await ingest.read(SMALL)).parsed.subject == ""
    assert sample(metrics, "unhandled_exceptions_total", component="parse") == 4


async def test_what_was_accepted_unread_is_read_by_whoever_starts_next(
    db, clock, make, inbox, stored
):
    message_id = await accept_unread(db, clock, inbox, SMALL)
    ingest = make()
    assert await ingest.step() == 1
    assert await ingest.step() == 0
    (message,) = await stored.messages()
    assert (message.id, message.parse_state) == (message_id, ParseState.PARSED)
    assert message.snippet == "Hello"
    types = [event.type.value for event in await stored.events()]
    assert types == ["message.received", "message.parsed"]


async def test_it_runs_until_cancelled_and_is_woken_by_what_was_accepted(
    db, clock, make, inbox, stored
):
    running = asyncio.create_task(make().run())
    with db.watch(f"events:{inbox.account_id}") as watch:
        await accept_unread(db, clock, inbox, SMALL)
        while len(await stored.events()) < 2:
            assert await watch.changed(10)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_what_cannot_be_read_later_either_is_given_up_and_announced(
    db, clock, make, inbox, stored, monkeypatch
):
    await accept_unread(db, clock, inbox, SMALL)
    monkeypatch.setattr(reading, "read", broken)
    ingest = make()
    assert await ingest.step() == 1
    assert await ingest.step() == 0
    (message,) = await stored.messages()
    assert (message.subject, message.parse_state) == ("Small", ParseState.FAILED)
    types = [event.type.value for event in await stored.events()]
    assert types == ["message.received", "message.parse_failed"]


async def test_late_reading_has_a_deadline_too(db, clock, make, inbox, stored, stuck):
    await accept_unread(db, clock, inbox, SMALL)
    assert await make(late_seconds=0.02).step() == 1
    (message,) = await stored.messages()
    assert message.parse_state is ParseState.FAILED


async def test_what_was_read_before_a_late_deadline_is_kept(
    db, clock, make, inbox, stored
):
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nwords %d\r\n"
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    raw += b"".join(part % number for number in range(3)) + b"--b--\r\n"
    await accept_unread(db, clock, inbox, raw)
    assert await make(late_seconds=1e-9).step() == 1
    (message,) = await stored.messages()
    assert message.parse_state is ParseState.FAILED


async def test_a_slow_message_is_accepted_first_and_read_afterwards(
    serve, connect, inbox, stored, make, stuck
):
    listener = await serve(smtp_parse_seconds=0.05)
    peer = await connect(listener)
    answer = await peer.deliver("ann@example.org", inbox.address, LARGE)
    assert answer.startswith("250 2.0.0")
    (message,) = await stored.messages()
    assert (message.subject, message.parse_state) == ("Small", ParseState.ACCEPTED)
    stuck.go_on.set()
    assert await make().step() == 1
    (message,) = await stored.messages()
    assert message.parse_state is ParseState.PARSED
