import pytest

from mailbot_server.core.mail.dsn.layout import Layout, take_apart
from mailbot_server.core.mail.parse import parse

BLOCKS = (
    "Reporting-MTA: dns; mx.example.com\n\n"
    "Final-Recipient: rfc822; ann@example.com\nAction: failed\nStatus: 5.1.1\n"
)
RETURNED = "Message-ID: <1@example.org>\nTo: ann@example.com\nSubject: Hi\n\nWords\n"


def layout(*parts: tuple[str, str]) -> Layout:
    body = "".join(f"--b\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts)
    raw = f"Content-Type: multipart/mixed; boundary=b\n\n{body}--b--\n".encode()
    return take_apart(raw, parse(raw))


def test_each_part_has_its_place() -> None:
    found = layout(
        ("text/plain", "It failed."),
        ("message/delivery-status", BLOCKS),
        ("message/rfc822", RETURNED),
    )

    assert found.lines[0] == "It failed."
    assert found.blocks.message["reporting-mta"] == "dns; mx.example.com"
    assert [one["status"] for one in found.blocks.recipients] == ["5.1.1"]
    assert found.has_status
    assert not found.is_pasted
    assert [one.name for one in found.headers] == ["Message-ID", "To", "Subject"]
    assert found.inner


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream"])
def test_blocks_of_another_type_are_pasted(kind: str) -> None:
    found = layout(("text/plain", "It failed."), (kind, BLOCKS))

    assert found.is_pasted
    assert [one["action"] for one in found.blocks.recipients] == ["failed"]


def test_a_large_file_is_not_looked_into() -> None:
    found = layout(("application/octet-stream", "x" * 20_000 + "\n\n" + BLOCKS))

    assert not found.has_status


def test_html_beside_the_same_text_is_not_read_twice() -> None:
    raw = (
        b"Content-Type: multipart/alternative; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nIt failed.\n"
        b"--b\nContent-Type: text/html\n\n<p>It failed.</p>\n--b--\n"
    )

    assert [line for line in take_apart(raw, parse(raw)).lines if line] == [
        "It failed."
    ]


def test_what_a_text_returns_is_cut_off() -> None:
    raw = f"Subject: x\n\nIt failed.\n\nReceived: from a by b\n{RETURNED}".encode()
    found = take_apart(raw, parse(raw))

    assert found.lines == ["It failed.", ""]
    assert "Message-ID" in [one.name for one in found.headers]
