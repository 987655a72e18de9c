"""Uploads belong to an account and are gone when they expire."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mailbot_server.store import uploads
from mailbot_server.store.database import Database
from mailbot_server.store.uploads import Upload
from tests.fakes.clock import FakeClock

BYTES = bytes(range(256)) * 4


def upload(clock: FakeClock, number: int = 1, **changes: Any) -> Upload:
    plain = Upload(
        id=f"upl_{number}",
        account_id="acc_1",
        inbox_id="inb_1",
        size_bytes=len(BYTES),
        sha256="0" * 64,
        created_at=clock(),
        expires_at=clock() + timedelta(hours=24),
    )
    return replace(plain, **changes)


async def test_an_upload_comes_back_with_its_bytes(
    db: Database, clock: FakeClock
) -> None:
    new = upload(clock)
    await db.write(uploads.add, new, BYTES)
    assert await db.read(uploads.get, "acc_1", new.id) == new
    assert await db.read(uploads.data, new.id) == BYTES


async def test_another_accounts_upload_is_not_there(
    db: Database, clock: FakeClock
) -> None:
    await db.write(uploads.add, upload(clock), BYTES)
    assert await db.read(uploads.get, "acc_2", "upl_1") is None
    assert await db.read(uploads.total_bytes, "acc_2") == 0


async def test_an_expired_upload_is_gone_at_that_instant(
    db: Database, clock: FakeClock
) -> None:
    await db.write(uploads.add, upload(clock), BYTES)
    clock.advance(hours=24)
    assert await db.read(uploads.get, "acc_1", "upl_1") is None


async def test_the_total_counts_what_has_not_expired(
    db: Database, clock: FakeClock
) -> None:
    soon = clock() + timedelta(hours=1)
    await db.write(uploads.add, upload(clock, expires_at=soon), BYTES)
    await db.write(uploads.add, upload(clock, 2), BYTES)
    assert await db.read(uploads.total_bytes, "acc_1") == 2 * len(BYTES)
    clock.advance(hours=1)
    assert await db.read(uploads.total_bytes, "acc_1") == len(BYTES)


async def test_deleting_is_bounded_and_spares_what_may_be_used(
    db: Database, clock: FakeClock
) -> None:
    for number in range(3):
        await db.write(uploads.add, upload(clock, number), BYTES)
    clock.advance(hours=24)
    await db.write(uploads.add, upload(clock, 9), BYTES)
    steps = [await db.write(uploads.delete_expired, 2) for _ in range(3)]
    assert steps == [2, 1, 0]
    assert await db.read(uploads.data, "upl_9") == BYTES
