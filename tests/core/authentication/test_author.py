import pytest

from mailbot_server.core.authentication import author
from mailbot_server.core.authentication.author import Authors
from mailbot_server.core.authentication.dkim.message import Message


def authors(*fields: str, shown: str = "") -> Authors:
    lines = "".join(f"{field}\r\n" for field in fields)
    return author.read(Message(f"{lines}\r\nbody\r\n".encode()), shown)


@pytest.mark.parametrize(
    ("field", "domains"),
    [
        ("From: a@example.com", ("example.com",)),
        ("FROM : Ann <a@Example.COM>", ("example.com",)),
        ("From: Ann\r\n\t<a@example.com>", ("example.com",)),
        ('From: "ceo@bank.example" <a@evil.example>', ("evil.example",)),
        ("From: a@example.com, b@example.com", ("example.com",)),
        ("From: a@example.com, b@example.org", ("example.com", "example.org")),
        ("From: a@bücher.example", ("xn--bcher-kva.example",)),
        ("From: a@My_Shop.example.com", ("my_shop.example.com",)),
        ("From: =?utf-8?q?a=40bank.example?= <a@evil.example>", ("evil.example",)),
    ],
)
def test_domains_of_from(field, domains):
    assert authors(field) == Authors(domains=domains)


def test_every_from_field_counts_and_so_does_what_people_see():
    found = authors("From: a@one.example", "From: b@two.example", shown="c@x.example")
    assert found.domains == ("x.example", "one.example", "two.example")
    assert found.is_clear


@pytest.mark.parametrize(
    "fields",
    [
        (),
        ("From: nobody",),
        ("From: a@[192.0.2.1]",),
        ("From: a@example.com, b@[192.0.2.1]",),
        ("From: " + ", ".join(f"a@d{n}.example" for n in range(4)),),
        ("From: " + ", ".join(["a@example.com"] * 20),),
        ("From: a@example.com" + " " * 9000,),
    ],
    ids=["none", "name", "literal", "one-literal", "domains", "mailboxes", "long"],
)
def test_what_is_not_clear(fields):
    assert not authors(*fields).is_clear
