"""Whole servers for the stories in this folder, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers.process import ServerProcess

MakeServer = Callable[..., ServerProcess]


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def make_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeServer]:
    """Makes servers that share the test's database; each ends with the test."""
    made: list[ServerProcess] = []
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")

    def make(**settings: Any) -> ServerProcess:
        server = ServerProcess(tmp_path / f"data{len(made)}", url, **settings)
        made.append(server)
        return server

    yield make
    for server in made:
        server.kill()
