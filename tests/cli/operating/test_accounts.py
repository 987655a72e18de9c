"""`mailbot accounts`: made, given keys, stopped and let go on, by operators."""

import pytest


@pytest.fixture
def operator(bare, server):
    """Runs a command with the operator's key."""
    key = (server.folder / "operator.key").read_text().strip()

    def run(*words: str, code: int = 0):
        result = bare(*words, MAILBOT_TARGET=server.target, MAILBOT_API_KEY=key)
        assert result.exit_code == code, result.output
        return result

    return run


def test_an_account_is_made_and_gets_a_key_of_its_own(operator, bare, server):
    made = operator("accounts", "create", "Acme", "--daily-send-limit", "500").stdout
    account_id = made.split()[0]
    assert made == f"{account_id}  active     0 of 500 today  Acme\n"
    assert made in operator("accounts", "list").stdout
    secret = operator("keys", "create", "first", "--account", account_id).stdout.strip()
    of_it = {"MAILBOT_TARGET": server.target, "MAILBOT_API_KEY": secret}
    assert bare("inboxes", "create", "acme", **of_it).exit_code == 0
    assert "acme--" in bare("inboxes", "list", **of_it).stdout
    assert bare("accounts", "list", **of_it).exit_code == 1


def test_one_is_stopped_and_goes_on(operator, bare, server):
    account_id = operator("accounts", "create", "Stopped").stdout.split()[0]
    secret = operator("keys", "create", "--account", account_id).stdout.strip()
    of_it = {"MAILBOT_TARGET": server.target, "MAILBOT_API_KEY": secret}
    assert " suspended " in operator("accounts", "suspend", account_id).stdout
    assert "ACCOUNT_SUSPENDED" in bare("inboxes", "create", **of_it).stderr
    assert bare("inboxes", "list", **of_it).exit_code == 0
    assert " active " in operator("accounts", "activate", account_id).stdout
    assert bare("inboxes", "create", **of_it).exit_code == 0


def test_whoever_is_no_operator_is_told_which_key_has_the_scope(command):
    told = command("accounts", "list", code=1).stderr
    assert "lacks the scope 'operator'; use the operator's key" in told


def test_mail_of_another_account_is_explained_to_operators(operator, bare, server):
    account_id = operator("accounts", "create", "Sender").stdout.split()[0]
    secret = operator("keys", "create", "--account", account_id).stdout.strip()
    of_it = {"MAILBOT_TARGET": server.target, "MAILBOT_API_KEY": secret}
    words = ("send", "--to", "lost@example.org", "--subject", "Where", "--text", "x")
    message_id = bare(*words, **of_it).stdout.split()[0]
    for what in ("lost@example.org", message_id):
        told = operator("why", what).stdout
        assert told.startswith(f"{account_id} inb_")
        assert "lost@example.org (dlv_" in told
        assert "hostname_unset" in told
        assert f"mailbot keys create --account {account_id}" in told
    delivery_id = told.partition("(")[2].partition(")")[0]
    assert operator("why", delivery_id).stdout == told
    assert operator("why", "msg_1", code=1).stderr.startswith("mailbot: nothing is")
