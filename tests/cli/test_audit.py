"""`mailbot audit`: what was changed, by whom, and that nobody touched the record."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def inbox_id(command):
    return command("inboxes", "create").stdout.split()[0]


def test_a_change_is_listed_and_read(command, inbox_id):
    shown = command("audit", "list", "--resource", inbox_id).stdout.splitlines()
    assert len(shown) == 2
    assert shown[0].split() == [
        "SEQUENCE",
        "WHEN",
        "WHO",
        "THROUGH",
        "WHAT",
        "OF",
        "HOW",
    ]
    assert "inbox.create" in shown[1]
    lines = command(
        *("audit", "list", "--resource", inbox_id, "--action", "inbox.", "--json")
    ).stdout.splitlines()
    [entry] = map(json.loads, lines)
    assert entry["actor_id"].startswith("key_")
    assert entry["surface"] == "api"
    one = command("audit", "get", entry["id"]).stdout
    assert entry["hash"] in one
    assert command("audit", "list", "--actor", "mailbot", "--json").stdout


def test_a_longer_list_says_so(command, inbox_id):
    assert inbox_id
    cut = command("audit", "list", "--limit", "1")
    assert len(cut.stdout.splitlines()) == 2
    assert "more than 1" in cut.stderr


def test_the_chain_is_whole_and_a_hash_that_was_never_in_it_is_missed(
    command, inbox_id
):
    assert inbox_id
    said = command("audit", "verify").stdout.splitlines()
    assert said[0].endswith("entries, all as they were written")
    kept = said[1].split()[-1]
    command("inboxes", "create")
    assert command("audit", "verify", "--expect", kept).stdout
    missed = command("audit", "verify", "--expect", "ab" * 32, code=1)
    assert "rewritten at" in missed.stderr
    assert "64 hex digits" in command("audit", "verify", "--expect", "x", code=1).stderr


def offline(lines):
    """What the program of docs/audit.md says of a list; it knows nothing of mailbot."""
    text = (ROOT / "docs" / "audit.md").read_text()
    program = text.partition("```python\n")[2].partition("```")[0]
    assert len(program.splitlines()) <= 20
    return subprocess.run(
        [sys.executable, "-I", "-c", program],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_program_of_the_document_verifies_what_was_listed(command, inbox_id):
    name = "Jürgen \u202e🦀"
    command("keys", "create", name, "--scope", "inboxes:read")
    last = command("audit", "verify").stdout.split()[-1]
    lines = command("audit", "list", "--json", "--limit", "100000").stdout.splitlines()
    assert len(lines) > 4
    said = offline(lines)
    assert said.stdout == f"{len(lines)} entries, the last hash is {last}\n"
    touched = [line.replace(inbox_id, inbox_id[::-1]) for line in lines]
    assert "is not as it was written" in offline(touched).stderr
    assert offline([*lines[:2], *lines[3:]]).returncode == 1
