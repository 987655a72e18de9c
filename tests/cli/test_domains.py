"""`mailbot domains`: records to paste, from the command line."""

import uuid

from mailbot_server.cli import domains


def new_name() -> str:
    return f"d{uuid.uuid4().hex[:8]}.example"


def test_a_domain_is_made_and_its_records_are_lines_of_a_zone(command):
    name = new_name()
    lines = command("domains", "create", name).stdout.splitlines()
    assert lines[0].startswith(f"{name}  dom_")
    assert lines[0].endswith("unverified")
    zone = [line for line in lines if "  IN  TXT  " in line]
    assert zone[0].startswith(f'_mailbot.{name}.  3600  IN  TXT  "mailbot-verif')
    rsa = next(line for line in zone if "k=rsa" in line)
    assert rsa.count('"') == 4  # 2048 bits do not fit into one string
    assert "  ; ownership, required: ?" in lines


def test_it_is_listed_shown_rotated_and_given_up(command):
    name = new_name()
    made = command("domains", "create", name).stdout
    listed = command("domains", "list").stdout.splitlines()[0].split()
    assert listed[1:] == ["unverified", name]
    assert command("domains", "show", name).stdout == made
    rotated = command("domains", "rotate", listed[0]).stdout
    assert rotated != made
    assert "its keys are destroyed" in command("domains", "delete", name).stdout
    result = command("domains", "show", name, code=1)
    assert "(NOT_FOUND)" in result.stderr


def test_a_refusal_is_a_sentence(command):
    result = command("domains", "create", "com", code=1)
    assert "two labels" in result.stderr
    assert "(FIELD_INVALID)" in result.stderr


def test_long_values_are_strings_that_count_as_one():
    text = 'a"b\\' + "x" * 600
    joined = domains._strings(text)
    assert all(len(part) <= 255 for part in joined[1:-1].split('" "'))
    unquoted = joined[1:-1].replace('" "', "").replace('\\"', '"').replace("\\\\", "\\")
    assert unquoted == text


def test_without_a_command_the_commands_are_shown(bare):
    assert "rotate" in bare("domains").output
