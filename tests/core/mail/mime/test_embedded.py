import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime.embedded import find, without


def encoded(content, name=b"a.bin", zero=b"`", end=b"\n"):
    lines = [
        binascii.b2a_uu(content[at : at + 45], backtick=zero == b"`")
        for at in range(0, len(content), 45)
    ]
    whole = b"begin 644 " + name + b"\n" + b"".join(lines) + zero + b"\nend\n"
    return whole.replace(b"\n", end)


@given(st.binary(min_size=1, max_size=200), st.sampled_from([b"\n", b"\r\n"]))
def test_what_was_put_into_a_text_is_found(content, end):
    file = encoded(content, end=end)
    (found,) = find(b"before" + end + file + b"behind")
    assert found == (6 + len(end), 6 + len(end) + len(file), b"a.bin")
    assert without(b"before" + end + file + b"behind", [found]) == (
        b"before" + end + b"behind"
    )


def test_several_files_have_their_names():
    text = encoded(b"one", b"a b.txt") + b"words\n" + encoded(b"two", b"c.txt")
    files = find(text)
    assert [file.name for file in files] == [b"a b.txt", b"c.txt"]
    assert without(text, files) == b"words\n"


@pytest.mark.parametrize(
    "line_end", [b"\n \nend\n", b"\n\nend", b"\n`\nend  \n", b"\nend\n"]
)
def test_ends_that_programs_write(line_end):
    assert len(find(b"begin 644 a\n#86)C" + line_end)) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"begin 100 years ago\nTHIS IS TEXT\nend\n", id="a-story"),
        pytest.param(b"begin 644 a\n#86)C\n`\n", id="no-end"),
        pytest.param(b"begin 644 a\n`\nend\n", id="nothing-in-it"),
        pytest.param(b"begin 644 a\n#86)C86)C86)C\n`\nend\n", id="line-too-long"),
        pytest.param(b"> begin 644 a\n#86)C\n`\nend\n", id="quoted"),
        pytest.param(b"begin 999 a\n#86)C\n`\nend\n", id="no-mode"),
    ],
)
def test_what_is_no_file(text):
    assert find(text) == []


def test_beginnings_without_end_cost_no_more_than_their_length():
    assert find(b"begin 644 a\n" * 50_000) == []
    assert find(b"begin 644 a\n" + b"#86)C\n" * 100_000) == []
