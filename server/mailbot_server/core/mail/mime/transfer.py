"""Undoes Content-Transfer-Encoding, damaged as it may be (RFC 2045 6)."""

import binascii
import re
from typing import Final

from mailbot_server.core.mail.mime.defect import Defect

_NOT_BASE64: Final = bytes(
    sorted(
        set(range(256))
        - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
    )
)
_PIECES: Final = (
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"
)
_FOOTER_WITHIN: Final = 1024
"""Octets at the end in which words give a footer away."""

_PADDING_END: Final = re.compile(rb"={1,2}[ \t]*+\r?+\n")
_PADDING: Final = re.compile(rb"=+")
_RUNS_MAX: Final = 100_000
"""Pieces encoded one by one; behind so many, padding is only dropped."""

# Blanks that a transport added behind a soft line break (RFC 2045 6.7).
_SOFT_BREAK: Final = re.compile(rb"=[ \t]+\r?\n")
# Text that was never encoded: an encoder leaves no "=" as it is.
_BARE: Final = re.compile(rb"={2,}+")
_UU_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n?", re.MULTILINE)

# Names seen in mail → the one that we keep.
_NAMES: Final = {
    "": "",
    "7bit": "",
    "8bit": "",
    "binary": "",
    "7-bit": "",
    "8-bit": "",
    "base64": "base64",
    "quoted-printable": "quoted-printable",
    "quoted/printable": "quoted-printable",
    "quotedprintable": "quoted-printable",
    "uue": "x-uuencode",
    "uuencode": "x-uuencode",
    "x-uue": "x-uuencode",
    "x-uuencode": "x-uuencode",
}


def encoding_of(value: str) -> tuple[str, Defect | None]:
    """A Content-Transfer-Encoding field's value as `Part.encoding`; "" for identity."""
    name = value.strip(" \t\"';").lower()
    known = _NAMES.get(name)
    if known is None:
        # A comment or a parameter may follow.
        words = re.split(r"[\s;(]", name, maxsplit=1)
        known = _NAMES.get(words[0].strip("\"'"))
    return ("", Defect.UNKNOWN_ENCODING) if known is None else (known, None)


def decode(data: bytes, encoding: str) -> tuple[bytes, Defect | None]:
    """The content behind an encoding that `encoding_of` gave; never fails."""
    if not encoding:
        return data, None
    if encoding == "quoted-printable":
        if b"= " in data or b"=\t" in data:
            data = _SOFT_BREAK.sub(b"=\n", data)
        if b"==" in data:
            data = _BARE.sub(lambda signs: b"=3D" * len(signs[0]), data)
        return binascii.a2b_qp(data), None
    if encoding == "base64":
        return decode_base64(data)
    return _decode_uu(data)


def decode_base64(data: bytes) -> tuple[bytes, Defect | None]:
    """
    Base64 with anything between its characters and padding anywhere.

    The library's decoder stops at the first padding; what is sent in pieces that were
    encoded one by one goes on after it.
    """
    body = _without_footer(data)
    if len(body) < len(data):
        return decode_base64(body)[0], Defect.BAD_ENCODING
    first = data.find(b"=")
    if first < 0 or not data[first:].translate(None, _NOT_BASE64).strip(b"="):
        try:
            return binascii.a2b_base64(data), None
        except binascii.Error:
            pass
    runs = _PADDING.split(data.translate(None, _NOT_BASE64), maxsplit=_RUNS_MAX)
    runs[-1] = runs[-1].translate(None, b"=")
    return b"".join(map(_decode_run, runs)), Defect.BAD_ENCODING


def _without_footer(data: bytes) -> bytes:
    """`data` without the words that a list's server has put below what is encoded."""
    if not data[-_FOOTER_WITHIN:].translate(None, _PIECES):
        return data
    gaps = [data.find(gap) for gap in (b"\n\r\n", b"\n\n")]
    padding = _PADDING_END.match(data, at) if (at := data.find(b"=")) >= 0 else None
    if padding:
        gaps.append(padding.end())
    end = min((gap for gap in gaps if gap > 0), default=len(data))
    return data[:end] if data[end:].translate(None, _PIECES) else data


def _decode_run(run: bytes) -> bytes:
    """One unpadded run; a last lone character holds no whole octet and is dropped."""
    if len(run) % 4 == 1:
        run = run[:-1]
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def _decode_uu(data: bytes) -> tuple[bytes, Defect | None]:
    begin = _UU_BEGIN.search(data)
    if begin is None:
        return data, Defect.BAD_ENCODING
    decoded: list[bytes] = []
    for line in filter(None, data[begin.end() :].splitlines()):
        if line.strip() == b"end":
            return b"".join(decoded), None
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Trailing garbage: as many characters as the line's own length asks for.
            wanted = ((line[0] - 32) & 63) * 4 // 3 + 3
            try:
                decoded.append(binascii.a2b_uu(line[: 1 + wanted // 4 * 4]))
            except binascii.Error:
                break
    return b"".join(decoded), Defect.BAD_ENCODING
