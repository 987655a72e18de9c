import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.dkim import record
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.mail.dkim.record import Standing

PUBLIC = bytes(range(32))
P = base64.b64encode(PUBLIC).decode()
OURS = record.write(Algorithm.ED25519_SHA256, PUBLIC).encode()
OTHER = record.write(Algorithm.ED25519_SHA256, b"x" * 32).encode()


def standing(*texts: bytes) -> Standing:
    return record.standing(texts, Algorithm.ED25519_SHA256, PUBLIC)


@given(st.sampled_from(Algorithm), st.binary(min_size=1, max_size=600))
def test_what_we_publish_reads_back(algorithm, public):
    read = record.read(record.write(algorithm, public).encode())
    assert read is not None
    assert (read.key_type, read.public) == (algorithm.key_type, public)
    assert read.is_for_mail
    assert not read.is_revoked
    assert not read.is_testing


def test_the_name_of_the_record_rfc6376_3_6_2_1():
    assert record.host("s1", "example.com") == "s1._domainkey.example.com"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"v=DKIM1; k=ed25519; p={P}", id="as-we-write-it"),
        pytest.param(f"v=DKIM1;k=ed25519;p={P};", id="no-blanks-and-a-last-semicolon"),
        pytest.param(f"k=ed25519; p={P}", id="no-version"),
        pytest.param(f" v = DKIM1 ; k = ed25519 ; p = {P[:9]} {P[9:]} ", id="blanks"),
        pytest.param(f"v=DKIM1; k=ed25519; n=a note; zz=9; p={P}", id="unknown-tags"),
        pytest.param(
            f"v=DKIM1; k=ed25519; s=email; h=sha1:sha256; p={P}", id="for-mail"
        ),
        pytest.param(f"v=DKIM1; k=ed25519; t=s; p={P}", id="strict"),
        pytest.param(f"v=DKIM1; k=Ed25519; p={P}", id="type-in-any-case"),
    ],
)
def test_a_record_is_ours_however_it_is_spelled(text):
    assert standing(text.encode()) is Standing.PUBLISHED


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([], Standing.MISSING, id="nothing"),
        pytest.param([b"v=spf1 -all"], Standing.MISSING, id="another-purpose"),
        pytest.param([b"v=spf1 -all", OURS], Standing.PUBLISHED, id="and-another"),
        pytest.param([OTHER], Standing.DIFFERENT, id="another-key"),
        pytest.param([OURS, OTHER], Standing.DIFFERENT, id="ours-and-another"),
        pytest.param(
            [f"v=DKIM1; p={P}".encode()], Standing.DIFFERENT, id="another-type"
        ),
        pytest.param([b"v=DKIM1; p="], Standing.REVOKED, id="revoked"),
        pytest.param([OURS, b"v=DKIM1; p="], Standing.REVOKED, id="ours-and-revoked"),
        pytest.param([OURS + b"; t=y"], Standing.TESTING, id="testing"),
        pytest.param([OURS + b"; t=y:s"], Standing.TESTING, id="testing-and-strict"),
        pytest.param([OURS + b"; s=tlsrpt"], Standing.BROKEN, id="for-reports"),
        pytest.param([OURS + b"; h=sha1"], Standing.BROKEN, id="for-sha1"),
        pytest.param([OURS[:-1]], Standing.BROKEN, id="cut-off"),
        pytest.param([b"v=DKIM1; k=ed25519"], Standing.BROKEN, id="no-key"),
        pytest.param([b"hello"], Standing.BROKEN, id="prose"),
        pytest.param([OURS + b"; p=" + P.encode()], Standing.BROKEN, id="twice"),
        pytest.param([OURS + b"; n=\xc3\xa4"], Standing.BROKEN, id="not-ascii"),
        pytest.param([OURS + b" " * 5000], Standing.BROKEN, id="endless"),
        pytest.param([b'"' + OURS + b'"'], Standing.BROKEN, id="quoted"),
    ],
)
def test_standing(texts, expected):
    assert standing(*texts) is expected


def test_only_what_verifiers_accept_may_sign():
    assert {s for s in Standing if s.is_ours} == {Standing.PUBLISHED, Standing.TESTING}


@given(st.binary(max_size=300))
def test_no_text_breaks_the_reader(text):
    record.read(text)
    record.read(b"v=DKIM1; " + text)


@given(st.integers(0, len(OURS) - 1))
def test_a_record_that_is_cut_anywhere_is_never_taken_for_ours(length):
    assert not standing(OURS[:length]).is_ours
