"""`mailbot subscriptions`: shown, moved, given up and deleted."""

import pytest

from mailbot import MailBot


@pytest.fixture
def bot(server):
    """The server, with its first key."""
    with MailBot(server.api_key, f"127.0.0.1:{server.grpc_port}") as bot:
        yield bot


def test_a_subscription_is_shown_moved_and_deleted(command, bot):
    inbox = bot.inboxes.create()
    made = bot.subscriptions.create(
        display_name="Ledger", delivery_mode="shared", inbox_ids=inbox, start="earliest"
    )
    line = f"{made.id}  shared  active  'Ledger'"
    assert line in command("subscriptions", "list").stdout.splitlines()
    shown = command("subscriptions", "show", made.id).stdout.splitlines()
    assert shown[0] == line
    assert shown[1].startswith("behind: ")
    assert "in hand: 0" in shown
    assert "last consumer: never" in shown
    assert command("subscriptions", "seek", made.id, "latest").stdout.strip() == line
    assert "behind: 0 events" in command("subscriptions", "show", made.id).stdout
    moved = command("subscriptions", "seek", made.id, "2020-01-01T00:00:00+00:00")
    assert moved.stdout.strip() == line
    assert command("subscriptions", "delete", made.id).stdout.endswith("is deleted\n")
    refused = command("subscriptions", "show", made.id, code=1)
    assert "NOT_FOUND" in refused.stderr


def test_what_was_given_up_is_listed_and_released(command, bot):
    inbox = bot.inboxes.create()
    made = bot.subscriptions.create(
        delivery_mode="shared",
        max_delivery_attempts=1,
        inbox_ids=inbox,
        start="earliest",
    )
    with bot.subscriptions.consume(made, "cli") as consumer:
        given = next(consumer)
        consumer.give_back()
        bot.inboxes.update(inbox, display_name="New")
        assert next(consumer).event.id != given.event.id
    shown = command("subscriptions", "show", made.id).stdout
    assert f"  {given.event.id}  inbox.created  1 attempts" in shown
    released = command("subscriptions", "release", made.id, given.event.id).stdout
    assert released == "1 released\n"
    dropped = command("subscriptions", "release", made.id, "--drop").stdout
    assert dropped.endswith("dropped\n")
