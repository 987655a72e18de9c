"""What webhooks are sent: JSON of the proto, thin, with the message where asked."""

import json
from datetime import UTC, datetime
from typing import Any

from mailbot_server.api.convert import payloads
from mailbot_server.core.event import (
    AttachmentSummary,
    ContentDetail,
    Event,
    EventType,
)
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.engine.joining import NOTHING

NOW = datetime(2026, 3, 2, 12, 0, 0, 123000, tzinfo=UTC)


def event(**changes) -> Event:
    known: dict[str, Any] = {
        "type": EventType.MESSAGE_RECEIVED,
        "account_id": "acc_1",
        "detail": ContentDetail(subject="Grüße"),
        "id": "evt_1",
        "position": 7,
        "created_at": NOW,
        "inbox_id": "inb_1",
        "metadata": {"a": "b"},
    }
    return Event(**(known | changes))


def test_a_payload_has_type_time_and_the_event() -> None:
    told = json.loads(
        payloads.encode(event(detail=ContentDetail(subject="é")), NOTHING)
    )
    assert list(told) == ["type", "timestamp", "data"]
    assert (told["type"], told["timestamp"]) == (
        "message.received",
        "2026-03-02T12:00:00.123Z",
    )
    assert told["data"] == {
        "id": "evt_1",
        "type": "EVENT_TYPE_MESSAGE_RECEIVED",
        "position": "7",
        "create_time": "2026-03-02T12:00:00.123Z",
        "inbox_id": "inb_1",
        "metadata": {"a": "b"},
        "content": {
            "subject": "é",
            "kind": "MESSAGE_KIND_NORMAL",
            **{
                k: v
                for k, v in told["data"]["content"].items()
                if k == "authentication"
            },
        },
    }


def test_the_same_event_gives_the_same_bytes() -> None:
    same = event(detail=ContentDetail(subject="a"))
    assert payloads.encode(same, NOTHING) == payloads.encode(same, NOTHING)


def test_a_thin_payload_stays_thin() -> None:
    long = "x" * 500
    detail = ContentDetail(
        subject=long,
        recipients=tuple(
            Mailbox(address=f"{n}@{'y' * 200}.example", display_name=long)
            for n in range(50)
        ),
        attachments=tuple(
            AttachmentSummary(id=f"att_{n}", filename=long, sha256="0" * 64)
            for n in range(50)
        ),
        defects=(long,) * 50,
    )
    body = payloads.encode(event(detail=detail), NOTHING)
    assert len(body) <= payloads.THIN_MAX
    told = json.loads(body)["data"]["content"]
    assert told["subject"] == long
    assert "recipients" not in told


def test_a_replay_is_named() -> None:
    told = json.loads(
        payloads.encode(event(detail=ContentDetail(), replay_id="rpl_1"), NOTHING)
    )
    assert told["data"]["replay_id"] == "rpl_1"
