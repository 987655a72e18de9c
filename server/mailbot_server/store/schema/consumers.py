"""Durable readers of the logs, endpoints and replays."""

from peewee import (
    BigIntegerField,
    BlobField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


class Subscription(Model):
    """Durable readers: subscriptions and the reading side of webhooks."""

    id = TextField(primary_key=True)
    account_id = TextField()
    kind = TextField()
    display_name = TextField()
    mode = TextField()
    wanted = TextField(column_name="filter")
    view = TextField()
    state = TextField()
    ack_deadline_ms = BigIntegerField()
    max_attempts = IntegerField()
    idle_ttl_ms = BigIntegerField(null=True)
    is_ordered = IntegerField()
    acked = BigIntegerField()
    handed = BigIntegerField()
    generation = BigIntegerField()
    consumer_id = TextField()
    consumed_at = BigIntegerField(null=True)
    stream = TextField()
    last = BigIntegerField()
    rounds = IntegerField()
    reached = BigIntegerField()
    redeliver_at = BigIntegerField(null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    version = IntegerField()


class Handout(Model):
    """Events that were handed to a durable reader and are not done."""

    subscription_id = TextField()
    replay_id = TextField()
    position = BigIntegerField()
    event_id = TextField()
    thread_id = TextField()
    state = TextField()
    attempts = IntegerField()
    due_at = BigIntegerField(null=True)
    holder = TextField()
    lease = BigIntegerField()
    changed_at = BigIntegerField()
    last_result = TextField()
    last_status = IntegerField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("subscription_id", "replay_id", "position")


class Webhook(Model):
    """Endpoints; each reads as the subscription of the same id."""

    id = TextField(primary_key=True)
    account_id = TextField()
    url = TextField()
    headers = BlobField()
    secret = BlobField()
    former_secret = BlobField(null=True)
    former_secret_ends_at = BigIntegerField(null=True)
    timeout_ms = BigIntegerField()
    max_concurrency = IntegerField()
    state = TextField()
    disable_reason = TextField()
    failures = IntegerField()
    succeeded_at = BigIntegerField(null=True)
    failing_since = BigIntegerField(null=True)
    probe_at = BigIntegerField(null=True)


class WebhookAttempt(Model):
    """Requests to endpoints."""

    id = TextField(primary_key=True)
    account_id = TextField()
    webhook_id = TextField()
    event_id = TextField()
    event_type = TextField()
    attempt = IntegerField()
    replay_id = TextField()
    started_at = BigIntegerField()
    duration_ms = BigIntegerField()
    result = TextField()
    status = IntegerField()
    diagnostic = TextField()
    remote_address = TextField()
    url = TextField()
    request_headers = TextField()
    request_body = BlobField()
    response_headers = TextField()
    response_body = BlobField()
    next_at = BigIntegerField(null=True)

    class Meta:
        """Its name in SQL."""

        table_name = "webhook_attempt"


class Replay(Model):
    """Jobs that deliver recorded events again."""

    id = TextField(primary_key=True)
    account_id = TextField()
    state = TextField()
    target_ids = TextField()
    wanted = TextField(column_name="filter")
    positions = TextField()
    undelivered_only = IntegerField()
    low = BigIntegerField()
    high = BigIntegerField()
    position = BigIntegerField()
    event_count = BigIntegerField()
    handed_over = BigIntegerField()
    handed = TextField()
    created_by = TextField()
    created_at = BigIntegerField()
    ended_at = BigIntegerField(null=True)
