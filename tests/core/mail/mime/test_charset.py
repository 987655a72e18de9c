import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot_server.core.mail.mime import charset
from mailbot_server.core.mail.mime.charset import decode, guess, read
from mailbot_server.core.mail.mime.defect import Defect

JAPANESE = "日本語"
BAD, UNKNOWN = Defect.BAD_CHARSET, Defect.UNKNOWN_CHARSET


@pytest.mark.parametrize(
    ("data", "name", "text", "defect"),
    [
        pytest.param(b"plain", "", "plain", None, id="rfc2045-5.2-default"),
        pytest.param(b"plain", "us-ascii", "plain", None, id="ascii"),
        pytest.param("é".encode(), "utf-8", "é", None, id="utf8"),
        pytest.param("é".encode(), "utf8", "é", None, id="utf8-without-hyphen"),
        pytest.param("é".encode(), "", "é", None, id="8bit-by-default-is-utf8"),
        pytest.param(
            b"caf\xe9 \x93", "", "café “", None, id="8bit-by-default-is-cp1252"
        ),
        pytest.param(b"caf\xe9", "us-ascii", "café", BAD, id="ascii-that-is-not"),
        pytest.param(b"caf\xe9", "utf-8", "café", BAD, id="utf8-that-never-was"),
        pytest.param(
            b"\xc3\xa9 caf\xe9", "utf-8", "é caf\ufffd", BAD, id="utf8-damaged"
        ),
        pytest.param(
            b"\x80 \x93", "iso-8859-1", "€ “", None, id="whatwg-latin1-is-cp1252"
        ),
        pytest.param(b"\x81", "iso-8859-1", "\ufffd", BAD, id="cp1252-hole"),
        pytest.param(b"\x81\x9d", "", "\ufffd\ufffd", None, id="guess-with-holes"),
        pytest.param("Ж".encode("koi8-r"), "koi8-r", "Ж", None, id="koi8"),
        pytest.param(
            JAPANESE.encode("iso2022_jp"), "iso-2022-jp", JAPANESE, None, id="rfc1468"
        ),
        pytest.param(JAPANESE.encode("cp932"), "shift_jis", JAPANESE, None, id="sjis"),
        pytest.param(
            JAPANESE.encode("euc_jp"), "x-euc-jp", JAPANESE, None, id="x-prefix"
        ),
        pytest.param(
            "中文".encode("gb18030"), "gb2312", "中文", None, id="gb2312-is-gb18030"
        ),
        pytest.param(
            "한국어".encode("cp949"),
            "ks_c_5601-1987",
            "한국어",
            None,
            id="ksc-is-cp949",
        ),
        pytest.param("中".encode("cp950"), "big5", "中", None, id="big5"),
        pytest.param("䀉".encode("big5hkscs"), "big5", "䀉", None, id="big5-hong-kong"),
        pytest.param("é".encode(), "iso-8859-1", "é", BAD, id="utf8-as-latin1"),
        pytest.param("“é”".encode(), "windows-1252", "“é”", BAD, id="utf8-as-cp1252"),
        pytest.param(
            "你好世界".encode(), "gb2312", "你好世界", BAD, id="utf8-as-gb2312"
        ),
        pytest.param("한국어".encode(), "euc-kr", "한국어", BAD, id="utf8-as-euc-kr"),
        pytest.param("日本".encode(), "shift_jis", "日本", BAD, id="utf8-as-sjis"),
        pytest.param("привет".encode(), "koi8-r", "привет", BAD, id="utf8-as-koi8"),
        pytest.param(b"\xc4\xa3", "gbk", "模", None, id="gbk-that-could-be-utf8"),
        pytest.param(b"\xd0\xb0", "koi8-r", "п╟", None, id="koi8-that-could-be-utf8"),
        pytest.param(b"Hi +AOk-", "utf-7", "Hi é", None, id="rfc2152"),
        pytest.param(
            b"+2D3eAA- +2D0-",
            "utf-7",
            "\U0001f600 \ufffd",
            None,
            id="rfc2152-lone-surrogate",
        ),
        pytest.param("hé".encode("utf-16"), "utf-16", "hé", None, id="utf16"),
        pytest.param("hi".encode("utf-16"), "utf-16", "hi", None, id="utf16-of-ascii"),
        pytest.param(
            "hi".encode("utf-16-le"), "utf-16le", "hi", None, id="utf16-seven-bit"
        ),
        pytest.param(b"plain", "utf-16", "plain", BAD, id="utf16-that-is-ascii"),
        pytest.param(b"x\0y", "utf-8", "x\ufffdy", None, id="nul"),
        pytest.param("\ufeffx".encode(), "utf-8", "x", None, id="byte-order-mark"),
        pytest.param(b"x", "x-martian", "x", UNKNOWN, id="unknown-ascii"),
        pytest.param(b"\xe9", "x-martian", "é", UNKNOWN, id="unknown-8bit"),
        pytest.param(b"x", "unknown-8bit", "x", None, id="rfc1428-ascii"),
        pytest.param(b"\xe9", "unknown-8bit", "é", None, id="rfc1428"),
        pytest.param(b"x", "windows-1251", "x", None, id="ascii-in-another"),
        pytest.param(b"\xff\xff", "euc-jp", "\ufffd\ufffd", BAD, id="undecodable"),
        pytest.param(b"\x1b$B-!\x1b(B", "iso-2022-jp", "①", None, id="cp50221"),
        pytest.param(
            JAPANESE.encode("cp932"),
            "iso-2022-jp",
            JAPANESE,
            None,
            id="sjis-as-iso2022",
        ),
        pytest.param(
            JAPANESE.encode("euc_jp"),
            "iso-2022-jp",
            JAPANESE,
            None,
            id="euc-as-iso2022",
        ),
        pytest.param(b'\x1b$B$"', "cp50220", "あ", None, id="cp50220"),
        pytest.param(b"\xad\xa1", "euc-jp", "①", None, id="cp51932"),
        pytest.param(b'\x1b$B$"\x1b(B!', "", "あ!", None, id="iso2022-undeclared"),
        pytest.param(b'\x1b$B$"\x1b(B', "us-ascii", "あ", BAD, id="iso2022-as-ascii"),
        pytest.param(b'\x1b$B$"', "jis$esc", "あ", BAD, id="iso2022-unknown"),
        pytest.param(b"\x1b$)C\x0e0!", "", "가", None, id="iso2022-korean"),
        pytest.param(b"\x1b$ 1", "", "\x1b$ 1", None, id="escape-of-a-terminal"),
        pytest.param(
            "\ufeffЖук, да".encode(), "windows-1251", "Жук, да", BAD, id="mark-wins"
        ),
        pytest.param(
            "až".encode("utf-16"), "utf-8", "až", None, id="mark-of-utf16-wins"
        ),
        pytest.param("hž".encode("utf-16-be"), "utf-16", "hž", None, id="utf16-order"),
        pytest.param(b"\xff\xfea\0\0", "utf-16", "a\ufffd", BAD, id="utf16-cut"),
    ],
)
def test_read(data, name, text, defect):
    assert read(data, name) == (text, defect)


@pytest.mark.parametrize(
    "name", ["zlib", "hex", "rot13", "punycode", "idna", "unicode_escape", "undefined"]
)
def test_codecs_that_are_not_for_mail_are_unknown(name):
    assert read(b"x\xe9", name) == ("xé", UNKNOWN)


ONE_EACH = {codecs: name for name, codecs in charset._CODECS.items()}


@pytest.mark.parametrize("name", sorted(ONE_EACH.values()))
@settings(max_examples=20)
@given(data=st.binary(max_size=40))
def test_every_charset_gives_text_that_can_be_stored(name, data):
    text = decode(data, name)
    assert "\0" not in text
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.binary(max_size=60), st.text(max_size=80))
def test_no_charset_fails(data, name):
    assert decode(data, name.lower()).encode("utf-8") is not None


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_comes_through(text):
    assert guess(text.encode()) == text
    assert read(text.encode(), "utf-8") == (text, None)


@pytest.mark.parametrize(
    ("codec", "names"),
    [
        ("cp1251", "cp1251 x-cp1251 win-1251 ansi-1251 windows1251 mswin1251"),
        ("cp1252", "windows-1252http-equivContent-Type ibm819 csisolatin1 l1"),
        ("iso8859_15", "iso_8859-15 l9 csisolatin9 cp28605"),
        ("iso8859_8", "logical visual csiso88598i iso-8859-8-e hebrew"),
        ("iso8859_6", "asmo-708 ecma-114 csiso88596e iso-8859-6-i arabic"),
        ("iso8859_7", "elot_928 sun_eu_greek ecma-118 greek8"),
        ("cp949", "cseuckr ks_c_5601-1989 windows-949 iso-ir-149 korean"),
        ("gb18030", "cn-gb gb_2312-80 csgb2312 x-gbk chinese cp54936"),
        ("cp950", "cn-big5 csbig5 x-x-big5"),
        ("koi8_u", "koi8-ru x-koi8-u cp21866"),
        ("koi8_r", "koi cskoi8r x-koi8-r cp20866"),
        ("mac_latin2", "x-mac-ce"),
        ("mac_roman", "x-mac-roman macintosh csmacintosh"),
        ("mac_cyrillic", "x-mac-cyrillic x-mac-ukrainian"),
        ("cp874", "dos-874 iso-8859-11 tis-620 x-windows-874"),
        ("euc_jp", "cseucpkdfmtjapanese x-euc-jp cp51932"),
        ("iso2022_jp_ext", "csiso2022jp iso-2022-jp-ms cp50222"),
        ("utf_8", "x-unicode20utf8 unicode11utf8 x-utf_8j cp65001"),
        ("cp850", "cp-850 ibm-850 cp00850"),
    ],
)
def test_names_of_a_charset(codec, names):
    data = bytes(range(0xA1, 0xF0))
    for name in names.split():
        assert charset.read(data, name) == charset.read(data, names.split()[0])
    expected = data.decode(codec, "replace")
    if "\ufffd" not in expected:
        assert charset.read(data, names.split()[0]) == (expected, None)
