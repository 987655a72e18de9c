"""Deliveries, and what keeps them back."""

from peewee import BigIntegerField, CompositeKey, IntegerField, Model, TextField


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
    is_tracked = IntegerField()
    opens = IntegerField()
    clicks = IntegerField()
    replied_at = BigIntegerField(null=True)


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
