import json

from hypothesis import given
from hypothesis import strategies as st

from mailbot.retry import Backoff, repeatable_methods, service_config

# What must happen once, and has no request_id by which a repeat would be known.
ONCE = {"UpdateInbox", "SuspendInbox", "ActivateInbox", "DisableInbox", "CreateApiKey"}


def test_reads_and_what_has_a_request_id_are_repeated():
    names = {each.name for each in repeatable_methods()}
    reads = {"GetInbox", "ListMessages", "GetThread", "ListEvents", "GetAccount"}
    assert reads <= names
    assert {"CreateInbox", "SendMessage", "ReplyMessage", "RevokeApiKey"} <= names
    assert names.isdisjoint(ONCE)
    assert names.isdisjoint({"Subscribe", "UploadAttachment", "DownloadAttachment"})


def test_the_policy_is_five_attempts_while_unavailable():
    (methods,) = json.loads(service_config())["methodConfig"]
    assert methods["retryPolicy"] == {
        "maxAttempts": 5,
        "initialBackoff": "0.1s",
        "maxBackoff": "5s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE", "CANCELLED"],
    }


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_grow_within_bounds(failures, chance):
    backoff = Backoff()
    assert 0.05 <= backoff.seconds(failures, chance) <= 10
    assert backoff.seconds(failures, chance) <= backoff.seconds(failures + 1, chance)
