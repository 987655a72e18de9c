import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import draft
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.compose import compose
from mailbot_server.core.mail.draft import AttachmentBody, Draft

ANN = Mailbox(address="ann@example.com", display_name="Ann")
DRAFT = Draft(sender=ANN, to=(ANN,), subject="Hello", text="Hi")
FILE = AttachmentBody(filename="a.pdf", content_type="application/pdf", data=b"x")
CONTROLS = [*map(chr, [*range(32), *range(127, 160)]), "\u2028", "\u2029", "\ud800"]


def found(**changes):
    return [
        (v.field, v.reason) for v in draft.check(dataclasses.replace(DRAFT, **changes))
    ]


def file(**changes):
    return (dataclasses.replace(FILE, **changes),)


def box(address="ann@example.com", name=""):
    return Mailbox(address=address, display_name=name)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"text": "", "html": "<p>Hi</p>"},
        {"to": (), "bcc": (ANN,)},
        {"subject": ""},
        {"subject": "x" * 900},
        {"subject": "word " * 199 + "end"},
        {"subject": "漢" * 180},
        {
            "headers": (
                ("X-Foo", "bar"),
                ("List-Unsubscribe", "<https://example.com/u>"),
            )
        },
        {"headers": (("X-Empty", ""), ("X" * 76, "é" * 998))},
        {"headers": (("Contents", "not Content-*"), ("Dates", "x"))},
        {"attachments": (FILE,) * 50},
        {"attachments": file(content_type="", filename="x" * 255)},
        {"attachments": file(content_type="text/csv; charset=utf-8")},
        {"attachments": file(content_type='text/calendar; method=REQUEST; x="a b"')},
        {"attachments": file(content_type="message/rfc822")},
        {
            "attachments": file(
                content_type="application/vnd.ms-excel.sheet+xml", content_id="logo@1"
            )
        },
        {"reply_to": (ANN,) * 10},
        {"to": (box("jörg@example.com", "n" * 256),)},
    ],
)
def test_drafts_that_can_be_written(changes):
    assert found(**changes) == []


@pytest.mark.parametrize(
    ("changes", "violations"),
    [
        ({"to": ()}, [("to", "FIELD_INVALID")]),
        ({"to": (ANN, box("a b@c"))}, [("to[1].address", "ADDRESS_INVALID")]),
        ({"cc": (box("nobody"),)}, [("cc[0].address", "ADDRESS_INVALID")]),
        ({"bcc": (box(""),)}, [("bcc[0].address", "ADDRESS_INVALID")]),
        ({"sender": box("x")}, [("sender.address", "ADDRESS_INVALID")]),
        ({"reply_to": (ANN,) * 11}, [("reply_to", "FIELD_INVALID")]),
        (
            {"to": (ANN, ANN, box(name="n" * 257))},
            [("to[2].display_name", "FIELD_INVALID")],
        ),
        ({"text": ""}, [("content.text_body", "FIELD_INVALID")]),
        ({"subject": "x" * 999}, [("content.subject", "FIELD_INVALID")]),
        ({"subject": "漢" * 250}, [("content.subject", "FIELD_INVALID")]),
        ({"headers": (("X", "y"),) * 51}, [("content.headers", "FIELD_INVALID")]),
        (
            {"headers": (("X-Foo", "x" * 999),)},
            [("content.headers[X-Foo]", "FIELD_INVALID")],
        ),
        ({"headers": (("", "x"),)}, [("content.headers[]", "FIELD_INVALID")]),
        ({"headers": (("X Foo", "x"),)}, [("content.headers[X Foo]", "FIELD_INVALID")]),
        ({"headers": (("X:", "x"),)}, [("content.headers[X:]", "FIELD_INVALID")]),
        (
            {"headers": (("X\r\nY", "x"),)},
            [("content.headers[X\\r\\nY]", "FIELD_INVALID")],
        ),
        ({"headers": (("é", "x"),)}, [("content.headers[\\xe9]", "FIELD_INVALID")]),
        (
            {"headers": (("X" * 77, "x"),)},
            [(f"content.headers[{'X' * 76}]", "FIELD_INVALID")],
        ),
        ({"attachments": (FILE,) * 51}, [("content.attachments", "FIELD_INVALID")]),
        (
            {"attachments": file(filename="")},
            [("content.attachments[0].filename", "FIELD_INVALID")],
        ),
        (
            {"attachments": file(filename="x" * 256)},
            [("content.attachments[0].filename", "FIELD_INVALID")],
        ),
        (
            {"attachments": file(filename="../x")},
            [("content.attachments[0].filename", "FIELD_INVALID")],
        ),
        (
            {"attachments": (FILE, *file(filename="a\\b"))},
            [("content.attachments[1].filename", "FIELD_INVALID")],
        ),
        (
            {"attachments": file(content_id="<a>")},
            [("content.attachments[0].content_id", "FIELD_INVALID")],
        ),
        (
            {"attachments": file(content_id="a b")},
            [("content.attachments[0].content_id", "FIELD_INVALID")],
        ),
        (
            {"attachments": file(content_id="x" * 251)},
            [("content.attachments[0].content_id", "FIELD_INVALID")],
        ),
    ],
)
def test_every_violation_names_its_field(changes, violations):
    assert found(**changes) == violations


@pytest.mark.parametrize(
    "content_type",
    ["pdf", "a/b/c", "a/", "text/plain\r\nX: y", "text/plain; charset", "text/plain;", "é/x",
     "multipart/mixed", "Multipart/mixed; boundary=x", "text/plain; name=x", "text/plain;NAME=x",
     "text/plain; boundary=x", 'text/plain; a="\r\n"', "text/plain ; a=b", "x" * 128 + "/y"],
)  # fmt: skip
def test_content_types_that_cannot_be_attached(content_type):
    assert found(attachments=file(content_type=content_type)) == [
        ("content.attachments[0].content_type", "FIELD_INVALID")
    ]


@pytest.mark.parametrize(
    "name",
    ["From", "SENDER", "to", "Cc", "Bcc", "Date", "Message-ID", "Subject", "Reply-To", "In-Reply-To",
     "References", "DKIM-Signature", "ARC-Seal", "Received", "Return-Path", "Authentication-Results",
     "MIME-Version", "Content-Type", "content-transfer-encoding", "X-Mailbot-Message", "Resent-To"],
)  # fmt: skip
def test_fields_that_mailbot_writes_cannot_be_set(name):
    assert found(headers=((name, "x"),)) == [
        (f"content.headers[{name}]", "FIELD_INVALID")
    ]
    with pytest.raises(ValueError, match="name"):
        compose(
            dataclasses.replace(DRAFT, headers=((name, "x"),)),
            message_id="a@example.com",
            date=datetime(2025, 1, 1, tzinfo=UTC),
            boundary="b",
        )


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
@pytest.mark.parametrize("text", ["{}x", "x{}", "x{}Bcc: mallory@example.com"])
def test_control_characters_are_refused_in_every_header_text(control, text):
    value = text.format(control)
    assert found(subject=value) == [("content.subject", "FIELD_INVALID")]
    assert found(to=(box(name=value),)) == [("to[0].display_name", "FIELD_INVALID")]
    assert found(reply_to=(box(name=value),)) == [
        ("reply_to[0].display_name", "FIELD_INVALID")
    ]
    assert found(sender=box(name=value)) == [("sender.display_name", "FIELD_INVALID")]
    assert found(to=(box(f"{value}@example.com"),)) == [
        ("to[0].address", "ADDRESS_INVALID")
    ]
    assert found(headers=(("X-Foo", value),)) == [
        ("content.headers[X-Foo]", "FIELD_INVALID")
    ]
    assert [path for path, _ in found(headers=((value, "x"),))]
    in_file = "content.attachments[0]"
    assert found(attachments=file(filename=value)) == [
        (f"{in_file}.filename", "FIELD_INVALID")
    ]
    assert found(attachments=file(content_type=f"a/{value}")) == [
        (f"{in_file}.content_type", "FIELD_INVALID")
    ]
    assert found(attachments=file(content_id=value)) == [
        (f"{in_file}.content_id", "FIELD_INVALID")
    ]


def test_control_characters_are_welcome_in_bodies():
    assert found(text="a\r\nb\x00\u2028c", html="\x01") == []


texts = st.text(max_size=200) | st.text("aé漢\n\r ", max_size=200)
words = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=80
)


@given(
    subject=words,
    names=st.lists(words, max_size=5),
    text=texts,
    html=texts,
    headers=st.lists(st.tuples(st.just("X-Foo"), words), max_size=3),
    files=st.lists(
        st.tuples(words, st.sampled_from(["", "logo"]), st.binary(max_size=300)),
        max_size=3,
    ),
    references=st.lists(st.text("ab@.", max_size=200), max_size=21),
)
def test_composed_size_is_an_upper_bound(
    subject, names, text, html, headers, files, references
):
    written = Draft(
        sender=ANN,
        to=tuple(box(name=name) for name in names),
        cc=tuple(box(f"{'x' * 60}@{'y' * 60}.example.com", name) for name in names),
        reply_to=tuple(box(name=name) for name in names),
        subject=subject,
        text=text,
        html=html,
        headers=tuple(headers),
        attachments=tuple(
            AttachmentBody(filename=n, content_id=i, data=d) for n, i, d in files
        ),
        in_reply_to="x" * 100,
        references=tuple(references),
    )
    raw = compose(
        written,
        message_id=f"{'m' * 100}@example.com",
        date=datetime(2025, 1, 1, tzinfo=UTC),
        boundary="b" * 60,
    )
    assert len(raw) <= draft.composed_size(written)


def test_composed_size_of_a_large_message_is_not_far_off():
    large = dataclasses.replace(DRAFT, attachments=file(data=bytes(1_000_000)))
    exact = len(
        compose(
            large, message_id="a@b", date=datetime(2025, 1, 1, tzinfo=UTC), boundary="b"
        )
    )
    assert exact <= draft.composed_size(large) <= exact + 5000
