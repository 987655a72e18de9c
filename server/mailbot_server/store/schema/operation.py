"""The chains of changes, and who leads."""

from peewee import BigIntegerField, BlobField, CompositeKey, Model, TextField


class AuditHead(Model):
    """The end of each account's chain of changes."""

    account_id = TextField(primary_key=True)
    sequence = BigIntegerField()
    hash = BlobField()

    class Meta:
        """Its name in SQL."""

        table_name = "audit_head"


class AuditEntry(Model):
    """Changes."""

    account_id = TextField()
    sequence = BigIntegerField()
    id = TextField(unique=True)
    created_at = BigIntegerField()
    actor_id = TextField()
    surface = TextField()
    action = TextField()
    resource_type = TextField()
    resource_id = TextField()
    inbox_id = TextField()
    request_id = TextField()
    before_json = TextField()
    after_json = TextField()
    previous_hash = BlobField()
    hash = BlobField()

    class Meta:
        """Its name in SQL, and its key."""

        table_name = "audit_entry"
        primary_key = CompositeKey("account_id", "sequence")


class Leader(Model):
    """Who leads, for each role."""

    role = TextField(primary_key=True)
    node_id = TextField()
    term = BigIntegerField()
    until = BigIntegerField()
