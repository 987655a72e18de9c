from mailbot_server.store.threads import removing
from tests.fakes.conversing import receive, recount


def remove(tx, own, *gone):
    ids = [each.id for each in gone]
    left = removing.begin(tx, own.id, [each.thread_id for each in gone], ids)
    for each in gone:
        for table, column in (("raw", "message_id"), ("message", "id")):
            tx.execute(f"DELETE FROM {table} WHERE {column} = ?", each.id)
    tx.count(own.id, inbound_messages=-len(gone))
    return [removing.finish(tx, own.id, own.address, each) for each in left]


async def test_threads_that_are_left_and_threads_that_go(db, clock, inbox):
    made = []
    for ties in (("1@x",), ("2@x", "1@x"), ("3@x",)):
        made.append((await receive(db, inbox, *ties)).message)
        clock.advance(seconds=1)
    first, second, alone = made
    assert await db.write(remove, inbox, first, alone) == [True, False]
    await db.read(recount, inbox.id)
    assert await db.write(remove, inbox, second) == [False]
    await db.read(recount, inbox.id)


async def test_of_a_long_thread_those_who_take_part_stay(db, clock, inbox, monkeypatch):
    monkeypatch.setattr(removing, "READ_MAX", 2)
    made = []
    for number in range(3):
        ties = (f"{number}@x", "0@x")[: number + 1]
        made.append((await receive(db, inbox, *ties, sender=number)).message)
        clock.advance(seconds=1)

    def people(tx):
        sql = "SELECT COUNT(*) FROM thread_participant"
        return tx.one(sql)[0]

    await db.write(remove, inbox, made[0])
    assert await db.read(people) == 3
    await db.write(remove, inbox, made[1])
    assert await db.read(people) == 1
    await db.read(recount, inbox.id)


async def test_nothing_leaves_no_thread(db, inbox):
    assert await db.write(remove, inbox) == []
