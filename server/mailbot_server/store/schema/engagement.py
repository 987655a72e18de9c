"""What recipients did."""

from peewee import BigIntegerField, CompositeKey, IntegerField, Model, TextField


class Link(Model):
    """Where the links of tracked messages lead."""

    message_id = TextField()
    link_index = IntegerField()
    url = TextField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("message_id", "link_index")


class Engagement(Model):
    """What recipients did, once for each kind and link."""

    delivery_id = TextField()
    kind = TextField()
    link_index = IntegerField()
    first_at = BigIntegerField()
    times = IntegerField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("delivery_id", "kind", "link_index")
