"""A draft that cannot be written says which field; one that can is one message."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mailbot_server.core import limits as windows
from mailbot_server.core.errors import (
    InvalidInput,
    MailbotError,
)
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.compose import AttachmentBody
from mailbot_server.core.mail.draft import Draft
from mailbot_server.core.mail.dsn.request import MailRequest, RcptRequest
from mailbot_server.core.message import Via
from mailbot_server.engine import reading
from mailbot_server.engine.outbound.submission import composition
from mailbot_server.engine.outbound.submission.composition import Composed, HandedIn
from mailbot_server.store import (
    inboxes,
)
from mailbot_server.store.database import Database
from tests.fakes import tenants
from tests.fakes.drafts import DRAFT
from tests.fakes.tenants import BEGINNING

SENDER = tenants.inbox(1)


async def refused(call, db: Database, inbox: Inbox) -> MailbotError:
    """The error of a call that leaves no trace."""
    with pytest.raises(MailbotError) as caught:
        await call
    counts = await db.read(inboxes.counts, inbox.id)
    assert (counts.outbound_messages, counts.open_deliveries) == (0, 0)
    return caught.value


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        pytest.param(
            {"to": (Mailbox(address="no address"),)},
            *("to[0].address", "ADDRESS_INVALID"),
            id="address",
        ),
        pytest.param(
            {"subject": "a\r\nBcc: x@example.com"},
            *("content.subject", "FIELD_INVALID"),
            id="c6-subject",
        ),
        pytest.param(
            {"to": (Mailbox(address="a@example.com", display_name="a\nb"),)},
            *("to[0].display_name", "FIELD_INVALID"),
            id="c6-display-name",
        ),
        pytest.param(
            {"headers": (("X-Note", "a\r\nBcc: b@example.com"),)},
            *("content.headers[X-Note]", "FIELD_INVALID"),
            id="c6-header",
        ),
        pytest.param(
            {"headers": (("DKIM-Signature", "v=1"),)},
            *("content.headers[DKIM-Signature]", "FIELD_INVALID"),
            id="c7-our-field",
        ),
        pytest.param({"text": ""}, "content.text_body", "FIELD_INVALID", id="empty"),
        pytest.param({"to": ()}, "to", "FIELD_INVALID", id="nobody"),
        pytest.param(
            {"to": tuple(Mailbox(address=f"u{n}@example.com") for n in range(51))},
            *("to", "TOO_MANY_RECIPIENTS"),
            id="51",
        ),
    ],
)
async def test_a_draft_that_cannot_be_written_names_its_field(
    db, send, inbox, change, field, reason
):
    error = await refused(send(replace(DRAFT, **change)), db, inbox)
    assert isinstance(error, InvalidInput)
    assert error.reason == reason
    assert error.violations[0].field == field


async def test_fifty_recipients_are_welcome_and_repeats_count_once(send):
    to = tuple(Mailbox(address=f"u{n}@example.com") for n in range(50))
    submitted = await send(replace(DRAFT, to=to, cc=to))
    assert len(submitted.deliveries) == 50


async def test_a_message_that_is_too_large_says_how_large(db, send, inbox):
    attachment = AttachmentBody(filename="x", data=b"x" * windows.MESSAGE_BYTES_MAX)
    call = send(replace(DRAFT, attachments=(attachment,)))
    error = await refused(call, db, inbox)
    assert error.reason == "MESSAGE_TOO_LARGE"
    assert error.details["limit"] == "26214400"
    assert int(error.details["size"]) > windows.MESSAGE_BYTES_MAX


async def test_bad_labels_and_metadata_are_named(db, send, inbox):
    call = send(labels=("No Spaces",), metadata={"bad key": "x"})
    error = await refused(call, db, inbox)
    assert isinstance(error, InvalidInput)
    assert [v.field for v in error.violations] == [
        *("content.labels[0]", "content.metadata['bad key']"),
    ]


HANDED_IN = HandedIn(
    raw=b"To: Ann <ann@example.org>\nSubject: Hello\nIn-Reply-To: <1@x>\n\nHow are you?",
    recipients={
        "ann@example.org": RcptRequest(notify="NEVER"),
        "blind@example.org": RcptRequest(),
    },
    asked=MailRequest(returns="hdrs", envelope_id="e-1"),
    by="mail.example.com",
    protocol="ESMTPSA",
)


async def adopted(inbox: Inbox, handed_in: HandedIn = HANDED_IN) -> Composed:
    return await composition.adopted(
        handed_in, inbox, message_id="msg_1", now=BEGINNING, via=Via.SMTP
    )


async def test_what_was_handed_in_is_a_message_of_the_inbox(inbox):
    made = await adopted(inbox)
    message = made.message
    assert made.raw.startswith(b"Received: by mail.example.com with ESMTPSA id msg_1;")
    assert message.sender == Mailbox(address=inbox.address, display_name="Support")
    assert [each.address for each in message.addressees.to] == ["ann@example.org"]
    assert [each.address for each in message.addressees.bcc] == ["blind@example.org"]
    assert (message.subject, message.snippet) == ("Hello", "How are you?")
    assert message.rfc822_message_id == f"msg_1@{inbox.domain}"
    assert message.in_reply_to == "1@x"
    assert (message.via, message.envelope_sender) == (Via.SMTP, inbox.address)
    assert (message.dsn_return, message.dsn_envelope_id) == ("hdrs", "e-1")
    assert message.size_bytes == len(made.raw)
    assert made.recipients == ("ann@example.org", "blind@example.org")
    assert made.asked["ann@example.org"].notify == "NEVER"


async def test_a_large_one_is_read_in_a_thread_and_is_the_same(inbox):
    body = b"line\r\n" * 20_000
    large = replace(HANDED_IN, raw=HANDED_IN.raw + b"\r\n" + body, by="")
    made = await adopted(inbox, large)
    assert made.raw.startswith(b"Date: ")
    assert made.raw.endswith(body)


async def test_what_is_not_the_inboxs_to_send_is_refused(inbox):
    forged = replace(HANDED_IN, raw=b"From: ann@example.org\r\n\r\nHi")
    with pytest.raises(InvalidInput) as caught:
        await adopted(inbox, forged)
    assert caught.value.reason == "ADDRESS_INVALID"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"recipients": {}}, "FIELD_INVALID"),
        (
            {"recipients": {f"u{n}@x.com": RcptRequest() for n in range(51)}},
            "TOO_MANY_RECIPIENTS",
        ),
        ({"raw": b"x" * (windows.MESSAGE_BYTES_MAX + 1)}, "MESSAGE_TOO_LARGE"),
    ],
    ids=["nobody", "many", "large"],
)
def test_what_was_handed_in_has_the_limits_of_every_message(changes, reason):
    composition.check_handed_in(HANDED_IN)
    with pytest.raises(InvalidInput) as caught:
        composition.check_handed_in(replace(HANDED_IN, **changes))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        ("Please find it attached.", "Please find it attached."),
        ("Yes.\n\n> Is it paid?", "Yes."),
        ("Yes.\n\n-- \nAnn, Sales", "Yes."),
        ("Yes.\n\nOn Monday Ann <ann@example.org> wrote:\n> Is it paid?", "Yes."),
    ],
)
async def test_the_snippet_is_what_the_text_says_anew(text, snippet):
    written = replace(DRAFT, text=text, sender=Mailbox(address=tenants.inbox().address))
    made = await composition.composed(
        written, tenants.inbox(), message_id=f"msg_{1:026d}", now=BEGINNING
    )
    assert made.message.snippet == snippet


# --- what composing knows without reading ---------------------------------------------

OURS = replace(DRAFT, sender=Mailbox(address=SENDER.address))


async def made(written: Draft) -> Composed:
    now, message_id = BEGINNING, f"msg_{1:026d}"
    return await composition.composed(written, SENDER, message_id=message_id, now=now)


WORDS = st.sampled_from(
    [
        "Figures",
        "a  b",
        " a",
        "b ",
        "é",
        "=?utf-8?q?x?=",
        '"q"',
        "x" * 90,
        "a.b, c",
        "\t",
    ]
)
LINES = (
    *("Hello", "", "> quoted", "-- ", "é", "x" * 1200, "From here", ".", " end "),
    *("On Monday, Ann wrote:", "----- Original Message -----", "a\tb", "=20"),
    *("это " * 30, "\ufeffx", "=\t", "\x0c", "\u2028y"),
)
TEXTS = st.lists(st.sampled_from(LINES), max_size=6).map("\n".join)
PEOPLE = st.builds(
    Mailbox,
    address=st.sampled_from(
        ["ann@example.com", '"a b"@example.com', "bob+x@example.net"]
    ),
    display_name=WORDS | st.just(""),
)


@settings(max_examples=300)
@given(
    text=TEXTS,
    subject=WORDS | st.just(""),
    to=st.lists(PEOPLE, min_size=1, max_size=3).map(tuple),
    cc=st.lists(PEOPLE, max_size=2).map(tuple),
    html=st.sampled_from(["", "", "<p>Hello</p>"]),
)
async def test_what_is_known_of_a_plain_message_is_what_its_bytes_say(
    text, subject, to, cc, html
):
    written = replace(OURS, text=text, subject=subject, to=to, cc=cc, html=html)
    assume(not composition.check(written))
    known = await made(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(composition, "_known", lambda *_: None)
        assert await made(written) == known


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Hello Ann,\n\nall is well.", ""),
        ("Hello Ann,\n\nall is well.\n" + "So it is. " * 100, "quoted-printable"),
        ("Hello Ann,\n\nall is well.\n" + "это так " * 100, "base64"),
    ],
)
async def test_a_message_of_text_is_not_read_again(monkeypatch, text, encoding):
    monkeypatch.delattr(reading, "read")
    composed = await made(replace(OURS, text=text))
    assert composed.message.snippet.startswith("Hello Ann, all is well.")
    assert [part.encoding for part in composed.parts] == [encoding]
