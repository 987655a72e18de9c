"""The Go client compiles, keeps its own tests, and its example runs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.clients import example_run

MODULE = example_run.CLIENTS / "go"
# Never let Go fetch another Go.
ENVIRONMENT = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly"}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def go(*arguments: str | Path) -> str:
    """What `go` prints; skips where its packages are out of reach."""
    ended = subprocess.run(
        ["go", *arguments],
        cwd=MODULE,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    output = ended.stdout + ended.stderr
    if ended.returncode and example_run.UNREACHABLE.search(output):
        pytest.skip(f"Go's packages are out of reach: {output.splitlines()[-1]}")
    assert ended.returncode == 0, output
    return output


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> list[str]:
    """The compiled example."""
    if not shutil.which("go"):
        pytest.skip("go is not installed")
    program = tmp_path_factory.mktemp("go") / "example"
    go("build", "-o", program, "./example")
    return [str(program)]


def test_its_own_tests_and_checks_pass(example):
    go("vet", "./...")
    go("test", "./...")
    unformatted = subprocess.run(
        ["gofmt", "-l", "."], cwd=MODULE, capture_output=True, text=True, check=True
    )
    assert unformatted.stdout == ""


def test_its_example_gets_every_event_once_in_order(example, server):
    example_run.check_example(server, example)


def test_its_example_says_why_it_was_refused(example, server):
    example_run.check_refusal(server, example)


def test_its_example_runs_against_a_whole_server(example, whole_server):
    example_run.check_whole_server(whole_server, example)
