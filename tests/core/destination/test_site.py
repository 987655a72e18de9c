"""The name of the place where mail is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.destination.site import LENGTH_MAX, named, site_of


@pytest.mark.parametrize(
    ("hosts", "site"),
    [
        (["mx.example.net"], "mx.example.net"),
        (["mx2.example.net", "mx1.example.net"], "(mx1|mx2).example.net"),
        (["example.net", "mx.example.net"], "mx?.example.net"),
        (["a.x.net", "b.y.net"], "(a|b).(x|y).net"),
        (["mx.example.net", "mx.example.org"], "mx.example.(net|org)"),
        ([], ""),
    ],
)
def test_names_are_rolled_up_label_by_label(hosts, site):
    assert site_of(hosts) == site


@pytest.mark.parametrize(
    ("hosts", "site"),
    [
        (["gmail-smtp-in.l.google.com"], "google"),
        (["aspmx.l.google.com", "aspmx2.googlemail.com"], "google"),
        (["smtp.google.com"], "google"),
        (["example-com.mail.protection.outlook.com"], "microsoft"),
        (["example-com.c-v1.mx.microsoft"], "microsoft"),
        (["outlook-com.olc.protection.outlook.com"], "microsoft-consumer"),
        (["mta5.am0.yahoodns.net", "mta6.am0.yahoodns.net"], "yahoo"),
        (["mxa-00123.gslb.pphosted.com"], "proofpoint"),
    ],
)
def test_who_names_hosts_after_customers_is_one_site(hosts, site):
    assert site_of(hosts) == site


@pytest.mark.parametrize(
    "hosts",
    [
        ["smtp.google.com", "mx.example.com"],
        ["mx.notgoogle.com"],
        ["google.com.example.net"],
        ["ec2-1-2-3-4.compute.amazonaws.com"],
        ["1.2.3.4.bc.googleusercontent.com"],
    ],
)
def test_who_only_looks_like_one_is_none(hosts):
    assert site_of(hosts) not in {"google", "amazon"}


def test_hundreds_of_hosts_have_a_short_name_of_their_own():
    many = [f"mx{number}.example.net" for number in range(300)]
    assert len(site_of(many)) == LENGTH_MAX
    assert site_of(many) != site_of(many[:-1])


NAMES = st.lists(
    st.lists(st.sampled_from(["a", "b", "mx1", "example"]), min_size=1, max_size=5).map(
        ".".join
    ),
    max_size=8,
)


@given(NAMES, st.randoms())
def test_the_same_hosts_are_the_same_site_in_any_order(names, random):
    shuffled = [*names, *names[:1]]
    random.shuffle(shuffled)
    assert site_of(shuffled) == site_of(names)
    assert len(site_of(names)) <= LENGTH_MAX


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" Google ", "google"),
        ("Bücher.Example.", "xn--bcher-kva.example"),
        ("(MX1|mx2).example.net", "(mx1|mx2).example.net"),
        ("Relay.example.com:587", "relay.example.com:587"),
        ("", ""),
    ],
)
def test_people_name_a_site_or_a_domain_in_any_case(text, name):
    assert named(text) == name
