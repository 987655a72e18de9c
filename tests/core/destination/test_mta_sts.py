"""Records and files as RFC 8461 has them, and as others write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.destination.mta_sts import (
    MAX_AGE_MAX,
    POLICY_BYTES_MAX,
    Mode,
    Policy,
    read_policy,
    read_record,
)

# RFC 8461 3.2 and appendix A.
EXAMPLE = (
    b"version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\n"
    b"mx: backupmx.example.com\nmax_age: 604800\n"
)
MANY = b"".join(b"mx: x%d.example.com\n" % n for n in range(1000))


def changed(old: bytes, new: bytes) -> Policy | None:
    assert old in EXAMPLE
    return read_policy(EXAMPLE.replace(old, new), "1")


# --- the record ---


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            [b"v=STSv1; id=20160831085700Z;"], "20160831085700Z", id="rfc8461-3.1"
        ),
        ([b"v=STSv1;id=1"], "1"),
        ([b"v=STSv1; id=1; more=2"], "1"),
        ([b"v=STSv1 ; id=1"], ""),
        ([b"v=spf1 -all", b"v=STSv1; id=1;"], "1"),
        pytest.param([b"v=STSv1; id=1;", b"v=STSv1; id=2;"], "", id="rfc8461-3.1-two"),
        ([], ""),
        ([b"v=STSv1;"], ""),
        ([b"v=STSv1; id=;"], ""),
        ([b"v=STSv1; id=1; id=2;"], ""),
        ([b"v=STSv1; id=a-b;"], ""),
        ([b"v=STSv1; id=" + b"1" * 33], ""),
        ([b"v=STSv1; ; id=1"], ""),
        ([b"v=STSv1; id=1; \xc3\xa4=1"], ""),
        ([b"v=STSv2; id=1;"], ""),
        ([b"v=STSv1; id=1;" + b" " * 5000], ""),
    ],
)
def test_the_id_of_a_record(texts, expected):
    assert read_record(texts) == expected


@given(st.lists(st.binary(max_size=50).map(b"v=STSv1;".__add__), max_size=2))
def test_no_record_raises(texts):
    assert len(read_record(texts)) <= 32


# --- the file ---


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_policy_of_the_rfc(end):
    assert read_policy(EXAMPLE.replace(b"\n", end), "7") == Policy(
        id="7",
        mode=Mode.ENFORCE,
        patterns=("mail.example.com", "*.example.net", "backupmx.example.com"),
        max_age_seconds=604_800,
    )


def test_which_hosts_it_names():
    policy = read_policy(EXAMPLE, "1")
    assert policy is not None
    assert policy.names("Mail.example.com")
    assert policy.names("mx7.example.net")
    assert not policy.names("example.net")
    assert not policy.names("mx.mail.example.com")


def test_order_case_of_hosts_and_blanks_mean_nothing():
    body = b"max_age:60  \r\n mx : MX.Example.com.\r\nmode:  testing\r\nversion: STSv1"
    policy = read_policy(body, "1")
    assert policy is not None
    assert (policy.mode, policy.patterns) == (Mode.TESTING, ("mx.example.com",))


def test_unknown_keys_are_passed_over_and_the_first_of_a_kind_counts():
    policy = changed(b"mode: enforce", b"x-new: \xc3\xa4: 1\nmode: enforce\nmode: none")
    assert policy is not None
    assert policy.mode is Mode.ENFORCE


def test_more_than_a_year_is_a_year():
    policy = changed(b"604800", b"9999999999")
    assert policy is not None
    assert policy.max_age_seconds == MAX_AGE_MAX


def test_only_none_does_without_hosts():
    assert read_policy(b"version: STSv1\nmode: none\nmax_age: 1\n", "1") is not None
    assert read_policy(b"version: STSv1\nmode: testing\nmax_age: 1\n", "1") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"STSv1", b"STSv2"),
        (b"version: STSv1\n", b""),
        (b"enforce", b"Enforce"),
        (b"mode: enforce\n", b""),
        (b"604800", b"-1"),
        (b"604800", b"a week"),
        (b"604800", b"12345678901"),
        (b"max_age: 604800\n", b""),
        (b"mail.example.com", b"mail.*.com"),
        (b"mail.example.com", b"localhost"),
        (b"mail.example.com", b"m\xc3\xa4il.example.com"),
        (b"mail.example.com", b""),
        (b"mode: enforce", b"mode enforce"),
        (b"mode: enforce", b"a mode: 1\nmode: enforce"),
        pytest.param(b"mx: mail", MANY + b"mx: mail", id="many"),
    ],
)
def test_what_is_no_policy(old, new):
    assert changed(old, new) is None


def test_a_file_that_is_too_large_is_none():
    room = POLICY_BYTES_MAX - len(EXAMPLE)
    assert read_policy(EXAMPLE + b"\n" * room, "1") is not None
    assert read_policy(EXAMPLE + b"\n" * (room + 1), "1") is None


def test_an_html_page_is_no_policy():
    assert (
        read_policy(b"<!doctype html><html><body>Not here</body></html>", "1") is None
    )


@given(st.binary(max_size=200))
def test_no_file_raises(body):
    read_policy(body, "1")
    read_policy(EXAMPLE + body, "1")
    read_policy(EXAMPLE[: len(body)], "1")
