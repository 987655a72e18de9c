"""`mailbot queue`: what an operator does at night, against a whole server."""

from datetime import UTC, datetime, timedelta

import pytest

from mailbot import MailBot


@pytest.fixture
def queue(bare, server):
    """Runs `mailbot queue` with the operator's key; fails unless it succeeds."""

    def run(*words: str, code: int = 0):
        result = bare(
            *("queue", *words),
            MAILBOT_TARGET=server.target,
            MAILBOT_DATA_DIR=str(server.folder),
        )
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def held(server):
    """A delivery that waits for the setting hostname: its id and its inbox."""
    with MailBot(server.api_key, server.target) as mailbot:
        inbox = mailbot.inboxes.create()
        subscription = mailbot.events.subscribe(types="message.held", inbox_ids=inbox)
        with subscription:
            subscription.ready()
            mailbot.messages.send(
                inbox_id=inbox, to="carol@example.com", subject="Hi", text="Hi"
            )
            yield next(subscription).delivery_id, inbox
        mailbot.inboxes.disable(inbox)


def test_the_list_shows_what_waits_and_why(queue, held):
    delivery_id, inbox = held
    heading, line = queue("list", inbox.id).stdout.splitlines()
    assert heading.split() == [
        *("DELIVERY", "STATE", "TRIES", "NEXT", "RECIPIENT", "WHY"),
    ]
    assert line.split()[:4] == [delivery_id, "held", "0", "carol@example.com"]
    assert "hostname_unset: the setting hostname is empty" in line
    assert line.index("carol") == heading.index("RECIPIENT")
    assert len(queue("list", inbox.id, "state=queued").stdout.splitlines()) == 1
    own = queue("list", "--own", "hold=hostname_unset", "--limit", "1")
    assert "held" in own.stdout


def test_explain_is_a_sentence_and_its_reasons(queue, held):
    delivery_id, inbox = held
    summary, _, *facts = queue("explain", delivery_id).stdout.splitlines()
    assert summary.startswith("held: the setting hostname is empty")
    names = [line.split()[0] for line in facts]
    assert names == [
        *("recipient", "destination", "account", "inbox", "message"),
        *("hold", "lifetime"),
    ]
    assert facts[3].split() == ["inbox", inbox.id]


def test_mail_is_released_held_and_cancelled(queue, held):
    delivery_id, inbox = held
    assert queue("retry", delivery_id).stdout == "0 due now\n"
    scheduled = queue("release", inbox.address, "state=held")
    assert scheduled.stdout == "1 released\n"
    cancelled = queue("cancel", delivery_id).stdout
    assert cancelled in {
        "1 cancelled\n",
        "0 cancelled\n1 under way: cancelled if their attempt fails\n",
    }


def test_what_waits_is_held_with_a_reason(queue, server):
    with MailBot(server.api_key, server.target) as mailbot:
        inbox = mailbot.inboxes.create()
        sent = mailbot.messages.send(
            inbox_id=inbox,
            to="carol@example.com",
            subject="Hi",
            text="Hi",
            send_time=datetime.now(UTC) + timedelta(hours=3, minutes=5),
        )
    delivery_id = sent.recipients[0].delivery_id
    listed = queue("list", delivery_id).stdout.splitlines()[1]
    assert listed.split()[:4] == [delivery_id, "queued", "0", "3h"]
    words = ("--reason", "the customer called")
    assert queue("hold", delivery_id, *words).stdout == "1 held\n"
    assert "held_by_caller: the customer called" in queue("list", delivery_id).stdout
    assert queue("cancel", inbox.id).stdout == "1 cancelled\n"


def test_a_destination_is_suspended_and_goes_on(queue):
    words = ("--minutes", "60", "--reason", "they asked")
    made = queue("suspend", "Slow.Example", *words).stdout
    assert made.startswith("slow.example suspended until 20")
    [_, line] = queue("suspensions").stdout.splitlines()
    assert line.startswith("slow.example  20")
    assert line.endswith("they asked")
    # The server's queue looks at the database every second.
    while len(lines := queue("destinations").stdout.splitlines()) == 1:
        pass
    heading, shown = lines
    assert heading.split()[0] == "DESTINATION"
    assert shown.startswith("slow.example  0/0")
    assert shown.endswith(": they asked")
    assert queue("resume", "slow.example").stdout == "slow.example goes on\n"
    again = queue("resume", "slow.example").stdout
    assert again == "slow.example was not suspended\n"


def test_inboxes_and_accounts_are_suspended_too(queue, held):
    _, inbox = held
    assert queue("suspend", inbox.address).stdout.startswith(f"{inbox.id} suspended")
    assert queue("resume", inbox.id).stdout == f"{inbox.id} goes on\n"
    refusal = queue("suspend", "acc_nobody", code=1)
    assert "(NOT_FOUND)" in refusal.stderr


def test_a_dialogue_ends_with_its_time(queue):
    shown = queue("trace", "example.com", "--minutes", "0.02").stdout
    assert shown.rstrip().endswith(
        "- watching example.com: attempts that begin from now on"
    )


def test_mistakes_are_sentences(queue, command):
    assert "is no id and no condition" in queue("cancel", "everything", code=2).stderr
    assert "is not one of" in queue("list", "state=waiting", code=2).stderr
    assert "(SCOPE_MISSING)" in command("queue", "list", code=1).stderr
    assert command("queue", "list", "--own").stdout.startswith("DELIVERY")
    assert queue("cancel", code=2).exit_code == 2
