"""Writes the trace fields of a message that we received (RFC 5321 4.4)."""

import re
from datetime import datetime
from typing import Final

from mailbot_server.core.mail import field
from mailbot_server.core.mail.envelope import Envelope

_NAME: Final = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")


def trace_fields(
    envelope: Envelope, *, by: str, message_id: str, at: datetime, recipient: str = ""
) -> bytes:
    """
    Return-Path and Received, CRLF line ends, to stand before the message.

    `recipient` is named in the `for` clause; leave it out where several were addressed,
    because nobody may learn of the others (RFC 5321 7.2). Without a client, as for mail
    from one inbox to another, no session is told of.
    """
    source = with_ = ""
    if envelope.peer_ip:
        source = f"from {_client(envelope)}\r\n\t"
        with_ = f" with {envelope.protocol}"
    target = f"\r\n\tfor <{recipient}>" if recipient else ""
    received = (
        f"{source}by {by}{with_} id {message_id}{target};\r\n\t{field.date_time(at)}"
    )
    lines = f"Return-Path: <{envelope.reverse_path or ''}>\r\nReceived: {received}\r\n"
    return lines.encode()


def submission_field(*, by: str, protocol: str, message_id: str, at: datetime) -> str:
    """
    Received for a message that was handed in, without its last CRLF.

    RFC 5321 4.4 asks for the client's name and address. They are left out: they say
    where a person sits or how a network is built, to every reader of the message, and
    who handed it in stands in its From.
    """
    moment = field.date_time(at)
    return f"Received: by {by} with {protocol} id {message_id};\r\n\t{moment}"


def protocol(
    *, extended: bool, tls: bool, smtputf8: bool, authenticated: bool = False
) -> str:
    """The `with` word for a session (RFC 3848, RFC 6531 4.3)."""
    if not extended:
        return "SMTP"
    word = "UTF8SMTP" if smtputf8 else "ESMTP"
    return f"{word}{'S' * tls}{'A' * authenticated}"


def _client(envelope: Envelope) -> str:
    """What the client called itself, if it can be written, and its address."""
    literal = (
        f"IPv6:{envelope.peer_ip}" if ":" in envelope.peer_ip else envelope.peer_ip
    )
    name = envelope.helo if _NAME.fullmatch(envelope.helo) else "unknown"
    return f"{name} ([{literal}])"
