import pytest

from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.parse import Limits, parse

PLAIN = b"Content-Type: text/plain; charset=us-ascii\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"

BROKEN = {
    Defect.DEADLINE: MIXED + b"--b\r\n\r\nx\r\n--b--",
    Defect.HEADER_BYTES: b"A: b\r\n" * 40_000 + b"\r\n",
    Defect.HEADER_COUNT: b"A: b\r\n" * 1001 + b"\r\n",
    Defect.HEADER_VALUE: b"A: " + b"b" * 20_000 + b"\r\n\r\n",
    Defect.DEPTH: MIXED
    + b"--b\r\n"
    + MIXED.replace(b"=b", b"=c")
    + b"--c\r\n\r\n--c--\r\n--b--",
    Defect.PARTS: MIXED + b"--b\r\n\r\nx\r\n" * 1001 + b"--b--",
    Defect.BAD_HEADER: b"A: b\r\nnot a field\r\n\r\n",
    Defect.MISSING_BOUNDARY: b"Content-Type: multipart/mixed\r\n\r\nx",
    Defect.BOUNDARY_NOT_FOUND: MIXED + b"x",
    Defect.SHARED_BOUNDARY: MIXED + b"--b\r\n" + MIXED + b"--b--\r\n--b--",
    Defect.UNTERMINATED_MULTIPART: MIXED + b"--b\r\n\r\nx",
    Defect.BAD_ENCODING: b"Content-Transfer-Encoding: base64\r\n\r\nYWJj=YWJj",
    Defect.UNKNOWN_ENCODING: b"Content-Transfer-Encoding: martian\r\n\r\nx",
    Defect.BAD_CHARSET: PLAIN + b"\r\n\xe9",
    Defect.UNKNOWN_CHARSET: b"Content-Type: text/plain; charset=martian\r\n\r\nx",
    Defect.BAD_DATE: b"Date: yesterday\r\n\r\nx",
}


@pytest.mark.parametrize("defect", Defect)
def test_each_defect_has_a_message_that_shows_it_alone(defect):
    limits = Limits(depth=1) if defect is Defect.DEPTH else Limits()
    parsed = parse(
        BROKEN[defect], limits=limits, expired=lambda: defect is Defect.DEADLINE
    )
    assert set(parsed.defects) - {Defect.HEADER_COUNT} <= {defect}
    assert defect in parsed.defects
    assert all(type(each) is Defect and each == str(each) for each in parsed.defects)


def test_clean_mail_has_none():
    assert (
        parse(PLAIN + b"Date: Fri, 21 Nov 1997 09:55:06 -0600\r\n\r\nx\r\n").defects
        == ()
    )
