"""How the SDK reaches a server: address, key, encryption and channel options."""

import ipaddress
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import grpc
from grpc import aio

from mailbot.errors import AuthError
from mailbot.retry import Backoff, service_config
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

DEFAULT_TARGET = "127.0.0.1:50051"
DEFAULT_TIMEOUT_SECONDS = 30.0

Tls = bool | str | Path | grpc.ChannelCredentials | None
Metadata = tuple[tuple[str, str], ...]

OPTIONS: tuple[tuple[str, str | int], ...] = (
    ("grpc.primary_user_agent", "mailbot-python"),
    ("grpc.service_config", service_config()),
    ("grpc.enable_retries", 1),
    # A request is kept for a retry only while it fits here; requests are at most 4 MiB.
    ("grpc.per_rpc_retry_buffer_size", 4 * 1024 * 1024),
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 1_000),
    # All channels of a process share it: less than a call is tried again for, so that
    # a server that is back is found by the first call.
    ("grpc.max_reconnect_backoff_ms", 1_000),
    ("grpc.max_receive_message_length", 16 * 1024 * 1024),
    # A web proxy in the environment is not meant for this connection.
    ("grpc.enable_http_proxy", 0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a client was given or found in the environment."""

    target: str
    api_key: str = field(repr=False)
    credentials: grpc.ChannelCredentials | None
    timeout: float
    backoff: Backoff

    @property
    def metadata(self) -> Metadata:
        """What every call carries."""
        return (("authorization", f"Bearer {self.api_key}"),)


def settings(
    *,
    api_key: str | None,
    target: str | None,
    tls: Tls,
    insecure: bool,
    timeout: float,
    backoff: Backoff,
) -> Settings:
    """
    Settle what was left open: MAILBOT_API_KEY, MAILBOT_TARGET, encryption.

    Raises AuthError without a usable key, ValueError for a target that is a URL, or
    that would be spoken to in the clear without `insecure`.
    """
    chosen = target or os.environ.get("MAILBOT_TARGET") or DEFAULT_TARGET
    if re.match(r"https?://", chosen):
        raise ValueError(
            f"the target {chosen} is a URL: give host:port of the gRPC API"
        )
    key = (api_key or os.environ.get("MAILBOT_API_KEY") or "").strip()
    if not key:
        raise AuthError(
            "give api_key= or set MAILBOT_API_KEY", reason="API_KEY_MISSING"
        )
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise AuthError(
            "the API key has characters that no key has", reason="API_KEY_INVALID"
        )
    return Settings(
        target=chosen,
        api_key=key,
        credentials=credentials(chosen, tls, insecure=insecure),
        timeout=timeout,
        backoff=backoff,
    )


def credentials(
    target: str, tls: Tls, *, insecure: bool
) -> grpc.ChannelCredentials | None:
    """None for plaintext: on this machine, or where `insecure` says so."""
    if isinstance(tls, grpc.ChannelCredentials):
        return tls
    if isinstance(tls, str | Path):
        return grpc.ssl_channel_credentials(Path(tls).read_bytes())
    plaintext_allowed = insecure or is_loopback(target)
    if tls is False and not plaintext_allowed:
        raise ValueError(
            f"{target} is not on this machine: the API key would travel in the clear. "
            "Leave tls out, or say insecure=True."
        )
    if tls is False or (tls is None and plaintext_allowed):
        return None
    return grpc.ssl_channel_credentials()


def is_loopback(target: str) -> bool:
    """Whether nothing sent to this gRPC target leaves the machine."""
    if target.startswith(("unix:", "unix-abstract:")):
        return True
    addresses = re.sub(r"^(dns|ipv4|ipv6):(//[^/]*/)?", "", target)
    return all(_is_loopback_address(each) for each in addresses.split(","))


def _is_loopback_address(address: str) -> bool:
    try:
        host = urlsplit(f"//{address}").hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Stubs:
    """The generated stubs over one channel; over an asyncio one they are awaited."""

    inboxes: inboxes_pb2_grpc.InboxServiceStub
    messages: messages_pb2_grpc.MessageServiceStub
    threads: threads_pb2_grpc.ThreadServiceStub
    events: events_pb2_grpc.EventServiceStub
    suppressions: suppressions_pb2_grpc.SuppressionServiceStub
    accounts: accounts_pb2_grpc.AccountServiceStub
    deliveries: deliveries_pb2_grpc.DeliveryServiceStub
    domains: domains_pb2_grpc.DomainServiceStub
    address_lists: address_lists_pb2_grpc.AddressListServiceStub
    rules: rules_pb2_grpc.RuleServiceStub
    audits: audits_pb2_grpc.AuditServiceStub
    usage: usage_pb2_grpc.UsageServiceStub
    webhooks: webhooks_pb2_grpc.WebhookServiceStub
    subscriptions: subscriptions_pb2_grpc.SubscriptionServiceStub


def stubs(channel: grpc.Channel | aio.Channel) -> Stubs:
    """Every service's stub."""
    # At run time the stubs take either channel; the types tell them apart.
    any_channel = cast("grpc.Channel", channel)
    return Stubs(
        inboxes_pb2_grpc.InboxServiceStub(any_channel),
        messages_pb2_grpc.MessageServiceStub(any_channel),
        threads_pb2_grpc.ThreadServiceStub(any_channel),
        events_pb2_grpc.EventServiceStub(any_channel),
        suppressions_pb2_grpc.SuppressionServiceStub(any_channel),
        accounts_pb2_grpc.AccountServiceStub(any_channel),
        deliveries_pb2_grpc.DeliveryServiceStub(any_channel),
        domains_pb2_grpc.DomainServiceStub(any_channel),
        address_lists_pb2_grpc.AddressListServiceStub(any_channel),
        rules_pb2_grpc.RuleServiceStub(any_channel),
        audits_pb2_grpc.AuditServiceStub(any_channel),
        usage_pb2_grpc.UsageServiceStub(any_channel),
        webhooks_pb2_grpc.WebhookServiceStub(any_channel),
        subscriptions_pb2_grpc.SubscriptionServiceStub(any_channel),
    )


def open_channel(settings: Settings) -> grpc.Channel:
    """A channel for threads; it connects at the first call."""
    if settings.credentials is None:
        return grpc.insecure_channel(settings.target, OPTIONS)
    return grpc.secure_channel(settings.target, settings.credentials, OPTIONS)


def open_aio_channel(settings: Settings) -> aio.Channel:
    """A channel for the running event loop; it connects at the first call."""
    if settings.credentials is None:
        return aio.insecure_channel(settings.target, OPTIONS)
    return aio.secure_channel(settings.target, settings.credentials, OPTIONS)
