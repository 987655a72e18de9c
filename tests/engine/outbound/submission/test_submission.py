"""Uploads are found, measured and read before a message is composed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core import limits as windows
from mailbot_server.core.errors import (
    InvalidInput,
    NotFound,
)
from mailbot_server.core.inbox import Inbox
from mailbot_server.engine.outbound.submission.submit import (
    UploadRef,
)
from mailbot_server.store import (
    uploads,
)
from mailbot_server.store.database import Transaction
from mailbot_server.store.uploads import Upload


def upload(inbox: Inbox, clock, **changes) -> Upload:
    plain = Upload(
        id=f"upl_{1:026d}",
        account_id=inbox.account_id,
        inbox_id=inbox.id,
        size_bytes=5,
        sha256="",
        created_at=clock(),
        expires_at=clock() + timedelta(hours=24),
    )
    return replace(plain, **changes)


async def test_an_upload_is_attached_and_can_be_used_again(db, send, inbox, clock):
    kept = upload(inbox, clock)
    await db.write(uploads.add, kept, b"%PDF-")
    ref = UploadRef(filename="i.pdf", content_type="application/pdf", upload_id=kept.id)
    for _ in range(2):
        submitted = await send(uploads=(ref,))
        [summary] = submitted.message.attachments
        assert (summary.filename, summary.content_type) == ("i.pdf", "application/pdf")
        assert summary.size_bytes == 5


async def test_an_upload_of_another_inbox_or_an_old_one_is_not_found(
    db, send, inbox, clock
):
    other = upload(inbox, clock, inbox_id="inb_other")
    old = upload(inbox, clock, id=f"upl_{2:026d}", expires_at=clock())
    for one in (other, old):
        await db.write(uploads.add, one, b"hello")
        with pytest.raises(NotFound) as caught:
            await send(uploads=(UploadRef(filename="x", upload_id=one.id),))
        assert caught.value.resource_id == one.id


async def test_uploads_that_are_too_large_together_are_refused_unread(
    db, send, inbox, clock
):
    size = windows.MESSAGE_BYTES_MAX // 2 + 1
    refs = []
    for number in (1, 2):
        one = upload(inbox, clock, id=f"upl_{number:026d}", size_bytes=size)
        await db.write(uploads.add, one, b"pretends")
        refs.append(UploadRef(filename="x", upload_id=one.id))
    with pytest.raises(InvalidInput) as caught:
        await send(uploads=tuple(refs))
    assert caught.value.reason == "MESSAGE_TOO_LARGE"


async def test_a_repeat_needs_no_upload_that_has_expired_since(db, send, inbox, clock):
    kept = upload(inbox, clock)
    await db.write(uploads.add, kept, b"hello")
    call = {
        "uploads": (UploadRef(filename="x", upload_id=kept.id),),
        "request_id": "r1",
        "digest": b"d",
    }
    first = await send(**call)
    clock.advance(hours=23, minutes=59)
    await db.write(uploads.delete_expired, 10)
    clock.advance(minutes=-30)
    await db.write(forget_upload, kept.id)
    again = await send(**call)
    assert again.replayed
    assert again.message.id == first.message.id


def forget_upload(tx: Transaction, upload_id: str) -> None:
    tx.execute("DELETE FROM upload WHERE id = ?", upload_id)
