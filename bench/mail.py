"""Distinct messages of 5 or 50 KB that belong to conversations, as bytes for DATA."""

import base64
import random
from typing import Final

PARAGRAPH: Final = (
    "We looked at the figures again and found that the second table counts returned "
    "items twice; the total is therefore lower than we wrote in the last message. "
)
CONVERSATION: Final = 4
"""Every fourth message begins a conversation, the next three answer it."""

ATTACHMENT_BYTES: Final = 33_000
"""44 KB as base64."""


def message(run: str, number: int, recipient: str, size_bytes: int = 5000) -> bytes:
    """
    Message `number` of a run, CRLF line ends, without the final dot.

    multipart/alternative; replies name their predecessors in References.
    """
    first = number - number % CONVERSATION
    ids = [f"<{run}.{n}@bench.example.com>" for n in range(first, number + 1)]
    boundary = f"b{number:08d}"
    text = _fill(size_bytes * 2 // 5)
    html = _fill(size_bytes * 2 // 5).replace("\r\n", "<br>\r\n")
    subject = f"Figures of order {first} in run {run}"
    lines = [
        f"From: =?utf-8?q?J=C3=B6rg?= <joerg{number % 97}@bench.example.com>",
        f"To: <{recipient}>",
        f"Subject: {'Re: ' if number != first else ''}{subject}",
        f"Message-ID: {ids[-1]}",
        "Date: Mon, 02 Mar 2026 12:00:00 +0000",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        *_trace(number),
    ]
    if number != first:
        lines += [f"In-Reply-To: {ids[-2]}", "References: " + "\r\n ".join(ids[:-1])]
    part = f"--{boundary}\r\nContent-Type: text/%s; charset=utf-8\r\n\r\n"
    return "\r\n".join(
        [
            *lines,
            "",
            part % "plain" + text,
            part % "html" + f"<html><body><p>{html}</p></body></html>",
            f"--{boundary}--",
            "",
        ]
    ).encode()


def with_attachment(run: str, number: int, recipient: str) -> bytes:
    """The same of 50 KB: multipart/mixed with a PDF in base64, no two alike."""
    head, _, body = message(run, number, recipient).partition(b"\r\n\r\n")
    inner = f'Content-Type: multipart/alternative; boundary="b{number:08d}"'.encode()
    outer = f'Content-Type: multipart/mixed; boundary="m{number:08d}"'.encode()
    octets = random.Random(f"{run} {number}").randbytes(ATTACHMENT_BYTES)
    attached = [
        "Content-Type: application/pdf",
        f'Content-Disposition: attachment; filename="figures {number}.pdf"',
        "Content-Transfer-Encoding: base64",
    ]
    mark = f"--m{number:08d}".encode()
    encoded = base64.encodebytes(octets).replace(b"\n", b"\r\n")
    return b"\r\n".join(
        [
            head.replace(inner, outer),
            b"",
            mark,
            inner,
            b"",
            body + mark,
            "\r\n".join(attached).encode(),
            b"",
            encoded + mark + b"--",
            b"",
        ]
    )


def _trace(number: int) -> list[str]:
    hop = "Received: from relay%d.bench.example.com (192.0.2.%d)\r\n\tby mx.example.com"
    return [hop % (n, (number + n) % 250) + " with ESMTPS" for n in range(3)]


def _fill(size: int) -> str:
    line = PARAGRAPH.strip()[:140]
    return "\r\n".join([line] * max(1, size // len(line)))
