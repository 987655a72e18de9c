"""Values with parameters: Content-Type, Content-Disposition (RFC 2045 5, RFC 2231)."""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote_to_bytes

from mailbot_server.core.mail.mime import charset as charsets
from mailbot_server.core.mail.mime import encoded_word

_WORD: Final = re.compile(r"[\s\"']*+([^\s;/=(]*+)\s*+(?:/\s*+([^\s;=(]*+))?")

# A value without quotes may have blanks in it (wrong, but file names do), until a word
# that looks like the next parameter's name: some senders leave out the semicolon.
_PARAMETER: Final = re.compile(
    r"""[;\s]\s*+([^\s=;"]++)\s*+=\s*+"""
    r"""(?:"((?:[^"\\]++|\\.)*+)"?+|([^\s;]*+(?:\s++(?![^\s=;"]++\s*+=)[^\s;]++)*+))""",
    re.DOTALL,
)
# What nearly every value is: a word, and one parameter or none.
_USUAL: Final = re.compile(
    r"([A-Za-z]++(?:/[A-Za-z0-9.+-]++)?)"
    r"""(?:; ?([A-Za-z]++)=(?:"([^"\\]*+)"|([A-Za-z0-9._-]++)))?"""
)
_ESCAPED: Final = re.compile(r'\\(["\\])')
_SECTION: Final = re.compile(r"([^*]++)\*(?:(\d{1,4})(\*)?)?")
_NO_WORD: Final = re.compile(r"\s*+[\w*-]++\s*+=")
_EXTENDED: Final = re.compile(r"[A-Za-z][\w-]{2,20}''[^%]*+(?:%[0-9A-Fa-f]{2}[^%]*+)++")
_MEDIA_TYPE: Final = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.ASCII)

# What is written for a type and is none.
_MISNAMED: Final = {
    "html": "text/html",
    "html/text": "text/html",
    "plain": "text/plain",
    "plain/text": "text/plain",
    "text": "text/plain",
}

FILENAME_OCTETS_MAX: Final = 255
"""What common file systems take."""

_EXTENSION_MAX: Final = 16


def read(value: str) -> tuple[str, dict[str, str]]:
    """
    The leading word in lower case, and the parameters by lower-case name.

    Continuations and charsets of RFC 2231 are put together; the first of two
    parameters of one name counts.
    """
    if usual := _USUAL.fullmatch(value):
        word, name, quoted, plain = usual.groups()
        return word.lower(), {name.lower(): quoted or plain or ""} if name else {}
    parameters: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    word = _word(value)
    if "=" not in value:
        return word, parameters
    if _NO_WORD.match(value):
        word, value = "", f";{value}"
    for name, quoted, plain in _PARAMETER.findall(value):
        content = _ESCAPED.sub(r"\1", quoted) if "\\" in quoted else quoted
        content = content or plain.strip()
        section = _SECTION.fullmatch(name.lower()) if "*" in name else None
        if section is None:
            if "''" in content and _EXTENDED.fullmatch(content):
                # RFC 2231's form under a name without the star.
                content = _joined({0: (content, True)})
            parameters.setdefault(name.lower(), content)
        else:
            number = int(section[2] or 0)
            is_encoded = section[2] is None or section[3] is not None
            sections.setdefault(section[1], {}).setdefault(
                number, (content, is_encoded)
            )
    for name, parts in sections.items():
        parameters[name] = _joined(parts)
    return word, parameters


def first_word(value: str) -> str:
    """A token's value: what stands behind it, as in `utf-8 (comment)`, is dropped."""
    words = value.split(None, 1)
    return words[0].strip("\"';,=") if words else ""


def media_type(word: str, default: str) -> str:
    """What Content-Type names if it is a type, else `default` (RFC 2045 5.2)."""
    if known := _MISNAMED.get(word):
        return known
    match = _MEDIA_TYPE.match(word)
    return match[0] if match else default


def safe_filename(name: str) -> str:
    """A name that can be used to save a file; "" when nothing is left of it."""
    name = encoded_word.decode(name) if "=?" in name else name
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    if not name.isprintable():
        # Cc and Cf: controls and the marks that reverse what is shown; Co, Cs: nothing.
        name = "".join(
            " " if character.isspace() else character
            for character in name
            if character.isspace() or unicodedata.category(character)[0] != "C"
        )
    name = name.replace(":", "_").strip().rstrip(". ")
    return _shortened(name)


def _shortened(name: str) -> str:
    if len(name.encode()) <= FILENAME_OCTETS_MAX:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > _EXTENSION_MAX:
        stem, dot, extension = name, "", ""
    room = FILENAME_OCTETS_MAX - len((dot + extension).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + extension


def _word(value: str) -> str:
    """`type/subtype` or a single word; blanks around the slash are forgiven."""
    match = _WORD.match(value)
    assert match is not None, "nothing of the pattern is required"
    word, subtype = match.groups()
    return (word if subtype is None else f"{word}/{subtype}").lower().rstrip("\"'")


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """The sections in order; the first one may name the charset."""
    charset = ""
    octets: list[bytes] = []
    for number in sorted(parts):
        content, is_encoded = parts[number]
        if is_encoded and not octets and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        octet_run = content.encode("utf-8", "replace")
        octets.append(unquote_to_bytes(octet_run) if is_encoded else octet_run)
    return charsets.decode(b"".join(octets), charset.lower() or "utf-8")
