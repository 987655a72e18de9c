"""Uploads: bounded, checked, counted against the account, kept for a day."""

import hashlib

import pytest

from mailbot_server.core.errors import InvalidInput, LimitExceeded
from mailbot_server.engine import uploads
from mailbot_server.engine.uploads import Announced
from mailbot_server.store import uploads as stored
from tests.fakes.tenants import account, add_account, add_inbox

DATA = b"0123456789"
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
async def inbox(db):
    """Whose messages will use the uploads."""
    await add_account(db, 1)
    await add_account(db, 2)
    return await add_inbox(db)


def announced(inbox, **changes):
    known = {"account_id": inbox.account_id, "inbox_id": inbox.id, "size_bytes": 10}
    return Announced(**{**known, **changes})


async def chunks(*parts):
    for part in parts:
        yield part


async def taken(db, inbox, *parts, **changes):
    return await uploads.take(db, announced(inbox, **changes), chunks(*parts))


async def test_an_upload_is_kept_whole(db, inbox, clock):
    made = await taken(db, inbox, DATA[:3], b"", DATA[3:], sha256=DIGEST)
    assert made.sha256 == DIGEST
    assert made.expires_at - clock() == uploads.KEEP
    assert await db.read(stored.get, inbox.account_id, made.id) == made
    assert await db.read(stored.data, made.id) == DATA
    assert await db.read(stored.get, account(2).id, made.id) is None


@pytest.mark.parametrize(
    ("parts", "changes", "field"),
    [
        ([DATA, b"x"], {}, "header.size_bytes"),
        ([DATA[:9]], {}, "header.size_bytes"),
        ([], {}, "header.size_bytes"),
        ([DATA], {"sha256": "0" * 64}, "header.sha256"),
    ],
    ids=["more", "less", "nothing", "other"],
)
async def test_what_was_not_announced_is_not_kept(db, inbox, parts, changes, field):
    with pytest.raises(InvalidInput) as caught:
        await taken(db, inbox, *parts, **changes)
    assert caught.value.reason == "UPLOAD_MISMATCH"
    assert caught.value.details == {"field": field}
    assert await db.read(stored.total_bytes, inbox.account_id) == 0


async def test_reading_stops_at_what_was_announced(db, inbox):
    read = []

    async def endless():
        while True:
            read.append(1)
            yield b"x" * 4

    with pytest.raises(InvalidInput):
        await uploads.take(db, announced(inbox), endless())
    assert len(read) == 3


async def test_accounts_have_a_quota_each(db, inbox, clock, monkeypatch):
    monkeypatch.setattr(uploads, "ACCOUNT_BYTES_MAX", 25)
    for _ in range(2):
        await taken(db, inbox, DATA)
    with pytest.raises(LimitExceeded) as caught:
        await taken(db, inbox, DATA)
    assert caught.value.reason == "UPLOAD_QUOTA"
    assert caught.value.subject == inbox.account_id
    other = await add_inbox(db, 2, account(2))
    assert await taken(db, other, DATA)
    clock.advance(hours=24)
    assert await taken(db, inbox, DATA)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"size_bytes": -1}, "header.size_bytes"),
        ({"size_bytes": uploads.UPLOAD_BYTES_MAX + 1}, "header.size_bytes"),
        ({"sha256": "0" * 63}, "header.sha256"),
        ({"sha256": "g" * 64}, "header.sha256"),
        ({"sha256": "٠" * 64}, "header.sha256"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_once(changes, field):
    known = {"account_id": "acc_1", "inbox_id": "inb_1", "size_bytes": 10}
    with pytest.raises(InvalidInput) as caught:
        uploads.check(Announced(**{**known, **changes}))
    assert [each.field for each in caught.value.violations] == [field]


@pytest.mark.parametrize("size", [0, 1, uploads.UPLOAD_BYTES_MAX])
def test_what_can_be_taken_is_let_through(size):
    uploads.check(Announced(account_id="acc_1", inbox_id="inb_1", size_bytes=size))
