"""Ports that workers share are kept, and a taken one stops the start."""

import socket

import pytest

from mailbot_server.config import Settings
from mailbot_server.workers import reserve
from mailbot_server.workers.reserve import reserved


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(reserve, "PATIENCE_SECONDS", 0.2)


def settings(**changes) -> Settings:
    known = {"grpc_port": 0, "mx_port": 0, "submission_port": 0}
    return Settings(workers=2, **{**known, **changes})


def listening(port: int, *, shared: bool) -> socket.socket:
    made = socket.socket()
    if shared:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind(("127.0.0.1", port))
    made.listen()
    return made


def test_each_port_has_a_number_that_several_may_listen_on():
    with reserved(settings()) as numbers:
        assert set(numbers) == {"grpc_port", "mx_port", "submission_port"}
        assert len(set(numbers.values())) == 3
        for number in numbers.values():
            with listening(number, shared=True), listening(number, shared=True):
                pass


def test_connections_go_to_who_listens_and_not_to_who_keeps_the_port():
    with reserved(settings()) as numbers:
        port = numbers["mx_port"]
        with listening(port, shared=True) as listener:
            for _ in range(20):
                with socket.create_connection(("127.0.0.1", port), timeout=5):
                    listener.accept()[0].close()


@pytest.mark.parametrize("shared", [False, True], ids=["alone", "as another server"])
def test_a_port_that_somebody_listens_on_is_refused(shared):
    with listening(0, shared=shared) as taken:
        number = taken.getsockname()[1]
        with (
            pytest.raises(OSError, match=r"^mx_host, mx_port: Address already in use$"),
            reserved(settings(mx_port=number)),
        ):
            pass


def test_a_host_that_is_none_is_told():
    with (
        pytest.raises(OSError, match=r"^grpc_host, grpc_port: "),
        reserved(settings(grpc_host="192.0.2.1")),
    ):
        pass


def test_only_the_ports_of_the_roles_are_kept():
    with reserved(settings(roles=("mx",))) as numbers:
        assert set(numbers) == {"mx_port"}
    with reserved(settings(submissions_port=0, roles=("api",))) as numbers:
        assert set(numbers) == {"grpc_port", "submission_port", "submissions_port"}
    with reserved(settings(roles=("web",))) as numbers:
        assert not numbers
    with reserved(
        settings(roles=("web",), public_url="https://m.example", public_port=0)
    ) as numbers:
        assert set(numbers) == {"public_port"}


def test_a_port_is_free_again_afterwards():
    with reserved(settings()) as numbers:
        port = numbers["grpc_port"]
    with listening(port, shared=False):
        pass
