"""Messages, their bytes, their parts and their labels."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BlobField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


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
    first_reply_at = BigIntegerField(null=True)
    tracking = TextField()
    legal_hold = IntegerField()
    is_redacted = IntegerField()


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
