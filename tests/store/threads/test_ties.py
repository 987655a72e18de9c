"""A tie is taken once."""

from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import ties

LONG = "é" * 900


def test_a_key_is_the_tie_where_an_index_can_hold_it():
    assert ties.key("a@x") == "a@x"
    assert ties.key("a" * 500) == "a" * 500
    assert ties.key(LONG).startswith("sha256 ")
    assert ties.key(LONG) != ties.key(LONG + "é")


def test_keys_keep_their_order_and_come_once():
    assert ties.keys(["b@x", "a@x", "b@x", LONG]) == ["b@x", "a@x", ties.key(LONG)]


def _taken(tx: Transaction) -> list[set[str]]:
    return [
        ties.take(tx, "inb_1", ["a", "b", "c"], "thr_1"),
        ties.take(tx, "inb_1", ["c", "d"], "thr_2"),
        ties.take(tx, "inb_2", ["a"], "thr_3"),
        ties.take(tx, "inb_1", [], "thr_4"),
    ]


def _owners(tx: Transaction) -> dict[str, str]:
    sql = "SELECT tie, thread_id FROM thread_tie WHERE inbox_id = 'inb_1'"
    return dict(tx.all(sql))


async def test_only_what_nobody_has_is_taken(db: Database) -> None:
    assert await db.write(_taken) == [{"a", "b", "c"}, {"d"}, {"a"}, set()]
    await db.write(ties.give, "inb_1", {"a", "d"}, "thr_9")
    assert await db.read(_owners) == {
        "a": "thr_9",
        "b": "thr_1",
        "c": "thr_1",
        "d": "thr_9",
    }


async def test_no_key_has_no_root(db: Database) -> None:
    assert await db.read(ties.roots, "inb_1", []) == {}
    assert await db.read(ties.roots, "inb_1", ["a", "b", "c"]) == {}
