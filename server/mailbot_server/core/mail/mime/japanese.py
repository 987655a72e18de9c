"""Japanese as Windows writes it: JIS with the signs of its maker (CP50221, CP51932)."""

import re
from typing import Final

_ESCAPE: Final = re.compile(rb"\x1b(\$\(?[@B]|\([BHIJ])")

# Two octets; a sign of half width; everything else is read as ASCII.
_EUC: Final = re.compile(rb"(?:[\xa1-\xfe]{2})+|(?:\x8e[\xa1-\xdf])+|[^\x80-\xff]+")

_CELLS: Final = bytes(range(0x21, 0x7F))
_ROWS_BELOW_THE_GAP: Final = 62
"""Shift_JIS leaves room for signs of half width between its lead octets."""


def read_jis(data: bytes) -> str | None:
    """
    ISO-2022-JP with signs that the standard has not, as "①"; None for anything else.

    Mail programs use them all the same: they write what Windows' CP50221 has.
    """
    pieces = _ESCAPE.split(data)
    try:
        read = [pieces[0].decode("ascii")]
        for escape, run in zip(pieces[1::2], pieces[2::2], strict=True):
            if escape[:1] == b"$":
                if run.translate(None, _CELLS):
                    return None
                read.append(_pairs(run))
            elif escape == b"(I":
                read.append(bytes(octet | 0x80 for octet in run).decode("cp932"))
            else:
                read.append(run.decode("ascii"))
    except UnicodeDecodeError:
        return None
    text = "".join(read)
    return None if "\x1b" in text else text


def read_euc(data: bytes) -> str | None:
    """EUC-JP with the same signs; None where it holds anything else."""
    read: list[str] = []
    position = 0
    try:
        while match := _EUC.match(data, position):
            run = match[0]
            position = match.end()
            if run[0] == 0x8E:
                read.append(run.replace(b"\x8e", b"").decode("cp932"))
            elif run[0] > 0x80:
                read.append(_pairs(bytes(octet & 0x7F for octet in run)))
            else:
                read.append(run.decode("ascii"))
    except UnicodeDecodeError:
        return None
    return "".join(read) if position == len(data) else None


def _pairs(run: bytes) -> str:
    """Rows and cells of JIS X 0208, by way of the place that Shift_JIS gives them."""
    shifted = bytearray()
    for row, cell in zip(run[::2], run[1::2], strict=False):
        number = row - 0x21
        shifted.append(number // 2 + (0x81 if number < _ROWS_BELOW_THE_GAP else 0xC1))
        if number % 2:
            shifted.append(cell + 0x7E)
        else:
            shifted.append(cell + 0x1F + (cell >= 0x60))
    return shifted.decode("cp932") + "\ufffd" * (len(run) % 2)
