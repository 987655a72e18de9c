"""`mailbot inboxes`: made and listed from the command line."""

import uuid


def test_an_inbox_is_made_with_a_name(command):
    name = f"cli-{uuid.uuid4().hex[:8]}"
    inbox_id, address = command("inboxes", "create", name).stdout.split()
    assert inbox_id.startswith("inb_")
    assert address.startswith(f"{name}--")


def test_an_inbox_is_made_without_a_name(command):
    _, address = command("inboxes", "create").stdout.split()
    assert address.endswith("@mailbot.localhost")


def test_inboxes_are_listed_newest_first(command):
    made = [command("inboxes", "create").stdout.split()[0] for _ in range(2)]
    listed = [line.split() for line in command("inboxes", "list").stdout.splitlines()]
    assert [line[0] for line in listed[:2]] == made[::-1]
    assert {line[1] for line in listed} == {"active"}


def test_a_refusal_is_a_sentence(command):
    result = command("inboxes", "create", "not a name", code=1)
    assert "inbox.username" in result.stderr
    assert "(FIELD_INVALID)" in result.stderr
    assert result.stdout == ""


def test_without_a_command_the_commands_are_shown(bare):
    assert "create" in bare("inboxes").output
