"""For whom a task works stays with that task."""

import asyncio

from mailbot_server.store.database import Database, Transaction, origin


def names() -> tuple[str, str]:
    return origin.actor_id.get(), origin.surface.get()


async def test_nobody_asked_unless_somebody_said_so_and_only_in_their_own_task() -> (
    None
):
    async def call() -> tuple[str, str]:
        origin.work_for("key_1", "api")
        await asyncio.sleep(0)
        return names()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(call())
    assert task.result() == ("key_1", "api")
    assert names() == ("mailbot", "engine")


def test_a_context_ends() -> None:
    with origin.working_for("key_1", "smtp"):
        assert names() == ("key_1", "smtp")
    assert names() == ("mailbot", "engine")


async def test_an_operation_knows_for_whom_it_runs(db: Database) -> None:
    def actor(tx: Transaction) -> str:
        return tx.actor_id

    with origin.working_for("key_1", "api"):
        assert await db.write(actor) == "key_1"
    assert await db.write(actor) == "mailbot"
