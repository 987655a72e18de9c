"""A draft that cannot be written says which field; one that can is one message."""

from dataclasses import replace

import pytest

from mailbot_server.core import limits as windows
from mailbot_server.core.errors import (
    InvalidInput,
    MailbotError,
)
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.compose import AttachmentBody
from mailbot_server.store import (
    inboxes,
)
from mailbot_server.store.database import Database
from tests.fakes.drafts import DRAFT


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
