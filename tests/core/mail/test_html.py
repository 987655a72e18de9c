import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import html
from mailbot_server.core.mail.html import to_text
from tests import corpora


@pytest.mark.parametrize(
    ("page", "text"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("plain", "plain", id="no-markup"),
        pytest.param("<p>one</p><p>two</p>", "one\n\ntwo", id="paragraphs"),
        pytest.param("<div>one</div><div>two</div>", "one\ntwo", id="blocks"),
        pytest.param("one<br>two<BR/>three", "one\ntwo\nthree", id="breaks"),
        pytest.param("one<br><br>two", "one\n\ntwo", id="two-breaks"),
        pytest.param(
            "<div>one<br></div><div><br></div><div>two</div>",
            "one\n\ntwo",
            id="how-clients-write-empty-lines",
        ),
        pytest.param(
            "<div>a</div><div>&zwnj;&nbsp;&#847; &zwnj;</div><p>b&zwnj;c</p>",
            "a\n\nb\u200cc",
            id="a-line-of-nothing",
        ),
        pytest.param("a  \n\t b&nbsp;&nbsp;c", "a b c", id="blanks"),
        pytest.param("<b>bo</b>ld <i>it</i>", "bold it", id="inline"),
        pytest.param(
            "&lt;a&gt; &amp; &eacute; &#8364; &#x41;", "<a> & é € A", id="references"
        ),
        pytest.param(
            "&#99999999999999999999;&#xFFFFFFFFFFFF;",
            "\ufffd\ufffd",
            id="references-beyond-measure",
        ),
        pytest.param(
            "&#0;&#xD800;&bogus;", "\ufffd\ufffd&bogus;", id="references-to-nothing"
        ),
        pytest.param(
            "<style>p{}</style><script>x<y</script>a<title>t</title>", "a", id="silent"
        ),
        pytest.param("<SCRIPT type='a'>x</SCRIPT >b", "b", id="silent-in-capitals"),
        pytest.param("a<script>never closed", "a", id="silent-to-the-end"),
        pytest.param(
            "a<!-- x > y -->b<!doctype html>c<?xml version='1'?>d",
            "abcd",
            id="comments-and-declarations",
        ),
        pytest.param("a<!-- never closed <b>", "a", id="comment-to-the-end"),
        pytest.param(
            "<!--[if mso]><p>office</p><![endif]-->x", "x", id="conditional-comment"
        ),
        pytest.param("1 < 2 and 3 > 2", "1 < 2 and 3 > 2", id="not-tags"),
        pytest.param('<a href="x>y">link</a>', "link", id="bracket-in-an-attribute"),
        pytest.param(
            "<a href='never closed", "<a href='never closed", id="tag-that-does-not-end"
        ),
        pytest.param("<ul><li>one<li>two</ul>", "* one\n* two", id="list"),
        pytest.param(
            "<table><tr><td>a<td>b<tr><th>c</th></table>", "a b\nc", id="table"
        ),
        pytest.param("<pre>a\n  b\n\nc</pre>d", "a\n  b\n\nc\nd", id="preformatted"),
        pytest.param(
            "Hi<blockquote>one<br>two<blockquote>deep</blockquote></blockquote>bye",
            "Hi\n\n> one\n> two\n>\n> > deep\n\nbye",
            id="quoted",
        ),
        pytest.param("</blockquote></p>a", "a", id="closed-before-opened"),
        pytest.param("<o:p>x</o:p>", "x", id="office"),
        pytest.param(
            "<html><head><meta x></head><body>a</body></html>", "a", id="page"
        ),
    ],
)
def test_to_text(page, text):
    assert to_text(page) == text


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "p",
                "br",
                "/",
                "!--",
                "-->",
                '"',
                "'",
                "&",
                "#x",
                "9",
                ";",
                "\n",
                " ",
                "a",
                "script",
                "blockquote",
                "pre",
                "é",
                "=",
            ]
        ),
        max_size=60,
    ).map("".join)
)
def test_anything_becomes_text(page):
    text = to_text(page)
    assert text == text.strip("\n")
    assert text.encode("utf-8") is not None


@given(st.text(st.sampled_from("ab cé日"), max_size=60))
def test_words_are_kept(words):
    assert to_text(f"<p>{words}</p>").split() == words.split()


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "<!--",
        "<a \"<a '",
        "&",
        "<script>",
        "&#9",
        "<blockquote>",
        "<pre>\n",
        "<",
        "<a b='",
        "<td>",
        "</p>",
        "<br>",
    ],
)
def test_length_costs_no_more_than_itself(piece):
    # Quadratic time would run into the suite's time-out.
    to_text(piece * (600_000 // len(piece)))


def test_a_page_beyond_measure_is_cut():
    assert len(to_text("x" * (html.INPUT_MAX + 10))) == html.INPUT_MAX


def test_pages_of_the_corpus_leave_no_markup():
    pages = sorted(corpora.folder("html").rglob("*.html"))
    for page in pages:
        text = to_text(page.read_text(encoding="utf-8", errors="replace"))
        assert text.strip(), page.name
        for markup in ("</", "<td", "<style", "<!--", "{display:"):
            assert markup not in text, page.name
    assert pages
