"""Threads, and what ties messages into them."""

from peewee import BigIntegerField, CompositeKey, IntegerField, Model, TextField


class Thread(Model):
    """Threads; root_id is its own id, or the survivor's after a merge."""

    id = TextField(primary_key=True)
    account_id = TextField()
    inbox_id = TextField()
    root_id = TextField()
    subject = TextField()
    created_at = BigIntegerField()
    last_message_id = TextField()
    last_message_at = BigIntegerField()
    inbound_count = IntegerField()
    outbound_count = IntegerField()
    participants = TextField()
    last_inbound_at = BigIntegerField(null=True)
    last_outbound_at = BigIntegerField(null=True)
    snippet = TextField()
    last_manual_id = TextField()
    is_unreplied = IntegerField()
    labels = TextField()


class ThreadTie(Model):
    """Which thread a Message-ID (or another tie) belongs to, inside an inbox."""

    inbox_id = TextField()
    tie = TextField()
    thread_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "thread_tie"
        primary_key = CompositeKey("inbox_id", "tie")


class ThreadLabel(Model):
    """Labels of threads, for filters."""

    inbox_id = TextField()
    label = TextField()
    thread_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "thread_label"
        primary_key = CompositeKey("inbox_id", "label", "thread_id")


class ThreadParticipant(Model):
    """Who takes part in threads, case folded, for filters."""

    inbox_id = TextField()
    address = TextField()
    thread_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "thread_participant"
        primary_key = CompositeKey("inbox_id", "address", "thread_id")


class ThreadChange(Model):
    """Merges and splits; `other_ids` is JSON."""

    id = TextField(primary_key=True)
    account_id = TextField()
    thread_id = TextField()
    kind = TextField()
    other_ids = TextField()
    message_id = TextField()
    changed_by = TextField()
    created_at = BigIntegerField()

    class Meta:
        """Its name in SQL."""

        table_name = "thread_change"


class ThreadApart(Model):
    """Pairs of threads that no message joins, in both orders."""

    one_id = TextField()
    other_id = TextField()

    class Meta:
        """Its name in SQL and its key."""

        table_name = "thread_apart"
        primary_key = CompositeKey("one_id", "other_id")
