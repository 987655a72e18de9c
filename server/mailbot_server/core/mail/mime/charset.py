"""Bytes to text as the world misuses charsets (RFC 2045 2.4, WHATWG Encoding)."""

import codecs
import re
from collections.abc import Callable, Mapping
from encodings.aliases import aliases
from typing import Final

from mailbot_server.core.mail.mime import japanese
from mailbot_server.core.mail.mime.defect import Defect

# Charsets that name less than their senders use: read as the larger one, as browsers.
_SUPERSETS: Final[dict[str, tuple[str, ...]]] = {
    "ascii": (),
    "big5": ("cp950", "big5hkscs"),
    "cp1252": ("cp1252",),
    "euc_jp": ("euc_jp", "cp51932"),
    "euc_kr": ("cp949",),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "iso2022_jp": ("iso2022_jp_ext", "cp50221"),
    "iso8859_9": ("cp1254",),
    "iso8859_11": ("cp874",),
    "latin_1": ("cp1252",),
    "shift_jis": ("cp932",),
    "tis_620": ("cp874",),
}

# Everything else that is text for people. Python also knows codecs that are not
# (punycode, idna, unicode_escape, zlib …) and imports a module for any unknown name;
# so what a stranger writes is looked up here and nowhere else.
_AS_NAMED: Final = (
    "big5hkscs cp437 cp850 cp852 cp855 cp857 cp858 cp862 cp864 cp866 cp874 cp932 "
    "cp949 cp950 cp1125 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 "
    "euc_jis_2004 euc_jisx0213 euc_jp gb18030 hz iso2022_jp_1 iso2022_jp_2 "
    "iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr iso8859_2 iso8859_3 "
    "iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_10 "
    "iso8859_13 iso8859_14 iso8859_15 iso8859_16 johab koi8_r koi8_t koi8_u kz1048 "
    "mac_cyrillic mac_greek mac_iceland mac_latin2 mac_roman mac_turkish ptcp154 "
    "shift_jis_2004 shift_jisx0213 utf_7 utf_8 utf_16 utf_16_be utf_16_le utf_32 "
    "utf_32_be utf_32_le"
)

# Spellings that Python's own table of aliases lacks; see `_find` for their beginnings.
_SPELLINGS: Final = {
    "": "ascii",
    "ansi": "cp1252",
    "cnbig5": "big5",
    "cngb": "gb18030",
    "cp1252": "cp1252",
    "cp20127": "ascii",
    "cp20866": "koi8_r",
    "cp21866": "koi8_u",
    "cp28591": "latin_1",
    "cp28605": "iso8859_15",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "cp50222": "iso2022_jp",
    "cp51932": "euc_jp",
    "cp51949": "euc_kr",
    "cp54936": "gb18030",
    "cp65000": "utf_7",
    "cp65001": "utf_8",
    "cp936": "gb18030",
    "eucgb2312cn": "gb18030",
    "eucpkdfmtjapanese": "euc_jp",
    "gb180302022": "gb18030",
    "gb231280": "gb18030",
    "iso2022jpms": "iso2022_jp",
    "iso88596e": "iso8859_6",
    "iso88596i": "iso8859_6",
    "iso88598e": "iso8859_8",
    "iso88598i": "iso8859_8",
    "isoir149": "euc_kr",
    "isolatin1": "latin_1",
    "isolatin9": "iso8859_15",
    "koi": "koi8_r",
    "koi8": "koi8_r",
    "koi8ru": "koi8_u",
    "ksc56011987": "euc_kr",
    "ksc56011989": "euc_kr",
    "latin0": "iso8859_15",
    "logical": "iso8859_8",
    "mac": "mac_roman",
    "macce": "mac_latin2",
    "macukrainian": "mac_cyrillic",
    "mskanji": "shift_jis",
    "suneugreek": "iso8859_7",
    "ujis": "euc_jp",
    "unicode11utf7": "utf_7",
    "unicode11utf8": "utf_8",
    "unicode20utf8": "utf_8",
    "unicodefffe": "utf_16_be",
    "utf": "utf_8",
    "utf8j": "utf_8",
    "utf8mb4": "utf_8",
    "utf8nobom": "utf_8",
    "visual": "iso8859_8",
    "windows31j": "shift_jis",
}

# "windows-1251" however it is called, and with whatever has run into it.
_CODE_PAGE: Final = re.compile(
    r"(?:cp|win|windows|ansi|mswin|ms|ibm|dos|codepage|microsoftcp)0{0,2}(\d{3,5})[a-z]*+"
)
_PREFIX: Final = re.compile(r"x+|cs")

# What says "I do not know" without naming a charset; nothing is wrong with guessing.
_UNNAMED: Final = frozenset(
    {"8bit", "binary", "default", "none", "unknown", "unknown8bit", "xunknown"}
)

# Read without a charset: nothing can be wrong with seven bits in these.
_PLAIN: Final = frozenset({"", "us-ascii", "utf-8", "iso-8859-1", "windows-1252"})
_ASCII: Final = bytes(range(128))

# In these no word of any language is valid UTF-8 by chance: "Ã©" begins none.
_WESTERN: Final = frozenset({"cp1252", "iso8859_15", "mac_roman", "cp850"})
_TWO_OCTETS: Final = frozenset(
    {"gb18030", "cp950", "cp949", "cp932", "euc_jp", "johab"}
)
_BY_CHANCE_MAX: Final = 3
"""Characters of UTF-8 that a short text in a charset of one octet may look like."""

_JUNK: Final = re.compile(r"[^a-z0-9]+")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SEVEN_BIT: Final = ("hz", "iso2022", "utf_7", "utf_16", "utf_32")
_WIDE: Final = ("utf_16", "utf_32")


def _read_utf16(data: bytes) -> str | None:
    """Without a byte order mark the half of it that is mostly NUL tells the order."""
    codec = "utf_16"
    if not data.startswith(_UTF16_MARKS) and data[::2].count(0) > data[1::2].count(0):
        codec = "utf_16_be"
    try:
        return _SURROGATE.sub("\ufffd", data.decode(codec))
    except UnicodeError:
        return None


# What Windows' codecs read that Python's refuse.
_OWN: Final[Mapping[str, Callable[[bytes], str | None]]] = {
    "cp50221": japanese.read_jis,
    "cp51932": japanese.read_euc,
    "utf_16": _read_utf16,
}

_SHIFT: Final = "\x1b$"
"""What every text of the ISO-2022 family has that is not plain ASCII."""

_JAPANESE: Final = ("euc_jp", "cp51932", "cp932")
"""What eight bits are that are called ISO-2022-JP; what can be both is EUC."""

_SHIFTED: Final = ("iso2022_jp_ext", "cp50221", "iso2022_kr")
_NAME_MAX: Final = 64


def _table() -> dict[str, tuple[str, ...]]:
    """Every spelling without punctuation → the codecs to try, best first."""
    known = {name: (name,) for name in _AS_NAMED.split()} | _SUPERSETS
    spellings = {**aliases, **{name: name for name in known}, **_SPELLINGS}
    return {
        _JUNK.sub("", spelling): known[codec]
        for spelling, codec in spellings.items()
        if codec in known
    }


_CODECS: Final = _table()


def decode(data: bytes, charset: str) -> str:
    """`data` as text, whatever its charset claims to be; never fails."""
    return read(data, charset)[0]


def read(data: bytes, charset: str) -> tuple[str, Defect | None]:
    """
    `data` as text, and what was wrong with its charset (given in lower case).

    The text is valid Unicode without NUL and without a byte order mark.
    """
    try:
        text = data.decode("utf-8" if charset == "utf-8" else "ascii")
    except UnicodeDecodeError:
        text, defect = _read_8bit(data, charset)
    else:
        defect = None
        if charset not in _PLAIN:
            text, defect = _read_7bit(data, charset, text)
        if "\x1b" in text and _SHIFT in text:  # a single character is found faster
            text, defect = _read_shifted(data, text, charset, defect)
    return text.removeprefix("\ufeff").replace("\0", "\ufffd"), defect


def guess(data: bytes, named: str = "") -> str:
    """
    Text in no known charset: UTF-8 if it can be, else as another text nearby is.

    `named` is the charset of that text; without one Windows-1252 is taken.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        names = _find(_key(named)) if named else None
        if names and names[0] != "utf_8":
            return _try(data, names)[0]
        return data.decode("cp1252", "replace")


def read_shifted(data: bytes) -> str:
    """Text of the ISO-2022 family that does not say so; "" for anything else."""
    for codec in _SHIFTED:
        text = _decoded(data, codec)
        if text is not None and _SHIFT not in text:
            return text
    return ""


def _read_shifted(
    data: bytes, text: str, charset: str, defect: Defect | None
) -> tuple[str, Defect | None]:
    shifted = read_shifted(data)
    if not shifted:
        return text, defect
    return shifted, Defect.BAD_CHARSET if charset else defect


def _key(charset: str) -> str:
    return _JUNK.sub("", charset[:_NAME_MAX].lower())


def _find(key: str) -> tuple[str, ...] | None:
    """The codecs of a charset, also behind `x-` and `cs`, and as a code page."""
    found = _CODECS.get(key)
    if found is None and (prefix := _PREFIX.match(key)):
        key = key[prefix.end() :]
        found = _CODECS.get(key)
    if found is None and (page := _CODE_PAGE.fullmatch(key)):
        found = _CODECS.get(f"cp{page[1]}")
    return found


def _decoded(data: bytes, codec: str) -> str | None:
    own = _OWN.get(codec)
    if own is not None:
        return own(data)
    try:
        return _SURROGATE.sub("\ufffd", data.decode(codec))
    except UnicodeError:
        return None


def _unknown(key: str) -> Defect | None:
    return None if key in _UNNAMED else Defect.UNKNOWN_CHARSET


def _read_7bit(data: bytes, charset: str, text: str) -> tuple[str, Defect | None]:
    """What reads as ASCII may still be UTF-7, UTF-16 or one of the ISO-2022 family."""
    key = _key(charset)
    names = _find(key)
    if names is None:
        return text, _unknown(key)
    if not names or not names[0].startswith(_SEVEN_BIT):
        return text, None
    if names[0].startswith(_WIDE) and b"\0" not in data:
        # Plain ASCII under a wrong label.
        return text, Defect.BAD_CHARSET
    return _try(data, names)


def _read_8bit(data: bytes, charset: str) -> tuple[str, Defect | None]:
    key = _key(charset)
    names = _find(key)
    if names is None:
        return guess(data), _unknown(key)
    if not names:
        # Declared (or by default) US-ASCII, but it is not.
        return guess(data), Defect.BAD_CHARSET if key else None
    if data.startswith(_UTF16_MARKS) and b"\0" in data:
        names = ("utf_16",)
    if names[0] == "iso2022_jp_ext":
        names += _JAPANESE
    if names[0] == "utf_8":
        if data.decode("utf-8", "ignore").isascii():
            # Not one valid sequence: it was never UTF-8.
            return guess(data), Defect.BAD_CHARSET
    elif not names[0].startswith(_SEVEN_BIT):
        if data.startswith(codecs.BOM_UTF8):
            return guess(data), Defect.BAD_CHARSET
        text = _mislabelled_utf8(data, names[0])
        if text:
            return text, Defect.BAD_CHARSET
    return _try(data, names)


def _mislabelled_utf8(data: bytes, codec: str) -> str:
    """UTF-8 under the label of an older charset; "" where it may not be that."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    beyond = len(data.translate(None, _ASCII))
    characters = beyond - (len(data) - len(text))
    if codec in _WESTERN:
        return text
    if codec in _TWO_OCTETS:
        # Pairs can be valid by chance, triples hardly: they begin with rare signs.
        return text if beyond >= 6 and beyond > 2.5 * characters else ""
    return text if characters >= _BY_CHANCE_MAX else ""


def _try(data: bytes, names: tuple[str, ...]) -> tuple[str, Defect | None]:
    for codec in names:
        text = _decoded(data, codec)
        if text is not None:
            return text, None
    return _SURROGATE.sub("\ufffd", data.decode(names[0], "replace")), (
        Defect.BAD_CHARSET
    )
