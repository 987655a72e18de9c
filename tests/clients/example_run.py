"""What every client's example does, and the scripted server that it does it with."""

import itertools
import os
import re
import subprocess
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import grpc
from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import events_pb2, inboxes_pb2
from tests.clients.fake_mailbot import UNAVAILABLE, FakeMailbot, Hang, status

CLIENTS = Path(__file__).resolve().parents[2] / "clients"
TIMEOUT_SECONDS = 60
QUEUED = events_pb2.EVENT_TYPE_MESSAGE_QUEUED
RECEIVED = events_pb2.EVENT_TYPE_MESSAGE_RECEIVED
# Packages are reached for through a network that may not be there.
UNREACHABLE = re.compile(
    r"could not transfer|unknown host|dial tcp|connection refused|no such host"
    r"|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|i/o timeout|offline",
    re.IGNORECASE,
)


def started(cursor: str, heartbeat_seconds: float = 15) -> events_pb2.SubscribeResponse:
    interval = Duration()
    interval.FromTimedelta(timedelta(seconds=heartbeat_seconds))
    return events_pb2.SubscribeResponse(
        cursor=cursor, started=events_pb2.StreamStarted(heartbeat_interval=interval)
    )


def batch(
    cursor: str, *events: tuple[int, events_pb2.EventType]
) -> events_pb2.SubscribeResponse:
    return events_pb2.SubscribeResponse(
        cursor=cursor,
        batch=events_pb2.EventBatch(
            events=[
                events_pb2.Event(id=f"evt_{position}", position=position, type=kind)
                for position, kind in events
            ]
        ),
    )


def run(
    command: Sequence[str], *, target: str, api_key: str
) -> subprocess.CompletedProcess[str]:
    """Run an example to its end."""
    environment = {**os.environ, "MAILBOT_TARGET": target, "MAILBOT_API_KEY": api_key}
    return subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )


def positions(output: str) -> list[int]:
    """The events' positions, which begin their lines."""
    return [
        int(number) for number in re.findall(r"^(\d+) ", output, flags=re.MULTILINE)
    ]


def check_example(server: FakeMailbot, command: Sequence[str]) -> None:
    """
    The example gets every event once, in order, whatever happens to its streams.

    The first is recycled, the second repeats an event and falls silent, the third ends
    with a fault; a Send is not answered at first.
    """
    inbox = inboxes_pb2.Inbox(id="inb_1", address="me@example.com")
    server.answer("CreateInbox", inboxes_pb2.CreateInboxResponse(inbox=inbox))
    server.answer("SendMessage", UNAVAILABLE)
    recycled = status(grpc.StatusCode.UNAVAILABLE, "STREAM_RECYCLED", retry_after=0)
    server.answer(
        "Subscribe",
        [started("c0"), batch("c1", (1, QUEUED)), recycled],
        [
            started("c1", 0.1),
            batch("c3", (1, QUEUED), (2, QUEUED), (3, QUEUED)),
            Hang(),
        ],
        [started("c3"), batch("c4", (4, QUEUED)), status(grpc.StatusCode.INTERNAL)],
        [started("c4"), batch("c5", (5, RECEIVED)), Hang()],
    )

    ended = run(command, target=server.target, api_key="mb_key_secret")

    assert ended.returncode == 0, ended.stderr
    assert "me@example.com" in ended.stdout
    assert positions(ended.stdout) == [1, 2, 3, 4, 5]
    resumed = [each.start.after_cursor for each in server.requests("Subscribe")]
    assert resumed == ["", "c1", "c3", "c4"]
    assert list(server.requests("Subscribe")[0].filter.inbox_ids) == ["inb_1"]
    first, second = server.requests("SendMessage")
    assert first == second
    assert first.request_id
    assert first.to[0].address == "me@example.com"
    for seen in itertools.chain(*server.seen.values()):
        assert seen.metadata["authorization"] == "Bearer mb_key_secret"


def check_refusal(server: FakeMailbot, command: Sequence[str]) -> None:
    """The example ends with the reason that the server gave."""
    refused = status(grpc.StatusCode.UNAUTHENTICATED, "API_KEY_INVALID")
    server.answer("CreateInbox", refused)
    ended = run(command, target=server.target, api_key="mb_wrong_key")
    assert ended.returncode != 0
    assert "API_KEY_INVALID" in ended.stdout + ended.stderr
    assert len(server.requests("CreateInbox")) == 1


def check_whole_server(address, command: Sequence[str]) -> None:
    """The example sends a message through a whole server and sees it arrive."""
    ended = run(command, target=address.target, api_key=address.api_key)
    assert ended.returncode == 0, ended.stderr
    assert positions(ended.stdout) == sorted(set(positions(ended.stdout)))
    assert re.search("received", ended.stdout, re.IGNORECASE)
