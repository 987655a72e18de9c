import pytest

from mailbot_server.core.mail.quote.mark import Kind
from mailbot_server.core.mail.quote.page import read


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        pytest.param("a <b>b</b>\n c", ["a b c"], id="inline"),
        pytest.param("<div>a</div>b<p>c", ["a", "b", "c"], id="blocks"),
        pytest.param("a<br><br>b", ["a", "", "b"], id="breaks"),
        pytest.param("<tr><td>a<td>b<tr><td>c", ["a b", "c"], id="table"),
        pytest.param("<pre>a\n\nb</pre>", ["a", "", "b"], id="pre"),
        pytest.param(
            "a &lt;b&gt;&nbsp;&#99999999999;", ["a <b> \ufffd"], id="entities"
        ),
        pytest.param("a<hr>b", ["a", "_____", "b"], id="rule"),
        pytest.param("<img src=x>", ["\ufffc"], id="picture"),
        pytest.param("<img src=x>a", ["a"], id="picture-beside-words"),
        pytest.param("<img width=1 height=1>", [], id="tracking-picture"),
        pytest.param(
            "<title>a</title><script>b</script><!-- c -->d", ["d"], id="unseen"
        ),
        pytest.param("a<script>b", ["a"], id="endless-script"),
        pytest.param("1 < 2", ["1 < 2"], id="a-sign"),
    ],
)
def test_lines(html, lines):
    read_lines = read(html).lines
    while read_lines and not read_lines[-1]:
        read_lines.pop()
    assert read_lines == lines


def kinds(html):
    page = read(html)
    return [kind for line, kind in zip(page.lines, page.kinds, strict=True) if line]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            "a<blockquote>b</blockquote>c",
            [Kind.TEXT, Kind.BLOCK, Kind.TEXT],
            id="block",
        ),
        pytest.param(
            "<blockquote type=cite>a<blockquote>b</blockquote>c</blockquote>",
            [Kind.QUOTE] * 3,
            id="nested",
        ),
        pytest.param(
            "<b><blockquote type=cite>a</b>b</blockquote>c",
            [Kind.QUOTE, Kind.TEXT],
            id="crossed",
        ),
        pytest.param(
            "<blockquote type=cite><p>a<p>b</blockquote><p>c",
            [Kind.QUOTE, Kind.QUOTE, Kind.TEXT],
            id="implied-ends",
        ),
        pytest.param(
            "<div class=gmail_quote>a<blockquote>b</blockquote>c</div>d",
            [Kind.QUOTE, Kind.QUOTE, Kind.TEXT, Kind.TEXT],
            id="thread",
        ),
        pytest.param(
            "<div class=gmail_quote>a</div>b", [Kind.QUOTE, Kind.TEXT], id="no-block"
        ),
        pytest.param(
            "<div class=gmail_quote>-- Forwarded message --<p>a</div>",
            [Kind.TEXT, Kind.TEXT],
            id="forward",
        ),
        pytest.param(
            "a<div id=divRplyFwdMsg></div><p>b<p>c",
            [Kind.TEXT, Kind.REST, Kind.TEXT],
            id="empty-mark",
        ),
        pytest.param("a<div id=divRplyFwdMsg></div>", [Kind.TEXT], id="mark-at-end"),
    ],
)
def test_kinds(html, expected):
    assert kinds(html) == expected


def test_a_line_is_rendered_with_its_elements():
    page = read("<div><p>a <i>b</i></p><p>c</p></div><u>d</u>")
    assert page.render([True, False, False, False]) == "<div><p>a <i>b</i></p></div>"
    assert page.render([False, False, True, False]) == "<u>d</u>"
