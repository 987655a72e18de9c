import pytest

from mailbot_server.core.mail.mime import facts
from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.mime.header import read_block
from mailbot_server.core.mail.mime.limits import Limits

LIMITS = Limits()


def of_block(head, parent=""):
    return facts.of_block(read_block(head, 0, len(head), LIMITS), parent)


def test_everything_that_a_part_says():
    found = of_block(
        b"Content-Type: Text/Plain; charset=UTF-8; format=flowed; DelSp=Yes\r\n"
        b"Content-Transfer-Encoding: BASE64\r\n"
        b'Content-Disposition: inline; filename="a.txt"\r\n'
        b"Content-ID: < i@x >\r\n"
    )
    assert found == facts.Facts(
        content_type="text/plain",
        boundary="",
        root="",
        charset="utf-8",
        is_delsp=True,
        encoding="base64",
        disposition="inline",
        filename="a.txt",
        is_shown=True,
        content_id="i@x",
        defects=(),
    )


@pytest.mark.parametrize(
    ("parent", "content_type"),
    [
        pytest.param("multipart/mixed", "text/plain", id="rfc2045-5.2"),
        pytest.param("multipart/digest", "message/rfc822", id="rfc2046-5.1.5"),
    ],
)
def test_a_part_that_says_nothing(parent, content_type):
    assert of_block(b"", parent).content_type == content_type
    found, offset = facts.of_part(b"..\r\nbody", 2, 8, parent, LIMITS)
    assert (found.content_type, offset) == (content_type, 4)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        pytest.param(b"Content-Type: a/b; name=t.txt", "t.txt", id="of-the-type"),
        pytest.param(
            b"Content-Type: a/b; name=t.txt\r\n"
            b"Content-Disposition: attachment; filename=d.txt",
            "d.txt",
            id="rfc2183-2.3-wins",
        ),
        pytest.param(
            b"Content-Type: a/b; name=t.txt\r\nContent-Disposition: attachment",
            "t.txt",
            id="disposition-without-one",
        ),
    ],
)
def test_the_name_of_a_file(head, name):
    assert of_block(head).filename == name


@pytest.mark.parametrize(
    ("value", "disposition"),
    [
        pytest.param("INLINE; x=y", "inline", id="rfc2183-2.1"),
        pytest.param("attachment", "attachment", id="rfc2183-2.2"),
        pytest.param("form-data; name=x", "attachment", id="rfc2183-2.8-unknown"),
        pytest.param("; filename=x.txt", "attachment", id="a-name-alone"),
        pytest.param("=?utf-8?q?x?=", "", id="no-word-at-all"),
        pytest.param("", "", id="empty"),
    ],
)
def test_dispositions(value, disposition):
    assert of_block(f"Content-Disposition: {value}".encode()).disposition == disposition


def test_a_part_is_read_where_it_lies():
    raw = b"..Content-Type: image/png\r\n\r\npixels.."
    found, offset = facts.of_part(raw, 2, len(raw) - 2, "", LIMITS)
    assert found.content_type == "image/png"
    assert raw[offset:-2] == b"pixels"


def test_repeated_blocks_keep_their_own_places_and_limits():
    head = b"Content-Type: image/png\r\nContent-ID: <i>\r\n\r\n"
    for start in (0, 7, 0):
        raw = b"x" * start + head + b"body"
        found, offset = facts.of_part(raw, start, len(raw), "", LIMITS)
        assert (found.content_id, offset) == ("i", start + len(head))
    found, _ = facts.of_part(head, 0, len(head), "", Limits(headers=1))
    assert (found.content_id, found.defects) == ("", (Defect.HEADER_COUNT,))


def test_a_body_without_an_empty_line_before_it_begins_where_the_fields_end():
    raw = b"Content-Type: text/html\r\n<p>no blank line\r\n\r\nmore"
    found, offset = facts.of_part(raw, 0, len(raw), "", LIMITS)
    assert found.content_type == "text/html"
    assert found.defects == (Defect.BAD_HEADER,)
    assert raw[offset:].startswith(b"<p>")


def test_a_boundary_loses_the_blanks_at_its_end():
    assert of_block(b'Content-Type: multipart/mixed; boundary="b "').boundary == "b"


@pytest.mark.parametrize(
    ("value", "charset"),
    [("UTF-8 (what else)", "utf-8"), ('"a\0b"', "a\ufffdb"), ("\0", "\ufffd")],
)
def test_charsets_can_be_stored(value, charset):
    head = f"Content-Type: text/plain; charset={value}".encode()
    assert of_block(head).charset == charset


@pytest.mark.parametrize(
    ("head", "filename"),
    [
        pytest.param(b"Content-Type: image/png; filename=a.png", "a.png", id="type"),
        pytest.param(
            b"Content-Disposition: attachment; name=a.png", "a.png", id="disposition"
        ),
        pytest.param(b"Content-Disposition: filename=a.png", "a.png", id="no-word"),
        pytest.param(
            b"Content-Disposition: form-data; name=field", "", id="name-of-a-field"
        ),
        pytest.param(
            b"Content-Type: image/png; name=b.png; filename=a.png", "b.png", id="both"
        ),
        pytest.param(
            b"Content-Type: text/plain;\r\nname=a.txt\r\n\r\n", "a.txt", id="lost-fold"
        ),
    ],
)
def test_names_where_senders_put_them(head, filename):
    assert of_block(head).filename == filename


def test_a_type_named_twice_and_an_encoding_in_a_word():
    found = of_block(
        b"Content-Type: Content-Type: text/html; charset=koi8-r\r\n"
        b"Content-Transfer-Encoding: =?utf-8?Q?base64?="
    )
    assert (found.content_type, found.charset, found.encoding) == (
        "text/html",
        "koi8-r",
        "base64",
    )


def test_the_root_of_a_related_multipart():
    found = of_block(b'Content-Type: multipart/related; boundary=b; start="<r@x>"')
    assert found.root == "r@x"
