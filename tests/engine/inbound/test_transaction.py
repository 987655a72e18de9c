"""MAIL and RCPT by their words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import reply
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inbound.transaction import Opening, read_mail, read_rcpt

ANN = "FROM:<ann@example.org>"


def mail(argument: str, *, extended: bool = True, bytes_max: int = 1000):
    return read_mail(argument, extended=extended, bytes_max=bytes_max)


@pytest.mark.parametrize(
    ("argument", "opening"),
    [
        (ANN, Opening(reverse_path="ann@example.org")),
        ("from:<Ann@EXAMPLE.org>", Opening(reverse_path="Ann@example.org")),
        ("FROM:<>", Opening(reverse_path=None)),
        (f"{ANN} SIZE=1000 BODY=8bitmime", Opening(reverse_path="ann@example.org")),
        (
            "FROM:<jörg@example.org> SMTPUTF8",
            Opening(reverse_path="jörg@example.org", smtputf8=True),
        ),
        (f"{ANN} AUTH=ann@example.org", Opening(reverse_path="ann@example.org")),
    ],
)
def test_good_ones_open_a_transaction(argument, opening):
    assert mail(argument) == opening


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        (f"{ANN} SIZE=1001", reply.MESSAGE_TOO_BIG),
        (f"{ANN} SIZE=-1", reply.SYNTAX_ERROR),
        (f"{ANN} SIZE=٣", reply.SYNTAX_ERROR),
        (f"{ANN} SIZE", reply.SYNTAX_ERROR),
        (f"{ANN} SIZE={'9' * 21}", reply.SYNTAX_ERROR),
        (f"{ANN} BODY", reply.SYNTAX_ERROR),
        (f"{ANN} BODY=BINARYMIME", reply.SYNTAX_ERROR),
        (f"{ANN} SMTPUTF8=1", reply.SYNTAX_ERROR),
        (f"{ANN} AUTH", reply.SYNTAX_ERROR),
        (f"{ANN} X=1", reply.BAD_PARAMETER),
        ("FROM:<ann>", reply.BAD_SENDER_SYNTAX),
        ("FROM:ann@example.org", reply.SYNTAX_ERROR),
        ("FROM:<jörg@example.org>", reply.NEEDS_SMTPUTF8),
    ],
)
def test_bad_ones_are_refused_for_what_is_wrong(argument, answer):
    assert mail(argument) == answer


def test_a_client_that_said_helo_has_no_parameters():
    assert mail(f"{ANN} SIZE=1", extended=False) == reply.BAD_PARAMETER
    assert mail(ANN, extended=False) == Opening(reverse_path="ann@example.org")


@pytest.mark.parametrize(
    ("argument", "outcome"),
    [
        ("TO:<user@Example.com>", "user@example.com"),
        ("to:<@a.example:user@example.com>", "user@example.com"),
        ("TO:<Postmaster>", "Postmaster"),
        ("TO:<>", reply.BAD_RECIPIENT_SYNTAX),
        ("TO:<user>", reply.BAD_RECIPIENT_SYNTAX),
        ("TO:user@example.com", reply.SYNTAX_ERROR),
        ("TO:<user@example.com> NOTIFY=NEVER", reply.BAD_PARAMETER),
        ("TO:<jörg@example.com>", reply.NEEDS_SMTPUTF8),
    ],
)
def test_a_recipient_is_one_address(argument, outcome):
    assert read_rcpt(argument, smtputf8=False) == outcome


def test_a_recipient_beyond_ascii_needs_what_mail_asked_for():
    assert read_rcpt("TO:<jörg@example.com>", smtputf8=True) == "jörg@example.com"


@given(st.text(max_size=80))
def test_whatever_comes_is_answered(text):
    for argument in (text, f"FROM:<{text}>", f"{ANN} {text}"):
        assert isinstance(mail(argument), Opening | Reply)
    for argument in (text, f"TO:<{text}>", f"TO:<a@example.com> {text}"):
        assert isinstance(read_rcpt(argument, smtputf8=True), str | Reply)
