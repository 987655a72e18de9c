"""Whether an SPF record lets us send, and what to publish where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.domain import spf
from mailbot_server.core.domain.record import RecordState
from mailbot_server.core.domain.spf import Sender

HOST = Sender(hostname="mx.mailbot.example", addresses=("192.0.2.7", "2001:db8::7"))
INCLUDE = Sender(hostname="mx.mailbot.example", include="_spf.mailbot.example")
OK, MISSING, WRONG = RecordState.OK, RecordState.MISSING, RecordState.WRONG


@pytest.mark.parametrize(
    ("texts", "sender", "state"),
    [
        pytest.param([], HOST, MISSING, id="none"),
        pytest.param([b"hello"], HOST, MISSING, id="other-text"),
        pytest.param([b"v=spf10 a"], HOST, MISSING, id="rfc7208-4.5-another-version"),
        pytest.param([b"v=spf1 a:mx.mailbot.example ~all"], HOST, OK, id="host"),
        pytest.param([b"V=SPF1 +A:MX.Mailbot.Example. -ALL"], HOST, OK, id="any-case"),
        pytest.param([b"v=spf1 a:mx.mailbot.example"], INCLUDE, OK, id="host-too"),
        pytest.param([b"v=spf1 include:_spf.mailbot.example ?all"], INCLUDE, OK, id="include"),
        pytest.param([b"v=spf1 redirect=_spf.mailbot.example"], INCLUDE, OK, id="redirect"),
        pytest.param([b"v=spf1 redirect=other.example"], INCLUDE, WRONG, id="redirect-elsewhere"),
        pytest.param([b"v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"], HOST, OK, id="networks"),
        pytest.param([b"v=spf1 ip4:192.0.2.7 -all"], HOST, WRONG, id="only-one-family"),
        pytest.param([b"v=spf1 ip4:nonsense ip6:192.0.2.7 -all"], HOST, WRONG, id="no-network"),
        pytest.param([b"v=spf1 +all"], HOST, OK, id="everybody"),
        pytest.param([b"v=spf1 -all a:mx.mailbot.example"], HOST, WRONG, id="after-the-end"),
        pytest.param([b"v=spf1 -a:mx.mailbot.example ~all"], HOST, WRONG, id="forbidden"),
        pytest.param([b"v=spf1 ~a:mx.mailbot.example ~all"], HOST, WRONG, id="soft"),
        pytest.param([b"v=spf1 include: ~all"], Sender(hostname="h.example"), WRONG, id="empty"),
        pytest.param([b"v=spf1 a:mx.mailbot.example -all", b"v=spf1 mx -all"], HOST, WRONG, id="rfc7208-4.5-several"),
        pytest.param([b"v=spf1 a:mx.mailbot.example" + b" include:x.example" * 10], HOST, WRONG, id="rfc7208-4.6.4-lookups"),
        pytest.param([b"v=spf1 " + b"a" * 5000], HOST, WRONG, id="huge"),
    ],
)  # fmt: skip
def test_a_record_is_judged(texts, sender, state):
    found = spf.judge(texts, sender)
    assert found.state is state
    assert bool(found.problem) is (state is not OK)


def test_mx_counts_where_the_mail_comes_to_us():
    assert spf.judge([b"v=spf1 mx -all"], HOST, ["mx.mailbot.example"]).state is OK
    assert spf.judge([b"v=spf1 mx -all"], HOST, ["other.example"]).state is WRONG


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("v=spf1 include:_spf.google.com ~all", "v=spf1 a:mx.mailbot.example include:_spf.google.com ~all"),
        ("v=spf1 -all a:mx.mailbot.example", "v=spf1 a:mx.mailbot.example -all"),
        ("v=spf1 mx redirect=x.example", "v=spf1 a:mx.mailbot.example mx redirect=x.example"),
        ("v=spf1 mx", "v=spf1 a:mx.mailbot.example mx ~all"),
        ("v=spf1 -a:mx.mailbot.example ?all", "v=spf1 a:mx.mailbot.example ?all"),
    ],
)  # fmt: skip
def test_what_is_proposed_says_what_was_there_and_lets_us_send(text, merged):
    found = spf.judge([text.encode()], HOST)
    assert found.proposal == merged
    assert spf.judge([merged.encode()], HOST).state is OK


def test_of_several_one_is_proposed():
    found = spf.judge([b"v=spf1 mx ~all", b"v=spf1 ip4:192.0.2.1 -all"], HOST)
    assert found.proposal == "v=spf1 a:mx.mailbot.example mx ip4:192.0.2.1 -all"
    assert len(found.found) == 2


def test_what_is_proposed_to_a_domain_without_a_record_is_right():
    for sender in (HOST, INCLUDE):
        assert spf.judge([sender.record.encode()], sender).state is OK
        assert spf.judge([sender.return_path_record.encode()], sender).state is OK
    assert Sender().mechanism == ""


@given(st.lists(st.binary(max_size=200), max_size=4), st.text(max_size=60))
def test_nothing_that_others_write_raises(texts, tail):
    spf.judge([*texts, f"v=spf1 {tail}".encode("utf-8", "replace")], HOST, [tail])
