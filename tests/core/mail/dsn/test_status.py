import pytest

from mailbot_server.core.mail.dsn.report import Action
from mailbot_server.core.mail.dsn.status import (
    RECIPIENTS_MAX,
    action_of,
    has_blocks,
    host_of,
    made_up,
    read_blocks,
    recipient_of,
    reply_of,
    said_in,
    status_of,
)


def test_a_block_begins_at_an_empty_line_or_at_a_field_it_has() -> None:
    blocks = read_blocks(
        "Reporting-MTA: dns; a.example\n"
        "Final-Recipient: rfc822; a@example.com\nAction: failed\n\n"
        "Original-Recipient: rfc822; b@example.com\n"
        "Final-Recipient: rfc822; b@example.net\nAction: failed\n"
        "Final-Recipient: rfc822; c@example.com\n"
    )

    assert blocks.message == {"reporting-mta": "dns; a.example"}
    assert [one["final-recipient"][-13:] for one in blocks.recipients] == [
        "a@example.com",
        "b@example.net",
        "c@example.com",
    ]


def test_doubled_line_ends_part_nothing() -> None:
    blocks = read_blocks("Final-Recipient: rfc822; a@example.com\n\nAction: failed\n\n")

    assert len(blocks.recipients) == 1


def test_blocks_are_bounded() -> None:
    blocks = read_blocks("Final-Recipient: rfc822; a@example.com\n" * 5000)

    assert len(blocks.recipients) == RECIPIENTS_MAX
    assert has_blocks("x\nfinal-recipient: y")


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("rfc822; a@example.com", "a@example.com"),
        ("<a@example.com>", "a@example.com"),
        ("rfc822;<a@example.com> (gone)", "a@example.com"),
        ("x400; /RFC-822=a(a)example.com/ADMD= /C=WW/", "a@example.com"),
        (r"utf-8; \x{6A}\x{F6}rg@example.com", "jörg@example.com"),
    ],
)
def test_an_address_is_read_from_its_field(value: str, address: str) -> None:
    one = recipient_of({"final-recipient": value}, Action.FAILED)

    assert one is not None
    assert one.address == one.final_address == address


def test_what_is_no_address_names_nobody() -> None:
    assert recipient_of({"final-recipient": "rfc822; a"}, Action.FAILED) is None
    assert recipient_of({"final-recipient": r"utf-8; \x{D800}"}, Action.FAILED) is None


@pytest.mark.parametrize(
    ("fields", "action"),
    [
        ({"action": "Failed (bad)"}, Action.FAILED),
        ({"action": "failure"}, Action.FAILED),
        ({"action": "error"}, Action.FAILED),
        ({"action": "Delayed", "status": "5.0.0"}, Action.DELAYED),
        ({"action": "delivered"}, Action.DELIVERED),
        ({"action": "relayed"}, Action.RELAYED),
        ({"action": "expanded"}, Action.EXPANDED),
        ({"status": "4.4.1"}, Action.DELAYED),
        ({}, Action.FAILED),
    ],
)
def test_an_action_is_what_the_field_says_or_the_status(
    fields: dict[str, str], action: Action
) -> None:
    assert action_of(fields, Action.FAILED) is action


def test_an_action_that_nothing_says_is_the_callers() -> None:
    assert said_in({"action": "seen", "status": "unheard"}) is None
    assert action_of({}, Action.DELAYED) is Action.DELAYED


def test_a_vague_status_gives_way_to_the_diagnostic() -> None:
    fields = {"status": "5.0.0", "diagnostic-code": "smtp; 550 5.1.1 gone"}

    assert status_of(fields) == "5.1.1"
    assert status_of({"status": "4.4. 1 (no answer)"}) == "4.4.1"


def test_a_reply_is_taken_from_the_diagnostic_or_the_status() -> None:
    said = {"diagnostic-code": "smtp; 552 full", "status": "5.2.2"}
    unsaid = {"diagnostic-code": "X-Postfix; timed out", "status": "4.4.1"}

    assert reply_of(said, Action.FAILED).enhanced == "5.2.2"
    assert (reply_of(unsaid, Action.FAILED).code) == 450
    assert reply_of(unsaid, Action.FAILED).text == "timed out"
    assert reply_of({"status": "553 too big"}, Action.FAILED).code == 553
    assert made_up("", "ok", Action.DELIVERED).code == 250


def test_a_host_is_read_without_its_type_and_comment() -> None:
    assert host_of("dns; MX.example.net (192.0.2.1)") == "mx.example.net"
    assert host_of("") == ""
