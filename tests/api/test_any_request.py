"""Whatever a caller sends is answered with OK or with a documented reason."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot.v1 import (
    accounts_pb2,
    domains_pb2,
    error_reasons_pb2,
    inboxes_pb2,
    messages_pb2,
)
from mailbot_server.api.methods import METHODS, Method
from mailbot_server.config import Settings
from tests.api.conftest import Refusal, Stubs, bearer
from tests.api.test_tenants import inputs
from tests.servers.api import ApiThread

REASONS = {
    name.removeprefix("ERROR_REASON_")
    for name in error_reasons_pb2.ErrorReason.DESCRIPTOR.values_by_name
}
NUMBERS = st.sampled_from([0, 1, -1, 7, 2**31 - 1, -(2**31)])
BIG_NUMBERS = st.sampled_from([0, 1, -1, 2**31, 2**63 - 1, -(2**63), 10**12, -(10**12)])
NANOS = st.sampled_from([0, 1, -1, 999_999_999, 10**9, 2**31 - 1])
WORDS = st.sampled_from(
    [
        *("", "a", "ü", "😀", "\x00", "\r\nBcc: x@y", "%", "_", "\\", "'; --", "NULL"),
        *("a@example.com", "<>", "\u2028", "x" * 999, "x" * 1001, "inb_1", "msg_1"),
        *("*", "{}", '"', "../..", "\x7f", "\ufeff", "display_name", "labels"),
    ]
)


class World:
    """A server with one of everything, and the strategies that know its ids."""

    def __init__(self, url: str) -> None:
        self.server = ApiThread(Settings(grpc_port=0, drain_seconds=1), url)
        self.server.start()
        self.channel = grpc.insecure_channel(self.server.target)
        self.key = bearer(self.server.operator_key)
        self.texts: st.SearchStrategy[str] = WORDS
        self.names: dict[str, list[str]] = {}
        self._fill(Stubs(self.channel))

    def _fill(self, stubs: Stubs) -> None:
        inbox = stubs.inboxes.CreateInbox(
            inboxes_pb2.CreateInboxRequest(), metadata=self.key
        ).inbox
        message = stubs.messages.SendMessage(
            messages_pb2.SendMessageRequest(
                inbox_id=inbox.id,
                to=[messages_pb2.Mailbox(address="carol@example.com")],
                content=messages_pb2.OutgoingContent(
                    text_body="Hello",
                    attachments=[
                        messages_pb2.OutgoingAttachment(filename="a", data=b"a")
                    ],
                ),
            ),
            metadata=self.key,
        ).message
        account = stubs.accounts.CreateAccount(
            accounts_pb2.CreateAccountRequest(
                account=accounts_pb2.Account(display_name="Other")
            ),
            metadata=self.key,
        ).account
        domain = stubs.domains.CreateDomain(
            domains_pb2.CreateDomainRequest(name="a.example"), metadata=self.key
        ).domain
        self.names = {
            "inbox_id": [inbox.id, inbox.address],
            "message_id": [message.id],
            "thread_id": [message.thread_id],
            "account_id": [account.id],
            "domain_id": [domain.id, domain.name],
            "attachment_id": [message.attachments[0].id],
            "delivery_id": [message.recipients[0].delivery_id],
            "destination": ["google", "example.com"],
            "address": ["a@example.com", "Bücher@bücher.example", inbox.address],
            "page_token": [""],
            "filename": ["a.txt"],
        }
        known = [name for names in self.names.values() for name in names]
        self.texts = st.one_of(WORDS, st.sampled_from(known), st.text(max_size=30))

    def close(self) -> None:
        self.channel.close()
        self.server.stop()

    def request(self, descriptor: Descriptor, depth: int = 0) -> st.SearchStrategy[Any]:
        """Any message of this kind that can be put on the wire."""
        if descriptor.full_name in {
            "google.protobuf.Timestamp",
            "google.protobuf.Duration",
        }:
            fields = {"seconds": BIG_NUMBERS, "nanos": NANOS}
        else:
            fields = {f.name: self.field(f, depth) for f in descriptor.fields}
        kind = GetMessageClass(descriptor)
        optional = st.fixed_dictionaries({}, optional=fields)
        return optional.map(lambda chosen: built(kind, chosen))

    def field(self, field: FieldDescriptor, depth: int) -> st.SearchStrategy[Any]:
        message = field.message_type
        if message is not None and message.GetOptions().map_entry:
            return st.dictionaries(self.texts, self.texts, max_size=3)
        one = self.value(field, depth)
        likely = self.names.get(field.name.removesuffix("s"))
        if likely is not None and depth < 3:  # so that most requests get somewhere
            one = st.one_of(*[st.sampled_from(likely)] * 3, one)
        return st.lists(one, max_size=3) if field.is_repeated else one

    def value(self, field: FieldDescriptor, depth: int) -> st.SearchStrategy[Any]:
        if field.message_type is not None:
            return self.request(field.message_type, depth + 1)
        return {
            FieldDescriptor.TYPE_STRING: self.texts,
            FieldDescriptor.TYPE_BYTES: st.binary(max_size=10),
            FieldDescriptor.TYPE_BOOL: st.booleans(),
            FieldDescriptor.TYPE_ENUM: st.integers(-1, 12),
            FieldDescriptor.TYPE_INT32: NUMBERS,
            FieldDescriptor.TYPE_INT64: BIG_NUMBERS,
        }[field.type]


def built(kind: Any, chosen: dict[str, Any]) -> Any:
    """The message; of the fields of a oneof the last one stays."""
    message = kind()
    for name, value in chosen.items():
        target = getattr(message, name)
        if hasattr(target, "CopyFrom"):
            target.CopyFrom(value)
        elif isinstance(value, dict):
            target.update(value)
        elif isinstance(value, list):
            target.extend(value)
        else:
            setattr(message, name, value)
    return message


@pytest.fixture(scope="module")
def sqlite_world(tmp_path_factory) -> Iterator[World]:
    world = World(f"sqlite:///{tmp_path_factory.mktemp('any')}/mailbot.db")
    yield world
    world.close()


@pytest.fixture(scope="module")
def postgres_world(postgres) -> Iterator[World]:
    import psycopg

    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE any_request TEMPLATE mailbot_template")
    world = World(postgres.url("any_request"))
    yield world
    world.close()


def check(world: World, method: Method, request: Any) -> None:
    if method.name == "Subscribe":
        request.stop_at_end = True
    if method.name == "WaitForMessage" and 0 <= request.timeout.seconds <= 300:
        request.timeout.seconds = 0  # what is valid waits only for a moment
        request.timeout.nanos = request.timeout.nanos or 1
    call: Any = world.channel.stream_stream(method.path)
    body = request.SerializeToString()
    try:
        answers = call(iter([body]), metadata=world.key, timeout=20)
        if method.name == "TraceDestination":  # ends only with its time
            next(answers)
            answers.cancel()
        else:
            list(answers)
    except grpc.RpcError as error:
        refusal = Refusal(error)
        assert refusal.reason in REASONS
        assert refusal.code not in {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN}
        assert refusal.reason not in {"INTERNAL", "STORE_UNAVAILABLE"}


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS.values(), ids=lambda m: m.name)
@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def test_any_request_gets_an_answer(request, database, method):
    world: World = request.getfixturevalue(f"{database}_world")

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(world.request(inputs()[method.name]))
    def run(made):
        check(world, method, made)

    run()
