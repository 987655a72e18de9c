"""One leaf of the MIME tree: where it lies in the raw message (RFC 2045, 2046)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where a part lies in the raw message and what it says of itself."""

    path: str
    """Position in the tree as IMAP counts it: "1", "2.1" (RFC 3501 6.4.5)."""

    offset: int
    """First byte of the encoded body in raw."""

    length: int
    """Bytes of the encoded body."""

    encoding: str
    """base64, quoted-printable, x-uuencode, or "" for a body that is as it is."""

    content_type: str
    """Lower case, always type/subtype."""

    charset: str
    """As declared, lower case; may be empty or nonsense."""

    filename: str
    """Safe: no path, no control or direction characters, ≤ 255 octets; may be empty."""

    content_id: str
    """Without <>; may be empty."""

    disposition: str
    """inline, attachment, or "" when the part does not say."""

    size_bytes: int
    """Of the decoded body."""

    sha256: str
    """Of the decoded body, 64 hex digits."""

    is_body: bool
    """Whether it is (an alternative of) what the sender wrote, not an attachment."""
