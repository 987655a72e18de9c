"""pytest-grpc's fixtures, overridden by the real server on a real port."""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import psycopg
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from mailbot.v1 import (
    accounts_pb2,
    accounts_pb2_grpc,
    address_lists_pb2_grpc,
    audits_pb2_grpc,
    deliveries_pb2_grpc,
    domains_pb2_grpc,
    events_pb2_grpc,
    inboxes_pb2,
    inboxes_pb2_grpc,
    messages_pb2,
    messages_pb2_grpc,
    rules_pb2_grpc,
    subscriptions_pb2_grpc,
    suppressions_pb2_grpc,
    threads_pb2_grpc,
    usage_pb2_grpc,
    webhooks_pb2_grpc,
)
from mailbot_server.config import Settings
from mailbot_server.core.mail.envelope import Envelope
from mailbot_server.engine import reading
from mailbot_server.engine.accept import accept
from mailbot_server.engine.received import Incoming, Recipient
from mailbot_server.store import inboxes
from tests.servers.api import ApiThread
from tests.servers.postgres import PostgresServer

Metadata = tuple[tuple[str, str], ...]
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def api_settings() -> Settings:
    """Settings of the module's server, which may write to anybody; may be overridden."""
    return Settings(grpc_port=0, drain_seconds=1, hostname="mx.mailbot.example")


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def api_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """An empty database of the module's own; its tests run once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('api')}/mailbot.db"
    postgres: PostgresServer = request.getfixturevalue("postgres")
    name = f"api_{next(_numbers)}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.url(name)


@pytest.fixture(scope="module")
def api(api_database_url: str, api_settings: Settings) -> Iterator[ApiThread]:
    """The module's server."""
    server = ApiThread(api_settings, api_database_url)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def grpc_server(api: ApiThread) -> ApiThread:
    """Takes the place of pytest-grpc's synchronous server."""
    return api


@pytest.fixture(scope="module")
def grpc_addr(api: ApiThread) -> str:
    """Where the real server listens."""
    return api.target


class Stubs:
    """All services over one channel."""

    def __init__(self, channel: grpc.Channel) -> None:
        self.inboxes = inboxes_pb2_grpc.InboxServiceStub(channel)
        self.messages = messages_pb2_grpc.MessageServiceStub(channel)
        self.threads = threads_pb2_grpc.ThreadServiceStub(channel)
        self.events = events_pb2_grpc.EventServiceStub(channel)
        self.suppressions = suppressions_pb2_grpc.SuppressionServiceStub(channel)
        self.deliveries = deliveries_pb2_grpc.DeliveryServiceStub(channel)
        self.domains = domains_pb2_grpc.DomainServiceStub(channel)
        self.accounts = accounts_pb2_grpc.AccountServiceStub(channel)
        self.lists = address_lists_pb2_grpc.AddressListServiceStub(channel)
        self.rules = rules_pb2_grpc.RuleServiceStub(channel)
        self.webhooks = webhooks_pb2_grpc.WebhookServiceStub(channel)
        self.audits = audits_pb2_grpc.AuditServiceStub(channel)
        self.subscriptions = subscriptions_pb2_grpc.SubscriptionServiceStub(channel)
        self.usage = usage_pb2_grpc.UsageServiceStub(channel)


@pytest.fixture(scope="module")
def stubs(grpc_channel: grpc.Channel) -> Stubs:
    """All services, synchronously, over pytest-grpc's channel."""
    return Stubs(grpc_channel)


def bearer(key: str) -> Metadata:
    """The metadata that carries an API key."""
    return (("authorization", f"Bearer {key}"),)


@pytest.fixture(scope="module")
def auth(api: ApiThread) -> Metadata:
    """The default account's metadata."""
    return bearer(api.api_key)


@pytest.fixture(scope="module")
def operator(api: ApiThread) -> Metadata:
    """The operator's metadata."""
    return bearer(api.operator_key)


@pytest.fixture(scope="module")
def make_key(stubs: Stubs, operator: Metadata) -> Callable[..., Metadata]:
    """Makes an API key, of the default account unless told; its metadata."""

    def make(account_id: str = "", by: Metadata = operator, **fields: Any) -> Metadata:
        key = accounts_pb2.ApiKey(**fields)
        request = accounts_pb2.CreateApiKeyRequest(api_key=key, account_id=account_id)
        return bearer(stubs.accounts.CreateApiKey(request, metadata=by).secret)

    return make


@pytest.fixture(scope="module")
def stranger(
    stubs: Stubs, operator: Metadata, make_key: Callable[..., Metadata]
) -> Metadata:
    """Metadata of another account, whose key may do everything."""
    account = accounts_pb2.Account(display_name="Stranger")
    request = accounts_pb2.CreateAccountRequest(account=account)
    made = stubs.accounts.CreateAccount(request, metadata=operator).account
    return make_key(account_id=made.id, scopes=["admin"])


@pytest.fixture(scope="module")
def new_inbox(
    api: ApiThread, stubs: Stubs, auth: Metadata
) -> Callable[..., inboxes_pb2.Inbox]:
    """Makes an inbox, of the default account unless told; a second later each time."""

    def make(by: Metadata = auth, **fields: Any) -> inboxes_pb2.Inbox:
        api.clock.advance(seconds=1)
        wanted = inboxes_pb2.Inbox(**fields)
        request = inboxes_pb2.CreateInboxRequest(inbox=wanted)
        return stubs.inboxes.CreateInbox(request, metadata=by).inbox

    return make


@pytest.fixture(scope="module")
def send(
    api: ApiThread, stubs: Stubs, auth: Metadata
) -> Callable[..., messages_pb2.Message]:
    """Sends a message from an inbox; a minute later each time."""

    def run(
        inbox_id: str, to: str = "carol@example.com", by: Metadata = auth, **fields: Any
    ) -> messages_pb2.Message:
        api.clock.advance(minutes=1)
        fields = {"subject": "Hello", "text_body": "Hello Carol", **fields}
        request = messages_pb2.SendMessageRequest(
            inbox_id=inbox_id,
            to=[messages_pb2.Mailbox(address=to)],
            content=messages_pb2.OutgoingContent(**fields),
        )
        return stubs.messages.SendMessage(request, metadata=by).message

    return run


@pytest.fixture(scope="module")
def receive(api: ApiThread) -> Callable[[str, bytes], str]:
    """Puts a message into an inbox, given by its address, as the SMTP port would."""

    def run(address: str, raw: bytes) -> str:
        api.clock.advance(seconds=1)
        inbox = api.read(inboxes.find_by_address, address)
        incoming = Incoming(
            envelope=Envelope(
                reverse_path="carol@example.com",
                forward_paths=(address,),
                helo="mail.example.com",
                peer_ip="192.0.2.1",
            ),
            raw=raw,
            content_sha256=hashlib.sha256(raw).hexdigest(),
            reading=reading.read(raw),
            received_at=api.clock(),
        )
        recipient = Recipient(inbox=inbox, address=address)
        accepted = api.run(accept(api.db, incoming, [recipient]))
        return accepted[0].message_id

    return run


@pytest.fixture(scope="module")
def upload(
    stubs: Stubs, auth: Metadata
) -> Callable[..., messages_pb2.UploadAttachmentResponse]:
    """Uploads bytes for an inbox, in chunks; what the header says may be changed."""

    def run(
        inbox_id: str, data: bytes, by: Metadata = auth, chunk: int = 65536, **says: Any
    ) -> messages_pb2.UploadAttachmentResponse:
        request = messages_pb2.UploadAttachmentRequest
        known = {"inbox_id": inbox_id, "size_bytes": len(data), **says}
        parts = [request(header=request.Header(**known))]
        cuts = range(0, len(data), chunk)
        parts += [request(chunk=data[start : start + chunk]) for start in cuts]
        return stubs.messages.UploadAttachment(iter(parts), metadata=by)

    return run


class Refusal:
    """What a refused call said."""

    def __init__(self, error: grpc.RpcError) -> None:
        self.code: grpc.StatusCode = error.code()
        self.text: str = error.details() or ""
        status = rpc_status.from_call(error)
        self.details: dict[str, Any] = {}
        for packed in status.details if status else ():
            kind = getattr(error_details_pb2, packed.TypeName().split(".")[-1])
            detail = kind()
            packed.Unpack(detail)
            self.details[packed.TypeName().split(".")[-1]] = detail

    @property
    def reason(self) -> str:
        """The ErrorInfo's reason."""
        info = self.details["ErrorInfo"]
        assert info.domain == "mailbot"
        return str(info.reason)

    @property
    def metadata(self) -> dict[str, str]:
        """The ErrorInfo's metadata."""
        return dict(self.details["ErrorInfo"].metadata)

    @property
    def fields(self) -> list[str]:
        """The fields that BadRequest names."""
        return [v.field for v in self.details["BadRequest"].field_violations]


@pytest.fixture
def refused() -> Callable[[Callable[[], Any]], Refusal]:
    """Runs a call that must be refused; what it said."""

    def run(call: Callable[[], Any]) -> Refusal:
        with pytest.raises(grpc.RpcError) as caught:
            call()
        return Refusal(caught.value)

    return run
