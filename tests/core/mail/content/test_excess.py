"""HTML that costs far more than it is long is told from what programs write."""

import random

import nh3
import pytest

from mailbot_server.core.mail.content import excess
from tests.corpora import folder

SIZES = [f"<font size={n}>" for n in range(450)]
SPANNED = "".join(f"<b id=a{n}>" for n in range(240))
OPEN = f"<p>{''.join(SIZES)}</p>"


@pytest.mark.parametrize(
    "html",
    [
        OPEN + "<p>x</p>" * 2_000,
        f"<p><a href='https://example.com/{'x' * 100_000}'></p>" + "<p>x</p>" * 2_000,
        OPEN + "<b title='</font></font>'></b>" * 450 + "<p>x</p>" * 2_000,
        OPEN + "<!-- </font></font> -->" * 450 + "<p>x</p>" * 2_000,
        OPEN + "<table><td></font></table>" * 450 + "<p>x</p>" * 2_000,
        "".join(f"<strike id=a{n}></stri\u212ae>" for n in range(450)) + "<p>" * 400,
        ("<span>" * 240 + SPANNED + "</span>x" * 240 + "</b>" * 240) * 9,
        ("<o:p>" * 240 + SPANNED + "<o></o:p>x" * 240 + "</b>" * 240) * 9,
        "".join(f"<b id=a{n}></b\x0b>" for n in range(450)) + "<p>x</p>" * 2_000,
        "".join(f"<b id=a{n}><!--</b>-->" for n in range(450)) + "<p>x</p>" * 2_000,
        "".join(f"<b id=a{n}><br id='></b>'>" for n in range(450)) + "<p>x</p>" * 2_000,
        "<div>" * 501,
        "<font>x</p>" * 501,
        "<br>" * 50_001,
        "&amp;" * 50_001,
    ],
    ids=[
        *("repeated", "long", "end-in-value", "end-in-comment", "end-in-cell"),
        *(
            "no-letter",
            "ended-around",
            "ended-by-another",
            "no-blank",
            "hidden-in-comment",
            "hidden-in-value",
        ),
        *("deep", "deep-with-other-ends", "many", "references"),
    ],
)
def test_what_costs_too_much(html):
    assert excess.is_in(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>x</b></p>" * 12_000,
        "<tr><td><font size=2 face=Arial>x</font></td></tr>" * 8_000,
        "<p><font size=2 face=Arial>x</p>" * 400,
        "".join(f"<p><a href='https://x.example/{n}'>x</a></p>" for n in range(5_000)),
        "<ul>" + "<li>x" * 400 + "</ul>",
        "".join(
            f"<p><a id=a{n}>x<br><b><span>y<o:p></o:p></span></b></a></p>"
            for n in range(3_000)
        ),
        "a < b & c > d " * 10_000,
        "",
    ],
    ids=["bold", "fonts", "unclosed", "links", "items", "closed", "no-tags", "empty"],
)
def test_what_is_only_long(html):
    assert not excess.is_in(html)


def test_pages_that_others_wrote_are_far_from_it():
    pages = sorted(folder("html").rglob("*.html"))
    assert pages
    for page in pages:
        assert not excess.is_in(page.read_text(errors="replace") * 5)


WORDS = "b i font a em nobr p div li td table tr caption object select svg math h1"
TAGS = [f"<{slash}{name}>" for name in WORDS.split() for slash in ("", "/")]


def test_what_comes_of_any_tags_is_never_more_than_reckoned():
    chance = random.Random(1)
    for _ in range(300):
        before, again = (chance.choices(TAGS, k=chance.randint(1, 5)) for _ in "ab")
        numbered = (f"{tag[:-1]} title={n}>" for n in range(40) for tag in before)
        html = "".join([*numbered, *again * 100])
        elements = nh3.clean(html, tags=set(WORDS.split())).count("<")
        alike = len(before) * 40 + 3 * len(again) + 1
        assert elements <= 2 * alike * html.count("<")
