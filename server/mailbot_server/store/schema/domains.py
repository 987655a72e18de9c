"""Domains of accounts and their keys."""

from peewee import BigIntegerField, BlobField, IntegerField, Model, TextField


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
