"""What answers say of themselves."""

import pytest

from mailbot_server.engine.dns import Exchange, MxAnswer, Status

ROOT = Exchange(preference=0, host="")
HOST = Exchange(preference=5, host="a.example.net")


@pytest.mark.parametrize(
    ("exchanges", "is_null"),
    [((ROOT,), True), ((), False), ((HOST,), False), ((ROOT, HOST), False)],
)
def test_only_a_lone_root_is_a_null_mx(exchanges, is_null):
    assert MxAnswer(status=Status.OK, exchanges=exchanges).is_null is is_null


def test_what_may_pass_is_what_nobody_has_answered():
    passing = {status for status in Status if status.may_pass}
    assert passing == {Status.FAILED, Status.TIMEOUT}


def test_nothing_is_authentic_by_itself():
    assert not MxAnswer(status=Status.OK).authentic
