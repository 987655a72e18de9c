"""Whatever is done to the rows behind the server's back is found, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mailbot_server.core.audit import GENESIS, Change, Entry, Link
from mailbot_server.core.audit.chain import hash_of
from mailbot_server.store.audit import chains
from mailbot_server.store.audit.entries import SELECT, entry_of
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.database.auditing import row
from tests.fakes.tenants import account

MINE = account().id
WRITTEN = 6


def write(tx: Transaction, count: int = WRITTEN, of: str = MINE) -> None:
    for number in range(count):
        tx.audit(
            Change(
                account_id=of,
                action="door.paint",
                resource_type="door",
                resource_id=f"door_{number}",
                after={"number": number, "name": "Tür"},
            )
        )


def unguard(tx: Transaction) -> None:
    """As somebody would who owns the database."""
    on = " ON audit_entry" if tx.is_postgres else ""
    for name in ("audit_entry_not_changed", "audit_entry_not_removed"):
        if name.endswith("changed") or not tx.is_postgres:
            tx.execute(f"DROP TRIGGER {name}{on}")


def run(*statements: str) -> Callable[[Transaction], None]:
    def tamper(tx: Transaction) -> None:
        for sql in statements:
            tx.execute(f"{sql} AND account_id = '{MINE}'")

    return tamper


def entries(tx: Transaction) -> list[Entry]:
    return [
        entry_of(found)
        for found in tx.all(f"{SELECT} WHERE account_id = ? ORDER BY sequence", MINE)
    ]


def rewrite(tx: Transaction) -> None:
    """Every entry after the second one anew, with hashes that fit, and the head."""
    marks = ", ".join("?" * 15)
    old = entries(tx)
    link = old[1].hash
    tx.execute("DELETE FROM audit_entry WHERE account_id = ?", MINE)
    new = old[:2]
    for each in old[2:]:
        changed = replace(each, actor_id="key_other", previous_hash=link)
        new.append(replace(changed, hash=hash_of(changed)))
        link = new[-1].hash
    for each in new:
        tx.execute(f"INSERT INTO audit_entry VALUES ({marks})", *row(each))
    tx.execute("UPDATE audit_head SET hash = ? WHERE account_id = ?", link, MINE)


@pytest.fixture
async def chain(db: Database) -> Link:
    """The end of a chain of six, beside that of another account."""
    await db.write(write)
    await db.write(write, of=account(2).id)
    await db.write(unguard)
    return await db.read(chains.head, MINE)


async def fault(db: Database, after: Link | None = None) -> tuple[int, str] | None:
    done = await db.read(chains.verify, MINE, after or Link())
    return (done.fault.sequence, done.fault.kind) if done.fault else None


async def test_an_untouched_chain_is_right_at_once_and_piece_by_piece(
    db: Database, chain: Link
) -> None:
    done = await db.read(chains.verify, MINE, Link(), met=chain.hash)
    assert (done.count, done.link, done.fault) == (WRITTEN, chain, None)
    assert done.is_last
    assert done.is_met
    link, counts, is_last = Link(), [], False
    while not is_last:
        piece = await db.read(chains.verify, MINE, link, 2)
        link, is_last = piece.link, piece.is_last
        counts.append(piece.count)
    assert (counts, link) == ([2, 2, 2, 0], chain)


async def test_a_chain_that_has_not_begun_is_right(db: Database) -> None:
    done = await db.read(chains.verify, MINE, Link(), met=GENESIS)
    assert (done.count, done.link, done.fault) == (0, Link(), None)
    assert done.is_met


@pytest.mark.parametrize(
    "value",
    [
        "actor_id = 'key_x'",
        "created_at = created_at + 1",
        "surface = 'smtp'",
        "action = 'door.open'",
        "resource_type = 'wall'",
        "resource_id = 'door_9'",
        "inbox_id = 'inb_1'",
        "request_id = 'req_1'",
        "before_json = '{\"a\":1}'",
        'after_json = \'{"name":"Tür","number":9}\'',
        "id = 'aud_x'",
        "hash = previous_hash",
        "previous_hash = hash",
    ],
)
@pytest.mark.parametrize("place", [1, 3, WRITTEN])
async def test_a_changed_row_shows(
    db: Database, chain: Link, value: str, place: int
) -> None:
    assert chain.sequence == WRITTEN
    await db.write(run(f"UPDATE audit_entry SET {value} WHERE sequence = {place}"))
    assert await fault(db) == (place, "changed")


@pytest.mark.parametrize("place", range(1, WRITTEN + 1))
async def test_a_removed_row_shows(db: Database, chain: Link, place: int) -> None:
    assert chain.sequence == WRITTEN
    await db.write(run(f"DELETE FROM audit_entry WHERE sequence = {place}"))
    kind = "cut_off" if place == WRITTEN else "missing"
    assert await fault(db) == (place, kind)


async def test_rows_that_changed_places_show(db: Database, chain: Link) -> None:
    assert chain.sequence == WRITTEN
    swap = run(
        "UPDATE audit_entry SET sequence = 100 WHERE sequence = 2",
        "UPDATE audit_entry SET sequence = 2 WHERE sequence = 5",
        "UPDATE audit_entry SET sequence = 5 WHERE sequence = 100",
    )
    await db.write(swap)
    assert await fault(db) == (2, "reordered")


async def test_a_row_that_was_removed_and_the_rest_numbered_anew_shows(
    db: Database, chain: Link
) -> None:
    assert chain.sequence == WRITTEN
    steps = [
        f"UPDATE audit_entry SET sequence = {n - 1} WHERE sequence = {n}"
        for n in range(4, WRITTEN + 1)
    ]
    head = f"UPDATE audit_head SET sequence = {WRITTEN - 1} WHERE 1 = 1"
    remove = "DELETE FROM audit_entry WHERE sequence = 3"
    await db.write(run(remove, *steps, head))
    assert await fault(db) == (3, "reordered")


async def test_an_entry_of_another_account_in_its_place_shows(
    db: Database, chain: Link
) -> None:
    assert chain.sequence == WRITTEN

    def move(tx: Transaction) -> None:
        run("DELETE FROM audit_entry WHERE sequence = 4")(tx)
        sql = "UPDATE audit_entry SET account_id = ? WHERE sequence = 4"
        tx.execute(sql, MINE)

    await db.write(move)
    assert await fault(db) == (4, "changed")


@pytest.mark.parametrize("left", [0, 3])
async def test_an_end_that_was_cut_off_shows_by_the_head(
    db: Database, chain: Link, left: int
) -> None:
    assert chain.sequence == WRITTEN
    await db.write(run(f"DELETE FROM audit_entry WHERE sequence > {left}"))
    assert await fault(db) == (left + 1, "cut_off")


async def test_an_end_that_was_cut_off_with_its_head_shows_by_a_kept_hash(
    db: Database, chain: Link
) -> None:
    def cut(tx: Transaction) -> None:
        run("DELETE FROM audit_entry WHERE sequence > 3")(tx)
        sql = "UPDATE audit_head SET sequence = 3, hash = ? WHERE account_id = ?"
        tx.execute(sql, entries(tx)[-1].hash, MINE)

    await db.write(cut)
    done = await db.read(chains.verify, MINE, Link(), met=chain.hash)
    assert (done.fault, done.is_met) == (None, False)
    assert await fault(db, chain) == (4, "cut_off")
    # Nor does it help to go on from there.
    await db.write(write, 3)
    assert await fault(db, chain) == (6, "changed")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM audit_head WHERE 1 = 1",
        "UPDATE audit_head SET hash = ? WHERE 1 = 1",
    ],
)
async def test_a_head_that_was_touched_shows(
    db: Database, chain: Link, sql: str
) -> None:
    assert chain.sequence == WRITTEN
    values: list[Any] = [GENESIS] * sql.count("?")
    await db.write(Transaction.execute, f"{sql} AND account_id = '{MINE}'", *values)
    assert await fault(db) == (WRITTEN, "changed")


async def test_a_chain_written_anew_as_a_whole_shows_by_a_kept_hash_only(
    db: Database, chain: Link
) -> None:
    await db.write(rewrite)
    done = await db.read(chains.verify, MINE, Link(), met=chain.hash)
    assert (done.fault, done.is_met) == (None, False)
    assert await fault(db, chain) == (WRITTEN, "changed")
    middle = await db.read(chains.link_at, MINE, 2)
    assert await fault(db, middle) is None


async def test_a_place_to_begin_at_is_an_entry_or_the_beginning(
    db: Database, chain: Link
) -> None:
    assert await db.read(chains.link_at, MINE, 0) == Link()
    assert await db.read(chains.link_at, MINE, WRITTEN) == chain
    assert await db.read(chains.link_at, MINE, WRITTEN + 1) is None
