"""A job tells its caller what became of it, once."""

import asyncio
from typing import Any, cast

import pytest

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database.job import Job, away
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.database.transaction import Connection, Transaction
from tests.fakes.tenants import BEGINNING

NO_CONNECTION = cast("Connection", None)


def job(operation: Any, *arguments: Any) -> Job:
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    return Job(operation, arguments, Stamp(now=BEGINNING, seed=bytes(16)), future)


def name_and_touch(tx: Transaction, prefix: str) -> str:
    tx.touch("news")
    return tx.new_id(prefix)


def refuse(tx: Transaction) -> None:
    raise LookupError("nothing there")


async def test_a_result_reaches_the_caller() -> None:
    done = job(name_and_touch, "msg")
    done.run(NO_CONNECTION)
    done.settle()
    assert await done.future == done.result
    assert done.topics == {"news"}


async def test_running_again_gives_the_same_ids() -> None:
    repeated = job(name_and_touch, "msg")
    repeated.run(NO_CONNECTION)
    first = repeated.result
    repeated.run(NO_CONNECTION)
    assert repeated.result == first


async def test_an_error_reaches_the_caller_and_wakes_nobody() -> None:
    failed = job(name_and_touch, "msg")
    failed.run(NO_CONNECTION)
    failed.fail(LookupError("gone"))
    failed.settle()
    with pytest.raises(LookupError, match="gone"):
        await failed.future
    assert (failed.result, failed.topics, failed.events) == (None, set(), [])


async def test_a_run_after_a_failure_succeeds() -> None:
    again = job(name_and_touch, "msg")
    again.fail(away())
    again.run(NO_CONNECTION)
    again.settle()
    assert (await again.future).startswith("msg_")


async def test_what_the_operation_raises_is_raised() -> None:
    with pytest.raises(LookupError):
        job(refuse).run(NO_CONNECTION)


async def test_a_caller_who_left_is_not_told() -> None:
    left = job(name_and_touch, "msg")
    left.run(NO_CONNECTION)
    left.future.cancel()
    left.settle()
    assert left.future.cancelled()


def test_away_is_unavailable_and_says_to_try_again() -> None:
    error = away()
    assert isinstance(error, Unavailable)
    assert (error.reason, error.retry_after_seconds) == ("STORE_UNAVAILABLE", 1.0)
    assert "try again" in error.message
