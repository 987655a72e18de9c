import dataclasses
import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import compose as composing
from mailbot_server.core.mail import draft as drafts
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.compose import AttachmentBody, Draft, compose
from mailbot_server.core.mail.mime.header import read_value
from mailbot_server.core.mail.mime.parameter import safe_filename
from mailbot_server.core.mail.parse import parse

DATE = datetime(2025, 11, 20, 3, 29, 7, tzinfo=UTC)
BOUNDARY = "0123456789abcdefghijklmn"
INNER = b"Subject: inner\r\n\r\nhello\r\n"


def box(address, name=""):
    return Mailbox(address=address, display_name=name)


SENDER = box("support--k3v9q2pd@example.com", "Søren Support")
DRAFT = Draft(
    sender=SENDER,
    to=(box("customer@example.com"),),
    subject="Invoice #4521",
    text="Hi\n",
)
PDF = AttachmentBody(
    filename="a.pdf", content_type="application/pdf", data=b"%PDF\x00\xff"
)
LOGO = AttachmentBody(
    filename="logo.png", content_type="image/png", content_id="logo", data=b"\x89PNG"
)


def raw_of(draft=DRAFT, **changes):
    return compose(
        dataclasses.replace(draft, **changes),
        message_id="m1@example.com",
        date=DATE,
        boundary=BOUNDARY,
    )


def stdlib(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def shape(part):
    """The MIME tree as nested lists of types."""
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        return [part.get_content_subtype(), *map(shape, part.iter_parts())]
    return part.get_content_type()


def as_text(text):
    """What a body says once it has travelled: LF, one at the end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.endswith("\n") else lines + "\n"


def test_simplest_message_byte_by_byte():
    assert raw_of(sender=box("a@example.com", "Ann Example")) == (
        b"Date: Thu, 20 Nov 2025 03:29:07 +0000\r\n"
        b"From: Ann Example <a@example.com>\r\n"
        b"To: customer@example.com\r\n"
        b"Subject: Invoice #4521\r\n"
        b"Message-ID: <m1@example.com>\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: 7bit\r\n"
        b"\r\n"
        b"Hi\r\n"
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, "text/plain", id="text"),
        pytest.param({"text": "", "html": "<p>"}, "text/html", id="html"),
        pytest.param({"text": ""}, "text/plain", id="nothing"),
        pytest.param(
            {"html": "<p>"},
            ["alternative", "text/plain", "text/html"],
            id="rfc2046-5.1.4-plainest-first",
        ),
        pytest.param(
            {"attachments": (PDF,)},
            ["mixed", "text/plain", "application/pdf"],
            id="file",
        ),
        pytest.param(
            {"html": "<img>", "attachments": (LOGO, PDF)},
            [
                "mixed",
                ["alternative", "text/plain", ["related", "text/html", "image/png"]],
                "application/pdf",
            ],
            id="rfc2387-images-beside-their-html",
        ),
        pytest.param(
            {"text": "", "html": "<img>", "attachments": (LOGO,)},
            ["related", "text/html", "image/png"],
            id="html-with-image",
        ),
        pytest.param(
            {"attachments": (LOGO,)},
            ["mixed", "text/plain", "image/png"],
            id="image-that-no-html-shows",
        ),
    ],
)
def test_tree_is_as_flat_as_it_can_be(changes, expected):
    message = stdlib(raw_of(**changes))
    assert shape(message) == expected
    assert not any(part.defects for part in message.walk())


def test_inline_images_are_found_by_their_id():
    parts = list(
        stdlib(raw_of(html="<img src='cid:logo'>", attachments=(LOGO,))).walk()
    )
    image = parts[-1]
    assert image["Content-ID"] == "<logo>"
    assert image.get_content_disposition() == "inline"
    assert image.get_content() == LOGO.data
    related = next(p for p in parts if p.get_content_type() == "multipart/related")
    assert related.get_param("type") == "text/html"  # RFC 2387 3.1


def test_bcc_is_never_written():
    raw = raw_of(bcc=(box("secret@example.com", "Secret"),))
    assert b"secret" not in raw.lower()
    assert b"bcc" not in raw.lower()


def test_message_to_blind_recipients_only_names_nobody():
    message = stdlib(raw_of(to=(), bcc=(box("secret@example.com"),)))
    assert message["To"] == "undisclosed-recipients:;"
    assert message["To"].addresses == ()


def test_cc_alone_needs_no_to():
    message = stdlib(raw_of(to=(), cc=(box("c@example.com"),)))
    assert message["To"] is None
    assert message["Cc"] == "c@example.com"


def test_conversation_fields_are_written():
    message = stdlib(
        raw_of(
            in_reply_to="p@x",
            references=("r@x", "p@x"),
            reply_to=(box("b@example.com"),),
        )
    )
    assert message["In-Reply-To"] == "<p@x>"
    assert message["References"] == "<r@x> <p@x>"
    assert message["Reply-To"] == "b@example.com"


def test_ids_that_cannot_be_written_are_left_out():
    message = stdlib(raw_of(in_reply_to="p\r\nBcc: x@y", references=("a@x", "b c@x")))
    assert message["In-Reply-To"] is None
    assert message["Bcc"] is None
    assert message["References"] == "<a@x>"


def test_subject_is_left_out_when_there_is_none():
    assert "Subject" not in stdlib(raw_of(subject=""))


def test_only_an_address_can_be_beyond_ascii():
    raw = raw_of(to=(box("jörg@example.com", "Jörg"),), subject="ö", text="ö", html="ö")
    assert raw.replace("jörg@example.com".encode(), b"").isascii()


@pytest.mark.parametrize(
    "filename", ["Übersicht 2025.pdf", "報告.pdf", '100% "sure".pdf', "é" * 255]
)
def test_file_names_of_every_script_arrive_in_both_ways_of_reading(filename):
    raw = raw_of(attachments=(dataclasses.replace(PDF, filename=filename),))
    modern = next(stdlib(raw).iter_attachments())
    old = list(email.message_from_bytes(raw, policy=email.policy.compat32).walk())[-1]
    assert modern.get_filename() == old.get_filename() == filename
    assert modern.get_param("name").isascii()


def test_reader_without_rfc2231_sees_a_plain_name():
    raw = raw_of(attachments=(dataclasses.replace(PDF, filename="Übersicht 報告.pdf"),))
    assert b'name="Ubersicht __.pdf"' in raw
    assert b"filename*=utf-8''%C3%9Cbersicht%20%E5%A0%B1%E5%91%8A.pdf" in raw


def test_attached_messages_are_not_encoded():
    letter = AttachmentBody(filename="m.eml", content_type="message/rfc822", data=INNER)
    raw = raw_of(attachments=(letter,))
    assert INNER in raw
    inner = next(stdlib(raw).iter_attachments())
    assert inner.get_content()["Subject"] == "inner"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(INNER.replace(b"\r\n", b"\n"), id="bare-lf"),
        pytest.param(INNER + b"\xff\r\n", id="8bit"),
        pytest.param(INNER + b"--=_" + BOUNDARY.encode() + b"m\r\n", id="our-boundary"),
    ],
)
def test_attached_messages_that_cannot_travel_plain_become_files(data):
    letter = AttachmentBody(filename="m.eml", content_type="message/rfc822", data=data)
    attached = next(stdlib(raw_of(attachments=(letter,))).iter_attachments())
    assert attached.get_content_type() == "application/octet-stream"
    assert attached.get_content() == data


def test_empty_files_arrive():
    attached = next(
        stdlib(
            raw_of(attachments=(AttachmentBody(filename="empty", data=b""),))
        ).iter_attachments()
    )
    assert attached.get_content_type() == "application/octet-stream"
    assert attached.get_content() == b""


@pytest.mark.parametrize("boundary", ["", "a b", "a" * 61, 'a"', "a\r\n", "é"])
def test_boundaries_are_letters_and_digits(boundary):
    with pytest.raises(ValueError, match="boundary"):
        compose(DRAFT, message_id="a@b", date=DATE, boundary=boundary)


@pytest.mark.parametrize("message_id", ["", "<a@b>", "a b@c", "a@b\r\nBcc: c@d"])
def test_message_id_must_be_writable(message_id):
    with pytest.raises(ValueError, match="Message-ID"):
        compose(DRAFT, message_id=message_id, date=DATE, boundary="b")


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "a\r\nBcc: b@c"},
        {"sender": box("a@example.com", "a\nb")},
        {"to": (box("a@example.com\r\nBcc: b@c"),)},
        {"headers": (("X-A", "b\rc"),)},
        {"headers": (("X-A\r\nBcc", "b"),)},
        {"headers": (("Bcc", "b@c"),)},
        {"attachments": (dataclasses.replace(PDF, filename="a\r\nb"),)},
        {"attachments": (dataclasses.replace(PDF, content_type="a/b\r\nX: y"),)},
        {"attachments": (dataclasses.replace(PDF, content_id="a>\r\nX: y"),)},
    ],
)
def test_what_check_refuses_is_not_written_either(changes):
    assert drafts.check(dataclasses.replace(DRAFT, **changes))
    with pytest.raises(ValueError, match=r"control|address|name|type|Content-ID"):
        raw_of(**changes)


# --- every draft that passes the check comes back as it was meant ---------------------

line = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60
)
body = (
    st.text(max_size=100)
    | st.text("aé漢 \t\n\r=.-_F", max_size=100)
    | st.just("x" * 300)
)
locals_ = st.text("abcXYZ019!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=20)
addresses = st.builds(
    "{}@{}.example.com".format, locals_, st.sampled_from(["a", "xn--mnchen-3ya", "b-2"])
)
boxes = st.builds(
    Mailbox, address=addresses, display_name=line | st.text('a,"\\<>()@é ', max_size=20)
)
lists = st.lists(boxes, max_size=4).map(tuple)
names = (
    st.text("abcXYZ-019", min_size=1, max_size=30)
    .map("X-{}".format)
    .filter(drafts.is_header_name)
)
ids = st.text("abc019.@-$", min_size=1, max_size=40)
any_file = st.builds(
    AttachmentBody,
    filename=line.filter(lambda name: name and not {"/", "\\"} & set(name)),
    content_type=st.sampled_from(
        ["", "application/pdf", "image/png", "text/csv; charset=utf-8"]
    ),
    content_id=st.sampled_from(["", "logo", "a.b@c"]),
    data=st.binary(max_size=200),
)
any_draft = st.builds(
    Draft,
    sender=boxes,
    to=lists,
    cc=lists,
    bcc=lists,
    reply_to=lists,
    subject=line,
    text=body,
    html=body,
    attachments=st.lists(any_file, max_size=4).map(tuple),
    headers=st.lists(
        st.tuples(names, line), max_size=5, unique_by=lambda h: h[0].lower()
    ).map(tuple),
    in_reply_to=st.just("") | ids,
    references=st.lists(ids, max_size=6, unique=True).map(tuple),
).filter(lambda draft: not drafts.check(draft))


@given(any_draft)
def test_every_line_is_wire_legal(draft):
    raw = raw_of(draft)
    assert raw.isascii()
    assert raw.count(b"\r\n") == raw.count(b"\n") == raw.count(b"\r")
    assert b"\x00" not in raw
    assert raw.endswith(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # RFC 5322 2.1.1


@given(any_draft)
def test_standard_library_reads_what_was_meant(draft):
    message = stdlib(raw_of(draft))
    extra = [name for name, _ in message.items() if name not in OURS]
    assert extra == [name for name, _ in draft.headers]
    old = email.message_from_bytes(raw_of(draft), policy=email.policy.compat32)
    for name, value in draft.headers:
        assert decoded(old[name]) == value.strip(" ")
    assert decoded(old["Subject"] or "") == draft.subject.strip(" ")
    assert message["Message-ID"] == "<m1@example.com>"
    for name in ("to", "cc", "reply_to"):
        named = message[name.replace("_", "-")]
        found = [address.addr_spec for address in named.addresses] if named else []
        assert found == [m.address for m in getattr(draft, name)]
    leaves = [part for part in message.walk() if not part.is_multipart()]
    files = [leaf for leaf in leaves if leaf.get_content_disposition()]
    texts = [leaf.get_content() for leaf in leaves if leaf not in files]
    assert list(map(as_text, texts)) == [
        as_text(t) for t in (draft.text, draft.html) if t
    ]
    found = [(file.get_filename(""), file.get_payload(decode=True)) for file in files]
    assert sorted(found) == sorted(
        (a.filename.strip(), a.data) for a in draft.attachments
    )


@given(any_draft)
def test_our_own_parser_reads_what_was_meant(draft):
    parsed = parse(raw_of(draft))
    assert parsed.defects == ()
    assert parsed.subject == read_value(draft.subject.strip(" "))
    assert parsed.sender == meant([draft.sender])[0]
    assert parsed.to == meant(draft.to)
    assert parsed.cc == meant(draft.cc)
    assert parsed.reply_to == meant(draft.reply_to)
    assert parsed.bcc == ()
    assert parsed.message_id == "m1@example.com"
    assert parsed.date == DATE
    assert parsed.references == tuple(draft.references)
    # The parser's text is free of NUL, and its database grateful.
    assert parsed.text == (as_text(draft.text) if draft.text else "").replace(
        "\0", "\ufffd"
    )
    assert parsed.html == (as_text(draft.html) if draft.html else "").replace(
        "\0", "\ufffd"
    )
    found = sorted((part.filename, part.size_bytes) for part in parsed.attachments)
    assert found == sorted(
        (safe_filename(a.filename), len(a.data)) for a in draft.attachments
    )


OURS = {
    *("Date", "From", "To", "Cc", "Reply-To", "Subject", "Message-ID", "In-Reply-To"),
    *("References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
}


def decoded(value):
    """A header value as the standard library reads it: unfolded, words decoded."""
    flat = str(value).replace("\r\n", "").replace("\n", "")
    return str(email.header.make_header(email.header.decode_header(flat)))


def meant(boxes_):
    return tuple(
        box(m.address, " ".join(read_value(m.display_name).split())) for m in boxes_
    )


def test_boundaries_cannot_meet_a_body():
    hostile = f"--=_{BOUNDARY}a\n--=_{BOUNDARY}a--\n"
    message = stdlib(raw_of(text=hostile, html=hostile))
    assert [p.get_content().replace("\r\n", "\n") for p in message.iter_parts()] == [
        hostile,
        hostile,
    ]


def test_compose_offers_what_it_needs():
    assert composing.check is drafts.check
    assert composing.composed_size is drafts.composed_size
