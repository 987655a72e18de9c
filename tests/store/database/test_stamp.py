"""Who nobody names is the engine."""

from mailbot_server.store.database.stamp import Stamp
from tests.fakes.tenants import BEGINNING


def test_an_operation_that_nobody_asked_for_is_the_engines() -> None:
    stamp = Stamp(now=BEGINNING, seed=bytes(16))
    assert (stamp.actor_id, stamp.surface) == ("mailbot", "engine")
