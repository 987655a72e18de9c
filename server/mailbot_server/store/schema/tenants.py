"""Accounts, their keys and limits, and the servers that keep them."""

from peewee import (
    BigIntegerField,
    BlobField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


class Setting(Model):
    """Facts about the database itself, such as its epoch."""

    name = TextField(primary_key=True)
    value = TextField()


class Node(Model):
    """Server processes that are or were alive."""

    id = TextField(primary_key=True)
    started_at = BigIntegerField()
    seen_at = BigIntegerField()
    delivers = IntegerField()
    name = TextField()


class Account(Model):
    """Tenants."""

    id = TextField(primary_key=True)
    display_name = TextField()
    sandbox_suffix = TextField()
    daily_send_limit = IntegerField()
    created_at = BigIntegerField()
    is_suspended = IntegerField()


class ApiKey(Model):
    """Keys, without their secrets."""

    id = TextField(primary_key=True)
    account_id = TextField()
    display_name = TextField()
    public_id = TextField()
    secret_hash = BlobField()
    scopes = TextField()
    inbox_ids = TextField()
    created_at = BigIntegerField()
    expires_at = BigIntegerField(null=True)
    last_used_at = BigIntegerField(null=True)
    revoked_at = BigIntegerField(null=True)

    class Meta:
        """Its name in SQL."""

        table_name = "api_key"


class Request(Model):
    """What a request_id led to."""

    account_id = TextField()
    method = TextField()
    request_id = TextField()
    digest = BlobField()
    result_id = TextField()
    created_at = BigIntegerField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("account_id", "method", "request_id")


class SendWindow(Model):
    """How much of a limit is used; scope is day, minute or account_day."""

    scope = TextField()
    owner_id = TextField()
    starts_at = BigIntegerField()
    used = IntegerField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "send_window"
        primary_key = CompositeKey("scope", "owner_id", "starts_at")
