import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime.japanese import read_euc, read_jis

BOTH = "".join(
    character
    for character in map(chr, range(0x3041, 0x9FA5))
    if character.encode("euc_jp", "ignore").decode("euc_jp") == character
    and len(character.encode("euc_jp", "ignore")) == 2
)
"""Kana and kanji of JIS X 0208."""


def test_the_standard_s_signs_are_read_as_python_reads_them():
    assert len(BOTH) > 6000
    assert read_jis(BOTH.encode("iso2022_jp")) == BOTH
    assert read_euc(BOTH.encode("euc_jp")) == BOTH


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"plain", "plain", id="ascii"),
        pytest.param(b"\x1b$B-!-j\x1b(B no", "①㈱ no", id="row-13"),
        pytest.param(b"\x1b$B|by!\x1b(B", "髙纊", id="rows-89-to-92"),
        pytest.param(b"\x1b(I123\x1b(J.", "ｱｲｳ.", id="half-width"),
        pytest.param(b"\x1b$@0!", "亜", id="left-open"),
        pytest.param(b"\x1b$B0!0", "亜\ufffd", id="half-a-sign"),
        pytest.param(b"\x1b$B0!\r\n\x1b(B", None, id="line-end-between"),
        pytest.param(b"\x1b$(C0!", None, id="korean"),
        pytest.param(b"\x1b[1m", None, id="terminal"),
        pytest.param(b"\x1b(B\xe9", None, id="eight-bits"),
    ],
)
def test_read_jis(data, text):
    assert read_jis(data) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"a\xad\xa1\r\n\xad\xea", "a①\r\n㈱", id="row-13"),
        pytest.param(b"\x8e\xb1\x8e\xb2.", "ｱｲ.", id="half-width"),
        pytest.param(b"\xe9", None, id="half-a-sign"),
        pytest.param(b"\x8f\xb0\xa1", None, id="jis-x-0212"),
    ],
)
def test_read_euc(data, text):
    assert read_euc(data) == text


@given(st.binary(max_size=60), st.sampled_from([b"", b"\x1b$B", b"\x1b(I"]))
def test_never_raises(data, escape):
    for text in (read_jis(escape + data), read_euc(data)):
        assert text is None or text.encode().decode() == text
