"""Reads whom a proxy speaks for: the PROXY header, versions 1 and 2."""

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

SIGNATURE: Final = b"\r\n\r\n\x00\r\nQUIT\n"
"""How version 2 begins, so that nobody takes it for anything else."""

WORD: Final = b"PROXY "

LINE_MAX: Final = 107
"""Octets of version 1 with its CRLF, by its specification."""

HEADER_MAX: Final = 4096
"""Octets of version 2; beside the addresses there is room for what we do not read."""

_PREAMBLE: Final = struct.Struct("!12sBBH")
_LOCAL: Final = 0x20
_PROXIED: Final = 0x21
_UNSPECIFIED: Final = 0x00
_ADDRESSES: Final = {0x11: (IPv4Address, 4, 12), 0x21: (IPv6Address, 16, 36)}
_FAMILIES: Final = {b"TCP4": IPv4Address, b"TCP6": IPv6Address}
_PORT_MAX: Final = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What was read; `size` octets of the input are the header."""

    size: int
    peer_ip: str
    """Empty: the proxy speaks for itself."""


class Malformed(Exception):
    """No PROXY header begins so."""


def read(octets: bytes) -> Header | None:
    """The header at the beginning; None while it is not whole; raises Malformed."""
    if octets[: len(SIGNATURE)] == SIGNATURE[: len(octets)]:
        return _read_binary(octets)
    if octets[: len(WORD)] == WORD[: len(octets)]:
        return _read_line(octets)
    raise Malformed


def _read_line(octets: bytes) -> Header | None:
    end = octets.find(b"\r\n", 0, LINE_MAX)
    if end < 0:
        if len(octets) >= LINE_MAX:
            raise Malformed
        return None
    family, *words = octets[len(WORD) : end].split(b" ")
    if family == b"UNKNOWN":
        return Header(size=end + 2, peer_ip="")
    kind = _FAMILIES.get(family)
    if kind is None or len(words) != len(("source", "target", "port", "port")):
        raise Malformed
    source, target, *ports = words
    if not all(map(_is_port, ports)):
        raise Malformed
    try:
        for word in (source, target):
            kind(word.decode("ascii"))
        return Header(size=end + 2, peer_ip=plain(source.decode("ascii")))
    except ValueError as error:
        raise Malformed from error


def _read_binary(octets: bytes) -> Header | None:
    if len(octets) < _PREAMBLE.size:
        return None
    _, command, family, length = _PREAMBLE.unpack_from(octets)
    size = _PREAMBLE.size + length
    if command not in {_LOCAL, _PROXIED} or size > HEADER_MAX:
        raise Malformed
    if len(octets) < size:
        return None
    if command == _LOCAL or family == _UNSPECIFIED:
        return Header(size=size, peer_ip="")
    if family not in _ADDRESSES:
        raise Malformed
    kind, width, least = _ADDRESSES[family]
    if length < least:
        raise Malformed
    packed = octets[_PREAMBLE.size : _PREAMBLE.size + width]
    return Header(size=size, peer_ip=plain(str(kind(packed))))


def plain(text: str) -> str:
    """An address as it is compared: without a zone, IPv4 as itself."""
    text = text.partition("%")[0]
    if ":" not in text:
        return text
    address = ip_address(text)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _is_port(word: bytes) -> bool:
    return word.isdigit() and len(word) <= len("65535") and int(word) <= _PORT_MAX
