import pytest

from mailbot_server.core.mail.quote.mark import Kind, Method, mark

ORIGINAL = "-----Original Message-----"
WROTE = "On Mon, Apr 2, 2012 at 6:26 PM, Ann Lee <ann@example.com> wrote:"


@pytest.mark.parametrize(
    ("lines", "quoted", "method"),
    [
        (["a"], "-", Method.NONE),
        (["a", "> b", "> c"], "-QQ", Method.MARKERS),
        (["a", "___________", "", ORIGINAL, "b"], "-Q-QQ", Method.SEPARATOR),
        (["a", WROTE, "> b", "c"], "-QQ-", Method.ATTRIBUTION),
        (["a", WROTE, "b", "c"], "-QQQ", Method.ATTRIBUTION),
        (["a", "> b", ORIGINAL], "-QQ", Method.SEPARATOR),
        (["a", "```", "> b", "> c", "```", "> d", "> e"], "-----QQ", Method.MARKERS),
        (["```", "> b", "> c"], "-QQ", Method.MARKERS),
    ],
)
def test_texts(lines, quoted, method):
    marks = mark(lines)
    assert "".join("Q" if is_quoted else "-" for is_quoted in marks.quoted) == quoted
    assert marks.method is method


@pytest.mark.parametrize(
    ("lines", "kinds", "quoted", "method"),
    [
        ("ab", [Kind.TEXT, Kind.QUOTE], "-Q", Method.STRUCTURE),
        ("abc", [Kind.TEXT, Kind.REST, Kind.TEXT], "-QQ", Method.STRUCTURE),
        ("abc", [Kind.FORWARD, Kind.QUOTE, Kind.REST], "---", Method.NONE),
        ("abc", [Kind.TEXT, Kind.BLOCK, Kind.BLOCK], "-QQ", Method.MARKERS),
        ("abc", [Kind.BLOCK, Kind.TEXT, Kind.QUOTE], "--Q", Method.STRUCTURE),
        ("ab", [Kind.TEXT, Kind.ASIDE], "--", Method.NONE),
        (["a", "Ann wrote:", "b"], [Kind.TEXT] * 3, "---", Method.NONE),
        (
            ["a", "Ann wrote:", "b"],
            [Kind.TEXT, Kind.TEXT, Kind.ASIDE],
            "-QQ",
            Method.ATTRIBUTION,
        ),
        (
            ["a", "Ann wrote:", "b"],
            [Kind.TEXT, Kind.TEXT, Kind.QUOTE],
            "-QQ",
            Method.STRUCTURE,
        ),
    ],
)
def test_what_the_html_says(lines, kinds, quoted, method):
    marks = mark(list(lines), kinds)
    assert "".join("Q" if is_quoted else "-" for is_quoted in marks.quoted) == quoted
    assert marks.method is method


def test_one_marker_between_is_left_with_doubt():
    marks = mark(["a", "> b", "c"])
    assert (any(marks.quoted), marks.is_unsure) == (False, True)
