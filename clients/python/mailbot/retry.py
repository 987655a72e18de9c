"""What is tried again, how often and how long apart, as data."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor

from mailbot.v1 import (
    accounts_pb2,
    address_lists_pb2,
    audits_pb2,
    deliveries_pb2,
    domains_pb2,
    events_pb2,
    inboxes_pb2,
    messages_pb2,
    rules_pb2,
    subscriptions_pb2,
    suppressions_pb2,
    threads_pb2,
    usage_pb2,
    webhooks_pb2,
)

_MODULES = (
    audits_pb2,
    *(inboxes_pb2, messages_pb2, threads_pb2, events_pb2, suppressions_pb2),
    *(deliveries_pb2, domains_pb2, accounts_pb2, address_lists_pb2, rules_pb2),
    *(subscriptions_pb2, usage_pb2, webhooks_pb2),
)

# gRPC itself allows no more than 5 (gRFC A6).
ATTEMPTS_MAX = 5

RETRY_POLICY: Mapping[str, Any] = {
    "maxAttempts": ATTEMPTS_MAX,
    "initialBackoff": "0.1s",
    "maxBackoff": "5s",
    "backoffMultiplier": 2,
    # A server that leaves cancels what has reached it and nobody has begun with.
    "retryableStatusCodes": ["UNAVAILABLE", "CANCELLED"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How long to wait before a stream is opened again: doubling, with jitter."""

    first_seconds: float = 0.1
    ceiling_seconds: float = 10.0

    def seconds(self, failures: int, chance: float) -> float:
        """The wait after so many failures in a row; `chance` is between 0 and 1."""
        doubled = self.first_seconds * 2.0 ** min(failures - 1, 32)
        return min(doubled, self.ceiling_seconds) * (0.5 + chance / 2)


def service_config() -> str:
    """gRPC's service config: what may be repeated is, while nobody serves it."""
    names = [
        {"service": method.containing_service.full_name, "method": method.name}
        for method in repeatable_methods()
    ]
    config = {
        "loadBalancingConfig": [{"round_robin": {}}],
        "methodConfig": [{"name": names, "retryPolicy": RETRY_POLICY}],
    }
    return json.dumps(config)


def repeatable_methods() -> Iterator[MethodDescriptor]:
    """
    Unary methods without side effects, or with a `request_id`.

    The SDK fills in every `request_id`, so that the server knows a repeat.
    """
    return (
        method
        for service in _services()
        for method in service.methods
        if not (method.client_streaming or method.server_streaming)
        and (
            method.GetOptions().idempotency_level
            or "request_id" in method.input_type.fields_by_name
        )
    )


def _services() -> Iterator[ServiceDescriptor]:
    for module in _MODULES:
        yield from module.DESCRIPTOR.services_by_name.values()
