import email
import email.policy
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import field
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.mime import encoded_word, parameter

unsafe = st.sampled_from(
    [*map(chr, [*range(32), *range(127, 160)]), "\u2028", "\u2029", "\ud800"]
)
safe_text = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200
)


def unfolded(lines):
    return lines.replace("\r\n", "")


def box(address, name=""):
    return Mailbox(address=address, display_name=name)


def longest(lines):
    return max(map(len, lines.split("\r\n")))


@pytest.mark.parametrize("value", ["é" * 100, "x" * 900, "x" * 70 + " y", "x" * 902])
def test_no_field_begins_with_an_empty_line(value):
    first, _, rest = field.unstructured("Subject", value).partition("\r\n")
    assert len(first) > len("Subject: ")
    assert all(line.startswith(" ") for line in rest.split("\r\n") if rest)


def test_short_values_stay_as_they_are():
    assert field.unstructured("Subject", "Invoice #4521") == "Subject: Invoice #4521"


def test_outer_blanks_are_dropped_and_inner_ones_kept():
    assert field.unstructured("Subject", "  a  b ") == "Subject: a  b"


def test_empty_value_leaves_no_trailing_blank():
    assert field.unstructured("X-Empty", "") == "X-Empty:"


def test_long_values_are_folded_before_blanks():
    value = "word " * 40 + "  end"
    lines = field.unstructured("Subject", value)
    assert longest(lines) <= field.LINE_AIM
    assert unfolded(lines) == f"Subject: {value}"


@pytest.mark.parametrize("value", ["Grüße", "=?utf-8?q?x?=", "x" * 901, "漢字" * 100])
def test_what_a_reader_would_not_get_back_is_written_as_encoded_words(value):
    lines = field.unstructured("Subject", value)
    assert longest(lines) <= 76  # RFC 2047 2
    assert encoded_word.decode(unfolded(lines)) == f"Subject: {value}"
    length = len(unfolded(lines).removeprefix("Subject: "))
    assert field.encoded_length("Subject", value) == length


def test_long_words_are_written_as_they_are_below_the_limit():
    lines = field.unstructured("X" * 76, "x" * 900)
    assert longest(lines) <= 998
    assert unfolded(lines) == f"{'X' * 76}: {'x' * 900}"


@given(safe_text)
def test_every_safe_value_is_one_field_that_comes_back(value):
    lines = field.unstructured("Subject", value)
    assert lines.isascii()
    assert all(line.startswith(" ") for line in lines.split("\r\n")[1:])
    parsed = email.message_from_string(lines, policy=email.policy.compat32)
    assert parsed.keys() == ["Subject"]
    assert encoded_word.decode(unfolded(lines)).removeprefix("Subject:").strip(
        " "
    ) == value.strip(" ")


@given(safe_text, unsafe, safe_text)
def test_nothing_breaks_out_of_a_field(before, control, after):
    value = before + control + after
    with pytest.raises(ValueError, match="control"):
        field.unstructured("Subject", value)
    with pytest.raises(ValueError, match="control"):
        field.mailbox_list("To", [box("a@example.com", value)])
    with pytest.raises(ValueError, match="control"):
        field.mailbox_list("To", [box(f"a{value}@example.com")])
    with pytest.raises(ValueError, match="control"):
        field.parameter("filename", value)
    assert field.message_ids("References", [value]) == ""


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@",
        "@b",
        "a b@c",
        "a@b, c@d",
        "a@b>",
        "<a@b",
        "a@b;c",
        "a@b@c",
        '"a@b',
        "a:b@c",
        "a@[192.0.2.1]",
    ],
)
def test_address_that_could_be_read_as_another_is_refused(address):
    with pytest.raises(ValueError, match="address"):
        field.mailbox_list("To", [box(address)])


def test_mailboxes_are_listed_and_folded():
    boxes = [box(f"recipient{n}@example.com", f"Recipient {n}") for n in range(50)]
    lines = field.mailbox_list("To", boxes)
    assert longest(lines) <= field.LINE_AIM
    written = ", ".join(f"Recipient {n} <recipient{n}@example.com>" for n in range(50))
    assert unfolded(lines) == f"To: {written}"


def test_names_are_quoted_or_encoded():
    boxes = [box("a@example.com", "Doe, John"), box("b@example.com", "Søren")]
    lines = field.mailbox_list("To", boxes)
    assert '"Doe, John" <a@example.com>' in lines
    assert "=?utf-8?b?U8O4cmVu?= <b@example.com>" in lines


def test_quoted_local_parts_stay_quoted():
    assert (
        field.mailbox_list("To", [box('"a, b"@example.com')])
        == 'To: "a, b"@example.com'
    )


def test_ids_are_folded_one_to_a_blank():
    ids = [f"{'x' * 30}{n}@example.com" for n in range(21)]
    lines = field.message_ids("References", ids)
    assert longest(lines) <= field.LINE_AIM
    assert unfolded(lines) == "References: " + " ".join(f"<{i}>" for i in ids)


@pytest.mark.parametrize(
    "bad", ["", "a b@x", "a>b@x", "a<b@x", "é@x", "x" * 901, "a\r\nBcc: b@x"]
)
def test_ids_that_cannot_be_written_are_left_out(bad):
    assert field.message_ids("References", [bad]) == ""
    assert (
        field.message_ids("References", ["a@x", bad, "b@x"])
        == "References: <a@x> <b@x>"
    )


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (
            datetime(2025, 11, 20, 3, 9, 5, tzinfo=UTC),
            "Thu, 20 Nov 2025 03:09:05 +0000",
        ),
        (
            datetime(
                2024, 2, 1, 23, 0, 0, tzinfo=timezone(timedelta(hours=-5, minutes=-30))
            ),
            "Thu, 01 Feb 2024 23:00:00 -0530",
        ),
    ],
)
def test_dates_are_spelt_as_rfc5322_3_3_says(moment, written):
    assert field.date_time(moment) == written


@pytest.mark.parametrize("value", ["report.pdf", "my report (1).pdf", "it's", "a;b=c"])
def test_plain_parameters_are_quoted(value):
    assert field.parameter("filename", value) == [f'filename="{value}"']


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("Übersicht.pdf", ["filename*=utf-8''%C3%9Cbersicht.pdf"]),
        ('a"b', ["filename*=utf-8''a%22b"]),
        ("100%41", ["filename*=utf-8''100%2541"]),
        ("=?x", ["filename*=utf-8''%3D%3Fx"]),
        ("", ["filename*=utf-8''"]),
    ],
)
def test_rfc2231_says_what_quotes_cannot(value, lines):
    assert field.parameter("filename", value) == lines


def test_long_parameters_continue_and_cut_no_character():
    value = "漢" * 100
    lines = field.parameter("filename", value)
    assert lines[0].startswith("filename*0*=utf-8''%E6%BC%A2")
    assert lines[1].startswith("filename*1*=%E6%BC%A2")
    assert all(len(f" {line};") <= field.LINE_AIM for line in lines)


@given(safe_text)
def test_every_parameter_comes_back(value):
    lines = field.parameter("filename", value)
    _, found = parameter.read("attachment; " + "; ".join(lines))
    assert found["filename"] == value
    whole = "Content-Disposition: attachment;\n " + ";\n ".join(lines)
    assert email.message_from_string(whole).get_filename("") == value.strip()
