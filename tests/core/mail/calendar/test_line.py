"""Lines of calendars, folded and nested, whole or broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.calendar import line


def only(text):
    [component] = line.read(text).inside
    return component


def test_components_nest():
    text = "BEGIN:A\r\nX:1\r\nBEGIN:B\r\nX:2\r\nEND:B\r\nY:3\r\nEND:A\r\n"
    found = only(text)
    assert (found.name, found.text("X"), found.text("Y")) == ("A", "1", "3")
    assert found.inside[0].text("X") == "2"


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_folded_lines_are_one(end):
    text = f"BEGIN:A{end}SUMMARY:two wo{end} rds{end}\t!{end}END:A{end}"
    assert only(text).text("SUMMARY") == "two words!"


def test_parameters_may_be_quoted():
    found = only('BEGIN:A\nX;CN="Ann; B: C";ROLE=CHAIR;M="a","b":mailto:a@e.example')
    value = found.first("X")
    assert value is not None
    assert value.parameters == {"CN": "Ann; B: C", "ROLE": "CHAIR", "M": "a"}
    assert value.value == "mailto:a@e.example"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"a\, b\; c", "a, b; c"),
        (r"one\ntwo\Nthree", "one\ntwo\nthree"),
        (r"back\\slash", r"back\slash"),
        (r"\\n", r"\n"),
        (" x ", "x"),
    ],
)
def test_text_is_unescaped(written, read):
    assert line.plain(written) == read


def test_text_of_before_the_standard_may_be_encoded():
    read = line.read("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=A9=20!")
    assert read.text("SUMMARY") == "Café !"


def test_a_zone_may_have_colons():
    found = line.read("DTSTART;TZID=a:b/c:20260301T143000").first("DTSTART")
    assert found == ({"TZID": "a:b/c"}, "20260301T143000")


def test_what_is_not_closed_ends_with_the_text_and_a_wrong_end_is_no_end():
    found = only("BEGIN:A\nBEGIN:B\nEND:C\nX:1\nEND:A\nY:2")
    assert found.inside[0].text("X") == "1"
    assert found.text("Y") == ""


def test_lines_without_sense_are_left_out():
    found = only("BEGIN:A\n\n???\nX\n:value\nX;P:1\nY:2\nEND:A")
    assert found.text("Y") == "2"


def test_nesting_is_bounded():
    depth = 0
    found = line.read("BEGIN:A\n" * 1_000)
    while found.inside:
        [found] = found.inside
        depth += 1
    assert depth <= 11


@given(st.text(max_size=1000))
def test_any_text_can_be_read(text):
    line.read(text)


@given(
    st.lists(st.sampled_from(["BEGIN:A\n", "END:A\n", "X", ";", "=", '"', ":", "\n "]))
)
def test_any_lines_can_be_read(pieces):
    line.read("".join(pieces))
