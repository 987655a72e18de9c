"""Inboxes: what they are, what they let in, and how their mail fares."""

from peewee import BigIntegerField, CompositeKey, IntegerField, Model, TextField


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
    tracking = TextField()
    content_days = IntegerField(null=True)
    metadata_days = IntegerField(null=True)
    legal_hold = IntegerField()


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
