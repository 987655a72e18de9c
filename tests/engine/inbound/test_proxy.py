"""PROXY headers as proxies write them, and as attackers would."""

import struct
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.engine.inbound import proxy
from mailbot_server.engine.inbound.proxy import Header, Malformed

V4 = b"PROXY TCP4 198.51.100.7 192.0.2.25 40000 25\r\n"
V6 = b"PROXY TCP6 2001:db8::7 2001:db8::25 40000 25\r\n"


def binary(
    source: str = "198.51.100.7",
    *,
    command: int = 0x21,
    family: int | None = None,
    more: bytes = b"",
) -> bytes:
    """Version 2, whose target is its source."""
    packed = ip_address(source).packed
    body = packed + packed + struct.pack("!HH", 40000, 25) + more
    if family is None:
        family = 0x11 if len(packed) == 4 else 0x21
    return proxy.SIGNATURE + struct.pack("!BBH", command, family, len(body)) + body


GOOD = [
    pytest.param(V4, "198.51.100.7", id="v1-tcp4"),
    pytest.param(V6, "2001:db8::7", id="v1-tcp6"),
    pytest.param(b"PROXY UNKNOWN\r\n", "", id="v1-unknown"),
    pytest.param(b"PROXY UNKNOWN a b c d\r\n", "", id="v1-unknown-with-words"),
    pytest.param(
        V6.replace(b"2001:db8::7", b"::ffff:198.51.100.7"),
        "198.51.100.7",
        id="v1-mapped",
    ),
    pytest.param(binary(), "198.51.100.7", id="v2-ipv4"),
    pytest.param(binary("2001:db8::7"), "2001:db8::7", id="v2-ipv6"),
    pytest.param(binary(more=b"\x20\x00\x03abc"), "198.51.100.7", id="v2-with-more"),
    pytest.param(binary(command=0x20), "", id="v2-local"),
    pytest.param(binary(family=0), "", id="v2-unspecified"),
    pytest.param(
        proxy.SIGNATURE + b"\x20\x00\x00\x00", "", id="v2-local-without-addresses"
    ),
]

BAD = [
    pytest.param(b"EHLO client.example.org\r\n", id="smtp"),
    pytest.param(b"\x16\x03\x01\x02\x00", id="tls"),
    pytest.param(b"proxy TCP4 198.51.100.7 192.0.2.25 1 25\r\n", id="lower-case"),
    pytest.param(b"PROXY TCP4\r\n", id="no-addresses"),
    pytest.param(b"PROXY TCP4 198.51.100.7 192.0.2.25 1\r\n", id="one-port"),
    pytest.param(b"PROXY TCP4 198.51.100.7 192.0.2.25 1 25 3\r\n", id="three-ports"),
    pytest.param(b"PROXY TCP4  198.51.100.7 192.0.2.25 1 25\r\n", id="two-spaces"),
    pytest.param(b"PROXY TCP4 2001:db8::7 192.0.2.25 1 25\r\n", id="wrong-family"),
    pytest.param(b"PROXY TCP6 2001:db8::7 192.0.2.25 1 25\r\n", id="wrong-target"),
    pytest.param(b"PROXY TCP4 198.51.100 192.0.2.25 1 25\r\n", id="short-address"),
    pytest.param(b"PROXY TCP4 a.example 192.0.2.25 1 25\r\n", id="name"),
    pytest.param(b"PROXY TCP6 fe80::1%\xff 2001:db8::1 1 25\r\n", id="not-ascii"),
    pytest.param(b"PROXY TCP4 198.51.100.7 192.0.2.25 70000 25\r\n", id="high-port"),
    pytest.param(b"PROXY TCP4 198.51.100.7 192.0.2.25 -1 25\r\n", id="negative-port"),
    pytest.param(b"PROXY UDP4 198.51.100.7 192.0.2.25 1 25\r\n", id="not-tcp"),
    pytest.param(b"PROXY " + b"x" * 101, id="endless-line"),
    pytest.param(V4.replace(b"\r\n", b"\n") + b"x" * 80, id="bare-newline"),
    pytest.param(binary(command=0x22), id="v2-command"),
    pytest.param(binary(command=0x11), id="v2-version"),
    pytest.param(binary(family=0x31), id="v2-unix"),
    pytest.param(binary(family=0x12), id="v2-udp"),
    pytest.param(binary(family=0x21), id="v2-too-short-for-ipv6"),
    pytest.param(binary(more=b"x" * 4096), id="v2-endless"),
]


@pytest.mark.parametrize(("octets", "peer_ip"), GOOD)
def test_B21_a_header_says_for_whom_and_where_it_ends(octets, peer_ip):
    expected = Header(size=len(octets), peer_ip=peer_ip)
    assert proxy.read(octets) == expected
    assert proxy.read(octets + b"EHLO a\r\n") == expected


@pytest.mark.parametrize(("octets", "peer_ip"), GOOD)
def test_B21_half_a_header_is_none_yet(octets, peer_ip):
    del peer_ip
    for cut in range(len(octets)):
        assert proxy.read(octets[:cut]) is None


@pytest.mark.parametrize("octets", BAD)
def test_B21_what_is_no_header_is_found_out(octets):
    with pytest.raises(Malformed):
        proxy.read(octets)


@given(st.sampled_from([b"", b"PROXY ", V4[:20], proxy.SIGNATURE]), st.binary())
def test_whatever_comes_is_one_of_three(beginning, rest):
    try:
        header = proxy.read(beginning + rest)
    except Malformed:
        return
    assert header is None or header.size <= len(beginning + rest)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_one_address_is_written_in_one_way(text, same):
    assert proxy.plain(text) == same
