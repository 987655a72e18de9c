import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.authentication.dmarc import record
from mailbot_server.core.authentication.dmarc.record import PolicyRecord
from mailbot_server.core.authentication.verdicts import Policy

NONE, QUARANTINE, REJECT = Policy.NONE, Policy.QUARANTINE, Policy.REJECT
VOID = PolicyRecord(is_void=True)


def same(policy: Policy, **more) -> PolicyRecord:
    return PolicyRecord(
        **{"policy": policy, "subdomains": policy, "nonexistent": policy} | more
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("v=DMARC1; p=none", same(NONE)),
        ("v=DMARC1;p=reject;", same(REJECT)),
        (" v = DMARC1 ; P = Quarantine ; pct=0; ri=x; zz", same(QUARANTINE)),
        (
            "v=DMARC1; p=reject; sp=quarantine",
            PolicyRecord(policy=REJECT, subdomains=QUARANTINE, nonexistent=QUARANTINE),
        ),
        ("v=DMARC1; p=none; np=reject", PolicyRecord(nonexistent=REJECT)),
        (
            "v=DMARC1; p=none; sp=quarantine; np=reject",
            PolicyRecord(subdomains=QUARANTINE, nonexistent=REJECT),
        ),
        (
            "v=DMARC1; p=none; adkim=s; aspf=S",
            same(NONE, is_dkim_strict=True, is_spf_strict=True),
        ),
        ("v=DMARC1; p=none; adkim=x; aspf=r", same(NONE)),
        ("v=DMARC1; p=none; psd=y", same(NONE, is_suffix=True)),
        ("v=DMARC1; p=none; psd=n", same(NONE, is_suffix=False)),
        ("v=DMARC1; p=none; psd=u", same(NONE)),
        ("v=DMARC1; p=reject; t=y", same(REJECT, is_testing=True)),
        ("v=DMARC1; p=none; p=reject", same(NONE)),
        ("v=DMARC1; sp=reject", VOID),
        ("v=DMARC1; p=yes", VOID),
        ("v=DMARC1; p=reject; sp=yes", VOID),
        ("v=DMARC1; p=yes; rua=mailto:a@example.com", same(NONE)),
        ("v=DMARC1; sp=reject; rua=mailto:a@example.com", same(NONE)),
        ("v=DMARC1; p=reject; np=?; rua=mailto:a@example.com", same(NONE)),
        ("v=DMARC1; rua=nothing", VOID),
        ("v=DMARC1", VOID),
    ],
)
def test_records(text, found):
    assert record.select([text.encode()]) == found


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [b"v=spf1 -all"],
        [b"v=DMARC2; p=none"],
        [b"v=dmarc1; p=none"],
        [b"v=DMARC10; p=none"],
        [b"p=none; v=DMARC1"],
        [b"v=DMARC1; p=none", b"v=DMARC1; p=none"],
    ],
)
def test_what_is_no_record(texts):
    assert record.select(texts) is None


def test_other_records_at_the_name_do_not_count():
    assert record.select([b"hello", b"v=DMARC1; p=none"]) == same(NONE)


@pytest.mark.parametrize(
    ("policy", "applied"),
    [(REJECT, QUARANTINE), (QUARANTINE, NONE), (NONE, NONE)],
)
def test_a_policy_that_is_tested_is_one_step_weaker(policy, applied):
    assert same(policy, is_testing=True).applied(policy) is applied
    assert same(policy).applied(policy) is policy


@given(st.binary(max_size=200))
def test_nothing_raises(octets):
    record.select([octets, b"v=DMARC1;" + octets])
