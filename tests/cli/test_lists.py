"""`mailbot lists`: one line more, one less, and what they make of somebody."""

import uuid

import pytest


@pytest.fixture
def domain():
    """A domain of the test's own, for the server is everybody's."""
    return f"{uuid.uuid4().hex[:12]}.example"


def test_an_entry_comes_decides_and_goes(command, domain):
    inbox_id = command("inboxes", "create").stdout.split()[0]
    own = ("--inbox", inbox_id)
    kept = command("lists", "block", f"*.{domain}", *own, "--note", "rude").stdout
    entry_id = kept.split()[0]
    assert entry_id.startswith("lst_")
    assert command("lists", "list", *own).stdout == kept
    assert command("lists", "list", *own, "--direction", "recipient").stdout == ""
    found = command("lists", "check", f"bob@a.{domain}", *own).stdout
    assert found == f"block: by {kept}"
    command("lists", "allow", f"bob@a.{domain}", *own)
    assert command("lists", "check", f"bob@a.{domain}", *own).stdout.startswith("allow")
    removed = command("lists", "remove", entry_id).stdout
    assert removed == f"{entry_id} removed\n"
    stranger = command("lists", "check", f"ann@{domain}", *own).stdout
    assert stranger == "block: no entry matches\n"


def test_what_is_no_pattern_is_a_sentence(command):
    refused = command("lists", "block", "not an address", code=1)
    assert "entry.pattern" in refused.stderr
    assert (
        "sender, recipient"
        in command(
            *("lists", "block", "a.example", "--direction", "both"), code=2
        ).stderr
    )
