"""The rows say who takes part now."""

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.store import mailboxes
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import participants


def written(*addresses: str) -> str:
    return mailboxes.write(Mailbox(address=each) for each in addresses)


def _rows(tx: Transaction) -> list[str]:
    sql = "SELECT address FROM thread_participant ORDER BY address"
    return [row[0] for row in tx.all(sql)]


async def test_who_comes_is_added_and_who_goes_is_taken_away(db: Database) -> None:
    before = ""
    for after, expected in (
        (written("Ann@X.org", "bob@x.org"), ["ann@x.org", "bob@x.org"]),
        (written("bob@x.org", "c@x.org", "C@x.org"), ["bob@x.org", "c@x.org"]),
        ("", []),
    ):
        await db.write(participants.change, "inb_1", "thr_1", before, after)
        assert await db.read(_rows) == expected
        before = after


async def test_who_was_known_is_not_added_again(db: Database) -> None:
    ann, bob, named = (
        Mailbox(address=each) for each in ("a@x.org", "b@x.org", "A@x.org")
    )
    await db.write(participants.add, "inb_1", "thr_1", [ann], [])
    await db.write(participants.add, "inb_1", "thr_1", [named, bob], [ann])
    assert await db.read(_rows) == ["a@x.org", "b@x.org"]


async def test_what_is_longer_than_any_address_is_no_row(db: Database) -> None:
    """B-trees of PostgreSQL take 2,704 octets; strangers write what they like."""
    signs = "".join(chr(0x4E00 + n * n * 7919 % 20_000) for n in range(900))
    after = written(f"{signs}@x.org", f"{signs[:240]}@x.org", "a@x.org")
    await db.write(participants.change, "inb_1", "thr_1", "", after)
    assert await db.read(_rows) == ["a@x.org", f"{signs[:240]}@x.org"]
    await db.write(participants.change, "inb_1", "thr_1", after, "")
    assert await db.read(_rows) == []
