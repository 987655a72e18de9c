"""Who calls is known inside the running call, and nowhere else."""

import asyncio
import contextvars

import pytest

from mailbot_server.api import calls
from tests.fakes.tenants import principal


async def test_each_call_knows_its_own_caller():
    async def call(key_id):
        calls.set_principal(principal(key_id=key_id))
        await asyncio.sleep(0)
        return calls.principal().key_id

    assert [*await asyncio.gather(call("key_a"), call("key_b"))] == ["key_a", "key_b"]


def test_outside_of_a_call_nobody_calls():
    with pytest.raises(LookupError):
        contextvars.Context().run(calls.principal)
