"""A worker without a supervisor, or with one that says nothing of use, does not serve."""

import socket

import pytest

from mailbot_server.workers import worker
from mailbot_server.workers.line import Line

NODE = "nod_00000000000000000000000001"


async def test_nobody_is_there(monkeypatch):
    ours, its = socket.socketpair()
    ours.close()
    with its:
        assert not await worker.serve(its)


async def test_nobody_says_anything_in_time(monkeypatch):
    monkeypatch.setattr(worker, "HELLO_SECONDS", 0.1)
    ours, its = socket.socketpair()
    with ours, its:
        assert not await worker.serve(its)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"workers": 2}, "workers must be 1 while database_url is empty"),
        ({"grpc_port": 70000}, "grpc_port: "),
        (
            {"database_url": "postgresql://x@127.0.0.1:1/x", "server_key": "k" * 40},
            "database",
        ),
    ],
    ids=["two on SQLite", "bad setting", "no database"],
)
async def test_what_keeps_it_from_serving_is_said_in_words(settings, words, tmp_path):
    ours, its = socket.socketpair()
    line = await Line.over(ours)
    settings = {"data_dir": str(tmp_path), **settings}
    await line.say(
        {"number": 0, "node_id": NODE, "replaces": [], "settings": settings, "new": 1}
    )
    with its:
        assert not await worker.serve(its)
    said = await line.hear()
    assert said is not None
    assert words in said["failed"]
    await line.close()
