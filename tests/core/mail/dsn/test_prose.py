from dataclasses import replace

import pytest

from mailbot_server.core.mail.dsn.prose import (
    completed,
    explained,
    of,
    recipients,
    reply_in,
)
from mailbot_server.core.mail.dsn.report import Action
from mailbot_server.core.mail.reply import Reply

OWN = frozenset({"sender@example.org"})


def named(text: str, default: Action = Action.FAILED) -> list[tuple[str, Action]]:
    found = recipients(text.split("\n"), OWN, default)
    return [(one.address, one.action) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "<a@example.com>:\nno such user",
        "   * a@example.com",
        "[SMTP:a@example.com] gone",
        "Recipient: <a@example.com>",
        "Undeliverable Address: a@example.com",
        "undeliverable to a@example.com",
        "The following recipients failed:\nAnn <a@example.com>",
        "Your message to 'a@example.com' was rejected",
        ">>> RCPT TO:<a@example.com>\n<<< 550 no",
        "could not deliver:\nTo: a@example.com",
        "a nameless address\n   (generated from a@example.com)",
    ],
)
def test_a_recipient_is_found_by_its_place(text: str) -> None:
    assert named(text) == [("a@example.com", Action.FAILED)]


@pytest.mark.parametrize(
    "text",
    [
        "For assistance, please contact\n help@example.com",
        "rejected mail from <other@example.org>",
        "Your own sender@example.org failed",
        "From: x@example.net",
        "if it fails, try b@example.com instead",
        "mailer-daemon@example.com",
        "see http://a@example.com",
    ],
)
def test_others_are_not_named(text: str) -> None:
    assert named(text) == []


def test_listed_ones_make_mentioned_ones_unheard() -> None:
    text = "a@example.com\nRemote said: 550 for b@example.com unknown"

    assert named(text) == [("a@example.com", Action.FAILED)]


def test_a_heading_tells_what_became_of_those_below() -> None:
    text = (
        "--- The following addresses had successful delivery notifications ---\n"
        "<a@example.com>\n"
        "--- The following addresses had permanent fatal errors ---\n<b@example.com>\n"
        "--- The following addresses had transient non-fatal errors ---\n"
        "<c@example.com>"
    )

    assert named(text) == [
        ("a@example.com", Action.DELIVERED),
        ("b@example.com", Action.FAILED),
        ("c@example.com", Action.DELAYED),
    ]


def test_each_has_the_reply_below_it() -> None:
    lines = ["<a@example.com>:", "550 no", "<b@example.com>:", "552 5.2.2 full"]

    one, two = recipients(lines, OWN, Action.FAILED)

    assert one.reply.text == "no"
    assert (two.reply.code, two.status) == (552, "5.2.2")


def test_what_is_said_once_is_said_of_all() -> None:
    above = ["550 5.1.1 unknown", "These failed:", "a@example.com", "b@example.com"]
    below = ["These failed:", "a@example.com", "b@example.com", "  mailbox is full"]

    first, second = recipients(above, OWN, Action.FAILED)
    third, fourth = recipients(below, OWN, Action.FAILED)

    assert first.status == second.status == "5.1.1"
    assert third.reply == fourth.reply
    assert "full" in third.reply.text


def test_who_is_named_twice_has_the_reply_of_both_places() -> None:
    lines = [
        *("a@example.com", "An address that is not known.", ""),
        *("b@example.com", "There is no room.", "", "Server: c.example", ""),
        *("a@example.com", "returned '550 5.1.1 none'", ""),
        *("b@example.com", "returned '552 5.2.2 full'"),
    ]

    one, two = recipients(lines, OWN, Action.FAILED)

    assert (one.status, one.reply.text) == ("5.1.1", "none")
    assert (two.status, two.reply.text) == ("5.2.2", "full")


def test_blocks_without_a_reason_have_the_one_of_the_words() -> None:
    lines = ["<a@example.com>:", "over its quota", "<b@example.com>:", "gone away"]
    blank = Reply(code=550, enhanced="5.0.0")
    one = replace(of("a@example.com", Action.FAILED, blank), status="5.0.0")
    other = of("b@example.com", Action.FAILED, replace(blank, text="told"))

    first, second = explained(lines, [one, other])

    assert "over its quota" in first.reply.text
    assert first.reply.enhanced == "5.0.0"
    assert second == other


@pytest.mark.parametrize("between", [", ", "; ", " and ", ">, <", " / "])
def test_what_follows_a_listed_address_is_listed(between: str) -> None:
    text = f"Failed recipients: a@example.com{between}b@example.com"

    assert [address for address, _ in named(text)] == ["a@example.com", "b@example.com"]


def test_bare_names_in_a_list_get_the_hosts_domain() -> None:
    lines = ["These recipients failed:", "\tann", "\tbob", "Bye", "\tcarl"]

    assert completed(lines, "example.com") == ["ann@example.com", "bob@example.com"]


def test_words_become_a_reply() -> None:
    assert reply_in(["it failed"], Action.FAILED) == Reply(code=550, text="it failed")
    assert of("a@example.com", Action.DELAYED, Reply(code=450)).status == ""
