"""Nobody sees or touches another account's things: generated from the descriptors."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import grpc
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.timestamp_pb2 import Timestamp

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
    webhooks_pb2,
)
from mailbot_server.api.methods import _FILES, METHODS
from mailbot_server.core.account import ORDINARY_SCOPES
from tests.api.conftest import Metadata, Refusal

ENDPOINT = "https://hooks.example.com/in"
# What else a request must say to come as far as the id. By method, field, value.
REST: dict[str, Any] = {
    "SendMessage": messages_pb2.SendMessageRequest(
        to=[messages_pb2.Mailbox(address="carol@example.com")],
        content=messages_pb2.OutgoingContent(subject="Hello", text_body="Hello"),
    ),
    "ReplyMessage": messages_pb2.ReplyMessageRequest(
        content=messages_pb2.OutgoingContent(text_body="Hello")
    ),
    "UpdateInbox": inboxes_pb2.UpdateInboxRequest(
        inbox=inboxes_pb2.Inbox(display_name="Mine now")
    ),
    "UploadAttachment": messages_pb2.UploadAttachmentRequest(
        header=messages_pb2.UploadAttachmentRequest.Header(size_bytes=0)
    ),
    "CheckSuppressions": suppressions_pb2.CheckSuppressionsRequest(
        addresses=["dead@example.com"]
    ),
    "AddSuppression": suppressions_pb2.AddSuppressionRequest(
        address="dead@example.com"
    ),
    "RemoveSuppression": suppressions_pb2.RemoveSuppressionRequest(
        address="dead@example.com"
    ),
    "SplitThread": threads_pb2.SplitThreadRequest(message_ids=["msg_x"]),
    "AddAddressEntry": address_lists_pb2.AddAddressEntryRequest(
        entry=address_lists_pb2.AddressEntry(
            direction=address_lists_pb2.ADDRESS_LIST_DIRECTION_SENDER,
            action=address_lists_pb2.ADDRESS_LIST_ACTION_BLOCK,
            pattern="example.com",
        )
    ),
    "CheckAddress": address_lists_pb2.CheckAddressRequest(
        direction=address_lists_pb2.ADDRESS_LIST_DIRECTION_SENDER,
        address="dead@example.com",
    ),
    "CreateRule": rules_pb2.CreateRuleRequest(
        rule=rules_pb2.Rule(actions=rules_pb2.RuleActions(stop=True))
    ),
    "UpdateRule": rules_pb2.UpdateRuleRequest(rule=rules_pb2.Rule(priority=1)),
    "CreateSubscription": subscriptions_pb2.CreateSubscriptionRequest(
        subscription=subscriptions_pb2.Subscription(display_name="mine")
    ),
    "UpdateSubscription": subscriptions_pb2.UpdateSubscriptionRequest(
        subscription=subscriptions_pb2.Subscription(display_name="mine now")
    ),
    "SeekSubscription": subscriptions_pb2.SeekSubscriptionRequest(
        target=events_pb2.StartPosition(anchor=events_pb2.StartPosition.ANCHOR_EARLIEST)
    ),
    "Consume": subscriptions_pb2.ConsumeRequest(consumer_id="me"),
    "Acknowledge": subscriptions_pb2.AcknowledgeRequest(ack_ids=["x"]),
    "ModifyAckDeadline": subscriptions_pb2.ModifyAckDeadlineRequest(ack_ids=["x"]),
    "CreateWebhook": webhooks_pb2.CreateWebhookRequest(
        webhook=webhooks_pb2.Webhook(url=ENDPOINT)
    ),
    "UpdateWebhook": webhooks_pb2.UpdateWebhookRequest(
        webhook=webhooks_pb2.Webhook(display_name="mine now")
    ),
    "RedeliverWebhook": webhooks_pb2.RedeliverWebhookRequest(event_id="evt_x"),
    "RecoverWebhook": webhooks_pb2.RecoverWebhookRequest(
        since_time=Timestamp(seconds=1_700_000_000)
    ),
    "SearchMessages": messages_pb2.SearchMessagesRequest(query="hello"),
    "ImportSuppressions": suppressions_pb2.ImportSuppressionsRequest(
        entries=[suppressions_pb2.SuppressionEntry(address="dead@example.com")]
    ),
}
# Fields that the server fills in, or that name no thing of an account.
NOT_NAMES = {
    *("request_id", "content_id", "rfc822_message_id"),
    *("consumer_id", "ack_ids"),  # names of a consumer's own
}
# Filters over several things answer as for ids that nobody has: nothing matches.
MATCHES_NOTHING = {
    ("ListEvents", "filter"),
    ("ReplayEvents", "filter"),
    *(
        (f"{verb}{noun}", f"{noun.lower()}.filter")
        for verb in ("Create", "Update")
        for noun in ("Subscription", "Webhook")
    ),
    ("ReleaseParkedDeliveries", "event_ids"),
    ("ListWebhookAttempts", "event_id"),
    ("ListAuditEntries", "filter.actor_id"),
    ("ListAuditEntries", "filter.resource_id"),
    ("Subscribe", "filter"),
    ("ListMessages", "filter.thread_id"),
    *(
        (f"{verb}Deliveries", f"filter.{field}")
        for verb in ("List", "Retry", "Cancel", "Hold", "Release")
        for field in ("delivery_ids", "message_id")
    ),
}
# An ack id says whose it is, and is looked at first: all others are refused alike.
BY_ACK_ID = {"Acknowledge", "ModifyAckDeadline"}
# What no inbox has alone; a restricted key is refused or shown what is everybody's.
OF_THE_ACCOUNT = {
    *("api_key_id", "account_id", "domain_id", "suppression_id", "event_id"),
}
# Only an operator may name accounts.
OPERATOR = {
    *("SuspendAccount", "ActivateAccount", "ReclassifyDeliveries", "RebuildUsage"),
}
OPERATOR_FIELDS = {
    ("SuspendDeliveries", "scope.account_id"),
    ("ResumeDeliveries", "scope.account_id"),
}


class Case(NamedTuple):
    """A method, and the path of a field that names a thing."""

    method: str
    path: str


class World(NamedTuple):
    """Ids of the default account by the last words of a field's name."""

    inbox_id: str
    address: str
    message_id: str
    thread_id: str
    event_id: str
    attachment_id: str
    api_key_id: str
    account_id: str
    upload_id: str
    suppression_id: str
    domain_id: str
    delivery_id: str
    entry_id: str
    rule_id: str
    target_id: str
    replay_id: str
    subscription_id: str
    webhook_id: str
    attempt_id: str
    first_attempt_id: str
    second_attempt_id: str
    audit_entry_id: str
    actor_id: str
    resource_id: str


def is_name(field: FieldDescriptor) -> bool:
    return (
        field.type == field.TYPE_STRING
        and field.name.endswith(("_id", "_ids"))
        and field.name not in NOT_NAMES
        and "OUTPUT_ONLY" not in str(field.GetOptions())
    )


def names(descriptor: Descriptor, path: str = "") -> Iterator[str]:
    for field in descriptor.fields:
        here = f"{path}{field.name}"
        message = field.message_type
        if is_name(field):
            yield here
        elif message is not None and message.full_name.startswith("mailbot."):
            yield from names(message, f"{here}.")


def inputs() -> dict[str, Descriptor]:
    return {
        method.name: method.input_type
        for file in _FILES
        for service in file.DESCRIPTOR.services_by_name.values()
        for method in service.methods
    }


CASES = [
    *(
        Case(name, path)
        for name, descriptor in inputs().items()
        for path in names(descriptor)
    ),
    Case("UpdateInbox", "inbox.id"),
    Case("UpdateRule", "rule.id"),
    Case("UpdateSubscription", "subscription.id"),
    Case("UpdateWebhook", "webhook.id"),
]
# It cannot be changed, and so names nothing there.
CASES.remove(Case("UpdateRule", "rule.inbox_id"))


def reader(stubs: Any, by: Metadata) -> str:
    """A new subscription's id."""
    request = subscriptions_pb2.CreateSubscriptionRequest()
    request.subscription.display_name = "reader"
    made = stubs.subscriptions.CreateSubscription(request, metadata=by)
    return str(made.subscription.id)


def endpoint(stubs: Any, by: Metadata) -> str:
    """A new webhook's id; nobody answers there."""
    request = webhooks_pb2.CreateWebhookRequest()
    request.webhook.url = ENDPOINT
    return str(stubs.webhooks.CreateWebhook(request, metadata=by).webhook.id)


@pytest.fixture(scope="module")
def world(stubs, auth, new_inbox, send) -> World:
    """One of everything in the default account."""
    inbox = new_inbox(username="mine")
    message = send(
        inbox.id,
        attachments=[messages_pb2.OutgoingAttachment(filename="a.txt", data=b"abc")],
    )
    listed = stubs.events.ListEvents(events_pb2.ListEventsRequest(), metadata=auth)
    who = stubs.accounts.GetAccount(accounts_pb2.GetAccountRequest(), metadata=auth)
    header = messages_pb2.UploadAttachmentRequest.Header(inbox_id=inbox.id)
    upload = stubs.messages.UploadAttachment(
        iter([messages_pb2.UploadAttachmentRequest(header=header)]), metadata=auth
    )
    suppressed = stubs.suppressions.AddSuppression(
        suppressions_pb2.AddSuppressionRequest(address="dead@example.com"),
        metadata=auth,
    )
    domain = stubs.domains.CreateDomain(
        domains_pb2.CreateDomainRequest(name="mine.example.com"), metadata=auth
    ).domain
    entry = address_lists_pb2.AddressEntry(
        inbox_id=inbox.id,
        direction=address_lists_pb2.ADDRESS_LIST_DIRECTION_RECIPIENT,
        action=address_lists_pb2.ADDRESS_LIST_ACTION_BLOCK,
        pattern="spam.example.com",
    )
    listed_address = stubs.lists.AddAddressEntry(
        address_lists_pb2.AddAddressEntryRequest(entry=entry), metadata=auth
    )
    new = rules_pb2.Rule(inbox_id=inbox.id, actions=rules_pb2.RuleActions(stop=True))
    rule = stubs.rules.CreateRule(
        rules_pb2.CreateRuleRequest(rule=new), metadata=auth
    ).rule
    target_id = reader(stubs, auth)
    replay = stubs.events.ReplayEvents(
        events_pb2.ReplayEventsRequest(target_ids=[target_id]), metadata=auth
    ).replay
    webhook_id = endpoint(stubs, auth)
    tested = stubs.webhooks.TestWebhook(
        webhooks_pb2.TestWebhookRequest(webhook_id=webhook_id), metadata=auth
    ).attempt
    wanted = audits_pb2.AuditFilter(resource_id=inbox.id)
    [noted] = stubs.audits.ListAuditEntries(
        audits_pb2.ListAuditEntriesRequest(filter=wanted), metadata=auth
    ).entries
    return World(
        inbox_id=inbox.id,
        address=inbox.address,
        message_id=message.id,
        thread_id=message.thread_id,
        event_id=listed.events[0].id,
        attachment_id=message.attachments[0].id,
        api_key_id=who.api_key.id,
        account_id=who.account.id,
        upload_id=upload.upload_id,
        suppression_id=suppressed.suppression.id,
        domain_id=domain.id,
        delivery_id=message.recipients[0].delivery_id,
        entry_id=listed_address.entry.id,
        rule_id=rule.id,
        target_id=target_id,
        replay_id=replay.id,
        subscription_id=target_id,
        webhook_id=webhook_id,
        attempt_id=tested.id,
        first_attempt_id=tested.id,
        second_attempt_id=tested.id,
        audit_entry_id=noted.id,
        actor_id=noted.actor_id,
        resource_id=inbox.id,
    )


def request_with(case: Case, value: str) -> Any:
    request = GetMessageClass(inputs()[case.method])()
    if case.method in REST:
        request.CopyFrom(REST[case.method])
    *outer, last = case.path.split(".")
    inner = request
    for name in outer:
        inner = getattr(inner, name)
        if hasattr(inner, "add"):
            inner = inner.add(filename="a.txt")
    if hasattr(getattr(inner, last), "append"):
        getattr(inner, last).append(value)
    else:
        setattr(inner, last, value)
    return request


class Intruder(NamedTuple):
    """Another account's key, and things of its own."""

    metadata: Metadata
    inbox_id: str
    message_id: str
    thread_id: str
    target_id: str
    webhook_id: str


def own_target(case: Case, request: Any, value: str, who: Intruder) -> None:
    """What belongs to the intruder, where only one thing of a request does not."""
    match case.method:
        case "UpdateSubscription" if case.path != "subscription.id":
            request.subscription.id = who.target_id
        case "UpdateWebhook" if case.path != "webhook.id":
            request.webhook.id = who.webhook_id
        case "ReleaseParkedDeliveries" if case.path != "subscription_id":
            request.subscription_id = who.target_id
        case "ListWebhookAttempts" | "RedeliverWebhook" if case.path != "webhook_id":
            request.webhook_id = who.webhook_id
        case "CompareWebhookAttempts":
            request.first_attempt_id = request.second_attempt_id = value


def outcome(channel: grpc.Channel, case: Case, value: str, who: Intruder) -> Any:
    """The answers, or the Refusal."""
    method = next(m for m in METHODS.values() if m.name == case.method)
    request = request_with(case, value)
    if case.method == "SendMessage" and case.path != "inbox_id":
        request.inbox_id = who.inbox_id
    if case.method == "ReplyMessage" and case.path != "message_id":
        request.message_id = who.message_id
    if case.method == "ReplayEvents" and case.path != "target_ids":
        request.target_ids.append(who.target_id)
        request.dry_run = True
    if case.method == "MergeThreads":
        request.thread_ids.append(value)
    if case.method == "SplitThread" and case.path != "thread_id":
        del request.message_ids[:-1]
        request.thread_id = who.thread_id
    own_target(case, request, value, who)
    if case.method == "Subscribe":
        request.stop_at_end = True
    call: Any = channel.stream_stream(method.path)
    try:
        return list(call(iter([request.SerializeToString()]), metadata=who.metadata))
    except grpc.RpcError as error:
        return Refusal(error)


def value_of(case: Case, world: World) -> str:
    name = case.path.rpartition(".")[2].removesuffix("s")
    if name == "id":
        return {
            "UpdateInbox": world.inbox_id,
            "UpdateRule": world.rule_id,
            "UpdateSubscription": world.subscription_id,
            "UpdateWebhook": world.webhook_id,
        }[case.method]
    return str(getattr(world, name))


@pytest.fixture(scope="module")
def intruder(stubs, stranger, new_inbox, send) -> Intruder:
    """The stranger, with an inbox and a message."""
    inbox_id = new_inbox(by=stranger).id
    sent = send(inbox_id, by=stranger)
    target_id, hook_id = reader(stubs, stranger), endpoint(stubs, stranger)
    return Intruder(stranger, inbox_id, sent.id, sent.thread_id, target_id, hook_id)


@pytest.fixture(scope="module")
def neighbour(stubs, make_key, new_inbox, send) -> Intruder:
    """A key of the same account that is restricted to another inbox."""
    inbox_id = new_inbox(username="neighbour").id
    sent = send(inbox_id)
    key = make_key(scopes=ORDINARY_SCOPES, inbox_ids=[inbox_id])
    target_id, hook_id = reader(stubs, key), endpoint(stubs, key)
    return Intruder(key, inbox_id, sent.id, sent.thread_id, target_id, hook_id)


def is_of_an_inbox(case: Case) -> bool:
    """Whether a restricted key may call the method, and the id belongs to an inbox."""
    method = next(m for m in METHODS.values() if m.name == case.method)
    kind = case.path.rpartition(".")[2].removesuffix("s")
    return method.scope in ORDINARY_SCOPES and kind not in OF_THE_ACCOUNT


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if is_of_an_inbox(case)],
    ids=lambda case: f"{case.method}-{case.path}",
)
def test_another_inboxs_id_is_not_found_by_a_restricted_key(
    grpc_channel, neighbour, world, case
):
    found = outcome(grpc_channel, case, value_of(case, world), neighbour)
    parent = case.path.rpartition(".")[0]
    if MATCHES_NOTHING & {(case.method, case.path), (case.method, parent)}:
        if case.method.startswith(("Create", "Update")):
            return  # its own words come back
        shown = b"".join(found)
        assert world.message_id.encode() not in shown
        assert world.delivery_id.encode() not in shown
        return
    if case.method in BY_ACK_ID:
        assert found.fields == ["ack_ids[0]"]
        return
    assert found.code is grpc.StatusCode.NOT_FOUND, found.text
    assert found.reason == "NOT_FOUND"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.method}-{case.path}")
def test_a_foreign_id_is_not_found(grpc_channel, intruder, world, case):
    value = value_of(case, world)
    found = outcome(grpc_channel, case, value, intruder)
    if case.method in OPERATOR or tuple(case) in OPERATOR_FIELDS:
        assert found.reason == "SCOPE_MISSING"
        return
    unknown = value[:-1] + ("0" if value[-1] != "0" else "1")
    absent = outcome(grpc_channel, case, unknown, intruder)
    parent = case.path.rpartition(".")[0]
    if MATCHES_NOTHING & {(case.method, case.path), (case.method, parent)}:
        assert len(found) == len(absent)
        return
    if case.method in BY_ACK_ID:
        assert (found.text, found.fields) == (absent.text, ["ack_ids[0]"])
        return
    assert found.code is grpc.StatusCode.NOT_FOUND, found.text
    assert found.reason == "NOT_FOUND"
    assert found.text.replace(value, "") == absent.text.replace(unknown, "")


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if case.path.rpartition(".")[2] in {"inbox_id", "id"}
        and case.method not in OPERATOR
        and (not case.path.endswith(".id") or case.method == "UpdateInbox")
    ],
    ids=lambda case: f"{case.method}-{case.path}",
)
def test_a_foreign_address_is_not_found(grpc_channel, intruder, world, case):
    found = outcome(grpc_channel, case, world.address, intruder)
    assert found.code is grpc.StatusCode.NOT_FOUND


def test_the_cases_name_every_kind_of_thing():
    """So that a new field with an id is covered by its name, or fails here."""
    kinds = {case.path.rpartition(".")[2].removesuffix("s") for case in CASES}
    assert kinds == (set(World._fields) - {"address"}) | {"id"}


def test_lists_of_a_stranger_hold_nothing_of_ours(stubs, stranger, world):
    inboxes = stubs.inboxes.ListInboxes(
        inboxes_pb2.ListInboxesRequest(), metadata=stranger
    ).inboxes
    assert world.inbox_id not in {inbox.id for inbox in inboxes}
    messages = stubs.messages.ListMessages(
        messages_pb2.ListMessagesRequest(), metadata=stranger
    ).messages
    assert world.message_id not in {message.id for message in messages}
    threads = stubs.threads.ListThreads(
        threads_pb2.ListThreadsRequest(), metadata=stranger
    ).threads
    assert world.thread_id not in {thread.id for thread in threads}
    listed = stubs.events.ListEvents(events_pb2.ListEventsRequest(), metadata=stranger)
    assert world.event_id not in {event.id for event in listed.events}
    found = stubs.accounts.ListApiKeys(
        accounts_pb2.ListApiKeysRequest(), metadata=stranger
    ).api_keys
    assert world.api_key_id not in {key.id for key in found}
    kept = stubs.suppressions.ListSuppressions(
        suppressions_pb2.ListSuppressionsRequest(), metadata=stranger
    ).suppressions
    assert world.suppression_id not in {each.id for each in kept}
    domains = stubs.domains.ListDomains(
        domains_pb2.ListDomainsRequest(), metadata=stranger
    ).domains
    assert world.domain_id not in {each.id for each in domains}
    entries = stubs.lists.ListAddressEntries(
        address_lists_pb2.ListAddressEntriesRequest(), metadata=stranger
    ).entries
    assert world.entry_id not in {each.id for each in entries}
    rules = stubs.rules.ListRules(rules_pb2.ListRulesRequest(), metadata=stranger).rules
    assert world.rule_id not in {each.id for each in rules}
    readers = stubs.subscriptions.ListSubscriptions(
        subscriptions_pb2.ListSubscriptionsRequest(), metadata=stranger
    ).subscriptions
    assert world.subscription_id not in {each.id for each in readers}
    hooks = stubs.webhooks.ListWebhooks(
        webhooks_pb2.ListWebhooksRequest(), metadata=stranger
    ).webhooks
    assert world.webhook_id not in {each.id for each in hooks}
    replays = stubs.events.ListReplays(
        events_pb2.ListReplaysRequest(), metadata=stranger
    ).replays
    assert world.replay_id not in {each.id for each in replays}
    noted = stubs.audits.ListAuditEntries(
        audits_pb2.ListAuditEntriesRequest(), metadata=stranger
    ).entries
    assert noted
    assert {each.account_id for each in noted}.isdisjoint({world.account_id})
    waiting = stubs.deliveries.ListDeliveries(
        deliveries_pb2.ListDeliveriesRequest(), metadata=stranger
    ).deliveries
    assert world.delivery_id not in {each.id for each in waiting}


@pytest.mark.parametrize(
    "verb", ["List", "Retry", "Cancel", "Hold", "Release", "Get", "Explain"]
)
def test_only_operators_reach_the_deliveries_of_all_accounts(
    stubs, stranger, operator, refused, world, verb
):
    name = f"{verb}Delivery" if verb in {"Get", "Explain"} else f"{verb}Deliveries"
    request = getattr(deliveries_pb2, f"{name}Request")()
    if verb in {"Get", "Explain"}:
        request.delivery_id, request.all_accounts = world.delivery_id, True
    else:
        request.filter.all_accounts = True
        request.filter.bounce_class = "none that there is"
    method = getattr(stubs.deliveries, name)
    assert refused(lambda: method(request, metadata=stranger)).reason == "SCOPE_MISSING"
    method(request, metadata=operator)


def test_nothing_of_ours_was_changed_by_a_stranger(stubs, auth, world):
    inbox = stubs.inboxes.GetInbox(
        inboxes_pb2.GetInboxRequest(inbox_id=world.inbox_id), metadata=auth
    ).inbox
    assert inbox.state == inboxes_pb2.Inbox.STATE_ACTIVE
    assert inbox.display_name == ""
    assert inbox.counts.messages == 1
    kept = stubs.suppressions.GetSuppression(
        suppressions_pb2.GetSuppressionRequest(suppression_id=world.suppression_id),
        metadata=auth,
    ).suppression
    assert kept.address == "dead@example.com"
    domain = stubs.domains.GetDomain(
        domains_pb2.GetDomainRequest(domain_id=world.domain_id), metadata=auth
    ).domain
    assert len(domain.keys) == 2
    assert not domain.HasField("check_time")
    request = deliveries_pb2.GetDeliveryRequest(delivery_id=world.delivery_id)
    delivery = stubs.deliveries.GetDelivery(request, metadata=auth).delivery
    assert delivery.status.state == messages_pb2.DELIVERY_STATE_QUEUED
    assert not list(
        stubs.deliveries.ListDeliverySuspensions(
            deliveries_pb2.ListDeliverySuspensionsRequest(), metadata=auth
        ).suspensions
    )
