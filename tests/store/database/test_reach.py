"""A silent database is given up by both sides, within seconds and not the kernel's time."""

import os
import socket
from collections.abc import Iterator

import psycopg
import pytest

from mailbot_server.store.database import reach

pytestmark = pytest.mark.postgres


@pytest.fixture
def connection(postgres_url: str) -> Iterator["psycopg.Connection[tuple[str]]"]:
    """A connection over TCP as the store makes them."""
    with psycopg.connect(
        postgres_url, options=reach.OF_THE_SERVER, **reach.OF_OURS
    ) as connection:
        yield connection


def test_what_was_sent_and_is_not_acknowledged_is_waited_for_15_seconds(
    connection: "psycopg.Connection[tuple[str]]",
) -> None:
    with socket.socket(fileno=os.dup(connection.fileno())) as own:
        ours = own.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
    assert ours == reach.ANSWER_SECONDS * 1000 == 15_000


def test_a_server_that_vanished_while_we_waited_is_noticed(
    connection: "psycopg.Connection[tuple[str]]",
) -> None:
    with socket.socket(fileno=os.dup(connection.fileno())) as own:
        assert own.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        idle = own.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
        interval = own.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL)
    assert (idle, interval) == (10, 5)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("tcp_keepalives_idle", "30"),
        ("tcp_keepalives_interval", "10"),
        ("tcp_keepalives_count", "3"),
    ],
)
def test_the_server_notices_that_we_have_vanished(
    connection: "psycopg.Connection[tuple[str]]", setting: str, value: str
) -> None:
    assert connection.execute(f"SHOW {setting}").fetchone() == (value,)
