"""Domains, patterns and ways as an operator writes them."""

import pytest
from pydantic import ValidationError

from mailbot_server.ways import (
    Route,
    SenderRoute,
    SmartHost,
    domain_name,
    record_name,
)

RELAY = SmartHost(host="relay.example.net")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("example.com", "example.com"),
        (" Example.COM. ", "example.com"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("localhost", "localhost"),
    ],
)
def test_a_domain_has_one_form(text, name):
    assert domain_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "a..b",
        "-a.example",
        "a-.example",
        "bücher.example",
        "a" * 64,
        "[1.2.3.4]",
    ],
)
def test_what_is_no_domain_is_refused(text):
    with pytest.raises(ValueError, match="is not a domain name"):
        domain_name(text)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [("*", "*"), ("*.Example.com", "*.example.com"), ("Example.com", "example.com")],
)
def test_a_route_may_speak_for_many_domains(text, pattern):
    assert Route(domain=text, way="hold").domain == pattern
    assert SenderRoute(domain=text, smart_host=RELAY).domain == pattern


@pytest.mark.parametrize("text", ["*.", "**", "a.*.example.com", "*example.com"])
def test_a_star_stands_alone_or_first(text):
    with pytest.raises(ValidationError, match="is not a domain name"):
        Route(domain=text, way="hold")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "the way pinned of example.com needs host"),
        ({"way": "smart_host"}, "needs smart_host"),
        ({"way": "smart_host", "smart_host": RELAY, "host": "a"}, "takes no host"),
        ({"way": "hold", "host": "a"}, "takes no host"),
        ({"way": "mx", "smart_host": RELAY}, "takes no smart_host"),
        ({"host": "a", "smart_host": RELAY}, "takes no smart_host"),
    ],
)
def test_each_way_has_what_it_needs_and_nothing_else(fields, fault):
    with pytest.raises(ValidationError, match=fault):
        Route(domain="example.com", **fields)


def test_a_password_is_in_no_picture_of_a_route():
    relay = SmartHost(host="a", username="me", password="s3cret")
    route = Route(domain="example.com", way="smart_host", smart_host=relay)
    assert "s3cret" not in repr(route)


@pytest.mark.parametrize("text", ["_spf.example.com", " SPF._x.Example.com. "])
def test_a_record_may_have_a_name_that_no_domain_has(text):
    assert record_name(text) == text.strip().rstrip(".").lower()


@pytest.mark.parametrize("text", ["", "a b", "a..b", "x" * 64, "ä.example"])
def test_other_names_are_no_records(text):
    with pytest.raises(ValueError, match="not the name of a DNS record"):
        record_name(text)
