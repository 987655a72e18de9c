"""Which addresses a stranger's DNS may not lead to."""

import pytest

from mailbot_server.core.destination.networks import is_private, unmapped


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "::1", "fe80::1", "192.0.2.1", "169.254.1.1"),
        *("100.64.0.1", "172.31.255.255", "0.0.0.0", "255.255.255.255", "224.0.0.1"),
        *("::", "fd00::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1", "2002:a00:1::"),
        *("::127.0.0.1", "64:ff9b::a00:1"),
    ],
)
def test_what_belongs_to_one_network_is_private(address):
    assert is_private(address)


@pytest.mark.parametrize(
    "address",
    ["198.51.101.7", "172.32.0.1", "100.128.0.1", "2600::7", "::ffff:198.51.101.7"],
)
def test_what_everybody_can_reach_is_not(address):
    assert not is_private(address)


@pytest.mark.parametrize(
    ("address", "usual"),
    [
        ("::ffff:198.51.101.7", "198.51.101.7"),
        ("2600:0:0::7", "2600::7"),
        ("198.51.101.7", "198.51.101.7"),
    ],
)
def test_one_address_has_one_form(address, usual):
    assert unmapped(address) == usual
