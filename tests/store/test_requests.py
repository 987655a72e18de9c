"""A request_id stands for its first call, for 24 hours, whoever races for it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.errors import WrongState
from mailbot_server.store import requests
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.requests import Remembered
from tests.fakes.clock import FakeClock

ACCOUNT = "acc_1"
SEND = "SendMessage"


class Rollback(Exception):
    """Undoes an operation."""


def claim_and_fail(tx: Transaction, *arguments: Any) -> None:
    requests.claim(tx, *arguments)
    raise Rollback


async def test_the_first_claim_is_ours_and_a_repeat_remembers_it(
    db: Database, clock: FakeClock
) -> None:
    first = clock()
    assert await db.write(requests.claim, ACCOUNT, SEND, "r1", b"same", "msg_1") is None
    clock.advance(hours=23, minutes=59)
    again = await db.write(requests.claim, ACCOUNT, SEND, "r1", b"same", "msg_2")
    assert again == Remembered(result_id="msg_1", created_at=first)


async def test_another_payload_is_refused_with_the_first_time(
    db: Database, clock: FakeClock
) -> None:
    await db.write(requests.claim, ACCOUNT, SEND, "r1", b"one", "msg_1")
    with pytest.raises(WrongState) as raised:
        await db.write(requests.claim, ACCOUNT, SEND, "r1", b"two", "msg_2")
    assert raised.value.reason == "REQUEST_ID_REUSED"
    assert raised.value.details == {
        "request_id": "r1",
        "first_create_time": "2026-03-02T12:00:00Z",
    }


@pytest.mark.parametrize(
    "other",
    [("acc_2", SEND, "r1"), (ACCOUNT, "CreateInbox", "r1"), (ACCOUNT, SEND, "r2")],
    ids=["account", "method", "request_id"],
)
async def test_claims_are_apart_by(db: Database, other: tuple[str, str, str]) -> None:
    await db.write(requests.claim, ACCOUNT, SEND, "r1", b"same", "msg_1")
    assert await db.write(requests.claim, *other, b"same", "msg_2") is None


async def test_after_a_day_the_id_is_taken_over(db: Database, clock: FakeClock) -> None:
    await db.write(requests.claim, ACCOUNT, SEND, "r1", b"old", "msg_1")
    taken_at = clock.advance(hours=24)
    assert await db.write(requests.claim, ACCOUNT, SEND, "r1", b"new", "msg_2") is None
    again = await db.write(requests.claim, ACCOUNT, SEND, "r1", b"new", "msg_3")
    assert again == Remembered(result_id="msg_2", created_at=taken_at)


async def test_a_failed_operation_claims_nothing(db: Database) -> None:
    with pytest.raises(Rollback):
        await db.write(claim_and_fail, ACCOUNT, SEND, "r1", b"one", "msg_1")
    assert await db.write(requests.claim, ACCOUNT, SEND, "r1", b"two", "msg_2") is None


async def test_one_of_many_racing_calls_wins_and_all_hear_of_it(db: Database) -> None:
    calls = [
        db.write(requests.claim, ACCOUNT, SEND, "r1", b"same", f"msg_{number}")
        for number in range(20)
    ]
    answers = await asyncio.gather(*calls)
    winners = [n for n, answer in enumerate(answers) if answer is None]
    assert len(winners) == 1
    remembered = {answer.result_id for answer in answers if answer is not None}
    assert remembered == {f"msg_{winners[0]}"}


async def test_forgetting_is_bounded_and_spares_the_young(
    db: Database, clock: FakeClock
) -> None:
    for number in range(3):
        await db.write(requests.claim, ACCOUNT, SEND, f"old{number}", b"", "msg")
    now = clock.advance(hours=25)
    await db.write(requests.claim, ACCOUNT, SEND, "young", b"", "msg_young")
    before = now - timedelta(hours=24)
    steps = [await db.write(requests.forget, before, 2) for _ in range(3)]
    assert steps == [2, 1, 0]
    young = await db.write(requests.claim, ACCOUNT, SEND, "young", b"", "msg_other")
    assert young is not None
    assert young.result_id == "msg_young"
