"""The bounded label of the host that mail goes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.destination.provider import (
    OTHER,
    PROVIDERS,
    SUFFIXES,
    provider_of,
)


@pytest.mark.parametrize(
    ("host", "label"),
    [
        ("gmail-smtp-in.l.google.com", "google"),
        ("aspmx.l.google.com.", "google"),
        ("GMAIL.COM", "google"),
        ("example-com.mail.protection.outlook.com", "microsoft"),
        ("mta7.am0.yahoodns.net", "yahoo"),
        ("mx01.mail.icloud.com", "apple"),
        ("mx.example.com", OTHER),
        ("google.com.example.org", OTHER),
        ("notgoogle.com", OTHER),
        ("", OTHER),
        (".", OTHER),
    ],
)
def test_a_host_belongs_to_the_provider_whose_domain_it_ends_in(host, label):
    assert provider_of(host) == label


def test_no_suffix_belongs_to_two_providers():
    every = [suffix for suffixes in SUFFIXES.values() for suffix in suffixes]
    assert len(every) == len(set(every))


@given(st.text(max_size=300))
def test_whatever_the_host_the_label_is_one_of_a_few(host):
    assert provider_of(host) in PROVIDERS
    assert len(PROVIDERS) <= 51
