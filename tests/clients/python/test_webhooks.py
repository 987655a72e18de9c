"""Requests of the server as a receiver checks them, and those of others."""

import base64
import json
from datetime import UTC, datetime

import pytest

from mailbot import WebhookVerificationError, webhooks
from mailbot_server.core.webhook import signature

SECRET = b"0" * 32
OTHER = b"1" * 32
NOW = 1_772_452_800
BODY = json.dumps(
    {
        "type": "message.received",
        "timestamp": "2026-03-02T12:00:00Z",
        "data": {
            "id": "evt_1",
            "type": "EVENT_TYPE_MESSAGE_RECEIVED",
            "position": "7",
            "content": {"subject": "Hello"},
            "from_a_newer_version": 1,
        },
    }
).encode()
TEXT = signature.print_secret(SECRET)


def fields(*secrets, body=BODY, at=NOW):
    return signature.fields(secrets or (SECRET,), "evt_1", at, body)


def test_what_the_server_has_signed_is_read():
    told = webhooks.verify(fields(), BODY, TEXT, now=NOW)
    assert (told.id, told.type) == ("evt_1", "message.received")
    assert told.timestamp == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert told.data["content"] == {"subject": "Hello"}
    assert told.event.type == "message.received"
    assert told.event.position == 7
    assert told.event.content is not None
    assert told.event.content.subject == "Hello"


def test_names_of_fields_in_any_case_and_a_body_as_text():
    named = {name.title(): value for name, value in fields().items()}
    assert webhooks.verify(named, BODY.decode(), TEXT, now=NOW).id == "evt_1"


def test_either_secret_fits_while_both_sign():
    both = fields(OTHER, SECRET)
    for secret in (SECRET, OTHER):
        text = signature.print_secret(secret)
        assert webhooks.verify(both, BODY, text, now=NOW).id
    texts = [signature.print_secret(OTHER), TEXT]
    assert webhooks.verify(fields(), BODY, texts, now=NOW).id


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"webhook-id": "evt_2"}, id="id"),
        pytest.param({"webhook-id": ""}, id="no-id"),
        pytest.param({"webhook-timestamp": str(NOW + 1)}, id="time"),
        pytest.param({"webhook-timestamp": "soon"}, id="no-time"),
        pytest.param({"webhook-timestamp": "9" * 40}, id="far-time"),
        pytest.param({"webhook-timestamp": "-1"}, id="negative-time"),
        pytest.param({"webhook-signature": ""}, id="no-signature"),
        pytest.param({"webhook-signature": "v1,"}, id="empty-signature"),
        pytest.param({"webhook-signature": "v1,é"}, id="odd-signature"),
        pytest.param({"webhook-signature": "v2,abc v1a,def"}, id="other-versions"),
    ],
)
def test_what_was_changed_is_refused(changed):
    with pytest.raises(WebhookVerificationError):
        webhooks.verify(fields() | changed, BODY, TEXT, now=NOW)


def test_another_body_or_secret_is_refused():
    with pytest.raises(WebhookVerificationError, match="no signature fits"):
        webhooks.verify(fields(), BODY + b" ", TEXT, now=NOW)
    with pytest.raises(WebhookVerificationError, match="no signature fits"):
        webhooks.verify(fields(), BODY, signature.print_secret(OTHER), now=NOW)


@pytest.mark.parametrize("away", [-301, 301])
def test_a_recorded_request_is_refused_later(away):
    assert webhooks.verify(fields(), BODY, TEXT, now=NOW + away * 300 / 301).id
    with pytest.raises(WebhookVerificationError, match="too far from now"):
        webhooks.verify(fields(), BODY, TEXT, now=NOW + away)
    assert webhooks.verify(fields(), BODY, TEXT, now=NOW + away, tolerance=400).id


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_a_body_that_is_none_of_ours_is_refused(body):
    with pytest.raises(WebhookVerificationError, match="body"):
        webhooks.verify(fields(body=body), body, TEXT, now=NOW)


@pytest.mark.parametrize("secret", ["whsec_é", "whsec_a", []])
def test_a_secret_that_is_none_is_the_caller_s_mistake(secret):
    with pytest.raises(ValueError) as caught:
        webhooks.verify(fields(), BODY, secret, now=NOW)
    assert not isinstance(caught.value, WebhookVerificationError)


def test_a_secret_without_its_prefix_is_one():
    bare = base64.b64encode(SECRET).decode()
    assert webhooks.verify(fields(), BODY, bare, now=NOW).id


def test_the_clock_is_asked_where_no_time_is_given():
    at = int(datetime.now(tz=UTC).timestamp())
    assert webhooks.verify(fields(at=at), BODY, TEXT).id
