"""Every RPC: its kind, the scope that it asks for, and whether it only reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pb2 import MethodOptions

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

SCOPE_OF: Final = {
    "/mailbot.v1.InboxService/CreateInbox": "inboxes:write",
    "/mailbot.v1.InboxService/GetInbox": "inboxes:read",
    "/mailbot.v1.InboxService/ListInboxes": "inboxes:read",
    "/mailbot.v1.InboxService/UpdateInbox": "inboxes:write",
    "/mailbot.v1.InboxService/SuspendInbox": "inboxes:write",
    "/mailbot.v1.InboxService/ActivateInbox": "inboxes:write",
    "/mailbot.v1.InboxService/DisableInbox": "inboxes:write",
    "/mailbot.v1.MessageService/SendMessage": "messages:send",
    "/mailbot.v1.MessageService/ReplyMessage": "messages:send",
    "/mailbot.v1.MessageService/GetMessage": "messages:read",
    "/mailbot.v1.MessageService/ListMessages": "messages:read",
    "/mailbot.v1.MessageService/SearchMessages": "messages:read",
    "/mailbot.v1.MessageService/WaitForMessage": "messages:read",
    "/mailbot.v1.MessageService/UpdateMessageLabels": "messages:write",
    "/mailbot.v1.MessageService/ReleaseMessage": "messages:write",
    "/mailbot.v1.MessageService/RedactMessage": "messages:write",
    "/mailbot.v1.MessageService/UpdateMessageLegalHolds": "retention:write",
    "/mailbot.v1.MessageService/UploadAttachment": "messages:send",
    "/mailbot.v1.MessageService/DownloadAttachment": "messages:read",
    "/mailbot.v1.MessageService/DownloadRawMessage": "messages:read",
    "/mailbot.v1.ThreadService/GetThread": "threads:read",
    "/mailbot.v1.ThreadService/ListThreads": "threads:read",
    "/mailbot.v1.ThreadService/ExplainThread": "threads:read",
    "/mailbot.v1.ThreadService/MergeThreads": "threads:write",
    "/mailbot.v1.ThreadService/SplitThread": "threads:write",
    "/mailbot.v1.ThreadService/UpdateThreadLabels": "threads:write",
    "/mailbot.v1.AddressListService/AddAddressEntry": "lists:write",
    "/mailbot.v1.AddressListService/RemoveAddressEntry": "lists:write",
    "/mailbot.v1.AddressListService/ListAddressEntries": "lists:read",
    "/mailbot.v1.AddressListService/CheckAddress": "lists:read",
    "/mailbot.v1.RuleService/CreateRule": "rules:write",
    "/mailbot.v1.RuleService/GetRule": "rules:read",
    "/mailbot.v1.RuleService/ListRules": "rules:read",
    "/mailbot.v1.RuleService/UpdateRule": "rules:write",
    "/mailbot.v1.RuleService/DeleteRule": "rules:write",
    "/mailbot.v1.EventService/GetEvent": "events:read",
    "/mailbot.v1.EventService/ListEvents": "events:read",
    "/mailbot.v1.EventService/Subscribe": "events:read",
    "/mailbot.v1.EventService/ReplayEvents": "events:replay",
    "/mailbot.v1.EventService/GetReplay": "events:read",
    "/mailbot.v1.EventService/ListReplays": "events:read",
    "/mailbot.v1.EventService/CancelReplay": "events:replay",
    "/mailbot.v1.SubscriptionService/CreateSubscription": "subscriptions:write",
    "/mailbot.v1.SubscriptionService/GetSubscription": "subscriptions:read",
    "/mailbot.v1.SubscriptionService/ListSubscriptions": "subscriptions:read",
    "/mailbot.v1.SubscriptionService/UpdateSubscription": "subscriptions:write",
    "/mailbot.v1.SubscriptionService/DeleteSubscription": "subscriptions:write",
    "/mailbot.v1.SubscriptionService/SeekSubscription": "subscriptions:write",
    "/mailbot.v1.SubscriptionService/Consume": "events:consume",
    "/mailbot.v1.SubscriptionService/Acknowledge": "events:consume",
    "/mailbot.v1.SubscriptionService/ModifyAckDeadline": "events:consume",
    "/mailbot.v1.SubscriptionService/ListParkedDeliveries": "subscriptions:read",
    "/mailbot.v1.SubscriptionService/ReleaseParkedDeliveries": "subscriptions:write",
    "/mailbot.v1.WebhookService/CreateWebhook": "webhooks:write",
    "/mailbot.v1.WebhookService/GetWebhook": "webhooks:read",
    "/mailbot.v1.WebhookService/ListWebhooks": "webhooks:read",
    "/mailbot.v1.WebhookService/UpdateWebhook": "webhooks:write",
    "/mailbot.v1.WebhookService/DeleteWebhook": "webhooks:write",
    "/mailbot.v1.WebhookService/EnableWebhook": "webhooks:write",
    "/mailbot.v1.WebhookService/DisableWebhook": "webhooks:write",
    "/mailbot.v1.WebhookService/RotateWebhookSecret": "webhooks:write",
    "/mailbot.v1.WebhookService/TestWebhook": "webhooks:write",
    "/mailbot.v1.WebhookService/ListWebhookDeliveries": "webhooks:read",
    "/mailbot.v1.WebhookService/ListWebhookAttempts": "webhooks:read",
    "/mailbot.v1.WebhookService/GetWebhookAttempt": "webhooks:read",
    "/mailbot.v1.WebhookService/CompareWebhookAttempts": "webhooks:read",
    "/mailbot.v1.WebhookService/RedeliverWebhook": "webhooks:write",
    "/mailbot.v1.WebhookService/RecoverWebhook": "webhooks:write",
    "/mailbot.v1.AuditService/ListAuditEntries": "audit:read",
    "/mailbot.v1.AuditService/GetAuditEntry": "audit:read",
    "/mailbot.v1.AuditService/VerifyAuditEntries": "audit:read",
    "/mailbot.v1.UsageService/GetUsage": "usage:read",
    "/mailbot.v1.UsageService/ListInboxUsage": "usage:read",
    "/mailbot.v1.UsageService/ListDomainUsage": "usage:read",
    "/mailbot.v1.UsageService/RebuildUsage": "operator",
    "/mailbot.v1.SuppressionService/ListSuppressions": "suppressions:read",
    "/mailbot.v1.SuppressionService/GetSuppression": "suppressions:read",
    "/mailbot.v1.SuppressionService/CheckSuppressions": "suppressions:read",
    "/mailbot.v1.SuppressionService/AddSuppression": "suppressions:write",
    "/mailbot.v1.SuppressionService/RemoveSuppression": "suppressions:write",
    "/mailbot.v1.SuppressionService/ImportSuppressions": "suppressions:write",
    "/mailbot.v1.SuppressionService/ExportSuppressions": "suppressions:read",
    "/mailbot.v1.DomainService/CreateDomain": "domains:write",
    "/mailbot.v1.DomainService/GetDomain": "domains:read",
    "/mailbot.v1.DomainService/ListDomains": "domains:read",
    "/mailbot.v1.DomainService/VerifyDomain": "domains:write",
    "/mailbot.v1.DomainService/RotateDomainKeys": "domains:write",
    "/mailbot.v1.DomainService/DeleteDomain": "domains:write",
    "/mailbot.v1.DeliveryService/ListDeliveries": "deliveries:read",
    "/mailbot.v1.DeliveryService/GetDelivery": "deliveries:read",
    "/mailbot.v1.DeliveryService/ExplainDelivery": "deliveries:read",
    "/mailbot.v1.DeliveryService/RetryDeliveries": "deliveries:write",
    "/mailbot.v1.DeliveryService/CancelDeliveries": "deliveries:write",
    "/mailbot.v1.DeliveryService/HoldDeliveries": "deliveries:write",
    "/mailbot.v1.DeliveryService/ReleaseDeliveries": "deliveries:write",
    "/mailbot.v1.DeliveryService/SuspendDeliveries": "deliveries:write",
    "/mailbot.v1.DeliveryService/ResumeDeliveries": "deliveries:write",
    "/mailbot.v1.DeliveryService/ListDeliverySuspensions": "deliveries:read",
    "/mailbot.v1.DeliveryService/ListDestinations": "operator",
    "/mailbot.v1.DeliveryService/TraceDestination": "operator",
    "/mailbot.v1.DeliveryService/ReclassifyDeliveries": "operator",
    "/mailbot.v1.AccountService/CreateAccount": "operator",
    "/mailbot.v1.AccountService/GetAccount": "",
    "/mailbot.v1.AccountService/ListAccounts": "operator",
    "/mailbot.v1.AccountService/SuspendAccount": "operator",
    "/mailbot.v1.AccountService/ActivateAccount": "operator",
    "/mailbot.v1.AccountService/CreateApiKey": "admin",
    "/mailbot.v1.AccountService/ListApiKeys": "admin",
    "/mailbot.v1.AccountService/RevokeApiKey": "admin",
}
"""The scope of each RPC; "" asks only for a valid key."""

_FILES: Final = (
    *(inboxes_pb2, messages_pb2, threads_pb2, events_pb2),
    *(suppressions_pb2, deliveries_pb2, domains_pb2, accounts_pb2),
    *(address_lists_pb2, rules_pb2, subscriptions_pb2, webhooks_pb2),
    *(audits_pb2, usage_pb2),
)
# Whoever may consume may say what was consumed, or it comes again for ever.
_OF_READING: Final = frozenset(
    {
        "/mailbot.v1.SubscriptionService/Acknowledge",
        "/mailbot.v1.SubscriptionService/ModifyAckDeadline",
    }
)
_OF_DEFENCE: Final = frozenset({"/mailbot.v1.AccountService/RevokeApiKey"})
"""Whoever was stopped because a key leaked must be able to end that key."""
# By (streams of requests, streams of responses); the words that gRPC's metrics use.
_KIND: Final = {
    (False, False): "unary",
    (True, False): "client_stream",
    (False, True): "server_stream",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One RPC; `path` is how gRPC names it on the wire."""

    path: str
    service: str
    name: str
    kind: str
    scope: str
    only_reads: bool
    """A suspended account may call it: it changes what was read, or ends a key."""


def _method(method: MethodDescriptor) -> Method:
    service = method.containing_service.full_name
    path = f"/{service}/{method.name}"
    is_safe = method.GetOptions().idempotency_level == MethodOptions.NO_SIDE_EFFECTS
    return Method(
        path=path,
        service=service,
        name=method.name,
        kind=_KIND[method.client_streaming, method.server_streaming],
        scope=SCOPE_OF[path],
        only_reads=is_safe
        or method.server_streaming
        or path in _OF_READING
        or path in _OF_DEFENCE,
    )


def _methods() -> Iterator[Method]:
    for file in _FILES:
        for service in file.DESCRIPTOR.services_by_name.values():
            yield from (_method(method) for method in service.methods)


METHODS: Final = {method.path: method for method in _methods()}
SERVICES: Final = tuple(dict.fromkeys(method.service for method in METHODS.values()))
