"""Wildcards stand for one label, the first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.destination.host_pattern import means


@pytest.mark.parametrize(
    ("pattern", "host"),
    [
        ("mx.example.com", "mx.example.com"),
        ("MX.Example.com", "mx.EXAMPLE.com"),
        ("mx.example.com.", "mx.example.com"),
        ("*.example.com", "mx.example.com"),
        ("*.example.com", "xn--bcher-kva.example.com."),
    ],
)
def test_a_host_that_is_meant(pattern, host):
    assert means(pattern, host)


@pytest.mark.parametrize(
    ("pattern", "host"),
    [
        ("mx.example.com", "mx2.example.com"),
        ("*.example.com", "example.com"),
        ("*.example.com", ".example.com"),
        pytest.param("*.example.com", "a.mx.example.com", id="rfc8461-4.1-one-label"),
        ("*.example.com", "mx.example.org"),
        ("mx*.example.com", "mx1.example.com"),
        ("mx.*.com", "mx.example.com"),
        ("*", "localhost"),
        ("*.com", "example.com"),
        ("", ""),
        ("*.", "mx."),
    ],
)
def test_a_host_that_is_not(pattern, host):
    assert not means(pattern, host)


@given(st.text(max_size=20), st.text(max_size=20))
def test_nothing_raises_and_a_name_means_itself(pattern, host):
    means(pattern, host)
    if host.removesuffix(".") and not host.startswith("*."):
        assert means(host, host)
