"""Whether a domain has a DMARC policy, its own or one from above."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.domain import dmarc
from mailbot_server.core.domain.record import RecordState

OK, MISSING, WRONG = RecordState.OK, RecordState.MISSING, RecordState.WRONG


@pytest.mark.parametrize(
    ("texts", "state"),
    [
        pytest.param([], MISSING, id="none"),
        pytest.param([b"v=spf1 -all"], MISSING, id="other-text"),
        pytest.param([b"v=dmarc1; p=none"], MISSING, id="rfc7489-6.3-exact-case"),
        pytest.param([b"v=DMARC1; p=none"], OK, id="none-policy"),
        pytest.param([b"v = DMARC1 ;p = Reject; rua=mailto:a@b.example"], OK, id="blanks"),
        pytest.param([b"v=DMARC1"], WRONG, id="no-policy"),
        pytest.param([b"v=DMARC1; p=maybe"], WRONG, id="unknown-policy"),
        pytest.param([b"v=DMARC1; p=none", b"v=DMARC1; p=none"], WRONG, id="several"),
    ],
)  # fmt: skip
def test_a_record_is_judged(texts, state):
    assert dmarc.judge(texts, {}).state is state


def test_a_policy_from_above_counts():
    above = {"_dmarc.example.com": (b"v=DMARC1; p=reject; sp=none",)}
    found = dmarc.judge([], above)
    assert found.state is OK
    assert "inherited from _dmarc.example.com" in found.problem


def test_where_to_look_from_the_nearest_up_to_two_labels():
    assert dmarc.host("example.com") == "_dmarc.example.com"
    assert dmarc.hosts_above("a.b.example.com") == (
        "_dmarc.b.example.com",
        "_dmarc.example.com",
    )
    assert dmarc.hosts_above("example.com") == ()
    assert len(dmarc.hosts_above("x." * 50 + "example.com")) == dmarc.PARENTS_MAX


def test_what_is_proposed_is_right():
    assert dmarc.judge([dmarc.PROPOSAL.encode()], {}).state is OK


@given(st.lists(st.binary(max_size=100), max_size=3), st.binary(max_size=60))
def test_nothing_that_others_write_raises(texts, tail):
    dmarc.judge([*texts, b"v=DMARC1;" + tail], {"_dmarc.x": tuple(texts)})
