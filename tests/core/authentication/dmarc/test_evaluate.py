import pytest

from mailbot_server.core.authentication.author import Authors
from mailbot_server.core.authentication.dmarc import evaluate
from mailbot_server.core.authentication.dmarc.evaluate import Proof, Walks
from mailbot_server.core.authentication.dmarc.walk import Suffixes
from mailbot_server.core.authentication.question import Kind, Question
from mailbot_server.core.authentication.verdicts import (
    DkimVerdict,
    DmarcVerdict,
    Policy,
    Result,
    SpfVerdict,
)
from tests.fakes.asking import policies, run

PASS, FAIL, TEMPERROR = Result.PASS, Result.FAIL, Result.TEMPERROR
NONE, QUARANTINE, REJECT = Policy.NONE, Policy.QUARANTINE, Policy.REJECT


def check(
    zone,
    *domains: str,
    spf: str = "",
    dkim: str = "",
    results=(PASS, PASS),
    asked: list[Question] | None = None,
) -> DmarcVerdict:
    """`spf` and `dkim` are the domains that were proven, or as `results` say."""
    suffixes = Suffixes(
        owner=lambda name: ".".join(name.split(".")[-2:]),
        is_registry=lambda name: "." not in name,
    )
    proof = Proof(
        spf=SpfVerdict(result=results[0] if spf else Result.NONE, domain=spf),
        dkim=(DkimVerdict(result=results[1], domain=dkim),) if dkim else (),
    )
    authors = Authors(domains=domains or ("example.com",))
    return run(evaluate.evaluate(authors, proof, Walks(suffixes)), zone, asked)


REJECTING = policies(example_com="v=DMARC1; p=reject")
STRICT = policies(example_com="v=DMARC1; p=reject; adkim=s; aspf=s")


@pytest.mark.parametrize(
    ("zone", "spf", "dkim", "aligned"),
    [
        (REJECTING, "example.com", "", (True, False)),
        (REJECTING, "", "example.com", (False, True)),
        (REJECTING, "example.com", "example.com", (True, True)),
        (REJECTING, "bounce.example.com", "", (True, False)),
        (REJECTING, "other.example", "d.mail.example.com", (False, True)),
        (REJECTING, "evilexample.com", "", (False, False)),
        (REJECTING, "com", "com", (False, False)),
        (STRICT, "example.com", "", (True, False)),
        (STRICT, "bounce.example.com", "d.example.com", (False, False)),
        (STRICT, "bounce.example.com", "example.com", (False, True)),
    ],
)
def test_alignment(zone, spf, dkim, aligned):
    found = check(zone, spf=spf, dkim=dkim)
    assert (found.aligned_spf, found.aligned_dkim) == aligned
    passes = any(aligned)
    assert found.result is (PASS if passes else FAIL)
    assert found.disposition is (NONE if passes else REJECT)
    assert (found.policy, found.domain) == ("reject", "example.com")


@pytest.mark.parametrize("result", [FAIL, Result.SOFTFAIL, Result.POLICY, Result.NONE])
def test_what_did_not_pass_proves_nothing(result):
    found = check(
        REJECTING, spf="example.com", dkim="example.com", results=(result,) * 2
    )
    assert found.result is FAIL
    assert not found.aligned_spf
    assert not found.aligned_dkim


@pytest.mark.parametrize(
    ("record", "domain", "exists", "policy", "disposition"),
    [
        ("p=none", "example.com", True, "none", NONE),
        ("p=quarantine", "example.com", True, "quarantine", QUARANTINE),
        ("p=reject; sp=none", "example.com", True, "reject", REJECT),
        ("p=reject; sp=none", "a.example.com", True, "none", NONE),
        ("p=reject", "a.example.com", True, "reject", REJECT),
        ("p=none; np=reject", "a.example.com", True, "none", NONE),
        ("p=none; np=reject", "a.example.com", False, "reject", REJECT),
        (
            "p=none; sp=quarantine; np=reject",
            "a.b.example.com",
            False,
            "reject",
            REJECT,
        ),
        ("p=reject; t=y", "example.com", True, "reject", QUARANTINE),
        ("p=quarantine; t=y", "example.com", True, "quarantine", NONE),
        ("p=reject; pct=0", "example.com", True, "reject", REJECT),
    ],
)
def test_which_policy_applies(record, domain, exists, policy, disposition):
    zone = policies(example_com=f"v=DMARC1; {record}")
    if exists:
        zone[Kind.NAME, domain] = (domain,)
    found = check(zone, domain)
    assert (found.result, found.policy) == (FAIL, policy)
    assert found.disposition is disposition


def test_the_nearest_record_is_the_one_that_applies():
    zone = policies(
        a_example_com="v=DMARC1; p=quarantine", example_com="v=DMARC1; p=reject"
    )
    assert check(zone, "a.example.com").policy == "quarantine"
    # RFC 9989 4.10.1: the domain's own, or else that of its owner.
    assert check(zone, "b.a.example.com").policy == "reject"


def test_a_registry_speaks_for_those_who_say_nothing():
    zone = policies(bank="v=DMARC1; p=reject; psd=y; sp=quarantine")
    assert check(zone, "giant.bank").policy == "quarantine"
    assert check(zone, "giant.bank", spf="mega.bank").result is FAIL
    assert check(zone, "giant.bank", spf="a.giant.bank").result is PASS


def test_without_a_policy_nothing_passes_and_alignment_is_told_all_the_same():
    found = check({}, "news.example.com", dkim="example.com")
    assert found == DmarcVerdict(domain="news.example.com", aligned_dkim=True)
    assert not check({}, "a.example", spf="b.example").aligned_spf


def test_a_record_that_asks_for_nothing_is_none():
    zone = policies(example_com="v=DMARC1; sp=reject")
    found = check(zone, spf="example.com")
    assert (found.result, found.policy, found.aligned_spf) == (Result.NONE, "", True)


@pytest.mark.parametrize(
    ("spf", "dkim", "results", "wanted"),
    [
        ("example.com", "other.example", (TEMPERROR, FAIL), TEMPERROR),
        ("other.example", "example.com", (FAIL, TEMPERROR), TEMPERROR),
        ("other.example", "other.example", (TEMPERROR, TEMPERROR), FAIL),
        ("example.com", "example.com", (TEMPERROR, PASS), PASS),
        ("broken.example.com", "", (PASS, PASS), TEMPERROR),
        ("broken.example.org", "", (PASS, PASS), FAIL),
    ],
)
def test_what_nobody_could_say_refuses_nobody(spf, dkim, results, wanted):
    zone = REJECTING | policies(broken_example_com=None, broken_example_org=None)
    found = check(zone, spf=spf, dkim=dkim, results=results)
    assert found.result is wanted
    assert found.disposition is (REJECT if wanted is FAIL else NONE)


def test_a_policy_that_cannot_be_had_now():
    zone = policies(example_com=None)
    assert check(zone, spf="example.com").result is TEMPERROR
    zone = policies(example_com="v=DMARC1; p=none; np=reject")
    zone[Kind.NAME, "a.example.com"] = None
    assert check(zone, "a.example.com").result is TEMPERROR


def test_every_author_must_be_proven():
    zone = REJECTING | policies(example_org="v=DMARC1; p=quarantine")
    both = check(
        zone, "example.com", "example.org", spf="example.com", dkim="example.org"
    )
    assert (both.result, both.disposition) == (PASS, NONE)
    assert (both.aligned_spf, both.aligned_dkim) == (False, False)
    for domains in (("example.com", "example.org"), ("example.org", "example.com")):
        one = check(zone, *domains, spf="example.org")
        assert (one.result, one.domain) == (FAIL, "example.com")
        assert one.disposition is REJECT


@pytest.mark.parametrize(
    "authors",
    [Authors(is_clear=False), Authors(domains=("a.example",), is_clear=False)],
)
def test_an_author_who_cannot_be_told_is_an_error(authors):
    proof = Proof(spf=SpfVerdict(result=PASS, domain="a.example"), dkim=())
    suffixes = Suffixes(owner=str, is_registry=bool)
    found = run(evaluate.evaluate(authors, proof, Walks(suffixes)), {})
    assert found.result is Result.PERMERROR
    assert not found.aligned_spf


def test_a_domain_is_walked_from_once():
    asked: list[Question] = []
    check(
        REJECTING, "example.com", spf="a.example.com", dkim="a.example.com", asked=asked
    )
    starts = [each.name for each in asked].count("_dmarc.a.example.com")
    assert starts == 1
