"""Which header fields are signed, and how often each (RFC 6376 5.4)."""

from collections.abc import Mapping, Sequence
from typing import Final

OVERSIGNED: Final = (
    *(b"from", b"to", b"cc", b"subject", b"date", b"reply-to", b"message-id"),
    *(b"in-reply-to", b"references", b"mime-version", b"content-type"),
    *(b"content-transfer-encoding", b"list-unsubscribe", b"list-unsubscribe-post"),
)
"""Signed once more than they occur: one that is added on the way breaks the signature
(RFC 6376 8.15), so a signed message cannot be sent on with another subject or body."""

SIGNED: Final = (
    *(b"sender", b"resent-date", b"resent-from", b"resent-to", b"resent-cc"),
    *(b"list-id", b"list-help", b"list-subscribe", b"list-post", b"list-owner"),
    *(b"list-archive", b"auto-submitted", b"feedback-id"),
)
"""Signed where they occur: hosts on the way, such as mailing lists, may add them.
Gmail reads a Feedback-ID only when it is signed."""


def choose(fields: Mapping[bytes, Sequence[bytes]]) -> tuple[bytes, ...]:
    """Names in the order of `h=`, each as often as it is signed; always with "from"."""
    names: list[bytes] = []
    for name in OVERSIGNED:
        names += [name] * (len(fields.get(name, ())) + 1)
    for name in SIGNED:
        names += [name] * len(fields.get(name, ()))
    return tuple(names)


def signed_text(
    fields: Mapping[bytes, Sequence[bytes]], names: Sequence[bytes]
) -> bytes:
    """
    The fields that `names` stand for, each with its CRLF.

    A name that comes again means the field above (RFC 6376 5.4.2); one too many means
    nothing.
    """
    left = {name: list(fields.get(name, ())) for name in set(names)}
    lines = [left[name].pop() for name in names if left[name]]
    return b"".join(line + b"\r\n" for line in lines)
