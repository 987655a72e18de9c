"""`mailbot search` shows what is found and where the words stand."""

import pytest


@pytest.fixture
def inbox(command) -> str:
    """The id of an inbox with two messages."""
    inbox_id = command("inboxes", "create").stdout.split()[0]
    for subject, text in (("Offer", "an invoice, twice"), ("Invoice 7", "see there")):
        words = ("--to", "carol@example.com", "--inbox", inbox_id)
        command("send", *words, "--subject", subject, "--text", text)
    return inbox_id


def test_hits_are_shown_with_their_words(command, inbox):
    lines = command("search", "invoice", "--inbox", inbox).stdout.splitlines()
    assert [line.split("  ")[-1] for line in lines if line.startswith("msg_")] == [
        "'Invoice 7'",
        "'Offer'",
    ]
    assert "  subject: [Invoice] 7" in lines
    assert "  body: an [invoice], twice" in [line.rstrip() for line in lines]


def test_the_best_may_come_first(command, inbox):
    words = ("search", "invoice", "OR", "offer", "--inbox", inbox, "--relevance")
    lines = command(*words, "--limit", "1").stdout.splitlines()
    assert lines[0].endswith("'Offer'")
    assert sum(line.startswith("msg_") for line in lines) == 1


def test_a_query_that_cannot_be_read_is_a_sentence(command):
    told = command("search", "from:", code=1)
    assert "QUERY_INVALID" in told.stderr
    assert "at character 1" in told.stderr


def test_a_minus_stands_behind_two(command, inbox):
    told = command("search", "--inbox", inbox, "--", "-invoice*", "is:outbound")
    assert told.stdout == ""
