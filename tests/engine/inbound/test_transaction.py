"""MAIL and RCPT by their words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import reply
from mailbot_server.core.mail.dsn.request import MailRequest, RcptRequest
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inbound.transaction import (
    Addressed,
    Opening,
    read_addressed,
    read_mail,
    read_rcpt,
)

ANN = "FROM:<ann@example.org>"


def mail(argument: str, *, extended: bool = True, bytes_max: int = 1000):
    return read_mail(argument, extended=extended, bytes_max=bytes_max)


@pytest.mark.parametrize(
    ("argument", "opening"),
    [
        (ANN, Opening(reverse_path="ann@example.org")),
        ("from:<Ann@EXAMPLE.org>", Opening(reverse_path="Ann@example.org")),
        ("FROM:<>", Opening(reverse_path=None)),
        (
            f"{ANN} SIZE=1000 BODY=8bitmime",
            Opening(reverse_path="ann@example.org", size=1000),
        ),
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


def addressed(argument: str, *, extended: bool = True):
    return read_addressed(argument, extended=extended, smtputf8=False)


def test_whoever_hands_in_may_ask_for_reports():
    found = addressed("TO:<Bob@EXAMPLE.com> NOTIFY=DELAY ORCPT=rfc822;b+2Bc")
    assert found == Addressed(
        address="Bob@example.com",
        asked=RcptRequest(notify="DELAY", original="rfc822;b+2Bc"),
    )
    opening = read_mail(
        "FROM:<a@b.com> RET=HDRS ENVID=7", extended=True, bytes_max=9, dsn=True
    )
    assert isinstance(opening, Opening)
    assert opening.asked == MailRequest(returns="hdrs", envelope_id="7")


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        ("TO:<>", reply.BAD_RECIPIENT_SYNTAX),
        ("TO:<postmaster>", reply.BAD_RECIPIENT_SYNTAX),
        ("TO:<a@[192.0.2.1]>", reply.BAD_RECIPIENT_SYNTAX),
        ("TO:<a@b.com> RET=FULL", reply.BAD_PARAMETER),
        ("TO:<a@b.com> NOTIFY=X", reply.SYNTAX_ERROR),
        ("TO:<jörg@example.com>", reply.NEEDS_SMTPUTF8),
    ],
)
def test_what_cannot_be_delivered_or_asked_is_refused(argument, answer):
    assert addressed(argument) == answer


def test_wishes_need_ehlo_and_the_right_port():
    rcpt = addressed("TO:<a@b.com> NOTIFY=NEVER", extended=False)
    assert rcpt == reply.BAD_PARAMETER
    on_mx = read_mail("FROM:<a@b.com> RET=FULL", extended=True, bytes_max=9)
    assert on_mx == reply.BAD_PARAMETER
