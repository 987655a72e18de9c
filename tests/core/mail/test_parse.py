import base64
import dataclasses
import email
import hashlib
import io
import re
import tracemalloc
import zipfile
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.parse import (
    Defect,
    Parsed,
    header_of,
    message_ids,
    parse,
    part_bytes,
    snippet,
)
from tests import corpora

MESSAGE = """\
Received: from a.example.com by mx.example.net; Fri, 21 Nov 1997 09:55:07 -0600
Received: by b.example.com; Fri, 21 Nov 1997 09:55:06 -0600
From: =?utf-8?q?J=C3=B6rg?= <joerg@example.com>
To: Support <support@example.net>, jane@example.org
Cc: "Doe, Jane" <jane@example.org>
Bcc: hidden@example.org
Reply-To: Desk <desk@example.com>
Subject: =?utf-8?b?UmU6IFJlY2hudW5n?=
 =?utf-8?b?IGbDvHI=?= November
Date: Fri, 21 Nov 1997 09:55:06 -0600
Message-ID: <m2@example.com>
In-Reply-To: <m1@example.net>
References: <m0@example.net>
 <m1@example.net>
Thread-Index: AQHa1234
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Gr=C3=BC=C3=9Fe

--inner
Content-Type: text/html; charset=utf-8

<p>Gr&uuml;&szlig;e</p>
--inner--
--outer
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''Rechnung%20%C3%BC.pdf
Content-Transfer-Encoding: base64

JVBERg==
--outer--
"""
RAW = MESSAGE.replace("\n", "\r\n").encode()


def box(address, name=""):
    return Mailbox(address=address, display_name=name)


def test_a_message_is_read_whole():
    parsed = parse(RAW)
    assert parsed.subject == "Re: Rechnung für November"
    assert parsed.sender == box("joerg@example.com", "Jörg")
    assert parsed.to == (box("support@example.net", "Support"), box("jane@example.org"))
    assert parsed.cc == (box("jane@example.org", "Doe, Jane"),)
    assert parsed.bcc == (box("hidden@example.org"),)
    assert parsed.reply_to == (box("desk@example.com", "Desk"),)
    assert parsed.date == datetime(1997, 11, 21, 15, 55, 6, tzinfo=UTC)
    assert parsed.message_id == "m2@example.com"
    assert parsed.in_reply_to == ("m1@example.net",)
    assert parsed.references == ("m0@example.net", "m1@example.net")
    assert parsed.thread_index == "AQHa1234"
    assert parsed.text == parsed.body_text == "Grüße\n"
    assert parsed.html == "<p>Gr&uuml;&szlig;e</p>"
    assert parsed.hops == 2
    assert parsed.automated is False
    assert parsed.defects == ()
    assert [each.filename for each in parsed.attachments] == ["Rechnung ü.pdf"]
    assert part_bytes(RAW, parsed.attachments[0]) == b"%PDF"
    assert [each.path for each in parsed.parts] == ["1.1", "1.2", "2"]


@pytest.mark.parametrize("line_end", [b"\n", b"\r"], ids=["lf", "cr"])
def test_line_ends_make_no_difference_to_what_is_said(line_end):
    other = RAW.replace(b"\r\n", line_end)
    parsed, expected = parse(other), parse(RAW)
    assert parsed.headers == expected.headers
    assert (parsed.text, parsed.html, parsed.defects) == (
        expected.text,
        expected.html,
        (),
    )
    assert [part_bytes(other, each) for each in parsed.attachments] == [b"%PDF"]


@pytest.mark.parametrize(
    ("raw", "subject", "text"),
    [
        pytest.param(b"", "", "", id="empty"),
        pytest.param(b"Subject: x", "x", "", id="header-only"),
        pytest.param(b"Subject: x\r\n\r\n", "x", "", id="no-body"),
        pytest.param(b"\r\nbody", "", "body", id="no-header"),
        pytest.param(b"just text", "", "just text", id="no-header-no-blank-line"),
        pytest.param(
            b"From ann Fri Nov 21\r\nSubject: x\r\n\r\nb", "x", "b", id="rfc4155-mbox"
        ),
        pytest.param(b">From ann\nSubject: x\n\nb", "x", "b", id="quoted-mbox"),
        pytest.param(b"From ann Fri Nov 21", "", "", id="mbox-line-only"),
        pytest.param(
            b"From : a@example.com\r\nSubject: x\r\n\r\nb",
            "x",
            "b",
            id="rfc5322-4.5.8-is-no-mbox",
        ),
        pytest.param(b"Subject: x\0y\r\n\r\na\0b", "x y", "a\ufffdb", id="nul"),
        pytest.param(
            b"Subject: caf\xe9\r\n\r\ncaf\xe9", "café", "café", id="8bit-latin"
        ),
        pytest.param(
            "Subject: café\r\n\r\ncafé".encode(), "café", "café", id="rfc6532-utf8"
        ),
        pytest.param(
            b"Subject: one\r\nSubject: two\r\n\r\n", "one", "", id="first-subject"
        ),
    ],
)
def test_odd_messages(raw, subject, text):
    parsed = parse(raw)
    assert (parsed.subject, parsed.text) == (subject, text)


def test_address_fields_that_come_twice_lose_nobody():
    parsed = parse(
        b"To: a@example.com\r\nTo: b@example.com\r\nFrom: x@example.com\r\nFrom: y@example.com\r\n\r\n"
    )
    assert parsed.to == (box("a@example.com"), box("b@example.com"))
    assert parsed.sender == box("x@example.com")


def test_a_sender_that_holds_no_address_is_none():
    assert parse(b"From: John Doe\r\n\r\n").sender is None


def test_text_is_made_from_html_where_there_is_none():
    parsed = parse(b"Content-Type: text/html\r\n\r\n<p>Hello <b>you</b></p><p>Bye")
    assert parsed.text == ""
    assert parsed.body_text == "Hello you\n\nBye"


PAGE = "Content-Type: text/html\r\n\r\n<p>Our offer of today</p>\r\n"
PLAIN = "Content-Type: text/plain\r\n\r\n{}\r\n"
FOOTER = PLAIN.format("You get this from the list.")


def multipart(kind, *parts, boundary="b"):
    lines = "".join(f"--{boundary}\r\n{each}" for each in parts)
    head = f"Content-Type: multipart/{kind}; boundary={boundary}\r\n\r\n"
    return f"{head}{lines}--{boundary}--\r\n"


@pytest.mark.parametrize(
    ("mail", "text", "body_text"),
    [
        pytest.param(
            multipart("mixed", PAGE, FOOTER),
            "Our offer of today\nYou get this from the list.",
            "Our offer of today\nYou get this from the list.",
            id="rfc8621-4.1.4-html-and-a-text-footer",
        ),
        pytest.param(
            multipart(
                "mixed",
                multipart("alternative", PLAIN.format("plain"), PAGE, boundary="a"),
                FOOTER,
            ),
            "plain\nYou get this from the list.",
            "plain\nYou get this from the list.",
            id="an-alternative-tells-it-once",
        ),
        pytest.param(
            multipart(
                "mixed",
                multipart("alternative", PLAIN.format("plain"), PAGE, boundary="a"),
                PAGE.replace("today", "tomorrow"),
            ),
            "plain\nOur offer of tomorrow",
            "plain\nOur offer of tomorrow",
            id="an-alternative-and-html-alone",
        ),
        pytest.param(
            multipart(
                "mixed",
                multipart("alternative", PLAIN.format(" "), PAGE, boundary="a"),
                FOOTER,
            ),
            " \nOur offer of today\nYou get this from the list.",
            " \nOur offer of today\nYou get this from the list.",
            id="an-alternative-without-words",
        ),
        pytest.param(
            multipart("mixed", PLAIN.format("Our offer of today"), PAGE),
            "Our offer of today",
            "Our offer of today",
            id="alternatives-sent-as-mixed",
        ),
        pytest.param(
            multipart("alternative", PLAIN.format("\r\n"), PAGE),
            "\n",
            "Our offer of today",
            id="blank-text-beside-html",
        ),
        pytest.param(
            multipart("mixed", PAGE, PAGE),
            "",
            "Our offer of today\n" * 2,
            id="html-only",
        ),
    ],
)
def test_html_without_a_plain_alternative_is_not_lost_from_the_text(
    mail, text, body_text
):
    parsed = parse(mail.encode())
    assert parsed.text == text
    assert "".join(parsed.body_text.split()) == "".join(body_text.split())


def test_html_beside_text_is_read_within_one_bound():
    page = "Content-Type: text/html\r\n\r\n" + "<p>word</p>" * 100_000 + "\r\n"
    parsed = parse(multipart("mixed", *[page] * 12, FOOTER).encode())
    assert len(parsed.parts) == 13
    assert parsed.text.count("word") <= 2_000_000 // len("<p>word</p>") + 1
    assert parsed.text.endswith("from the list.")


def test_no_body_is_no_text():
    assert parse(b"Content-Type: image/png\r\n\r\nx").body_text == ""


def test_a_machine_s_mail_says_so():
    assert parse(b"Auto-Submitted: auto-replied\r\n\r\n").automated is True


def test_time_that_ran_out_leaves_out_the_rest():
    answers = iter([False, False, True])
    parsed = parse(RAW, expired=lambda: next(answers))
    assert parsed.text == "Grüße\n"
    assert parsed.html == ""
    assert parsed.defects == (Defect.DEADLINE,)
    assert parsed.subject == "Re: Rechnung für November"


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        pytest.param("<a@b>", ("a@b",), id="rfc5322-3.6.4"),
        pytest.param("<a@b> <c@d>\t<e@f>", ("a@b", "c@d", "e@f"), id="many"),
        pytest.param("<a@b><c@d>", ("a@b", "c@d"), id="no-blank"),
        pytest.param("<a@b>, <c@d>", ("a@b", "c@d"), id="commas"),
        pytest.param(
            "Your message of Friday <a@b>", ("a@b",), id="rfc5322-4.5.4-phrase"
        ),
        pytest.param("a@b", ("a@b",), id="no-brackets"),
        pytest.param("<a@b> <a@b>", ("a@b",), id="once"),
        pytest.param("<a @ b>", ("a@b",), id="blanks-from-folding"),
        pytest.param("<<a@b>>", ("a@b",), id="double-brackets"),
        pytest.param("<a@b <c@d>", ("a@b", "c@d"), id="unclosed"),
        pytest.param("&lt;a@b&gt; &lt;c@d&gt;", ("a@b", "c@d"), id="of-a-web-page"),
        pytest.param("=?utf-8?q?=3Ca=40b=3E?=", ("a@b",), id="encoded-word"),
        pytest.param("<>", (), id="empty-brackets"),
        pytest.param("<a\0@b>", ("a@b",), id="nul"),
        pytest.param("<a@b> <c d@e>", ("a@b", "cd@e"), id="plain-and-folded"),
        pytest.param("<a@b> <a@b> <c@d>", ("a@b", "c@d"), id="plain-and-once"),
        pytest.param("", (), id="empty"),
        pytest.param("nothing", (), id="no-id"),
        pytest.param(f"<{'x' * 2000}>", ("x" * 998,), id="endless"),
    ],
)
def test_message_ids(value, ids):
    assert message_ids(value, 100) == ids


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        pytest.param("<a@b> <c@d>", ("a@b", "c@d"), id="rfc5322-3.6.4"),
        pytest.param("<a@b>, <c@d>;", ("a@b", "c@d"), id="separators"),
        pytest.param(
            'Message from Joe <joe@example.org> of "Fri, 1 Sep 2000" <1@x>',
            ("1@x",),
            id="rfc822-4.6.2-exmh",
        ),
        pytest.param("Your message of Fri, 1 Sep 2000 <1@x>", ("1@x",), id="mh"),
        pytest.param("<1@x> (Joe's message of Friday)", ("1@x",), id="gnus"),
        pytest.param(
            "<1@x> (Joe <joe@elsewhere.example>'s message of Friday)",
            ("1@x",),
            id="gnus-address",
        ),
        pytest.param("<1@x>; from joe@example.org on Friday", ("1@x",), id="mutt"),
        pytest.param('<1@x> from "Joe" at Jan 5, 96', ("1@x",), id="elm"),
        pytest.param(
            "Message <1@x> from Joe <Joe@Example.org>", ("1@x",), id="address-last"
        ),
        pytest.param("Joe <joe@example.org>", (), id="address-alone"),
        pytest.param("Your message to joe@example.org of Friday", (), id="in-words"),
        pytest.param("1@x", ("1@x",), id="no-brackets"),
        pytest.param("1@x 2@x", ("1@x", "2@x"), id="no-brackets-two"),
        pytest.param("<joe@example.org>", ("joe@example.org",), id="an-id-like-any"),
        pytest.param("", (), id="empty"),
    ],
)
def test_what_is_answered_is_an_id_and_nobody_s_address(value, ids):
    head = (
        f"From: Ann <ann@example.net>\nTo: Joe <joe@example.org>\nIn-Reply-To: {value}"
    )
    assert parse(head.encode() + b"\n\n").in_reply_to == ids


@pytest.mark.parametrize(
    ("value", "identity"),
    [
        pytest.param("<m@example.com>", "m@example.com", id="rfc5322-3.6.4"),
        pytest.param("m-1", "m-1", id="no-brackets-and-no-at"),
        pytest.param("my own", "", id="two-words"),
        pytest.param("", "", id="empty"),
    ],
)
def test_the_id_of_a_message(value, identity):
    assert parse(f"Message-ID: {value}\r\n\r\n".encode()).message_id == identity


def test_header_of_ignores_case():
    parsed = parse(b"X-Thing: one\r\nx-thing: two\r\n\r\n")
    assert header_of(parsed, "x-THING") == "one"
    assert header_of(parsed, "X-Other") == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" Hello\n\n  world\t! ", "Hello world !"),
        ("x" * 20, "x" * 20),
        ("x" * 21, "x" * 19 + "…"),
        ("word " * 10, "word word word word…"),
        ("\n" * 1000 + "late", ""),
    ],
)
def test_snippet(text, line):
    assert snippet(text, limit=20) == line


# --- never raises, always storable ---------------------------------------------------


def assert_storable(raw, parsed):
    assert_text(dataclasses.astuple(parsed))
    for part in parsed.parts:
        assert 0 <= part.offset <= part.offset + part.length <= len(raw)
        content = part_bytes(raw, part)
        assert part.size_bytes == len(content)
        assert part.sha256 == hashlib.sha256(content).hexdigest()
    assert len({part.path for part in parsed.parts}) == len(parsed.parts)


def assert_text(value):
    if isinstance(value, str):
        assert "\0" not in value
        assert value.encode("utf-8") is not None
    elif isinstance(value, tuple | list):
        for each in value:
            assert_text(each)


def test_cut_at_every_byte():
    for end in range(len(RAW)):
        raw = RAW[:end]
        assert_storable(raw, parse(raw))


def test_every_byte_replaced():
    for place in range(len(RAW)):
        raw = RAW[:place] + b"\xff" + RAW[place + 1 :]
        assert_storable(raw, parse(raw))


def test_every_byte_missing():
    for place in range(len(RAW)):
        raw = RAW[:place] + RAW[place + 1 :]
        assert_storable(raw, parse(raw))


PIECES = [
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b" ",
        b"\t",
        b":",
        b";",
        b"=",
        b'"',
        b"--",
        b"\0",
        b"\xff",
        b"\xc3",
        b"x",
    ),
    *(
        b"From: ",
        b"To: a@b",
        b"Subject: =?utf-8?q?=ff?=",
        b"Date: 1 Jan",
        b"Message-ID: <",
        b"References: <a> <b>",
    ),
    *(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n",
        b"Content-Type: text/html; charset=utf-7\r\n",
        b"--b\r\n",
        b"--b--\r\n",
    ),
    *(
        b"Content-Type: message/rfc822\r\n\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: quoted-printable\r\n",
    ),
    *(
        b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1=x\r\n",
        b"+2D0-",
        b"=?utf-7?q?+2D0-?=",
    ),
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=30))
def test_anything_is_read(pieces):
    raw = b"".join(pieces)
    parsed = parse(raw)
    assert isinstance(parsed, Parsed)
    assert_storable(raw, parsed)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"A: " + b"=?a?q?" * 20_000 + b"\r\n\r\n", id="words"),
        pytest.param(b"To: " + b"<" * 100_000 + b"\r\n\r\n", id="brackets"),
        pytest.param(b"To: " + b"(" * 100_000 + b"\r\n\r\n", id="comments"),
        pytest.param(b"Subject: x" + b"\r\n " * 40_000 + b"\r\n\r\n", id="folds"),
        pytest.param(b"Subject:" + b" " * 120_000 + b"x\r\n\r\n", id="blanks"),
        pytest.param(b"References: " + b"<a" * 60_000 + b"\r\n\r\n", id="ids"),
        pytest.param(
            b"Content-Type: a/b" + b"; a*1*=x" * 15_000 + b"\r\n\r\n", id="parameters"
        ),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=-\r\n\r\n" + b"-" * 3_000_000,
            id="dashes",
        ),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 500_000,
            id="delimiters",
        ),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b " * 500_000,
            id="look-alikes",
        ),
        pytest.param(
            b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * 3_000_000,
            id="padding",
        ),
        pytest.param(
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"= " * 1_500_000,
            id="soft-breaks",
        ),
        pytest.param(
            b"Content-Transfer-Encoding: uuencode\r\n\r\nbegin 644 x\n"
            + b"#86)C\n" * 300_000,
            id="uuencode",
        ),
        pytest.param(b"\r\n" + b"\r\n" * 1_500_000, id="empty-lines"),
        pytest.param(b"no colon " * 400_000, id="one-line-of-garbage"),
    ],
)
def test_length_costs_no_more_than_itself(raw):
    # Quadratic time would run into the suite's time-out.
    assert_storable(raw, parse(raw))


# --- the standard library as the oracle ----------------------------------------------

TEXT = st.text(st.sampled_from("abc xyz.é日\n>-"), max_size=80)
NAMES = (
    st.text(st.sampled_from("abcé日 -_."), min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda name: name.strip(". "))
)


# When the library folds a list of addresses it may encode a comma between them.
WIDE = SMTP.clone(max_line_length=998)


@st.composite
def mails(draw):
    message = EmailMessage(policy=WIDE)
    message["From"] = Address(draw(NAMES), "ann", "example.com")
    message["To"] = [
        Address(draw(NAMES), f"u{n}", "example.org")
        for n in range(draw(st.integers(1, 4)))
    ]
    message["Subject"] = draw(st.text(st.sampled_from("abc é日?=_"), max_size=60))
    message["Message-ID"] = "<m@example.com>"
    message.set_content(
        draw(TEXT), cte=draw(st.sampled_from(["8bit", "quoted-printable", "base64"]))
    )
    if draw(st.booleans()):
        message.add_alternative(
            draw(TEXT),
            subtype="html",
            cte=draw(st.sampled_from(["quoted-printable", "base64"])),
        )
        if draw(st.booleans()):
            list(message.iter_parts())[1].add_related(
                draw(st.binary(max_size=50)), "image", "png", cid="<i@x>"
            )
    for name in draw(st.lists(NAMES, max_size=3)):
        message.add_attachment(
            draw(st.binary(max_size=80)), "application", "octet-stream", filename=name
        )
    return message


@settings(max_examples=60)
@given(mails())
def test_clean_mail_is_read_as_the_library_reads_it(message):
    raw = message.as_bytes()
    oracle = email.message_from_bytes(raw, policy=email.policy.default)
    parsed = parse(raw)
    assert parsed.defects == ()
    assert parsed.sender is not None
    assert parsed.sender.address == oracle["From"].addresses[0].addr_spec
    assert [each.address for each in parsed.to] == [
        each.addr_spec for each in oracle["To"].addresses
    ]
    assert [each.display_name for each in parsed.to] == [
        " ".join(each.display_name.split()) for each in oracle["To"].addresses
    ]
    assert " ".join(parsed.subject.split()) == " ".join(str(oracle["Subject"]).split())
    plain = oracle.get_body(("plain",))
    assert plain is not None
    body = plain.get_content()
    assert parsed.text.rstrip("\n") == body.replace("\r\n", "\n").rstrip("\n")
    page = oracle.get_body(("html",))
    assert parsed.html.rstrip("\n") == (
        page.get_content().replace("\r\n", "\n").rstrip("\n") if page else ""
    )
    leaves = [each for each in oracle.walk() if not each.is_multipart()]
    assert [each.content_type for each in parsed.parts] == [
        each.get_content_type() for each in leaves
    ]
    for part, leaf in zip(parsed.parts, leaves, strict=True):
        if part.disposition == "attachment":
            assert part_bytes(raw, part) == leaf.get_payload(decode=True)
            assert part.filename == (leaf.get_filename() or "").strip().rstrip(". ")


# --- mail of others ------------------------------------------------------------------


def leaves_of(message):
    if message.is_multipart() and message.get_content_maintype() != "message":
        return [leaf for child in message.get_payload() for leaf in leaves_of(child)]
    return [message]


# The library does not look into these multiparts.
MULTIPARTS_LEFT_WHOLE = {
    Defect.BOUNDARY_NOT_FOUND,
    Defect.MISSING_BOUNDARY,
    Defect.SHARED_BOUNDARY,
}


def test_the_library_s_own_corpus():
    compared = 0
    for path in sorted((corpora.folder("mime") / "cpython").glob("*.txt")):
        raw = path.read_bytes()
        parsed = parse(raw)
        assert_storable(raw, parsed)
        oracle = email.message_from_bytes(raw)
        assert [header.name for header in parsed.headers] == oracle.keys(), path.name
        if set(parsed.defects) & MULTIPARTS_LEFT_WHOLE:
            continue
        leaves = leaves_of(oracle)
        assert [each.content_type for each in parsed.parts] == [
            each.get_content_type() for each in leaves
        ], path.name
        for part, leaf in zip(parsed.parts, leaves, strict=True):
            content = leaf.get_payload(decode=True)
            if content is not None:
                assert part_bytes(raw, part).rstrip(b"\r\n") == content.rstrip(
                    b"\r\n"
                ), path.name
                compared += 1
    assert compared > 50


def test_real_bounces_are_read_without_loss():
    for path in sorted((corpora.folder("bounces") / "flufl").glob("*.txt")):
        raw = path.read_bytes()
        parsed = parse(raw)
        assert_storable(raw, parsed)
        assert parsed.headers, path.name
        assert parsed.body_text.strip() or parsed.attachments, path.name


def real_mails():
    for folder, pattern in (
        ("mime", "cpython/*.txt"),
        ("bounces", "flufl/*.txt"),
        ("replies", "**/*.eml"),
    ):
        for path in sorted(corpora.folder(folder).glob(pattern)):
            yield path.name, path.read_bytes()
    for path in sorted(corpora.folder("threading").glob("imaptest/*.mbox")):
        for number, mail in enumerate(re.split(rb"(?m)^From .*\n", path.read_bytes())):
            yield f"{path.name}-{number}", mail


def damaged(mail, random):
    """The same mail after one accident of many kinds."""
    lines = mail.splitlines(keepends=True) or [b""]
    start, end = sorted(random.choices(range(len(lines) + 1), k=2))
    place = random.randrange(len(mail) + 1)
    return random.choice(
        (
            mail[:place],
            mail[:place] + random.randbytes(4) + mail[place + 4 :],
            mail[:place] + random.choice((b"\n\n", b"\0", b"=?", b'"')) + mail[place:],
            b"".join(lines[:start] + lines[end:]),
            b"".join(lines[:end] + lines[start:]),
            b"".join(random.sample(lines, len(lines))),
            mail.replace(b"boundary=", b"BOUNDARY =", 1).replace(b"--", b"- -", 1),
            mail.replace(
                b"charset=", random.choice((b"x=", b"charset=x-", b"charset*0="))
            ),
            mail.replace(b"Content-", b"content-").replace(b": ", b":"),
        )
    )


def test_thousands_of_real_and_damaged_mails():
    read = 0
    for name, mail in real_mails():
        random = Random(name)
        for _ in range(16):
            raw = damaged(mail, random)
            parsed = parse(raw)
            assert_storable(raw, parsed)
            assert_text(parsed.body_text)
            assert parse(raw) == parsed, name
            read += 1
    assert read > 3000


def test_real_mail_says_the_same_with_either_line_end():
    for name, mail in real_mails():
        lf = mail.replace(b"\r\n", b"\n")
        one, other = parse(lf), parse(lf.replace(b"\n", b"\r\n"))
        for field in ("subject", "sender", "to", "date", "message_id", "text", "html"):
            assert getattr(one, field) == getattr(other, field), (name, field)
        assert [part.path for part in one.parts] == [part.path for part in other.parts]


def test_base64_of_a_big_attachment():
    content = bytes(range(256)) * 4096
    raw = (
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(content).replace(b"\n", b"\r\n")
    )
    (part,) = parse(raw).parts
    assert part.size_bytes == len(content)
    assert part_bytes(raw, part) == content


# --- hostile content: rows C1, C2 and C5 of the fault table --------------------------


def nested(depth):
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    closing = b"".join(b"\r\n--b%d--" % n for n in range(depth - 1, -1, -1))
    return opening + b"Content-Type: text/plain\r\n\r\ndeep" + closing


@pytest.mark.parametrize(
    ("raw", "defects", "most"),
    [
        pytest.param(nested(1000), {Defect.DEPTH}, 1, id="c1-1000-deep"),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + b"--b\r\n\r\nx\r\n" * 100_000
            + b"--b--",
            {Defect.PARTS},
            1000,
            id="c1-100000-parts",
        ),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 20_000,
            {Defect.SHARED_BOUNDARY, Defect.PARTS},
            1000,
            id="c1-20000-shared-boundaries",
        ),
        pytest.param(
            b"X-A: b\r\n" * 10_000 + b"Subject: late\r\n\r\nbody",
            {Defect.HEADER_COUNT},
            1,
            id="c1-10000-fields",
        ),
        pytest.param(
            b"Subject: early\r\nX-A: " + b"b" * 1_000_000 + b"\r\n\r\nbody",
            {Defect.HEADER_BYTES},
            1,
            id="c1-field-of-a-megabyte",
        ),
        pytest.param(
            b"X-A: b\r\n" * 130_000 + b"\r\nbody",
            {Defect.HEADER_BYTES, Defect.HEADER_COUNT},
            1,
            id="c1-header-of-a-megabyte",
        ),
        pytest.param(
            b"From: a@b\r\nno field here\r\n" * 60_000 + b"\r\nbody",
            {Defect.HEADER_BYTES, Defect.HEADER_COUNT, Defect.BAD_HEADER},
            1,
            id="c1-damaged-header-of-a-megabyte",
        ),
    ],
)
def test_c1_what_is_too_much_is_read_in_part_and_says_so(raw, defects, most):
    parsed = parse(raw)
    assert defects <= set(parsed.defects)
    assert 1 <= len(parsed.parts) <= most
    assert_storable(raw, parsed)


@pytest.mark.parametrize(
    ("head", "body", "text", "defects"),
    [
        pytest.param(
            "text/plain; charset=nonsense",
            b"caf\xc3\xa9",
            "café",
            {Defect.UNKNOWN_CHARSET},
            id="c2-unknown-charset",
        ),
        pytest.param(
            "text/plain; charset=utf-8",
            b"caf\xe9!",
            "café!",
            {Defect.BAD_CHARSET},
            id="c2-latin-1-labelled-utf-8",
        ),
        pytest.param(
            "text/plain; charset=utf-8",
            b"\xc3\xa9 \xe9",
            "é \ufffd",
            {Defect.BAD_CHARSET},
            id="c2-utf-8-with-a-broken-octet",
        ),
        pytest.param(
            "text/plain; charset=gb2312",
            "囍".encode("gb18030"),
            "囍",
            set(),
            id="c2-gb18030-labelled-gb2312",
        ),
        pytest.param(
            "text/plain; charset=iso-8859-1",
            b"\x93q\x94",
            "“q”",
            set(),
            id="c2-windows-1252-labelled-latin-1",
        ),
        pytest.param(
            "text/plain; charset=ks_c_5601-1987",
            "똠".encode("cp949"),
            "똠",
            set(),
            id="c2-cp949-labelled-ks-c-5601",
        ),
        pytest.param(
            "text/plain; charset=utf-7",
            b"+2D0-",
            "\ufffd",
            set(),
            id="c2-surrogate-in-utf-7",
        ),
        pytest.param(
            "text/plain; charset=utf-8", b"a\0b", "a\ufffdb", set(), id="c2-nul"
        ),
        pytest.param(
            "text/plain\r\nContent-Transfer-Encoding: base64",
            b"aGk*=aGk=",
            "hihi",
            {Defect.BAD_ENCODING},
            id="c2-bad-base64",
        ),
        pytest.param(
            "text/plain\r\nContent-Transfer-Encoding: quoted-printable",
            b"a=ZZb=",
            "a=ZZb",
            set(),
            id="c2-bad-quoted-printable",
        ),
    ],
)
def test_c2_damage_becomes_valid_text_and_the_raw_octets_stay(
    head, body, text, defects
):
    raw = b"Content-Type: " + head.encode() + b"\r\n\r\n" + body
    parsed = parse(raw)
    assert parsed.text == text
    assert set(parsed.defects) == defects
    (part,) = parsed.parts
    assert raw[part.offset : part.offset + part.length] == body
    assert_storable(raw, parsed)


@pytest.mark.parametrize(
    ("parameters", "filename"),
    [
        pytest.param(
            "filename*0*=utf-8''caf%C3; filename*1*=%A9; filename*2=.txt",
            "café.txt",
            id="c2-rfc2231-cut-in-a-character",
        ),
        pytest.param(
            "filename*=utf-8''%ff%fe.txt", "ÿþ.txt", id="c2-rfc2231-wrong-charset"
        ),
        pytest.param(
            "filename*1=b.txt; filename*0=a", "ab.txt", id="c2-rfc2231-out-of-order"
        ),
        pytest.param('filename="../../etc/passwd"', "passwd", id="c5-path"),
        pytest.param(r'filename="..\\..\\win.ini"', "win.ini", id="c5-path-of-windows"),
        pytest.param(
            "filename*=utf-8''a%0D%0ABcc:%20x.txt", "a  Bcc_ x.txt", id="c5-crlf"
        ),
        pytest.param("filename*=utf-8''exe.%E2%80%AEfdp", "exe.fdp", id="c5-rlo"),
        pytest.param("filename=..", "", id="c5-only-dots"),
        pytest.param(
            f"filename={'x' * 5000}.pdf", "x" * 251 + ".pdf", id="c5-five-kilobytes"
        ),
        pytest.param("filename*=utf-8''a%00.exe", "a\ufffd.exe", id="c5-nul"),
    ],
)
def test_c2_c5_names_of_files_are_whole_and_safe(parameters, filename):
    raw = f"Content-Disposition: attachment; {parameters}\r\n\r\nx".encode()
    (part,) = parse(raw).parts
    assert part.filename == filename
    assert_storable(raw, parse(raw))


def test_c5_an_archive_is_never_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(50_000_000))
    raw = b"Content-Type: application/zip\r\n\r\n" + packed.getvalue()
    tracemalloc.start()
    (part,) = parse(raw).parts
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert part.size_bytes == len(packed.getvalue())
    assert peak < 5_000_000


def test_everybody_is_an_author_whom_a_from_field_names():
    raw = (
        b"From: Friends: a@example.com, =?utf-8?q?b=2Cc=40example=2Ecom?= <d@example.com>;"
        b"\r\nSubject: x\r\nFrom: e@example.com, A@example.com\r\n\r\n"
    )
    authors = ("a@example.com", "d@example.com", "e@example.com", "A@example.com")
    assert parse(raw).authors == authors
    assert parse(b"Subject: x\r\n\r\n").authors == ()


def test_a_mark_of_utf_8_before_the_first_field_is_none_of_its_name():
    found = parse(b"\xef\xbb\xbfFrom: ann@example.org\r\nSubject: x\r\n\r\nHello\r\n")
    assert found.sender is not None
    assert found.sender.address == "ann@example.org"
    assert found.text == "Hello\n"
