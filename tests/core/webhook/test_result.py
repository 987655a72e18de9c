import pytest

from mailbot_server.core.webhook import result
from mailbot_server.core.webhook.result import Consequence, Result


@pytest.mark.parametrize(
    ("status", "expected", "consequence"),
    [
        (200, Result.SUCCESS, Consequence.DONE),
        (204, Result.SUCCESS, Consequence.DONE),
        (299, Result.SUCCESS, Consequence.DONE),
        (301, Result.REDIRECT, Consequence.AGAIN),
        (304, Result.REDIRECT, Consequence.AGAIN),
        (400, Result.CLIENT_ERROR, Consequence.AGAIN),
        (403, Result.CLIENT_ERROR, Consequence.PARK),
        (404, Result.CLIENT_ERROR, Consequence.AGAIN),
        (406, Result.CLIENT_ERROR, Consequence.PARK),
        (410, Result.GONE, Consequence.STOP),
        (429, Result.TOO_MANY_REQUESTS, Consequence.AGAIN),
        (500, Result.SERVER_ERROR, Consequence.AGAIN),
        (503, Result.SERVER_ERROR, Consequence.AGAIN),
        (101, Result.PROTOCOL, Consequence.AGAIN),
        (999, Result.PROTOCOL, Consequence.AGAIN),
    ],
)
def test_what_a_status_means(status, expected, consequence):
    assert result.of_status(status) is expected
    assert result.consequence(expected, status) is consequence


@pytest.mark.parametrize("kind", [Result.TIMEOUT, Result.DNS, Result.BLOCKED_ADDRESS])
def test_where_nobody_answered_it_is_tried_again(kind):
    assert result.consequence(kind, 0) is Consequence.AGAIN


def test_only_some_may_ask_for_patience():
    asking = [code for code in range(100, 600) if result.may_ask_for_patience(code)]
    assert asking == [429, 502, 503, 504]
