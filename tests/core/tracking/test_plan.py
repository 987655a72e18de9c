"""The copy of each recipient: the same message, but for links, in any encoding."""

import base64
import email
import email.policy
import quopri
from dataclasses import dataclass

import pytest

from mailbot_server.core.mail import adopt
from mailbot_server.core.mail.parse import parse
from mailbot_server.core.tracking import plan
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.core.tracking.plan import Plan

ALL = Tracking(opens=True, clicks=True)
HTML = '<html><body><a href="https://example.com/ü?a=1&amp;b=2">Grüße</a></body></html>'
LONG = "<p>" + " ".join(['<a href="https://e.com/1">x</a>'] * 12) + "</p>"


@dataclass(frozen=True)
class Links:
    """As long as real ones."""

    def open(self):
        return "https://l.example/o/" + "p" * 47

    def click(self, number):
        return f"https://l.example/c/{number:047}"

    def unsubscribe(self):
        return "https://l.example/u/" + "u" * 47


def encoded(html, encoding, charset="utf-8"):
    data = html.encode(charset)
    match encoding:
        case "quoted-printable":
            return (
                quopri.encodestring(data)
                .replace(b"\n", b"\r\n")
                .replace(b"\r\r", b"\r")
            )
        case "base64":
            return base64.encodebytes(data).replace(b"\n", b"\r\n")
        case _:
            return data


def message(html=HTML, encoding="8bit", charset="utf-8", head=b"", kind="text/html"):
    fields = f"Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n"
    top = b"Subject: hi\r\nMIME-Version: 1.0\r\n" + head
    return top + fields.encode() + b"\r\n" + encoded(html, encoding, charset) + b"\r\n"


def multipart(*parts, kind="alternative"):
    head = f'Subject: hi\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="b"\r\n\r\n'
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return head.encode() + body + b"--b--\r\n"


def part(text, kind, encoding="8bit", more=""):
    head = f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n{more}\r\n"
    return head.encode() + encoded(text, encoding)


def planned(raw, tracking=ALL, **options):
    options.setdefault("unsubscribe_urls", adopt.unsubscribe_urls(raw))
    made = plan.make(raw, parse(raw).parts, tracking, **options)
    again = plan.from_json(plan.to_json(made))
    assert (again.pieces, again.one_click) == (made.pieces, made.one_click)
    return made


def copied(raw, tracking=ALL, **options):
    return plan.copy(planned(raw, tracking, **options), raw, Links())


def html_of(raw):
    found = email.message_from_bytes(raw, policy=email.policy.default)
    body = found.get_body(("html",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def expected(html, **links):
    picture = f'<img src="{Links().open()}" width="1" height="1" alt="" border="0">'
    return html.replace("https://example.com/ü?a=1&amp;b=2", Links().click(1)).replace(
        "</body>", picture + "</body>"
    )


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64", "binary"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_only_links_change_in_any_encoding(encoding, charset):
    raw = message(encoding=encoding, charset=charset)
    copy = copied(raw)
    assert html_of(copy).rstrip("\n") == expected(HTML)
    assert max(map(len, copy.split(b"\r\n"))) <= 998
    assert planned(raw).urls == ("https://example.com/ü?a=1&b=2",)


def test_a_copy_is_the_same_each_time():
    assert len({copied(message(encoding="base64")) for _ in range(3)}) == 1


def test_everything_around_the_html_stays_octet_by_octet():
    raw = multipart(
        part("see https://example.com/", "text/plain"),
        part(HTML, "text/html"),
        part("x", "application/pdf", "base64", "Content-Disposition: attachment\r\n"),
    )
    copy = copied(raw)
    start = raw.index(b"<html>")
    end = raw.index(b"</html>")
    assert copy.startswith(raw[:start])
    assert copy.endswith(raw[end:])


def test_lines_that_become_too_long_are_encoded_anew():
    raw = message(LONG, "7bit", "us-ascii")
    copy = copied(raw, Tracking(clicks=True))
    assert b"Content-Transfer-Encoding: quoted-printable\r\n" in copy
    assert b"7bit" not in copy
    assert max(map(len, copy.split(b"\r\n"))) <= 78
    assert html_of(copy).count("https://l.example/c/") == 12


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Content-Transfer-Encoding:\r\n 7bit\r\n",
        "content-transfer-encoding: 8BIT\r\n",
    ],
)
def test_the_encoding_of_a_part_is_written_where_it_belongs(head):
    inner = f"Content-Type: text/html\r\n{head}\r\n{LONG}".encode()
    raw = multipart(part("text", "text/plain"), inner)
    copy = copied(raw, Tracking(clicks=True))
    assert html_of(copy).count("https://l.example/c/") == 12
    before, _, _ = copy.partition(b"\r\nContent-Type: text/html")
    assert b"quoted-printable" not in before
    assert copy.count(b"quoted-printable") == 1


def test_line_feeds_that_were_encoded_as_such_stay():
    body = b'a=0Ab<a href=3D"https://e.com/">=0D=0A</a>'
    raw = (
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + body
    )
    copy = copied(raw, Tracking(clicks=True))
    decoded = email.message_from_bytes(copy).get_payload(decode=True)
    assert decoded == f'a\nb<a href="{Links().click(1)}">\r\n</a>'.encode()


def test_text_parts_change_only_when_asked_for():
    raw = message("go to https://e.com/a.\r\n", kind="text/plain")
    assert copied(raw) == raw
    asked = copied(raw, Tracking(clicks=True, text_clicks=True))
    assert asked == raw.replace(b"https://e.com/a", Links().click(1).encode())
    assert copied(raw, Tracking(text_clicks=True)) == raw


def test_links_of_several_parts_are_numbered_through():
    raw = multipart(part("https://a.com/", "text/plain"), part(HTML, "text/html"))
    made = planned(raw, Tracking(clicks=True, text_clicks=True))
    assert made.urls == ("https://a.com/", "https://example.com/ü?a=1&b=2")
    assert [s.number for p in made.pieces for s in p.spots] == [1, 2]


def test_there_is_one_picture():
    raw = multipart(part(HTML, "text/html"), part(HTML, "text/html"), kind="mixed")
    assert copied(raw, Tracking(opens=True)).count(b"<img ") == 1


@pytest.mark.parametrize(
    "raw",
    [
        multipart(part(HTML, "text/html"), part("x", "application/pgp-signature"), kind="signed"),
        multipart(part(HTML, "text/html"), kind='encrypted; protocol="x"'),
        message(kind="application/pkcs7-mime"),
        message(HTML + "-----BEGIN PGP MESSAGE-----"),
        message(HTML + "\0"),
        message(charset="utf-16"),
        message(charset="utf-7"),
        message(charset="iso-2022-jp", html="<a href='https://e.com/'>x</a>"),
        message(encoding="x-uuencode"),
        message(head=b"Content-Disposition: attachment\r\n"),
        b"no message at all",
        b"",
    ],
)  # fmt: skip
def test_what_must_not_be_touched_or_cannot_be_read_stays(raw):
    assert copied(raw) == raw


def test_base64_that_is_damaged_stays():
    raw = message(encoding="base64").replace(b"PGh0", b"P*Gh0=PGh")
    assert copied(raw) == raw


def test_an_attached_message_is_somebody_elses():
    inner = b"Content-Type: message/rfc822\r\n\r\n" + message()
    raw = multipart(part("see", "text/plain"), inner, kind="mixed")
    assert copied(raw) == raw


@pytest.mark.parametrize("charset", ["", "x-unknown", "utf-8"])
def test_letters_that_nobody_can_read_stay_as_octets(charset):
    raw = b"Content-Type: text/html; charset=%b\r\n\r\n\xff\xe9<a href='https://e.com/'>\xfe</a>"
    raw = raw.replace(b"%b", charset.encode())
    copy = copied(raw, Tracking(clicks=True))
    assert copy == raw.replace(b"https://e.com/", Links().click(1).encode())


@pytest.mark.parametrize(
    "charset", ["shift_jis", "gb18030", "big5", "euc-kr", "koi8-r"]
)
def test_places_are_counted_in_octets(charset):
    words = {"koi8-r": "Привет", "euc-kr": "안녕"}.get(charset, "表示")
    raw = message(f"{words}<a href='https://e.com/'>{words}</a>", charset=charset)
    copy = copied(raw, Tracking(clicks=True))
    assert copy == raw.replace(b"https://e.com/", Links().click(1).encode())


def test_links_that_are_ours_already_are_not_led_over_us_again():
    raw = message(
        '<a href="https://l.example/c/1">x</a><a href="https://l.example.org/">y</a>'
    )
    made = planned(raw, own_url="https://l.example")
    assert made.urls == ("https://l.example.org/",)


def test_the_target_of_list_unsubscribe_stays():
    raw = message(
        '<a href="https://e.com/u?a&amp;b">x</a>',
        head=b"List-Unsubscribe: <mailto:a@b.c>,\r\n <https://e.com/u?a&b>\r\n",
    )
    assert planned(raw).urls == ()


def test_one_click_is_written_above_the_rest():
    raw = message()
    copy = copied(raw, Tracking(), one_click=True)
    fields = (
        f"List-Unsubscribe: <{Links().unsubscribe()}>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )
    assert copy == fields.encode() + raw


def test_without_anything_to_do_there_is_no_plan():
    assert not planned(message("<p>x", kind="text/plain"), Tracking(clicks=True))
    assert not planned(message(), Tracking())
    assert Plan(one_click=True)


@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64"])
def test_a_message_cut_off_anywhere_does_not_raise(encoding):
    raw = multipart(
        part("a", "text/plain"),
        part("<a href='https://e.com/'>", "text/html", encoding),
    )
    for end in range(len(raw)):
        copied(raw[:end], one_click=True)


def test_a_body_without_a_line_end_is_quoted_in_whole_lines():
    html = "<p>" + "x" * 500 + '<a href="https://e.com/">x</a></p>'
    raw = multipart(part(html, "text/html", "quoted-printable"))
    copy = copied(raw)
    assert copy.count(b"\n") == copy.count(b"\r\n")
    assert html_of(copy).count("https://l.example/") == 2
