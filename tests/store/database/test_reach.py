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
    with psycopg.connect(**reach.parameters(postgres_url)) as connection:
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


def test_what_the_address_says_itself_stands(postgres_url: str) -> None:
    asked = "connect_timeout=9&keepalives_idle=77&application_name=mx1"
    options = "options=-c%20search_path%3Dmail%20-c%20jit%3Don"
    given = reach.parameters(f"{postgres_url}?{asked}&{options}", "-c jit=off")
    with psycopg.connect(**given) as connection:
        with socket.socket(fileno=os.dup(connection.fileno())) as own:
            assert own.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 77
        shown = [
            connection.execute(f"SHOW {name}").fetchone()
            for name in ("search_path", "application_name", "tcp_keepalives_idle")
        ]
        assert shown == [("mail",), ("mx1",), ("30",)]
        # Not what our statements rely on.
        assert connection.execute("SHOW jit").fetchone() == ("off",)
        assert connection.info.get_parameters()["connect_timeout"] == "9"


def test_no_address_leads_to_a_server_that_takes_no_writes(postgres_url: str) -> None:
    given = reach.parameters(f"{postgres_url}?target_session_attrs=any")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
        connection.execute("ALTER ROLE reader SET default_transaction_read_only = on")
        try:
            with pytest.raises(psycopg.OperationalError, match="read-only"):
                psycopg.connect(**{**given, "user": "reader"})
        finally:
            connection.execute("DROP ROLE reader")


def test_an_address_that_cannot_be_read_is_told_of_by_who_connects() -> None:
    given = reach.parameters("postgresql://mx1/mailbot?nonsense=1")
    with pytest.raises(psycopg.ProgrammingError, match="nonsense"):
        psycopg.connect(**given)
