"""
Writes DKIM-Signature fields (RFC 6376 3.5, 3.7).

What a key does to a digest is an argument: core knows no cryptography but hashing. A
message is read once, however many keys sign it.
"""

import base64
import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.mail.dkim import canonical, choice
from mailbot_server.core.mail.dkim.algorithm import Algorithm

VALID_FOR: Final = timedelta(days=7)
"""Until `x=`: longer than any host waits with a message, shorter than a good time to
send a copy of it to others (RFC 6376 8.6)."""

Sign = Callable[[bytes], bytes]
"""A SHA-256 digest → its signature: PKCS #1 v1.5, or PureEdDSA over the digest."""

_NAME: Final = "DKIM-Signature"
_LINE: Final = 74  # of base64, after one blank; RFC 5322 2.1.1 asks for 78
_END: Final = b"\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What of a message is signed: as much as all its signatures have in common."""

    names: tuple[bytes, ...]
    header: bytes
    body_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """In whose name: `domain` and `selector` are A-labels in lower case."""

    domain: str
    selector: str
    algorithm: Algorithm


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsigned:
    """A field but for its signature: its value so far, and the digest to sign."""

    value: bytes
    digest: bytes


def with_crlf(raw: bytes) -> bytes:
    """
    The message as it will be on the wire: CRLF at every line's end, the last too.

    A message that is so already is answered as it is.
    """
    ends = raw.count(_END)
    if raw.count(b"\n") != ends or raw.count(b"\r") != ends:
        raw = raw.replace(_END, b"\n").replace(b"\r", b"\n").replace(b"\n", _END)
    return raw if raw.endswith(_END) else raw + _END


def read(raw: bytes) -> Content:
    """What is signed of a message with CRLF line ends."""
    end = 0 if raw.startswith(_END) else raw.find(b"\r\n\r\n") + 2
    is_bare = end == 1  # no empty line: all of it is header
    fields = canonical.fields(raw if is_bare else raw[:end])
    names = choice.choose(fields)
    return Content(
        names=names,
        header=choice.signed_text(fields, names),
        body_digest=canonical.body_digest(raw, len(raw) if is_bare else end + 2),
    )


def unsigned(
    content: Content, signatory: Signatory, *, at: datetime | None
) -> Unsigned:
    """What is to be signed; valid for 7 days from `at`, or for ever without one."""
    value = _unsigned(content, signatory, at)
    bare = canonical.field(_NAME.lower().encode(), value)
    return Unsigned(value=value, digest=hashlib.sha256(content.header + bare).digest())


def signed(field: Unsigned, made: bytes) -> bytes:
    """The whole field with its CRLF, folded, to stand before the message."""
    folded = _folded(base64.b64encode(made))
    return b"".join([_NAME.encode(), b":", field.value, folded, _END])


def _unsigned(content: Content, by: Signatory, at: datetime | None) -> bytes:
    """The field's value up to and with `b=`, which is empty for the digest."""
    lines = [
        f" v=1; a={by.algorithm.value}; c=relaxed/relaxed;",
        f" d={by.domain};",
        f" s={by.selector};",
    ]
    if at is not None:
        signed, ends = int(at.timestamp()), int((at + VALID_FOR).timestamp())
        lines.append(f" t={signed}; x={ends};")
    lines += _names(content.names)
    lines.append(f" bh={base64.b64encode(content.body_digest).decode()};")
    lines.append(" b=")
    return "\r\n".join(lines).encode()


@functools.lru_cache(maxsize=256)
def _names(names: tuple[bytes, ...]) -> tuple[str, ...]:
    """`h=` in lines: the names, colons between them. Most mail has the same."""
    lines, line = [], " h="
    for number, name in enumerate(names):
        word = name.decode() + (":" if number < len(names) - 1 else ";")
        if len(line) + len(word) > _LINE:
            lines.append(line)
            line = " "
        line += word
    return (*lines, line)


def _folded(signature: bytes) -> bytes:
    """Base64 in lines; the first stands behind ` b=`."""
    first, rest = signature[: _LINE - 2], signature[_LINE - 2 :]
    rows = [rest[i : i + _LINE] for i in range(0, len(rest), _LINE)]
    return b"\r\n ".join([first, *rows])
