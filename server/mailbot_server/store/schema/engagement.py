"""What recipients did."""

from peewee import BigIntegerField, CompositeKey, IntegerField, Model, TextField


class TrackedMessage(Model):
    """What is put into copies of a message, and where its links lead; both JSON."""

    message_id = TextField(primary_key=True)
    plan = TextField()
    urls = TextField()

    class Meta:
        """Its name in SQL."""

        table_name = "tracked_message"


class Engagement(Model):
    """What recipients did, once for each kind and link; number 0 is all links."""

    delivery_id = TextField()
    kind = TextField()
    number = IntegerField()
    first_at = BigIntegerField()
    times = IntegerField()
    hour = BigIntegerField()
    told = IntegerField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("delivery_id", "kind", "number")
