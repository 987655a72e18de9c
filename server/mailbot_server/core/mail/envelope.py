"""Who a message is from and to on the wire, apart from its headers (RFC 5321 2.3.1)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """
    One mail transaction as our SMTP session took it.

    Addresses are as `address.parse_path` gives them: domain as lower-case A-labels.
    """

    reverse_path: str | None
    """None is the null reverse-path `<>`: a bounce, which never causes mail."""

    forward_paths: tuple[str, ...]
    """The accepted recipients, in the order of their RCPT commands."""

    helo: str
    """What the client called itself in HELO or EHLO; proves nothing."""

    peer_ip: str
    """The client's IP address as text."""

    tls: bool = False
    """Whether the transaction ran over TLS."""

    smtputf8: bool = False
    """Whether MAIL asked for SMTPUTF8 (RFC 6531 3.4)."""

    protocol: str = "ESMTP"
    """The `with` word of our Received field: SMTP, ESMTPS, UTF8SMTPS … (RFC 3848)."""
