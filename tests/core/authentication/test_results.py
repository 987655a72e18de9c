import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.authentication import results
from mailbot_server.core.authentication.verdicts import (
    ArcVerdict,
    DkimVerdict,
    DmarcVerdict,
    Result,
    Scope,
    SpfVerdict,
    Verdicts,
)

REST = b"From: a@example.com\r\nSubject: b\r\n\r\nAuthentication-Results: mx.example; x\r\n"


def test_a_whole_field():
    found = Verdicts(
        spf=SpfVerdict(result=Result.PASS, domain="example.com"),
        dkim=(
            DkimVerdict(
                result=Result.PASS,
                domain="example.com",
                selector="s1",
                algorithm="rsa-sha256",
                bits=2048,
                signature="ab/d+f==",
            ),
            DkimVerdict(
                result=Result.FAIL, domain="b.example", reason="the body was changed"
            ),
        ),
        dmarc=DmarcVerdict(result=Result.PASS, domain="example.com", policy="reject"),
        arc=ArcVerdict(result=Result.FAIL, instance_count=2),
    )
    assert results.write(found, "mx.example") == (
        b"Authentication-Results: mx.example;\r\n"
        b" spf=pass smtp.mailfrom=example.com;\r\n"
        b" dkim=pass (2048-bit key) header.d=example.com header.s=s1"
        b' header.a=rsa-sha256 header.b="ab/d+f==";\r\n'
        b' dkim=fail reason="the body was changed" header.d=b.example;\r\n'
        b" dmarc=pass (p=reject) header.from=example.com;\r\n"
        b" arc=fail (i=2)\r\n"
    )


def test_a_message_without_anything():
    assert results.write(Verdicts(spf=SpfVerdict(scope=Scope.HELO)), "") == (
        b"Authentication-Results: localhost;\r\n spf=none;\r\n dkim=none;\r\n"
        b" dmarc=none\r\n"
    )


@given(st.text(max_size=40))
def test_nothing_that_a_stranger_chose_ends_a_value(text):
    plain = results.write(Verdicts(), "mx.example")
    found = Verdicts(
        spf=SpfVerdict(domain=text, explanation=text),
        dkim=(DkimVerdict(domain=text, selector=text, reason=text, signature=text),),
        dmarc=DmarcVerdict(domain=text),
    )
    written = results.write(found, "mx.example")
    assert written.count(b"\r\n") == plain.count(b"\r\n")
    assert written.count(b";") == plain.count(b";")
    assert b"\n" not in written.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "field",
    [
        "Authentication-Results: mx.example; spf=pass",
        "AUTHENTICATION-RESULTS:mx.example;spf=pass",
        "authentication-results : MX.Example 1; spf=pass",
        "Authentication-Results:\r\n\t mx.example;\r\n spf=pass",
        'Authentication-Results: "mx.example"; spf=pass',
        'Authentication-Results: "mx\\.example"; spf=pass',
        "Authentication-Results: (a (b) \\) c) mx.example; spf=pass",
        "Authentication-Results: (a)\r\n (b) mx.example(c); spf=pass",
        "Authentication-Results: mx.example.; spf=pass",
        "Authentication-Results: mx.example",
        "Authentication-Results: (mx.example; spf=pass",
        "Authentication-Results:",
        "Authentication-Results: ; spf=pass",
        "X-Mailbot-Verdict: pass",
        "x-mailbot-anything:\r\n at\r\n\tall",
        "X-Mailbot-: 1",
    ],
)
@pytest.mark.parametrize("place", ["first", "middle"])
def test_C10_what_claims_to_be_ours_is_taken_out(field, place):
    above = b"" if place == "first" else b"Received: x\r\n y\r\n"
    raw = above + field.encode() + b"\r\n" + REST
    assert results.strip(raw, "mx.example") == above + REST
    bare = raw.replace(b"\r\n", b"\n")
    assert results.strip(bare, "mx.example") == (above + REST).replace(b"\r\n", b"\n")


@pytest.mark.parametrize(
    "field",
    [
        "Authentication-Results: other.example; spf=pass",
        "Authentication-Results: notmx.example; spf=pass",
        "Authentication-Results: mx.example.org; spf=pass",
        "Authentication-Results: other.example; x=mx.example",
        "Authentication-Results: (mx.example) other.example; spf=pass",
        "ARC-Authentication-Results: i=1; mx.example; spf=pass",
        "X-Authentication-Results: mx.example; spf=pass",
        "Subject: Authentication-Results: mx.example; spf=pass",
        "Subject: a\r\n Authentication-Results: mx.example; spf=pass",
        "X-Mailbotter: 1",
    ],
)
def test_C10_what_others_say_stays(field):
    raw = field.encode() + b"\r\n" + REST
    assert results.strip(raw, "mx.example") == raw


def test_a_message_that_is_all_header_and_one_that_has_none():
    forged = b"Authentication-Results: mx.example; spf=pass\r\n"
    assert results.strip(forged + b"A: b", "mx.example") == b"A: b"
    assert results.strip(forged, "mx.example") == b""
    assert results.strip(forged.rstrip(), "mx.example") == b""
    assert results.strip(b"\r\n" + forged, "mx.example") == b"\r\n" + forged


def test_a_server_may_have_several_names_or_none():
    fields = [
        f"Authentication-Results: {name}; spf=pass\r\n".encode()
        for name in ("a.example", "localhost", "c.example")
    ]
    raw = b"".join(fields) + b"\r\n"
    assert results.strip(raw, "A.example", "") == fields[2] + b"\r\n"


@pytest.mark.parametrize(
    "field",
    [
        "Authentication-Results: =?utf-8?q?mx=2Eexample?=; spf=pass",
        "Authentication-Results: mx.example\0; spf=pass",
        "Authentication-Results\0: mx.example; spf=pass",
        "Authentication-Results: mx.\u00adexample; spf=pass",
        "Authentication-Results: mx.example/1; spf=pass",
        "Authentication-Results\r\n : mx.example; spf=pass",
        "Authentication-Results \r\n\t\r\n : mx.example; spf=pass",
    ],
)
def test_spellings_that_a_reader_may_take_for_ours_are_taken_out(field):
    raw = f"A: b\r\n{field}\r\nC: d\r\n\r\nbody".encode()
    assert results.strip(raw, "mx.example") == b"A: b\r\nC: d\r\n\r\nbody"


def test_no_line_of_the_message_goes_on_with_a_field_of_ours():
    raw = b" by mx.example with ESMTP;\r\n\tdmarc=pass\r\nA: b\r\n c\r\n\r\n body"
    assert results.strip(raw, "mx.example") == b"A: b\r\n c\r\n\r\n body"


def test_several_are_taken_out_and_nothing_else():
    forged = b"Authentication-Results: mx.example; spf=pass\r\n"
    raw = forged + b"A: b\r\n" + forged + forged + b"C: d\r\n\r\nbody"
    assert results.strip(raw, "mx.example") == b"A: b\r\nC: d\r\n\r\nbody"


@given(
    st.lists(
        st.sampled_from(
            [
                *(b"Authentication-Results:", b"X-Mailbot-A:", b"(", b")", b'"', b"\\"),
                *(b" mx.example", b";", b"\r\n", b" ", b"\r\n ", b"A: b", b"\xff"),
            ]
        ),
        max_size=30,
    )
)
def test_nothing_of_ours_is_left_however_it_is_written(pieces):
    found = results.strip(b"".join(pieces) + b"\r\n\r\nbody", "mx.example")
    assert found.endswith(b"body")
    assert results.strip(found, "mx.example") == found


@pytest.mark.parametrize(
    "piece", [b"\0", b" ", b"\r\n ", b"(", b"\\", b'"', b";", b"x-mailbot-", b"\0 "]
)
@pytest.mark.parametrize("name", [b"X-Mailbot-A", b"Authentication-Results", b""])
def test_length_costs_no_more_than_itself(name, piece):
    # Quadratic time would run into the suite's time-out.
    raw = name + piece * (200_000 // len(piece))
    results.strip(raw, "mx.example")
    results.strip(name + b":" + raw + b"\r\n\r\nbody", "mx.example")
