import pytest

from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.parse import Limits, parse


def nested(depth):
    """Multiparts in each other, with a text in the innermost."""
    head = "".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
        for level in range(depth)
    )
    return (head + "Content-Type: text/plain\r\n\r\nin the middle\r\n").encode()


def wide(parts):
    one = "--b\r\nContent-Type: image/png\r\n\r\nx\r\n"
    return f"Content-Type: multipart/mixed; boundary=b\r\n\r\n{one * parts}--b--\r\n".encode()


def test_the_deepest_that_is_read():
    parsed = parse(nested(50))
    assert parsed.text == "in the middle\n"
    assert Defect.DEPTH not in parsed.defects


def test_deeper_multiparts_become_one_attachment():
    parsed = parse(nested(1000))
    (part,) = parsed.attachments
    assert part.content_type == "multipart/mixed"
    assert part.path.count(".") == 49
    assert parsed.text == ""
    assert Defect.DEPTH in parsed.defects


def test_the_most_parts_that_are_read():
    parsed = parse(wide(1000))
    assert len(parsed.parts) == 1000
    assert parsed.defects == ()


def test_more_parts_are_left_out():
    parsed = parse(wide(100_000))
    assert len(parsed.parts) == 1000
    assert parsed.defects == (Defect.PARTS,)


def test_the_limit_counts_parts_that_wait_too():
    inner = wide(8).replace(b"boundary=b", b"boundary=i").replace(b"--b", b"--i")
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + (b"--b\r\n" + inner) * 3
        + b"--b--"
    )
    parsed = parse(raw, limits=Limits(parts=10))
    assert len(parsed.parts) == 10
    assert parsed.defects == (Defect.PARTS,)


@pytest.mark.parametrize(
    ("raw", "defect"),
    [
        pytest.param(
            b"A: " + b"x" * 1_000_000 + b"\r\n\r\nbody",
            Defect.HEADER_BYTES,
            id="one-long-line",
        ),
        pytest.param(
            b"A: b\r\n" * 10_000 + b"\r\nbody", Defect.HEADER_COUNT, id="many-fields"
        ),
        pytest.param(
            b"A: " + b"x" * 20_000 + b"\r\n\r\nbody",
            Defect.HEADER_VALUE,
            id="one-long-value",
        ),
    ],
)
def test_headers_beyond_measure_do_not_hide_the_body(raw, defect):
    parsed = parse(raw)
    assert defect in parsed.defects
    assert parsed.text == "body"
    assert len(parsed.headers) <= 1000
    assert all(len(header.value) <= 16_384 for header in parsed.headers)


def test_ids_keep_the_root_and_the_nearest():
    ids = [f"{number}@example.com" for number in range(150)]
    raw = (
        "References: " + "\r\n ".join(f"<{each}>" for each in ids) + "\r\n\r\n"
    ).encode()
    assert parse(raw).references == (ids[0], *ids[51:])
    assert parse(raw, limits=Limits(ids=1)).references == (ids[0],)
