"""`mailbot replay`: counted, begun, shown, listed and ended from the command line."""

import pytest


@pytest.fixture
def webhook(command) -> str:
    """A webhook's id."""
    told = command("webhooks", "create", "http://127.0.0.1:9/hook").stdout
    return next(word for word in told.split() if word.startswith("whk_"))


def test_a_replay_is_counted_begun_shown_and_ended(command, webhook):
    inbox_id, _ = command("inboxes", "create").stdout.split()
    conditions = ("--only", inbox_id, "--only", "inbox.created")
    told = command("replay", "start", webhook, *conditions, "--dry-run").stdout
    assert told == "1 events\n"
    since = ("--since", "2000-01-31T12:00Z", "--undelivered", "--dry-run")
    assert command("replay", "start", webhook, *conditions, *since).stdout
    told = command("replay", "start", webhook, *conditions).stdout
    replay_id = told.split()[0]
    assert replay_id.startswith("rpl_")
    assert " of 1 events handed over" in told
    assert command("replay", "show", replay_id).stdout.startswith(replay_id)
    listed = command("replay", "list").stdout.splitlines()
    assert listed[0].split()[:2] == ["REPLAY", "STATE"]
    assert listed[1].startswith(replay_id)
    assert listed[1].endswith(webhook)
    ended = command("replay", "cancel", replay_id).stdout
    assert ended.startswith(replay_id)


def test_what_cannot_be_replayed_is_said_so(command):
    assert "NOT_FOUND" in command("replay", "start", "whk_1", code=1).output
    assert (
        "instant"
        in command("replay", "start", "whk_1", "--since", "soon", code=2).output
    )
    assert "NOT_FOUND" in command("replay", "show", "rpl_1", code=1).output
