import pytest

from mailbot_server.core.mail.quote.mark import mark

WROTE = "On Mon, Apr 2, 2012 at 6:26 PM, Ann Lee <ann@example.com> wrote:"
LONG = f"> {'word ' * 14}word"


@pytest.mark.parametrize(
    ("lines", "quoted"),
    [
        pytest.param([WROTE, LONG, "and so", "> b"], "QQQQ", id="lower-case"),
        pytest.param([WROTE, LONG, "Ann and so", "> b"], "Q--Q", id="answer"),
        pytest.param(
            ["a", WROTE, LONG, "Ann and so", "> b"], "-QQQQ", id="answered-above"
        ),
        pytest.param(["a", WROTE, LONG, "and so", "", "b"], "-QQQ--", id="at-its-end"),
        pytest.param([WROTE, LONG, "and so", "", "b"], "QQ---", id="an-answer-below"),
        pytest.param([WROTE, "> a =", "b", "> c"], "QQQQ", id="soft-line-break"),
        pytest.param([WROTE, "> (http://example.com/", "b)", "> c"], "QQQQ", id="link"),
        pytest.param([WROTE, "> a", ",", "> c"], "QQQQ", id="no-words"),
    ],
)
def test_what_was_broken_off_a_quoted_line(lines, quoted):
    marks = mark(lines)
    assert "".join("Q" if is_one else "-" for is_one in marks.quoted) == quoted
