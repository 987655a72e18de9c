import pytest

from mailbot_server.core.mail.mime.header import read_block
from mailbot_server.core.mail.mime.limits import Limits
from mailbot_server.core.mail.mime.tree import Walk


def part(kind, body, *fields):
    return "\r\n".join((f"Content-Type: {kind}", *fields, "", body)).encode()


def multi(kind, *parts, boundary="b"):
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    delimiter = f"--{boundary}".encode()
    return (
        head
        + b"".join(delimiter + b"\r\n" + each + b"\r\n" for each in parts)
        + delimiter
        + b"--\r\n"
    )


def texts_of(walked):
    return [piece.text for piece in walked.pieces if not piece.is_html]


def htmls_of(walked):
    return [piece.text for piece in walked.pieces if piece.is_html]


def walk(raw):
    walked = Walk(raw, Limits())
    walked.run(read_block(raw, 0, len(raw), Limits()), lambda: False)
    return walked


ATTACHED = "Content-Disposition: attachment"
PLAIN = part("text/plain", "plain")
HTML = part("text/html", "<p>html")
IMAGE = part(
    "image/png", "png", "Content-ID: <i>", "Content-Disposition: inline; filename=i.png"
)
PDF = part("application/pdf; name=a.pdf", "pdf", ATTACHED)
CALENDAR = part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("raw", "texts", "htmls", "attached"),
    [
        pytest.param(b"\r\nplain", ["plain"], [], [], id="rfc2045-5.2-no-type"),
        pytest.param(PLAIN, ["plain"], [], [], id="text"),
        pytest.param(HTML, [], ["<p>html"], [], id="html"),
        pytest.param(
            multi("alternative", PLAIN, HTML),
            ["plain"],
            ["<p>html"],
            [],
            id="rfc2046-5.1.4",
        ),
        pytest.param(
            multi("mixed", PLAIN, PDF),
            ["plain"],
            [],
            ["application/pdf"],
            id="rfc2046-5.1.3",
        ),
        pytest.param(
            multi(
                "mixed",
                multi(
                    "alternative",
                    PLAIN,
                    multi("related", HTML, IMAGE, boundary="r"),
                    boundary="a",
                ),
                PDF,
            ),
            ["plain"],
            ["<p>html"],
            ["image/png", "application/pdf"],
            id="the-usual-tree",
        ),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=b\r\nX: y\r\n"
            + multi("mixed", PLAIN, PDF).partition(b"\r\n\r\n")[2],
            ["plain"],
            [],
            ["application/pdf"],
            id="no-empty-line-before-the-parts",
        ),
        pytest.param(
            multi(
                'related; start="<h>"',
                IMAGE,
                part("text/html", "<p>html", "Content-ID: <h>"),
            ),
            [],
            ["<p>html"],
            ["image/png"],
            id="rfc2387-start",
        ),
        pytest.param(
            part("plain/text", "plain"),
            ["plain"],
            [],
            [],
            id="type-the-wrong-way-round",
        ),
        pytest.param(
            part("text/plain", "See\r\nbegin 644 a\r\n#86)C\r\n`\r\nend\r\nends"),
            ["See\nends"],
            [],
            ["application/octet-stream"],
            id="file-in-the-text",
        ),
        pytest.param(
            part("text/plain", "one\r\r\ntwo\rthree"),
            ["one\ntwo\nthree"],
            [],
            [],
            id="crcrlf",
        ),
        pytest.param(
            multi("mixed", PLAIN, PDF, PLAIN),
            ["plain", "plain"],
            [],
            ["application/pdf"],
            id="text-around-an-attachment",
        ),
        pytest.param(
            multi("mixed", PLAIN, part("text/plain", "file", ATTACHED)),
            ["plain"],
            [],
            ["text/plain"],
            id="rfc2183-2.2-attached-text",
        ),
        pytest.param(
            multi("mixed", PLAIN, part("text/plain; name=a.txt", "file")),
            ["plain"],
            [],
            ["text/plain"],
            id="named-text",
        ),
        pytest.param(
            multi(
                "mixed",
                PLAIN,
                part(
                    "text/html", "file", "Content-Disposition: inline; filename=a.html"
                ),
            ),
            ["plain"],
            ["file"],
            [],
            id="rfc2183-2.1-inline-with-a-file-name",
        ),
        pytest.param(
            multi(
                "mixed",
                PLAIN,
                part(
                    "text/html; name=a.html",
                    "file",
                    "Content-Disposition: inline; filename=a.html",
                ),
            ),
            ["plain"],
            [],
            ["text/html"],
            id="inline-with-a-type-that-has-a-name",
        ),
        pytest.param(
            multi("mixed", part("text/plain; name=a.txt", "first"), PLAIN),
            ["first", "plain"],
            [],
            [],
            id="rfc8621-4.1.4-the-first-part-is-text-even-with-a-name",
        ),
        pytest.param(
            multi("mixed", part("text/plain; name=a.txt", "first", ATTACHED), PLAIN),
            ["plain"],
            [],
            ["text/plain"],
            id="attached-first",
        ),
        pytest.param(
            multi("mixed", part("text/csv", "a,b"), PLAIN),
            ["plain"],
            [],
            ["text/csv"],
            id="text-of-another-type",
        ),
        pytest.param(
            part("text/plain; name=body.txt", "plain"),
            ["plain"],
            [],
            [],
            id="named-message",
        ),
        pytest.param(
            part("text/plain", "plain", ATTACHED),
            [],
            [],
            ["text/plain"],
            id="attached-message",
        ),
        pytest.param(
            part("text/plain", "x", "Content-Disposition: form-data"),
            [],
            [],
            ["text/plain"],
            id="rfc2183-2.8-unknown",
        ),
        pytest.param(
            multi("alternative", part("text/plain; name=a", "plain"), HTML),
            ["plain"],
            ["<p>html"],
            [],
            id="named-alternative",
        ),
        pytest.param(
            multi("alternative", PLAIN, PLAIN, HTML, HTML),
            ["plain"],
            ["<p>html"],
            [],
            id="alternatives-sent-twice",
        ),
        pytest.param(
            multi("alternative", PLAIN, part("text/plain", "more"), HTML),
            ["plain", "more"],
            ["<p>html"],
            [],
            id="alternatives-of-one-type",
        ),
        pytest.param(
            multi("alternative", PLAIN, part("text/enriched", "<b>x"), HTML),
            ["plain"],
            ["<p>html"],
            ["text/enriched"],
            id="rfc8621-4.1.4-rendering-of-another-type",
        ),
        pytest.param(
            multi("alternative", PLAIN, part("text/x-amp-html", "amp"), HTML),
            ["plain"],
            ["<p>html"],
            [],
            id="alternative-of-another-type",
        ),
        pytest.param(
            multi("alternative", PLAIN, CALENDAR),
            ["plain"],
            [],
            ["text/calendar"],
            id="rfc6047-invitation",
        ),
        pytest.param(
            multi("related", HTML, part("text/html", "<p>frame", "Content-ID: <f>")),
            [],
            ["<p>html"],
            ["text/html"],
            id="rfc2387-frame",
        ),
        pytest.param(
            multi("related", PLAIN, HTML),
            ["plain"],
            ["<p>html"],
            [],
            id="related-for-alternative",
        ),
        pytest.param(
            multi("mixed", PLAIN, part("message/rfc822", "Subject: in\r\n\r\ninner")),
            ["plain"],
            [],
            ["message/rfc822"],
            id="rfc2046-5.2.1-kept-whole",
        ),
        pytest.param(
            multi("digest", b"\r\nSubject: in\r\n\r\ninner"),
            [],
            [],
            ["message/rfc822"],
            id="rfc2046-5.1.5",
        ),
        pytest.param(
            multi(
                "report; report-type=delivery-status",
                PLAIN,
                part("message/delivery-status", "Status: 5.1.1"),
                part("text/rfc822-headers", "Subject: x"),
            ),
            ["plain"],
            [],
            ["message/delivery-status", "text/rfc822-headers"],
            id="rfc6522",
        ),
        pytest.param(
            multi("signed", PLAIN, part("application/pgp-signature", "sig")),
            ["plain"],
            [],
            ["application/pgp-signature"],
            id="rfc1847",
        ),
        pytest.param(
            part("multipart/mixed", "--b\r\n\r\nx"),
            ["--b\r\n\r\nx".replace("\r", "")],
            [],
            [],
            id="boundary-not-named",
        ),
        pytest.param(
            part("multipart/mixed; boundary=" + "b" * 257, "x"),
            ["x"],
            [],
            [],
            id="boundary-too-long",
        ),
        pytest.param(
            part("multipart/mixed; boundary=z", "x"),
            ["x"],
            [],
            [],
            id="boundary-not-found",
        ),
        pytest.param(
            part(
                "multipart/mixed", multi("x", PLAIN, PDF).decode().partition("\n\r")[2]
            ),
            ["plain"],
            [],
            ["application/pdf"],
            id="boundary-not-named-but-seen",
        ),
        pytest.param(
            multi("mixed", PLAIN, PDF).replace(b"--b", b"--B"),
            ["plain"],
            [],
            ["application/pdf"],
            id="boundary-in-another-case",
        ),
        pytest.param(
            multi("mixed", multi("alternative", PLAIN, HTML), PDF),
            ["plain"],
            ["<p>html"],
            ["application/pdf"],
            id="boundary-shared-with-the-multipart-around",
        ),
        pytest.param(
            multi(
                "mixed",
                multi("alternative", PLAIN, HTML),
                multi("related", HTML, IMAGE),
                PDF,
            ),
            ["plain"],
            ["<p>html", "<p>html"],
            ["image/png", "application/pdf"],
            id="boundary-shared-by-siblings",
        ),
        pytest.param(
            part("multipart/mixed; boundary=b", "--b--"), [], [], [], id="no-parts"
        ),
        pytest.param(part("nonsense", "x"), ["x"], [], [], id="rfc2045-5.2-bad-type"),
        pytest.param(
            multi("mixed", b"", PLAIN), ["", "plain"], [], [], id="empty-part"
        ),
    ],
)
def test_body_and_attachments(raw, texts, htmls, attached):
    walked = walk(raw)
    assert texts_of(walked) == texts
    assert htmls_of(walked) == htmls
    assert [each.content_type for each in walked.parts if not each.is_body] == attached


def test_paths_count_as_imap_counts():
    raw = multi("mixed", multi("alternative", PLAIN, HTML, boundary="a"), PDF)
    assert [each.path for each in walk(raw).parts] == ["1.1", "1.2", "2"]


def test_an_inner_boundary_that_begins_like_the_outer():
    raw = multi(
        "mixed", multi("alternative", PLAIN, HTML, boundary="bb"), PDF, boundary="b"
    )
    assert [each.path for each in walk(raw).parts] == ["1.1", "1.2", "2"]


def test_paths_go_on_behind_a_shared_boundary():
    raw = multi("mixed", multi("alternative", PLAIN, HTML), PDF, PDF)
    assert [each.path for each in walk(raw).parts] == ["1.1", "1.2", "2", "3"]


def test_shared_boundaries_without_end_are_read_in_linear_time():
    nested = multi("mixed", PLAIN).partition(b"--b--")[0]
    walked = walk(nested * 2000)
    assert len(walked.parts) <= Limits().parts + 1


def test_flowed_text_keeps_its_lines_unless_their_blanks_are_none():
    for parameters, text in (("", "a \nb"), ("; delsp=yes", "ab")):
        raw = part(f"text/plain; format=flowed{parameters}", "a \r\nb")
        assert texts_of(walk(raw)) == [text]


def test_the_outer_delimiter_ends_an_inner_multipart_that_does_not_end():
    inner = multi("alternative", PLAIN, HTML, boundary="a").replace(b"--a--\r\n", b"")
    walked = walk(multi("mixed", inner, PDF))
    assert [each.path for each in walked.parts] == ["1.1", "1.2", "2"]
    assert htmls_of(walked) == ["<p>html\n"]


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        pytest.param(
            "text/html",
            b"<meta charset=koi8-r>\xf6",
            "<meta charset=koi8-r>Ж",
            id="html5",
        ),
        pytest.param(
            "text/html",
            b'<meta content="text/html; charset=koi8-r">\xf6',
            '<meta content="text/html; charset=koi8-r">Ж',
            id="html4",
        ),
        pytest.param("text/html", b"<p>\xe9", "<p>é", id="none"),
        pytest.param(
            "text/html; charset=iso-8859-1",
            b"<meta charset=koi8-r>\xf6",
            "<meta charset=koi8-r>ö",
            id="the-field-wins",
        ),
    ],
)
def test_a_page_may_name_its_own_charset(kind, body, text):
    raw = f"Content-Type: {kind}\r\n\r\n".encode() + body
    assert htmls_of(walk(raw)) == [text]


def test_line_ends_become_lf():
    assert texts_of(walk(b"\r\na\r\nb\rc\n")) == ["a\nb\nc\n"]


def test_facts_of_a_part():
    raw = part(
        'image/png; name="a.png"',
        "eA==",
        "Content-ID: < i@x > ",
        "Content-Transfer-Encoding: BASE64 (x)",
        "Content-Disposition: INLINE",
    )
    (each,) = walk(raw).parts
    assert (
        each.filename,
        each.content_id,
        each.encoding,
        each.disposition,
        each.size_bytes,
    ) == ("a.png", "i@x", "base64", "inline", 1)


def test_a_file_in_a_text_is_a_part_below_it():
    text = "See\r\nbegin 644 a b.txt\r\n#86)C\r\n`\r\nend\r\nends"
    raw = multi("mixed", PDF, part("text/plain; charset=utf-8", text))
    _, body, file = walk(raw).parts
    assert (body.path, file.path, file.filename) == ("2", "2.1", "a b.txt")
    assert (file.size_bytes, file.encoding) == (3, "x-uuencode")
    assert raw[file.offset : file.offset + file.length].startswith(b"begin 644 a b.txt")
    assert raw[body.offset : body.offset + body.length] == text.encode()
