"""How much was sent and received, by hour, and what is counted again."""

from peewee import BigIntegerField, CompositeKey, IntegerField, Model, TextField


class UsageHour(Model):
    """Counts of an hour, for an inbox and a recipient domain."""

    account_id = TextField()
    hour = BigIntegerField()
    inbox_id = TextField()
    recipient_domain = TextField()
    messages = BigIntegerField()
    messages_there = BigIntegerField()
    recipients = BigIntegerField()
    delivered = BigIntegerField()
    sent = BigIntegerField()
    bounced = BigIntegerField()
    late_bounced = BigIntegerField()
    failed = BigIntegerField()
    expired = BigIntegerField()
    suppressed = BigIntegerField()
    cancelled = BigIntegerField()
    unknown = BigIntegerField()
    complained = BigIntegerField()
    received = BigIntegerField()
    opened = BigIntegerField()
    clicked = BigIntegerField()
    machine_events = BigIntegerField()
    replied = BigIntegerField()
    reply_milliseconds = BigIntegerField()
    unsubscribed = BigIntegerField()

    class Meta:
        """Its name in SQL, and its key."""

        table_name = "usage_hour"
        primary_key = CompositeKey("account_id", "hour", "inbox_id", "recipient_domain")


class UsageBounce(Model):
    """Of them, refusals by class."""

    account_id = TextField()
    hour = BigIntegerField()
    inbox_id = TextField()
    recipient_domain = TextField()
    bounce_class = TextField()
    amount = BigIntegerField()

    class Meta:
        """Its name in SQL, and its key."""

        table_name = "usage_bounce"
        primary_key = CompositeKey(
            "account_id", "hour", "inbox_id", "recipient_domain", "bounce_class"
        )


class RecountHour(Model):
    """As `UsageHour`, while they are counted again."""

    account_id = TextField()
    hour = BigIntegerField()
    inbox_id = TextField()
    recipient_domain = TextField()
    messages = BigIntegerField()
    messages_there = BigIntegerField()
    recipients = BigIntegerField()
    delivered = BigIntegerField()
    sent = BigIntegerField()
    bounced = BigIntegerField()
    late_bounced = BigIntegerField()
    failed = BigIntegerField()
    expired = BigIntegerField()
    suppressed = BigIntegerField()
    cancelled = BigIntegerField()
    unknown = BigIntegerField()
    complained = BigIntegerField()
    received = BigIntegerField()
    opened = BigIntegerField()
    clicked = BigIntegerField()
    machine_events = BigIntegerField()
    replied = BigIntegerField()
    reply_milliseconds = BigIntegerField()
    unsubscribed = BigIntegerField()

    class Meta:
        """Its name in SQL, and its key."""

        table_name = "recount_hour"
        primary_key = CompositeKey("account_id", "hour", "inbox_id", "recipient_domain")


class RecountBounce(Model):
    """As `UsageBounce`, while they are counted again."""

    account_id = TextField()
    hour = BigIntegerField()
    inbox_id = TextField()
    recipient_domain = TextField()
    bounce_class = TextField()
    amount = BigIntegerField()

    class Meta:
        """Its name in SQL, and its key."""

        table_name = "recount_bounce"
        primary_key = CompositeKey(
            "account_id", "hour", "inbox_id", "recipient_domain", "bounce_class"
        )


class Recount(Model):
    """How far the events of an account are counted again."""

    account_id = TextField(primary_key=True)
    is_first = IntegerField()
    position = BigIntegerField(null=True)
    first_hour = BigIntegerField()
    end_hour = BigIntegerField()
    next_hour = BigIntegerField()
    again_at = BigIntegerField(null=True)
    stepped_at = BigIntegerField()
    events = BigIntegerField()
    hours = BigIntegerField()
    changed = BigIntegerField()
