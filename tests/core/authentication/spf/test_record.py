from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.authentication.spf import record
from mailbot_server.core.authentication.spf.record import Mechanism, Record
from mailbot_server.core.authentication.verdicts import Result


def test_a_whole_record():
    text = b"v=spf1 ip4:192.0.2.0/24 ~a:%{d}/30//64 -MX ?include:a.example exp=b.example x=1"
    assert record.read(text) == Record(
        mechanisms=(
            Mechanism(
                kind="ip4", result=Result.PASS, network=0xC0000200, bits4=24, bits6=24
            ),
            Mechanism(
                kind="a", result=Result.SOFTFAIL, target="%{d}", bits4=30, bits6=64
            ),
            Mechanism(kind="mx", result=Result.FAIL),
            Mechanism(kind="include", result=Result.NEUTRAL, target="a.example"),
        ),
        explanation="b.example",
    )


@pytest.mark.parametrize(
    "terms",
    [
        *("all:a.example", "all/8", "moo", "include", "include:", "a:", "a:b", "ptr/8"),
        *("ip4", "ip4:", "ip4:192.0.2.256", "ip4:192.0.2.1/33", "ip4:192.0.2.1/08"),
        *(
            "ip4:192.0.2.1/",
            "ip4:192.0.2.01",
            "ip4:::1",
            "ip6:192.0.2.1",
            "ip6:::1/129",
        ),
        *("ip6:::1%eth0", "a/33", "a//129", "a/", "a:a.example/8/8", "exists:a b"),
        *(
            "redirect=",
            "redirect=a",
            "exp=%{t}",
            "redirect=a.example redirect=b.example",
        ),
        *("x=%", "redirect:a.example", "++all", "a\tall", "\xa0all", "a,b"),
    ],
)
def test_one_mistake_is_enough(terms):
    assert record.read(f"v=spf1 {terms} ip4:192.0.2.1".encode("latin-1")) is None


def test_an_endless_record_is_a_mistake():
    assert record.read(b"v=spf1 " + b"a " * 10_000) is None


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ([b"v=spf1", b"V=SPF1 -all", b"v=spf10", b" v=spf1", b"hello"], 2),
        ([b"v=spf1\t-all"], 0),
        ([], 0),
    ],
)
def test_which_records_are_meant(texts, count):
    assert len(record.select(texts)) == count


@pytest.mark.parametrize(
    ("term", "address", "matches"),
    [
        (b"ip4:192.0.2.0/24", "192.0.2.77", True),
        (b"ip4:192.0.2.9/24", "192.0.3.1", False),
        (b"ip4:0.0.0.0/0", "203.0.113.9", True),
        (b"ip6:2001:db8::/32", "2001:db8:1::1", True),
        (b"ip6:2001:db8::1", "2001:db8::2", False),
    ],
)
def test_networks(term, address, matches):
    found = record.read(b"v=spf1 " + term)
    assert found is not None
    (only,) = found.mechanisms
    assert record.matches(only, ip_address(address), only.network) is matches


@given(st.binary(max_size=100))
def test_nothing_raises(octets):
    record.read(b"v=spf1 " + octets)
