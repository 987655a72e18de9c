"""The logs."""

from peewee import BigIntegerField, CompositeKey, IntegerField, Model, TextField


class EventHead(Model):
    """The last position of each account's log."""

    account_id = TextField(primary_key=True)
    position = BigIntegerField()
    trimmed = BigIntegerField()

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
    recipient_domain = TextField(null=True)
    smtp_code = IntegerField(null=True)
    bounce_class = TextField(null=True)

    class Meta:
        """Its key."""

        primary_key = CompositeKey("account_id", "position")
