import pytest

from mailbot_server.core.webhook import exempt
from mailbot_server.core.webhook.exempt import Exempt


def test_a_named_host_may_have_any_address():
    known = exempt.read(["Receiver.lan", "localhost"])
    assert known.may_call("receiver.LAN", "10.0.0.1")
    assert not known.may_call("other.lan", "10.0.0.1")


def test_a_network_exempts_its_addresses_whatever_the_name():
    known = exempt.read(["10.1.0.0/16", "fd00::/8", "127.0.0.1"])
    assert known.may_call("a.example", "10.1.2.3")
    assert known.may_call("a.example", "::ffff:10.1.2.3")
    assert known.may_call("a.example", "fd00::1")
    assert not known.may_call("a.example", "10.2.0.1")
    assert known.has_host("127.0.0.1")
    assert not known.has_host("127.0.0.2")
    assert not known.has_host("a.example")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.0.1", "198.18.0.1", "192.0.2.1"),
        *("198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *("2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "100::1", "3fff::1"),
        "5f00::1",
        *("::ffff:0:7f00:1", "fe80::1%eth0"),
    ],
)
def test_addresses_that_mean_something_else_here_are_refused(address):
    assert not Exempt().may_call("hooks.example.com", address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_world_may_be_called(address):
    assert Exempt().may_call("hooks.example.com", address)


@pytest.mark.parametrize("entry", ["", " ", "10.0.0.0/99", "a/b", "host:80"])
def test_an_entry_that_means_nothing_is_refused(entry):
    with pytest.raises(ValueError, match=r"entry is empty|neither a name"):
        exempt.read([entry])
