"""A18: a client that goes away amid a Send leaves all of it, and finds it again."""

import threading
from contextlib import contextmanager

import grpc
import pytest

from mailbot.v1 import inboxes_pb2, messages_pb2
from mailbot.v1.messages_pb2 import Mailbox, OutgoingContent
from mailbot_server.store import deliveries
from mailbot_server.store.database.postgres import WRITERS
from tests.servers.api import START_SECONDS

TABLES = ("message", "raw", "delivery", "request", "event")


@pytest.fixture
def request_for(stubs, auth):
    """A request to send from a new inbox, with an id of its own."""
    inbox = stubs.inboxes.CreateInbox(
        inboxes_pb2.CreateInboxRequest(), metadata=auth
    ).inbox

    def make(request_id: str) -> messages_pb2.SendMessageRequest:
        return messages_pb2.SendMessageRequest(
            inbox_id=inbox.id,
            to=[Mailbox(address="carol@example.com")],
            content=OutgoingContent(subject=request_id, text_body="Hello"),
            request_id=request_id,
        )

    return make


@pytest.fixture
def counts(api):
    """How many rows the tables have."""

    def count(tx):
        return [tx.one(f"SELECT COUNT(*) FROM {name}")[0] for name in TABLES]

    return lambda: api.read(count)


@contextmanager
def all_writers_held(api):
    """What is written now waits until the end of the block."""
    gate = threading.Event()
    number = WRITERS if api.db.is_postgres else 1
    begun = threading.Semaphore(0)

    def hold(tx):
        begun.release()
        assert gate.wait(START_SECONDS)

    held = [api.begin(api.db.write(hold)) for _ in range(number)]
    try:
        for _ in held:
            assert begun.acquire(timeout=START_SECONDS)
        yield number
    finally:
        gate.set()
        for each in held:
            each.result(START_SECONDS)


@pytest.fixture
def sent(api, monkeypatch):
    """Waits until the operation that sends has ended, whoever still waits for it."""
    ended = threading.Event()
    backend = api.db.backend
    writer = backend if api.db.is_postgres else backend.writer
    finished = writer._finished

    def tell(jobs):
        finished(jobs)
        if any(job.events for job in jobs):
            ended.set()

    monkeypatch.setattr(writer, "_finished", tell)
    return lambda: ended.wait(START_SECONDS)


def cancelled(call):
    call.cancel()
    with pytest.raises(grpc.FutureCancelledError):
        call.result(START_SECONDS)


def test_a18_a_call_that_is_cancelled_before_its_commit_is_whole(
    api, stubs, auth, request_for, counts, sent
):
    request = request_for("waits")
    before = counts()
    with all_writers_held(api) as held:
        call = stubs.messages.SendMessage.future(request, metadata=auth)
        api.wait_until(lambda: api.db._waiting == held + 1)
        cancelled(call)
    assert sent()
    assert_whole_and_once(stubs, auth, counts, before, request)


def assert_whole_and_once(stubs, auth, counts, before, request):
    changed = [now - then for now, then in zip(counts(), before, strict=True)]
    assert changed == [1] * len(TABLES)
    first = stubs.messages.SendMessage(request, metadata=auth)
    again = stubs.messages.SendMessage(request, metadata=auth)
    assert again.message.id == first.message.id
    changed = [now - then for now, then in zip(counts(), before, strict=True)]
    assert changed == [1] * len(TABLES)


def test_a18_a_call_that_fails_after_it_was_cancelled_leaves_nothing(
    stubs, auth, request_for, counts, monkeypatch
):
    entered, gate, ended = threading.Event(), threading.Event(), threading.Event()

    def fail_slowly(tx, its):
        entered.set()
        assert gate.wait(START_SECONDS)
        ended.set()
        raise LookupError(its)

    request = request_for("fails")
    before = counts()
    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "add_many", fail_slowly)
        call = stubs.messages.SendMessage.future(request, metadata=auth)
        assert entered.wait(START_SECONDS)
        cancelled(call)
        gate.set()
        assert ended.wait(START_SECONDS)
    assert counts() == before
    stubs.messages.SendMessage(request, metadata=auth)
    assert_whole_and_once(stubs, auth, counts, before, request)


def test_a18_a_call_that_is_cancelled_amid_its_commit_is_found_by_its_request_id(
    stubs, auth, request_for, counts, sent, monkeypatch
):
    entered, gate = threading.Event(), threading.Event()
    add_many = deliveries.add_many

    def add_slowly(tx, its):
        entered.set()
        assert gate.wait(START_SECONDS)
        add_many(tx, its)

    monkeypatch.setattr(deliveries, "add_many", add_slowly)
    request = request_for("runs")
    before = counts()
    call = stubs.messages.SendMessage.future(request, metadata=auth)
    assert entered.wait(START_SECONDS)
    cancelled(call)
    gate.set()
    assert sent()
    assert_whole_and_once(stubs, auth, counts, before, request)
