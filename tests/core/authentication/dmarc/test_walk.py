import pytest
from publicsuffixlist import PublicSuffixList

from mailbot_server.core.authentication.dmarc import walk
from mailbot_server.core.authentication.dmarc.walk import Suffixes
from mailbot_server.core.authentication.question import Kind, Question
from tests import corpora
from tests.fakes.asking import policies, run

LIST = PublicSuffixList()
SUFFIXES = Suffixes(
    owner=lambda name: LIST.privatesuffix(name) or "",
    is_registry=lambda name: name in {"com", "example", "co.example"},
)
NOTHING = Suffixes(owner=lambda name: "", is_registry=lambda name: False)


@pytest.mark.parametrize(
    ("domain", "names"),
    [
        ("com", ["com"]),
        ("example.com", ["example.com", "com"]),
        (
            "a.b.c.d.e.f.g.h",
            [
                *("a.b.c.d.e.f.g.h", "b.c.d.e.f.g.h", "c.d.e.f.g.h", "d.e.f.g.h"),
                *("e.f.g.h", "f.g.h", "g.h", "h"),
            ],
        ),
        # RFC 9989 4.10: eight questions, so that a long name leaves some out.
        (
            "a.b.c.d.e.f.g.h.i.j.mail.example.com",
            [
                "a.b.c.d.e.f.g.h.i.j.mail.example.com",
                *("g.h.i.j.mail.example.com", "h.i.j.mail.example.com"),
                *("i.j.mail.example.com", "j.mail.example.com", "mail.example.com"),
                *("example.com", "com"),
            ],
        ),
    ],
    ids=["1", "2", "8", "13"],
)
def test_which_names_are_asked_for(domain, names):
    assert list(walk.names(domain)) == names
    asked: list[Question] = []
    run(walk.walk(domain), {}, asked)
    assert asked == [Question(Kind.TEXT, f"_dmarc.{name}") for name in names]


@pytest.mark.parametrize(
    ("domain", "records", "owner"),
    [
        ("a.mail.example.com", {"example_com": "v=DMARC1; p=none"}, "example.com"),
        (
            "a.mail.example.com",
            {
                "mail_example_com": "v=DMARC1; p=none",
                "example_com": "v=DMARC1; p=none",
            },
            "example.com",
        ),
        (
            "a.mail.example.com",
            {
                "mail_example_com": "v=DMARC1; p=none; psd=n",
                "example_com": "v=DMARC1; p=none",
            },
            "mail.example.com",
        ),
        (
            "a.giant.bank.test",
            {"bank_test": "v=DMARC1; p=reject; psd=y"},
            "giant.bank.test",
        ),
        (
            "a.giant.bank.test",
            {
                "a_giant_bank_test": "v=DMARC1; p=none",
                "bank_test": "v=DMARC1; p=reject; psd=y",
            },
            "giant.bank.test",
        ),
        # Where the walk begins at the suffix, the suffix is its own.
        ("bank.test", {"bank_test": "v=DMARC1; p=reject; psd=y"}, "bank.test"),
        # A registry that does not say what it is.
        ("a.b.co.example", {"co_example": "v=DMARC1; p=none"}, "b.co.example"),
        ("co.example", {"co_example": "v=DMARC1; p=none"}, "co.example"),
        # Nobody says anything: the list does.
        ("a.example.co.uk", {}, "example.co.uk"),
        ("a.b.github.io", {}, "b.github.io"),
        ("co.uk", {}, "co.uk"),
        ("a.b.test", {}, "b.test"),
    ],
)
def test_whose_domain_it_is(domain, records, owner):
    walked = run(walk.walk(domain), policies(**records))
    assert walk.owner(walked, SUFFIXES) == owner


def test_without_a_list_a_domain_that_says_nothing_is_its_own():
    walked = run(walk.walk("a.example.co.uk"), {})
    assert walk.owner(walked, NOTHING) == "a.example.co.uk"


def test_what_nobody_can_say():
    assert run(walk.walk("a.example.com"), policies(example_com=None)) is None


def test_what_stands_above_a_suffix_that_says_so_does_not_matter():
    records = policies(example_com="v=DMARC1; p=none; psd=n", com=None)
    walked = run(walk.walk("a.example.com"), records)
    assert [name for name, _ in walked.found] == ["example.com"]


def test_the_list_gives_what_its_authors_expect():
    path = corpora.folder("psl") / "test_psl.txt"
    wrong, count = [], 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("checkPublicSuffix("):
            continue
        told = line.partition("(")[2].partition(")")[0].split(", ")
        name, wanted = (None if t == "null" else t.strip("'") for t in told)
        count += 1
        found = LIST.privatesuffix(name.lower().strip()) if name else None
        if name and name.startswith("."):
            found = None  # no domain, and never asked about
        if found != wanted:
            wrong.append((name, found, wanted))
    assert wrong == []
    assert count > 70
