"""Lists of tags, as signatures and seals carry them (RFC 6376 3.2)."""

import base64
import re
from collections.abc import Mapping
from typing import Final

VALUE_BYTES_MAX: Final = 16 * 1024
"""RSA with 8192 bits takes 1400."""

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_NUMBER: Final = re.compile(r"[0-9]{1,76}")
_SIGNATURE: Final = re.compile(rb"((?:\A|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*")
_OUTER: Final = " \t\r\n"


def read(value: bytes) -> dict[str, str] | None:
    """Tag → value without outer blanks; None when it is no list of tags."""
    if len(value) > VALUE_BYTES_MAX:
        return None
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return None
    tags: dict[str, str] = {}
    pieces = text.split(";")
    if not pieces[-1].strip(_OUTER):
        pieces.pop()
    for piece in pieces:
        name, equals, content = piece.partition("=")
        name = name.strip(_OUTER)
        if not equals or name in tags or not _NAME.fullmatch(name):
            return None
        tags[name] = content.strip(_OUTER)
    return tags


def unsigned(value: bytes) -> bytes:
    """The same with nothing behind `b=` (RFC 6376 3.5, `b=`)."""
    return _SIGNATURE.sub(rb"\1", value)


def octets(text: str) -> bytes | None:
    """What base64 stands for, blanks left out; None when it is none."""
    try:
        return base64.b64decode(_BLANKS.sub("", text), validate=True)
    except ValueError:
        return None


def number(tags: Mapping[str, str], name: str) -> int | None:
    """A decimal number; -1 where there is none, None where it is something else."""
    if name not in tags:
        return -1
    return int(tags[name]) if _NUMBER.fullmatch(tags[name]) else None


def names(text: str) -> tuple[bytes, ...]:
    """What stands between colons, in lower case."""
    return tuple(word.strip(_OUTER).lower().encode() for word in text.split(":"))
