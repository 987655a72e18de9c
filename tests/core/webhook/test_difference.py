import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.webhook import difference
from mailbot_server.core.webhook.attempt import Answer, Attempt
from mailbot_server.core.webhook.difference import Difference
from mailbot_server.core.webhook.result import Result

NOW = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
FIRST = Attempt(
    id="wat_1",
    account_id="acc_1",
    webhook_id="whk_1",
    event_id="evt_1",
    event_type="message.received",
    number=1,
    replay_id="",
    started_at=NOW,
    url="https://example.com/",
    request_headers={"webhook-id": "evt_1", "webhook-timestamp": "1"},
    request_body=b'{"data":{"subject":"Hello","to":["a","b"]}}',
    answer=Answer(result=Result.SERVER_ERROR, status=500, body=b"oops"),
)


def test_an_attempt_does_not_differ_from_itself():
    assert difference.between(FIRST, FIRST) == []


def test_what_differs_is_named_by_its_path():
    second = replace(
        FIRST,
        number=2,
        request_headers={"webhook-id": "evt_1", "webhook-timestamp": "6"},
        request_body=b'{"data":{"subject":"Hi","to":["a"]}}',
        answer=Answer(result=Result.SUCCESS, status=200, headers={"server": "x"}),
    )
    assert difference.between(FIRST, second) == [
        Difference(path="attempt", first="1", second="2"),
        Difference(path="result", first="server_error", second="success"),
        Difference(path="status", first="500", second="200"),
        Difference(path="request_headers.webhook-timestamp", first="1", second="6"),
        Difference(path="request_body.data.subject", first="Hello", second="Hi"),
        Difference(path="request_body.data.to[1]", first="b", second=""),
        Difference(path="response_body", first="oops", second=""),
        Difference(path="response_headers.server", first="", second="x"),
    ]


def test_no_more_than_a_page_of_differences():
    body = json.dumps(list(range(500))).encode()
    assert len(difference.between(FIRST, replace(FIRST, request_body=body))) == 200


def test_deep_json_is_compared_as_text():
    deep = b"[" * 100_000
    nested = b"[" * 200 + b"1" + b"]" * 200
    for body in (deep, nested):
        found = difference.between(FIRST, replace(FIRST, request_body=body))
        assert found


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_no_bytes_break_it(one, other):
    first = replace(FIRST, request_body=one, answer=replace(FIRST.answer, body=other))
    assert difference.between(first, first) == []
    assert isinstance(difference.between(first, FIRST), list)
