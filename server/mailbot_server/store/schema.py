"""
The tables, as peewee knows them; private to the store.

Migrations create the tables; these models say their columns to queries that are put
together at run time (lists with filters). A test holds both against each other. Hot
statements are plain SQL beside the noun that they are about.
"""

import peewee
from peewee import (
    BigAutoField,
    BigIntegerField,
    BlobField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


class Setting(Model):
    """Facts about the database itself, such as its epoch."""

    name = TextField(primary_key=True)
    value = TextField()


class Node(Model):
    """Server processes that are or were alive."""

    id = TextField(primary_key=True)
    started_at = BigIntegerField()
    seen_at = BigIntegerField()


class Account(Model):
    """Tenants."""

    id = TextField(primary_key=True)
    display_name = TextField()
    sandbox_suffix = TextField()
    daily_send_limit = IntegerField()
    created_at = BigIntegerField()
    is_suspended = IntegerField()


class ApiKey(Model):
    """Keys, without their secrets."""

    id = TextField(primary_key=True)
    account_id = TextField()
    display_name = TextField()
    public_id = TextField()
    secret_hash = BlobField()
    scopes = TextField()
    inbox_ids = TextField()
    created_at = BigIntegerField()
    expires_at = BigIntegerField(null=True)
    last_used_at = BigIntegerField(null=True)
    revoked_at = BigIntegerField(null=True)

    class Meta:
        """Its name in SQL."""

        table_name = "api_key"


class Request(Model):
    """What a request_id led to."""

    account_id = TextField()
    method = TextField()
    request_id = TextField()
    digest = BlobField()
    result_id = TextField()
    created_at = BigIntegerField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("account_id", "method", "request_id")


class SendWindow(Model):
    """How much of a limit is used; scope is day, minute or account_day."""

    scope = TextField()
    owner_id = TextField()
    starts_at = BigIntegerField()
    used = IntegerField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "send_window"
        primary_key = CompositeKey("scope", "owner_id", "starts_at")


class Inbox(Model):
    """Inboxes; `suspension` is JSON, "" when there is none."""

    id = TextField(primary_key=True)
    account_id = TextField()
    address = TextField()
    username = TextField()
    domain = TextField()
    is_sandbox = IntegerField()
    display_name = TextField()
    labels = TextField()
    permissions = TextField()
    daily_send_limit = IntegerField()
    metadata = TextField()
    state = TextField()
    suspension = TextField()
    resumes_at = BigIntegerField(null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    disabled_at = BigIntegerField(null=True)
    expires_at = BigIntegerField(null=True)
    version = IntegerField()
    require_auth = TextField()
    is_catch_all = IntegerField()


class InboxLabel(Model):
    """Labels of inboxes, for filters."""

    account_id = TextField()
    label = TextField()
    inbox_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "inbox_label"
        primary_key = CompositeKey("account_id", "label", "inbox_id")


class InboxCount(Model):
    """Counters of inboxes; changed at the end of operations only."""

    inbox_id = TextField(primary_key=True)
    inbound_messages = BigIntegerField()
    outbound_messages = BigIntegerField()
    threads = BigIntegerField()
    open_deliveries = BigIntegerField()
    quarantined_messages = BigIntegerField()
    unreplied_threads = BigIntegerField()

    class Meta:
        """Its name in SQL."""

        table_name = "inbox_count"


class Thread(Model):
    """Threads; root_id is its own id, or the survivor's after a merge."""

    id = TextField(primary_key=True)
    account_id = TextField()
    inbox_id = TextField()
    root_id = TextField()
    subject = TextField()
    created_at = BigIntegerField()
    last_message_id = TextField()
    last_message_at = BigIntegerField()
    inbound_count = IntegerField()
    outbound_count = IntegerField()
    participants = TextField()
    last_inbound_at = BigIntegerField(null=True)
    last_outbound_at = BigIntegerField(null=True)
    snippet = TextField()
    last_manual_id = TextField()
    is_unreplied = IntegerField()
    labels = TextField()


class ThreadTie(Model):
    """Which thread a Message-ID (or another tie) belongs to, inside an inbox."""

    inbox_id = TextField()
    tie = TextField()
    thread_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "thread_tie"
        primary_key = CompositeKey("inbox_id", "tie")


class ThreadLabel(Model):
    """Labels of threads, for filters."""

    inbox_id = TextField()
    label = TextField()
    thread_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "thread_label"
        primary_key = CompositeKey("inbox_id", "label", "thread_id")


class ThreadParticipant(Model):
    """Who takes part in threads, case folded, for filters."""

    inbox_id = TextField()
    address = TextField()
    thread_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "thread_participant"
        primary_key = CompositeKey("inbox_id", "address", "thread_id")


class ThreadChange(Model):
    """Merges and splits; `other_ids` is JSON."""

    id = TextField(primary_key=True)
    account_id = TextField()
    thread_id = TextField()
    kind = TextField()
    other_ids = TextField()
    message_id = TextField()
    changed_by = TextField()
    created_at = BigIntegerField()

    class Meta:
        """Its name in SQL."""

        table_name = "thread_change"


class ThreadApart(Model):
    """Pairs of threads that no message joins, in both orders."""

    one_id = TextField()
    other_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "thread_apart"
        primary_key = CompositeKey("one_id", "other_id")


class Message(Model):
    """Messages without their bytes."""

    seq = BigAutoField()
    id = TextField(unique=True)
    account_id = TextField()
    inbox_id = TextField()
    thread_id = TextField()
    direction = TextField()
    created_at = BigIntegerField()
    date_at = BigIntegerField(null=True)
    sender_address = TextField()
    sender_name = TextField()
    addressees = TextField()
    subject = TextField()
    snippet = TextField()
    rfc822_message_id = TextField()
    in_reply_to = TextField()
    reference_ids = TextField()
    size_bytes = IntegerField()
    sha256 = TextField()
    content_sha256 = TextField()
    attachments = TextField()
    labels = TextField()
    metadata = TextField()
    envelope_sender = TextField()
    envelope_recipient = TextField()
    tag = TextField()
    automated = IntegerField()
    duplicate_of = TextField()
    defects = TextField()
    stream = TextField()
    guarantee = TextField()
    parse_state = TextField()
    via = TextField()
    dsn_return = TextField()
    dsn_envelope_id = TextField()
    source_delivery_id = TextField(null=True)
    kind = TextField()
    verdicts = TextField()
    is_quarantined = IntegerField()
    quarantine = TextField()
    more_ties = TextField()


class MessageLabel(Model):
    """Labels of messages, for filters."""

    inbox_id = TextField()
    label = TextField()
    message_id = TextField()
    account_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "message_label"
        primary_key = CompositeKey("inbox_id", "label", "message_id")


class Raw(Model):
    """The bytes of messages."""

    message_id = TextField(primary_key=True)
    data = BlobField()


class Part(Model):
    """Where the parts of a message lie inside its bytes."""

    message_id = TextField()
    path = TextField()
    start = IntegerField()
    length = IntegerField()
    encoding = TextField()
    content_type = TextField()
    charset = TextField()
    filename = TextField()
    content_id = TextField()
    disposition = TextField()
    size_bytes = IntegerField()
    sha256 = TextField()
    is_body = IntegerField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("message_id", "path")


class Upload(Model):
    """Bodies that wait to be attached."""

    id = TextField(primary_key=True)
    account_id = TextField()
    inbox_id = TextField()
    size_bytes = IntegerField()
    sha256 = TextField()
    data = BlobField()
    created_at = BigIntegerField()
    expires_at = BigIntegerField()


class Delivery(Model):
    """One message to one recipient; see core/delivery.py."""

    id = TextField(primary_key=True)
    account_id = TextField()
    inbox_id = TextField()
    thread_id = TextField()
    message_id = TextField()
    recipient = TextField()
    domain = TextField()
    state = TextField()
    stream = TextField()
    guarantee = TextField()
    attempts = IntegerField()
    due_at = BigIntegerField()
    queued_at = BigIntegerField()
    gives_up_at = BigIntegerField()
    updated_at = BigIntegerField()
    reverse_path = TextField()
    sender_domain = TextField()
    lease_owner = TextField()
    lease_until = BigIntegerField(null=True)
    lease_seq = IntegerField()
    started = IntegerField()
    delays_announced = IntegerField()
    last_code = IntegerField()
    last_enhanced = TextField()
    last_text = TextField()
    last_host = TextField()
    last_stage = TextField()
    site = TextField()
    diagnostic = TextField()
    bounce_class = TextField()
    bounce_scope = TextField()
    rule_id = TextField()
    permanent = IntegerField()
    hold_reason = TextField()
    require_tls = IntegerField()
    dsn_notify = TextField()
    dsn_original = TextField()


class Suppression(Model):
    """Addresses that get no mail; `inbox_id` "" means of the whole account."""

    id = TextField(primary_key=True)
    account_id = TextField()
    inbox_id = TextField()
    address = TextField()
    reason = TextField()
    created_at = BigIntegerField()
    expires_at = BigIntegerField(null=True)
    delivery_id = TextField()
    message_id = TextField()
    note = TextField()
    added_by = TextField()


class Domain(Model):
    """Domains of accounts; `records` is JSON: how each was found last."""

    id = TextField(primary_key=True)
    account_id = TextField()
    name = TextField()
    token = TextField()
    records = TextField()
    created_at = BigIntegerField()
    verified_at = BigIntegerField(null=True)
    return_path_at = BigIntegerField(null=True)
    lost_at = BigIntegerField(null=True)
    urgent_at = BigIntegerField()
    checked_at = BigIntegerField(null=True)
    checks_at = BigIntegerField()
    deleted_at = BigIntegerField(null=True)
    version = IntegerField()


class DomainKey(Model):
    """DKIM keys; the private half is sealed."""

    id = TextField(primary_key=True)
    domain_id = TextField()
    account_id = TextField()
    domain_name = TextField()
    selector = TextField()
    algorithm = TextField()
    sealed = BlobField()
    public_key = TextField()
    state = TextField()
    created_at = BigIntegerField()
    activated_at = BigIntegerField(null=True)
    retired_at = BigIntegerField(null=True)

    class Meta:
        """Its name in SQL."""

        table_name = "domain_key"


class DeliverySuspension(Model):
    """What is not tried for a time; scope is destination, account or inbox."""

    id = TextField(primary_key=True)
    scope = TextField()
    name = TextField()
    account_id = TextField()
    reason = TextField()
    suspended_by = TextField()
    created_at = BigIntegerField()
    until_at = BigIntegerField()

    class Meta:
        """Its name in SQL."""

        table_name = "delivery_suspension"


class SiteLimit(Model):
    """What a reply or an operator limits at a destination for a time."""

    site = TextField()
    kind = TextField()
    value = IntegerField()
    reason = TextField()
    created_at = BigIntegerField()
    until_at = BigIntegerField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "site_limit"
        primary_key = CompositeKey("site", "kind")


class TlsPolicy(Model):
    """MTA-STS policies as they were fetched."""

    domain = TextField(primary_key=True)
    data = TextField()
    fetched_at = BigIntegerField()
    expires_at = BigIntegerField()

    class Meta:
        """Its name in SQL."""

        table_name = "tls_policy"


class TlsFault(Model):
    """Hosts whose TLS is broken."""

    host = TextField(primary_key=True)
    reason = TextField()
    until_at = BigIntegerField()

    class Meta:
        """Its name in SQL."""

        table_name = "tls_fault"


class AddressEntry(Model):
    """Allow and block lists; `inbox_id` "" means of the whole account."""

    id = TextField(primary_key=True)
    account_id = TextField()
    inbox_id = TextField()
    direction = TextField()
    action = TextField()
    pattern = TextField()
    note = TextField()
    created_at = BigIntegerField()
    created_by = TextField()

    class Meta:
        """Its name in SQL."""

        table_name = "address_entry"


class Rule(Model):
    """What is done with mail as it comes in; conditions and actions are JSON."""

    id = TextField(primary_key=True)
    account_id = TextField()
    inbox_id = TextField()
    display_name = TextField()
    priority = IntegerField()
    is_disabled = IntegerField()
    conditions = TextField()
    actions = TextField()
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    version = IntegerField()


class EventHead(Model):
    """The last position of each account's log."""

    account_id = TextField(primary_key=True)
    position = BigIntegerField()

    class Meta:
        """Its name in SQL."""

        table_name = "event_head"


class Event(Model):
    """The logs."""

    account_id = TextField()
    position = BigIntegerField()
    id = TextField(unique=True)
    type = TextField()
    created_at = BigIntegerField()
    inbox_id = TextField()
    thread_id = TextField()
    message_id = TextField()
    delivery_id = TextField()
    recipient = TextField()
    metadata = TextField()
    request_id = TextField()
    detail = TextField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("account_id", "position")


class InboxHour(Model):
    """How an inbox's mail fared in an hour, for its reputation."""

    inbox_id = TextField()
    starts_at = BigIntegerField()
    outcomes = IntegerField()
    hard_bounces = IntegerField()
    complaints = IntegerField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "inbox_hour"
        primary_key = CompositeKey("inbox_id", "starts_at")


class InboxWarning(Model):
    """Inboxes that were warned of their reputation."""

    inbox_id = TextField(primary_key=True)
    warned_at = BigIntegerField()

    class Meta:
        """Its name in SQL."""

        table_name = "inbox_warning"


MODELS: tuple[type[peewee.Model], ...] = (
    *(Setting, Node, Account, ApiKey, Request, SendWindow, Inbox, InboxLabel),
    *(InboxCount, Thread, ThreadTie, Message, Raw, Part, Upload, Delivery),
    *(EventHead, Event, Suppression, Domain, DomainKey, DeliverySuspension, SiteLimit),
    *(TlsPolicy, TlsFault, InboxHour, InboxWarning, AddressEntry, Rule),
    *(ThreadLabel, ThreadParticipant, ThreadChange, ThreadApart, MessageLabel),
)
