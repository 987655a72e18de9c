import base64
import hashlib

from mailbot_server.core.mail.mime.part import Part
from mailbot_server.core.mail.parse import parse, part_bytes

CONTENT = bytes(range(256))
RAW = b"\r\n".join(
    (
        b"Content-Type: application/octet-stream; name=all.bin",
        b"Content-Transfer-Encoding: base64",
        b"Content-Disposition: attachment",
        b"Content-ID: <all@example.com>",
        b"",
        base64.b64encode(CONTENT),
        b"",
    )
)


def test_a_part_says_where_it_lies_and_what_it_decodes_to():
    offset = RAW.index(b"\r\n\r\n") + 4
    assert parse(RAW).parts == (
        Part(
            path="1",
            offset=offset,
            length=len(RAW) - offset,
            encoding="base64",
            content_type="application/octet-stream",
            charset="",
            filename="all.bin",
            content_id="all@example.com",
            disposition="attachment",
            size_bytes=256,
            sha256=hashlib.sha256(CONTENT).hexdigest(),
            is_body=False,
        ),
    )


def test_a_part_is_cut_from_raw_again():
    (part,) = parse(RAW).parts
    assert part_bytes(RAW, part) == CONTENT
