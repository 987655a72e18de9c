"""Builds the grpc.aio server: services, health, reflection, TLS, drain."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from mailbot.v1 import (
    accounts_pb2_grpc,
    address_lists_pb2_grpc,
    audits_pb2_grpc,
    deliveries_pb2_grpc,
    domains_pb2_grpc,
    events_pb2_grpc,
    inboxes_pb2_grpc,
    messages_pb2_grpc,
    rules_pb2_grpc,
    subscriptions_pb2_grpc,
    suppressions_pb2_grpc,
    threads_pb2_grpc,
    usage_pb2_grpc,
    webhooks_pb2_grpc,
)
from mailbot_server.api.auth import Authenticator
from mailbot_server.api.interceptors import Surround
from mailbot_server.api.methods import SERVICES
from mailbot_server.api.pages import Pages
from mailbot_server.api.services.accounts import AccountService
from mailbot_server.api.services.address_lists import AddressListService
from mailbot_server.api.services.audits import AuditService
from mailbot_server.api.services.deliveries import DeliveryService
from mailbot_server.api.services.domains import DomainService
from mailbot_server.api.services.events import EventService
from mailbot_server.api.services.inboxes import InboxService
from mailbot_server.api.services.messages import MessageService
from mailbot_server.api.services.rules import RuleService
from mailbot_server.api.services.subscriptions import SubscriptionService
from mailbot_server.api.services.suppressions import SuppressionService
from mailbot_server.api.services.threads import ThreadService
from mailbot_server.api.services.usage import UsageService
from mailbot_server.api.services.webhooks import WebhookService
from mailbot_server.api.streams import Draining, Streams
from mailbot_server.api.waits import Waits
from mailbot_server.config import Settings, host_port
from mailbot_server.core.delivery import Delivery
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.shaping import SiteStatus
from mailbot_server.core.signed.cursor import SigningKeys
from mailbot_server.engine.domains.domains import Domains
from mailbot_server.engine.outbound.smtp.dialogue import Dialogues
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.engine.tls.certificate import Certificate, Pair
from mailbot_server.engine.webhooks.webhooks import Webhooks
from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics

TRANSPORT_BYTES_MAX: Final = 16 * 1024 * 1024
"""Above our own limit: a caller is to see our error, not the transport's."""
RESPONSE_BYTES_MAX: Final = 4 * 1024 * 1024
"""What every client accepts by default."""
TICK_SECONDS: Final = 15.0
HEALTH_SECONDS: Final = 2.0
LEAVING_SECONDS: Final = 0.2
"""How long clients may take to hear that they are to connect to another worker."""

LAST_WORDS_SECONDS: Final = 0.5
"""What handlers have answered is still on its way when they have ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the API is built from."""

    db: Database
    settings: Settings
    metrics: Metrics
    keys: SigningKeys
    paths: ReversePaths
    domains: Domains
    entropy: Callable[[int], bytes]
    node_id: str
    destinations: Callable[[], list[SiteStatus]]
    site_of: Callable[[Delivery], str]
    dialogues: Dialogues
    webhooks: Webhooks


class ApiServer:
    """The gRPC server of one process."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._settings = parts.settings
        self.authenticator = Authenticator(parts.db, parts.metrics)
        self._streams = Streams(parts.settings, parts.metrics, self.authenticator)
        self._waits = Waits(
            *(parts.db, parts.keys, self.authenticator),
            *(self.draining.check, parts.metrics),
        )
        self._health = health.aio.HealthServicer()
        self._server: grpc.aio.Server | None = None
        cert, key = self._settings.grpc_tls_cert, self._settings.grpc_tls_key
        self.certificate = (
            Certificate("grpc", parts.metrics, cert, key) if cert else None
        )
        """None while callers speak in plain."""

        self.port = 0

    async def start(self) -> None:
        """
        Binds and serves; `port` is known afterwards.

        Raises OSError when the address cannot be used, and BadSettings for the
        certificate.
        """
        options = _options(shares_port=self._settings.shares_ports)
        server = grpc.aio.server(
            interceptors=(self._surround(),), options=options, compression=None
        )
        self._add_services(cast("grpc.aio.Server", _Services(server)))
        address = host_port(self._settings.grpc_host, self._settings.grpc_port)
        try:
            self.port = self._bind(server, address)
        except RuntimeError as error:
            message = f"gRPC cannot listen on {address}: is the port taken?"
            raise OSError(message) from error
        await server.start()
        self._server = server
        for name in ("", *SERVICES):
            await self._health.set(name, health_pb2.HealthCheckResponse.SERVING)

    async def run(self) -> None:
        """Writes down when keys were used and measures, now and then, for ever."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            await self.tick()

    async def tick(self) -> None:
        """One round of `run`; what the store cannot take now is left for the next."""
        await self.authenticator.flush()
        with contextlib.suppress(Unavailable):
            await self._streams.measure(self._parts.db)

    @property
    def draining(self) -> Draining:
        """Whether the server is stopping."""
        return self._streams.draining

    async def drain(self) -> None:
        """Refuses new calls, ends streams, waits for calls that are under way."""
        if self._server is None:
            return
        async with asyncio.TaskGroup() as group:
            if self._settings.shares_ports:
                # Whoever connects from now on is another worker's; who is connected is
                # asked to connect again, and loses nothing.
                seconds = self._settings.drain_seconds
                group.create_task(self._server.stop(seconds), name="leave")
                await asyncio.sleep(LEAVING_SECONDS)
            await self._drain(self._server)

    async def _drain(self, server: grpc.aio.Server) -> None:
        self.draining.is_on = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HEALTH_SECONDS):
                await self._health.enter_graceful_shutdown()
        self._parts.db.wake_all()
        # Not by gRPC's own grace: a health watch never ends, and would use it up.
        await self.draining.calls_ended(self._settings.drain_seconds)
        await server.stop(LAST_WORDS_SECONDS)
        await self.authenticator.flush()

    def _surround(self) -> Surround:
        parts = self._parts
        return Surround(
            parts.db, self.authenticator, parts.metrics, self._streams, parts.entropy
        )

    def _bind(self, server: grpc.aio.Server, address: str) -> int:
        if self.certificate is None:
            return server.add_insecure_port(address)
        self.certificate.load()
        return server.add_secure_port(address, _credentials(self.certificate))

    def _add_services(self, server: grpc.aio.Server) -> None:
        parts = self._parts
        tokens = Pages(parts.keys)
        inboxes_pb2_grpc.add_InboxServiceServicer_to_server(
            InboxService(parts.db, parts.settings, tokens), server
        )
        messages_pb2_grpc.add_MessageServiceServicer_to_server(
            MessageService(
                *(parts.db, parts.paths, parts.metrics, tokens, self._waits),
                parts.settings,
            ),
            server,
        )
        threads_pb2_grpc.add_ThreadServiceServicer_to_server(
            ThreadService(parts.db, tokens), server
        )
        events_pb2_grpc.add_EventServiceServicer_to_server(
            EventService(parts.db, tokens, self._streams, parts.entropy, parts.node_id),
            server,
        )
        subscriptions_pb2_grpc.add_SubscriptionServiceServicer_to_server(
            SubscriptionService(
                *(parts.db, tokens, self._streams, parts.entropy, parts.node_id)
            ),
            server,
        )
        suppressions_pb2_grpc.add_SuppressionServiceServicer_to_server(
            SuppressionService(parts.db, tokens, self._streams), server
        )
        deliveries_pb2_grpc.add_DeliveryServiceServicer_to_server(
            DeliveryService(
                *(parts.db, tokens, self._streams),
                *(parts.destinations, parts.site_of, parts.dialogues),
            ),
            server,
        )
        address_lists_pb2_grpc.add_AddressListServiceServicer_to_server(
            AddressListService(parts.db, tokens), server
        )
        usage_pb2_grpc.add_UsageServiceServicer_to_server(
            UsageService(parts.db, tokens), server
        )
        rules_pb2_grpc.add_RuleServiceServicer_to_server(
            RuleService(parts.db, tokens), server
        )
        domains_pb2_grpc.add_DomainServiceServicer_to_server(
            DomainService(parts.domains, tokens), server
        )
        accounts_pb2_grpc.add_AccountServiceServicer_to_server(
            AccountService(parts.db, self.authenticator, tokens, parts.entropy), server
        )
        audits_pb2_grpc.add_AuditServiceServicer_to_server(
            AuditService(parts.db, tokens, parts.metrics), server
        )
        webhooks_pb2_grpc.add_WebhookServiceServicer_to_server(
            WebhookService(parts.db, parts.webhooks, tokens), server
        )
        health_pb2_grpc.add_HealthServicer_to_server(self._health, server)
        if parts.settings.grpc_reflection:
            names = (*SERVICES, health.SERVICE_NAME, reflection.SERVICE_NAME)
            reflection.enable_server_reflection(names, server)


class _Services:
    """
    What generated code adds services to: their handlers, not each of their methods.

    Of methods that are registered grpc.aio awaits the next call of each, and at every
    call it looks at all of them, which costs more than a short call does.
    """

    def __init__(self, server: grpc.aio.Server) -> None:
        self.add_generic_rpc_handlers = server.add_generic_rpc_handlers

    def add_registered_method_handlers(self, service: str, handlers: object) -> None:
        """Nothing: whatever is called next is awaited as one."""


def _credentials(certificate: Certificate) -> grpc.ServerCredentials:
    """gRPC asks for the certificate before each handshake, on threads of its own."""
    given = certificate.pair

    def renewed() -> grpc.ServerCertificateConfiguration | None:
        nonlocal given
        if certificate.pair is given:
            return None
        given = certificate.pair
        return _configured(given)

    # None is "as before", which the types of this library do not know.
    asked = cast("Callable[[], grpc.ServerCertificateConfiguration]", renewed)
    return grpc.dynamic_ssl_server_credentials(_configured(given), asked)


def _configured(pair: Pair) -> grpc.ServerCertificateConfiguration:
    return grpc.ssl_server_certificate_configuration([(pair.key, pair.chain)])


def _options(*, shares_port: bool) -> list[tuple[str, int]]:
    minutes = 60_000
    return [
        ("grpc.so_reuseport", int(shares_port)),
        ("grpc.max_receive_message_length", TRANSPORT_BYTES_MAX),
        ("grpc.max_send_message_length", RESPONSE_BYTES_MAX),
        ("grpc.max_concurrent_streams", 256),
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        ("grpc.http2.min_recv_ping_interval_without_data_ms", 10_000),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
        ("grpc.max_connection_idle_ms", 15 * minutes),
        ("grpc.max_connection_age_ms", 30 * minutes),
        ("grpc.max_connection_age_grace_ms", 15 * minutes),
    ]
