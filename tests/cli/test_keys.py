"""`mailbot keys`: made, listed and ended from the command line."""


def listed(command):
    return command("keys", "list").stdout.splitlines()


def test_a_key_is_printed_once_and_works(command, bare, server):
    secret = command("keys", "create", "CI", "--scope", "inboxes:read").stdout.strip()
    result = bare(
        *("inboxes", "list"), MAILBOT_TARGET=server.target, MAILBOT_API_KEY=secret
    )
    assert result.exit_code == 0
    assert secret not in command("keys", "list").output


def test_a_key_is_restricted_to_inboxes(command, bare, server):
    inbox_id = command("inboxes", "create").stdout.split()[0]
    command("inboxes", "create")
    secret = command("keys", "create", "--inbox", inbox_id).stdout.strip()
    result = bare(
        *("inboxes", "list"), MAILBOT_TARGET=server.target, MAILBOT_API_KEY=secret
    )
    assert [line.split()[0] for line in result.stdout.splitlines()] == [inbox_id]


def test_keys_are_listed_with_what_they_may_do(command):
    command("keys", "create", "reader", "--scope", "events:read")
    line = listed(command)[0].split()
    assert line[0].startswith("key_")
    assert line[1].startswith("mb_")
    assert line[2:] == ["active", "reader", "events:read"]


def test_a_key_is_ended(command):
    command("keys", "create", "short-lived")
    key_id = listed(command)[0].split()[0]
    assert command("keys", "revoke", key_id).stdout == f"{key_id} revoked\n"
    assert listed(command)[0].split()[2] == "revoked"


def test_a_key_that_is_not_there_is_a_sentence(command):
    assert "(NOT_FOUND)" in command("keys", "revoke", "key_1", code=1).stderr


def test_a_scope_that_is_none_is_a_sentence(command):
    result = command("keys", "create", "--scope", "everything", code=1)
    assert "'everything' is not a scope" in result.stderr
