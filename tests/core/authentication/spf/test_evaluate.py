"""What the suite of RFC 7208 does not ask (tests/engine/authentication runs it)."""

from ipaddress import ip_address

import pytest

from mailbot_server.core.authentication.question import Kind, Question
from mailbot_server.core.authentication.spf import evaluate
from mailbot_server.core.authentication.spf.evaluate import Client
from mailbot_server.core.authentication.verdicts import Result, Scope, SpfVerdict
from tests.fakes.asking import run

TEXT, V4, EXCHANGE, HOST = Kind.TEXT, Kind.V4, Kind.EXCHANGE, Kind.HOST
CLIENT = Client(
    address=ip_address("192.0.2.1"), helo="mx.example.com", reverse_path="a@example.com"
)


def check(zone, client: Client = CLIENT, asked: list[Question] | None = None):
    return run(evaluate.check(client), zone, asked)


def spf(**records: str):
    return {
        (TEXT, name.replace("_", ".")): (f"v=spf1 {text}".encode(),)
        for name, text in records.items()
    }


def test_one_question_is_enough_for_most():
    asked: list[Question] = []
    found = check(spf(example_com="ip4:192.0.2.0/24 a mx -all"), asked=asked)
    assert found == SpfVerdict(result=Result.PASS, domain="example.com")
    assert asked == [Question(TEXT, "example.com")]


@pytest.mark.parametrize(
    ("zone", "result"),
    [
        ({}, Result.NONE),
        ({(TEXT, "example.com"): None}, Result.TEMPERROR),
        (spf(example_com="-all"), Result.FAIL),
        (spf(example_com="include:b.example -all", b_example="?all"), Result.FAIL),
        (spf(example_com="include:b.example -all"), Result.PERMERROR),
        (spf(example_com="redirect=b.example"), Result.PERMERROR),
        (spf(example_com="redirect=b.example", b_example="~all"), Result.SOFTFAIL),
        (
            spf(example_com="include:b.example -all") | {(TEXT, "b.example"): None},
            Result.TEMPERROR,
        ),
        (spf(example_com="a -all") | {(V4, "example.com"): None}, Result.TEMPERROR),
        (
            spf(example_com="mx -all") | {(EXCHANGE, "example.com"): None},
            Result.TEMPERROR,
        ),
        # A name server that does not know who is asking only keeps `ptr` from matching.
        (spf(example_com="ptr -all") | {(HOST, "192.0.2.1"): None}, Result.FAIL),
    ],
)
def test_results(zone, result):
    assert check(zone).result is result


def test_a_record_that_never_ends_ends():
    zone = spf(example_com="include:example.com -all")
    assert check(zone).result is Result.PERMERROR
    zone = spf(example_com="redirect=example.com")
    assert check(zone).result is Result.PERMERROR


@pytest.mark.parametrize(("voids", "result"), [(2, Result.FAIL), (3, Result.PERMERROR)])
def test_answers_without_records_are_counted(voids, result):
    terms = " ".join(f"a:void{number}.example" for number in range(voids))
    assert check(spf(example_com=f"{terms} -all")).result is result


@pytest.mark.parametrize(
    ("count", "result"), [(10, Result.PASS), (11, Result.PERMERROR)]
)
def test_hosts_of_a_domain_are_counted(count, result):
    hosts = tuple(f"mx{number}.example" for number in range(count))
    zone = spf(example_com="mx -all") | {(EXCHANGE, "example.com"): hosts}
    zone |= {(V4, host): ("192.0.2.1",) for host in hosts[-1:]}
    zone |= {(V4, host): ("192.0.2.9",) for host in hosts[:-1]}
    assert check(zone).result is result


def test_hosts_of_a_domain_are_asked_for_together():
    zone = spf(example_com="mx -all")
    zone |= {(EXCHANGE, "example.com"): ("a.example", "", "b.example")}
    asking = evaluate.check(CLIENT)
    next(asking)
    asking.send((zone[TEXT, "example.com"],))
    questions = asking.send((("a.example", "", "b.example"),))
    assert questions == (Question(V4, "a.example"), Question(V4, "b.example"))


@pytest.mark.parametrize(
    ("reverse_path", "helo", "domain", "scope"),
    [
        ("a@Example.ORG", "mx.example.com", "example.org", Scope.MFROM),
        (None, "MX.example.com.", "mx.example.com", Scope.HELO),
        (None, "localhost", "localhost", Scope.HELO),
        (None, "[192.0.2.1]", "[192.0.2.1]", Scope.HELO),
        ("a@[192.0.2.1]", "mx.example.com", "[192.0.2.1]", Scope.MFROM),
        (None, "", "", Scope.HELO),
    ],
)
def test_which_name_is_asked_about(reverse_path, helo, domain, scope):
    client = Client(address=CLIENT.address, helo=helo, reverse_path=reverse_path)
    assert check({}, client) == SpfVerdict(domain=domain, scope=scope)
    assert evaluate.unanswered(client) == SpfVerdict(
        result=Result.TEMPERROR, domain=domain, scope=scope
    )


def test_a_failure_is_explained_by_the_domain():
    zone = spf(example_com="exp=why.example.com -all")
    text = b"%{i} may not send for %{d} at %{t} to %{r}, %{S}"
    found = check(zone | {(TEXT, "why.example.com"): (text,)})
    assert found.explanation == (
        "192.0.2.1 may not send for example.com at 0 to unknown, a%40example.com"
    )
    for answer in (None, (), (b"a", b"b"), (b"\xff",), (b"%{x}",)):
        assert check(zone | {(TEXT, "why.example.com"): answer}).explanation == ""


def test_what_did_not_fail_is_not_explained():
    asked: list[Question] = []
    check(spf(example_com="exp=why.example.com ~all"), asked=asked)
    assert len(asked) == 1
