"""`mailbot usage`: what was sent, by inbox and domain, and counted again."""

import uuid

from mailbot import MailBot


def test_what_was_sent_is_shown_for_an_inbox_and_a_domain(command):
    inbox_id = command("inboxes", "create").stdout.split()[0]
    domain = f"{uuid.uuid4().hex[:12]}.example"
    command(
        *("send", "--inbox", inbox_id, "--to", f"bob@{domain}"),
        *("--subject", "Hello", "--text", "Hello"),
    )
    shown = command("usage", "show", "--inbox", inbox_id, "--by", "hour").stdout
    assert shown.splitlines()[-1].startswith("together: 1 messages, 1 recipients")
    assert len(shown.splitlines()) > 700
    domains = command("usage", "domains", "--inbox", inbox_id).stdout
    assert domains.startswith(f"{domain}  1 messages, 1 recipients")
    assert inbox_id in command("usage", "inboxes").stdout


def test_an_operator_counts_again(bare, server):
    with MailBot(server.api_key, server.target) as mailbot:
        account_id = mailbot.account.get().id

    def rebuild(account):
        key_file = str(server.folder / "operator.key")
        return bare(
            *("usage", "rebuild", account, "--key-file", key_file),
            MAILBOT_TARGET=server.target,
        )

    done = rebuild(account_id)
    assert done.exit_code == 0, done.output
    assert done.stdout.endswith(" 0 were others\n")
    refused = rebuild("acc_none")
    assert refused.exit_code == 1
    assert "(NOT_FOUND)" in refused.stderr


def test_an_ordinary_key_is_refused_with_a_sentence(command):
    refused = command("usage", "rebuild", "acc_none", code=1)
    assert "(SCOPE_MISSING)" in refused.stderr
