"""RET, ENVID, NOTIFY and ORCPT: what RFC 3461 4 allows, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.dsn import request
from mailbot_server.core.mail.dsn.request import MailRequest, RcptRequest


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, MailRequest()),
        ({"RET": "HDRS"}, MailRequest(returns="hdrs")),
        ({"RET": "full", "SIZE": "10"}, MailRequest(returns="full")),
        ({"ENVID": "QQ314159"}, MailRequest(envelope_id="QQ314159")),
        ({"ENVID": "a+2Bb+3Dc+20d"}, MailRequest(envelope_id="a+b=c d")),
        ({"ENVID": "x" * 100}, MailRequest(envelope_id="x" * 100)),
    ],
)
def test_mail_asks_what_comes_back_and_under_which_name(parameters, asked):
    assert request.read_mail(parameters) == asked


@pytest.mark.parametrize(
    "parameters",
    [
        {"RET": None},
        {"RET": "BODY"},
        {"ENVID": None},
        {"ENVID": "a=b"},
        {"ENVID": "a+2b"},
        {"ENVID": "a+"},
        {"ENVID": "a+0A"},
        {"ENVID": "é"},
        {"ENVID": "x" * 101},
    ],
)
def test_mail_asks_nothing_that_is_malformed(parameters):
    assert request.read_mail(parameters) is None


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, RcptRequest()),
        ({"NOTIFY": "NEVER"}, RcptRequest(notify="NEVER")),
        ({"NOTIFY": "delay,Success"}, RcptRequest(notify="SUCCESS,DELAY")),
        (
            {"ORCPT": "rfc822;Bob+2Bx@A.com"},
            RcptRequest(original="rfc822;Bob+2Bx@A.com"),
        ),
        ({"ORCPT": "x-foo;1"}, RcptRequest(original="x-foo;1")),
        (
            {"ORCPT": "utf-8;bö@example.com"},
            RcptRequest(original="utf-8;bö@example.com"),
        ),
    ],
)
def test_rcpt_asks_when_to_be_told_and_who_it_was(parameters, asked):
    assert request.read_rcpt(parameters) == asked


@pytest.mark.parametrize(
    "parameters",
    [
        {"NOTIFY": None},
        {"NOTIFY": ""},
        {"NOTIFY": "NEVER,FAILURE"},
        {"NOTIFY": "FAILURE,"},
        {"NOTIFY": "FAILURE,FAILURE"},
        {"NOTIFY": "ALWAYS"},
        {"ORCPT": None},
        {"ORCPT": "bob@example.com"},
        {"ORCPT": ";bob@example.com"},
        {"ORCPT": "rfc822;"},
        {"ORCPT": "rfc822;b=b"},
        {"ORCPT": "rfc822;bö@example.com"},
        {"ORCPT": "utf-8;b b"},
        {"ORCPT": "rfc822;" + "x" * 500},
    ],
)
def test_rcpt_asks_nothing_that_is_malformed(parameters):
    assert request.read_rcpt(parameters) is None


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_xtext_comes_back_as_it_was(text):
    assert request.decode_xtext(request.encode_xtext(text)) == text


def test_xtext_has_no_place_for_what_is_not_ascii():
    assert request.encode_xtext("aé b") == "a+20b"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (RcptRequest(), ()),
        (RcptRequest(notify="NEVER"), ("NOTIFY=FAILURE",)),
        (RcptRequest(notify="SUCCESS"), ("NOTIFY=SUCCESS,FAILURE",)),
        (RcptRequest(notify="DELAY"), ("NOTIFY=FAILURE,DELAY",)),
        (RcptRequest(original="rfc822;a+2Bb"), ("ORCPT=rfc822;a+2Bb",)),
        (RcptRequest(original="utf-8;ö"), ()),
    ],
)
def test_the_next_host_is_asked_to_tell_us_of_failures_whatever_else(asked, words):
    assert request.write_rcpt(asked) == words
    assert asked.wants_success == ("SUCCESS" in asked.notify)


def test_the_next_host_names_our_delivery_and_sends_no_body_back():
    assert request.write_mail("dlv_1+2") == ("RET=HDRS", "ENVID=dlv_1+2B2")
